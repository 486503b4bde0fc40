import { ApiError } from '@haoban/client';
import type { Booking } from '@haoban/contracts';
import { useEffect, useState } from 'react';
import { api } from '../../../api/api';
import { serverNow } from '../../../api/server-clock';
import { useAction } from '../../../hooks/use-action';
import { useContact } from '../use-contact';

/** A place that is kept for this person: the waitlist's turn came, or a booking was not confirmed yet. */
export function useKept(booking: Booking | undefined, onChange: (booking: Booking) => void) {
  const held = booking?.state === 'held' ? booking : undefined;
  const [ranOut, setRanOut] = useState(false);
  const contact = useContact(held?.kind);
  const heldId = held?.id;
  useEffect(() => setRanOut(false), [heldId]);
  const over = ranOut || (held?.holdUntil ? Date.parse(held.holdUntil) <= serverNow().getTime() : false);

  const accept = useAction(async () => {
    if (!held || !contact.check()) return;
    try {
      onChange(await api.booking.confirm({ bookingId: held.id, ...contact.body() }));
    } catch (error) {
      if (error instanceof ApiError && error.code === 'HOLD_EXPIRED') setRanOut(true);
      throw error;
    }
  });
  const decline = useAction(async () => {
    if (!held) return;
    const entries = await api.waitlist.listMine({ open: 'true' });
    const entry = entries.items.find(({ offer }) => offer?.bookingId === held.id);
    if (entry) await api.waitlist.decline({ entryId: entry.id });
    else await api.booking.release({ bookingId: held.id });
    onChange(await api.booking.getMine({ bookingId: held.id }));
  });
  return { held, over, contact, accept, decline, ranOut: () => setRanOut(true) };
}
