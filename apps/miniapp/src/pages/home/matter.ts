import type { Booking, Delivery, RatingInvitation, Ticket } from '@haoban/contracts';
import { serverNow } from '../../api/server-clock';
import { isToday } from '../../words';

/** The one thing that matters now: called > ticket > place to be confirmed > booking today > parcel on its way > something to rate > next booking. */
export type Matter =
  | { readonly kind: 'ticket'; readonly ticket: Ticket }
  | { readonly kind: 'booking'; readonly booking: Booking }
  | { readonly kind: 'delivery'; readonly delivery: Delivery }
  | { readonly kind: 'rating'; readonly invitation: RatingInvitation }
  | { readonly kind: 'nothing' };

export interface Own {
  readonly tickets: readonly Ticket[];
  readonly bookings: readonly Booking[];
  readonly deliveries: readonly Delivery[];
  readonly invitations: readonly RatingInvitation[];
}

const ticketRank: Record<Ticket['state'], number> = {
  called: 0,
  serving: 1,
  waiting: 2,
  missed: 3,
  done: 9,
  left: 9,
};
const moving: readonly Delivery['state'][] = [
  'awaiting_payment',
  'handed_over',
  'in_transit',
  'out_for_delivery',
  'attempt_failed',
  'exception',
];

export function whatMatters({ tickets, bookings, deliveries, invitations }: Own): Matter {
  const ticket = [...tickets]
    .filter(({ state }) => ticketRank[state] < 9)
    .sort((a, b) => ticketRank[a.state] - ticketRank[b.state])[0];
  if (ticket) return { kind: 'ticket', ticket };
  const kept = bookings.find(
    ({ state, holdUntil }) =>
      state === 'held' && holdUntil !== null && Date.parse(holdUntil) > serverNow().getTime(),
  );
  if (kept) return { kind: 'booking', booking: kept };
  const coming = bookings
    .filter(({ state }) => state === 'confirmed')
    .sort((a, b) => a.start.localeCompare(b.start));
  const today = coming.find(({ start }) => isToday(start));
  if (today) return { kind: 'booking', booking: today };
  const delivery = deliveries.find(({ state }) => moving.includes(state));
  if (delivery) return { kind: 'delivery', delivery };
  const invitation = invitations[0];
  if (invitation) return { kind: 'rating', invitation };
  return coming[0] ? { kind: 'booking', booking: coming[0] } : { kind: 'nothing' };
}
