import type { Slot } from '@haoban/contracts';
import { useRouter } from '@tarojs/taro';
import { useState } from 'react';
import { api } from '../../../api/api';
import { open } from '../../../hooks/navigate';
import { useLoad } from '../../../hooks/use-load';
import { useCitizen } from '../../../hooks/use-session';
import { placesSettled } from '../leaving';
import { useVisitItems } from '../use-visit-items';
import { visitMinutes, visitOf, visitParams, visitQuery } from '../visit';
import type { Visit } from '../visit';
import type { Part } from './use-waitlist';

/** A time that was picked: from the grid or by a suggestion, whose slot may not be on the screen yet. */
export type Picked = Pick<Slot, 'id' | 'startTime'>;

interface Hint {
  readonly slotId: string;
  readonly day: string;
  readonly startTime: string;
}

export function useDays() {
  const { params } = useRouter();
  const { itemId = '', move } = params;
  const citizen = useCitizen();
  const [hallId, setHallId] = useState(params.hallId ?? '');
  const [visit, setVisit] = useState(() => visitOf(params));
  // Where a time is changed: the day that it is on now.
  const [picked, setPicked] = useState<string | undefined>(params.day || undefined);
  const [slot, setSlot] = useState<Picked>();

  const items = useVisitItems([itemId, ...visit.also.map((each) => each.itemId)]);
  const question = { itemId, hallId, ...visitQuery(visit) };
  const asked = JSON.stringify(question);
  const days = useLoad(asked, async () => {
    await placesSettled();
    return api.booking.listDays(question);
  });
  const data = days.kind === 'ready' ? days.data : undefined;
  const day = picked ?? data?.soonest?.day ?? data?.items.find(({ status }) => status === 'open')?.day;
  const dayFacts = data?.items.find((each) => each.day === day);
  const slots = useLoad(day && `${asked} ${day}`, async () => {
    await placesSettled();
    const { items: all } = await api.booking.listSlots({ ...question, day: day ?? '' });
    return {
      morning: all.filter(({ startTime }) => startTime < NOON),
      afternoon: all.filter(({ startTime }) => startTime >= NOON && startTime < EVENING),
      evening: all.filter(({ startTime }) => startTime >= EVENING),
    };
  });
  // What the person may still book, told while there is a choice.
  const forWhom = visit.forWhom && { authorisationId: visit.forWhom };
  const standing = useLoad(
    citizen?.realName && !move && day ? `${hallId} ${day} ${visit.forWhom}` : undefined,
    () => api.people.standing({ hallId, ...(day ? { day } : {}), ...forWhom }),
  );

  /** What of the chosen day can be waited for; whoever moves a booking has a place. */
  const waitFor = (): Part | undefined => {
    if (move || !day) return undefined;
    if (dayFacts?.status === 'full') return 'any';
    return data?.fullParts.find((each) => each.day === day)?.part;
  };
  const choose = (nextDay: string | undefined, next?: Picked) => {
    setPicked(nextDay);
    setSlot(next);
  };
  const all = items.kind === 'ready' ? items.data : [];
  return {
    itemId,
    hallId,
    place: all[0]?.places.find((each) => each.hallId === hallId),
    items,
    minutes: visitMinutes(all, visit, hallId),
    visit,
    days,
    day,
    dayFacts,
    waitFor: waitFor(),
    offerMinutes: data?.offerMinutes,
    slots,
    slot,
    standing: standing.kind === 'ready' ? standing.data : undefined,
    soonest: data?.soonest ?? undefined,
    quietest: data?.quietest ?? undefined,
    pickDay: (next: string) => choose(next),
    pickSlot: (next: Picked | undefined) => setSlot(next),
    pickHint: (hint: Hint) => choose(hint.day, { id: hint.slotId, startTime: hint.startTime }),
    changeVisit: (part: Partial<Visit>) => {
      setVisit((now) => ({ ...now, ...part }));
      choose(undefined);
    },
    changeHall: (next: string) => {
      setHallId(next);
      choose(undefined);
    },
    /** The booking that gets another time, where that is what the page is for. */
    move: move || undefined,
    goOn: () => {
      if (!slot || !day) return;
      const at = `itemId=${itemId}&hallId=${hallId}&day=${day}&slotId=${slot.id}`;
      open(`pages/booking/confirm/index?${at}${visitParams(visit)}`);
    },
  };
}

export type DaysForm = ReturnType<typeof useDays>;

/** Between the halls' morning and afternoon hours. */
const NOON = '12:30';
/** After the halls' usual hours. */
const EVENING = '17:00';
