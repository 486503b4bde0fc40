import type { HallSlot } from '@haoban/contracts';
import { useEffect, useState } from 'react';
import { client } from '../api/client.js';
import { useLoad } from '../common/use-load.js';
import { visitQuery, type VisitChoice } from './book-model.js';

/** Days and times with the hall's own places for a visit; undefined asks nothing. The first free day is chosen unless `wanted` is free. */
export function useTimes(visit: VisitChoice | undefined, wanted?: string) {
  const key = visit && JSON.stringify(visit);
  const [chosen, setChosen] = useState<string>();
  const [slot, setSlot] = useState<{ of: string; slot: HallSlot }>();

  const days = useLoad(key, async () => {
    if (!visit) throw new Error('No visit');
    return client.hallBookings.days(visitQuery(visit));
  });
  const list = days.state.status === 'ready' ? days.state.data.items : [];
  const open = list.filter(({ status }) => status === 'open');
  const isOpen = (each: string | undefined) => open.some(({ day: free }) => free === each);
  const day = [chosen, wanted].find(isOpen) ?? open[0]?.day;

  const question = key && day && `${day} ${key}`;
  const slots = useLoad(question || undefined, async () => {
    if (!visit || !day) throw new Error('No day');
    return client.hallBookings.slots({ ...visitQuery(visit), day });
  });
  const items = slots.state.status === 'ready' ? slots.state.data.items : [];
  // What was chosen of another day or for another visit is no choice any more.
  const kept = slot && slot.of === question ? slot.slot : undefined;

  const kinds = days.state.status === 'ready' ? days.state.data.kinds : undefined;
  useEffect(() => setSlot(undefined), [question]);

  return {
    days,
    /** How people can be served for this item here; undefined until that is known. */
    kinds,
    day,
    setDay: (next: string) => setChosen(next),
    slots,
    slot: kept,
    setSlot: (id: string) => {
      const found = items.find((each) => each.id === id);
      if (found && question) setSlot({ of: question, slot: found });
    },
    /** Somebody was quicker: what is free is asked again, and chosen again. */
    again: () => {
      setSlot(undefined);
      days.reload();
      slots.reload();
    },
  };
}

export type Times = ReturnType<typeof useTimes>;
