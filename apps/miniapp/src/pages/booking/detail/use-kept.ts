import { ApiError } from '@haoban/client';
import type { Booking, WaitlistEntry } from '@haoban/contracts';
import { useEffect, useState } from 'react';
import { api } from '../../../api/api';
import { serverNow } from '../../../api/server-clock';
import { open } from '../../../hooks/navigate';
import { useAction } from '../../../hooks/use-action';
import { useLoad } from '../../../hooks/use-load';
import { useBookedSubscription, useWaitingSubscription } from '../subscriptions';
import { useContact } from '../use-contact';

/** A place that is kept for this person: the waitlist's turn came, or a booking was not confirmed yet. */
export function useKept(booking: Booking | undefined, onChange: (booking: Booking) => void) {
  const held = booking?.state === 'held' ? booking : undefined;
  const [ranOut, setRanOut] = useState(false);
  const contact = useContact(held?.kind);
  const heldId = held?.id;
  useEffect(() => setRanOut(false), [heldId]);
  const over = ranOut || (held?.holdUntil ? Date.parse(held.holdUntil) <= serverNow().getTime() : false);

  // Known before the tap, in which WeChat wants the question first: only who waits is asked about the next offer.
  const wait = useLoad(heldId, async () => ({ entry: await entryOf(heldId) }));
  const entry = wait.kind === 'ready' ? wait.data.entry : undefined;
  const booked = useBookedSubscription();
  const waiting = useWaitingSubscription();

  const accept = useAction(async () => {
    if (!held || !contact.check()) return;
    await booked.ask();
    try {
      onChange(await api.booking.confirm({ bookingId: held.id, ...contact.body() }));
    } catch (error) {
      if (error instanceof ApiError && error.code === 'HOLD_EXPIRED') setRanOut(true);
      throw error;
    }
  });
  const decline = useAction(async () => {
    if (!held) return;
    if (entry) await waiting.ask();
    const passedOn = entry ?? (await entryOf(held.id));
    if (passedOn) await api.waitlist.decline({ entryId: passedOn.id });
    else await api.booking.release({ bookingId: held.id });
    onChange(await api.booking.getMine({ bookingId: held.id }));
  });
  const stay = useAction(async () => {
    await waiting.ask();
    open('pages/booking/waitlist/index');
  });
  return {
    held,
    over,
    /** It came from the waitlist, on which the person stays when it ran out. */
    waits: entry !== undefined,
    contact,
    accept,
    decline,
    stay,
    ranOut: () => setRanOut(true),
  };
}

/** Where the place came from the waitlist. */
async function entryOf(bookingId: string | undefined): Promise<WaitlistEntry | undefined> {
  const { items } = await api.waitlist.listMine({ open: 'true' });
  return items.find(({ offer }) => offer?.bookingId === bookingId);
}
