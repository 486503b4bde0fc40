import { ApiError } from '@haoban/client';
import { useRouter } from '@tarojs/taro';
import { useState } from 'react';
import { api } from '../../../api/api';
import { replaceBy } from '../../../hooks/navigate';
import { useAction } from '../../../hooks/use-action';
import { useLoad } from '../../../hooks/use-load';
import { usePrincipals } from '../../../hooks/use-principals';
import { useSession } from '../../../hooks/use-session';
import { useBookedSubscription } from '../subscriptions';
import { useContact } from '../use-contact';
import { useVisitItems } from '../use-visit-items';
import { visitMinutes, visitOf, visitQuery } from '../visit';
import { useHold } from './use-hold';

export function useConfirm() {
  const { params } = useRouter();
  const { itemId = '', hallId = '', day = '', slotId = '' } = params;
  const session = useSession();
  const citizen = session.kind === 'signed-in' ? session.citizen : undefined;
  const [visit, setVisit] = useState(() => visitOf(params));
  const contact = useContact(visit.kind);
  const principals = usePrincipals();
  const items = useVisitItems([itemId, ...visit.also.map((each) => each.itemId)]);
  const found = useLoad(slotId, async () => {
    const all = await api.booking.listSlots({ itemId, hallId, day, ...visitQuery(visit) });
    return { slot: all.items.find(({ id }) => id === slotId) };
  });
  const hold = useHold({
    itemId,
    hallId,
    day,
    visit,
    slot: found.kind === 'ready' ? found.data.slot : undefined,
    holder: citizen?.realName ? citizen.id : undefined,
  });
  const { held } = hold;
  // After the hold, so that it counts: what is left beside this one.
  const standing = useLoad(held && `${held.id} ${held.state}`, () =>
    api.people.standing({ hallId, day, ...(visit.forWhom && { authorisationId: visit.forWhom }) }),
  );
  const subscription = useBookedSubscription();

  const confirm = useAction(async () => {
    // While it is held anew, for somebody else, the one that is shown is no more.
    if (!held || hold.take.busy) return;
    if (!contact.check()) return;
    await subscription.ask();
    try {
      const booking = await api.booking.confirm({ bookingId: held.id, ...contact.body() });
      hold.keep();
      replaceBy(`pages/booking/detail/index?id=${booking.id}&new=1`);
    } catch (error) {
      if (error instanceof ApiError && error.code === 'HOLD_EXPIRED') hold.ranOut();
      throw error;
    }
  });
  const all = items.kind === 'ready' ? items.data : [];
  return {
    session,
    citizen,
    items,
    found,
    hold,
    slot: hold.slot,
    moved: hold.moved,
    place: all[0]?.places.find((place) => place.hallId === hallId),
    minutes: visitMinutes(all, visit, hallId),
    visit,
    principals,
    changeWho: (forWhom: string | undefined) => setVisit((now) => ({ ...now, forWhom })),
    standing: standing.kind === 'ready' ? standing.data : undefined,
    contact,
    confirm,
    day,
    hallId,
  };
}

export type ConfirmForm = ReturnType<typeof useConfirm>;
