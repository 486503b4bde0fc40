import { ApiError } from '@haoban/client';
import type { Slot } from '@haoban/contracts';
import { useRouter } from '@tarojs/taro';
import { useState } from 'react';
import { api } from '../../../api/api';
import { useRequestId } from '../../../api/request-id';
import { replaceBy } from '../../../hooks/navigate';
import { useAction } from '../../../hooks/use-action';
import { useLoad } from '../../../hooks/use-load';
import { useSession } from '../../../hooks/use-session';
import { useSubscription } from '../../../hooks/use-subscription';

export function useConfirm() {
  const { itemId = '', hallId = '', day = '', slotId = '' } = useRouter().params;
  const session = useSession();
  const [slot, setSlot] = useState<Slot>();
  const [moved, setMoved] = useState<string>();
  const requestId = useRequestId();
  const subscription = useSubscription(['booking_confirmed', 'booking_cancelled', 'ticket_soon']);
  const facts = useLoad(`${itemId} ${hallId} ${day}`, async () => {
    const [item, slots] = await Promise.all([
      api.guide.getItem({ itemId }),
      api.booking.listSlots({ itemId, hallId, day }),
    ]);
    return {
      item,
      place: item.places.find((place) => place.hallId === hallId),
      slot: slots.items.find(({ id }) => id === slotId),
    };
  });
  const chosen = slot ?? (facts.kind === 'ready' ? facts.data.slot : undefined);

  const reserve = useAction(async () => {
    if (!chosen) return;
    setMoved(undefined);
    await subscription.ask();
    try {
      const content = { itemId, slotId: chosen.id };
      const booking = await api.booking.reserve({ requestId: requestId.for(content), ...content });
      requestId.done();
      replaceBy(`pages/booking/detail/index?id=${booking.id}&new=1`);
    } catch (error) {
      const next = isGone(error) ? await nearest(chosen) : undefined;
      if (!next) throw error;
      setSlot(next);
      setMoved(`${chosen.startTime} 刚刚约满了，为您找到最近的 ${next.startTime}。`);
    }
  });

  async function nearest(lost: Slot): Promise<Slot | undefined> {
    const { items } = await api.booking.listSlots({ itemId, hallId, day });
    const at = Date.parse(lost.start);
    return items
      .filter(({ id, remaining }) => id !== lost.id && remaining > 0)
      .sort((a, b) => Math.abs(Date.parse(a.start) - at) - Math.abs(Date.parse(b.start) - at))[0];
  }

  return { session, facts, slot: chosen, moved, reserve, day };
}

function isGone(error: unknown): boolean {
  return error instanceof ApiError && ['SLOT_FULL', 'SLOT_IN_PAST', 'SLOT_CLOSED'].includes(error.code);
}
