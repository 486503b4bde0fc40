/**
 * Visits that do not bring the person to the hall: 电话, 视频, 上门. The hall comes to the person, who has nothing to check in with, so nobody's
 * absence shows by itself: staff record how it went, and what nobody recorded counts as held once its day is over.
 */
import type { BookingState, VisitKind } from './states.js';
import { addDays, dayOf, startOfDay } from './time.js';
import type { Decision } from './transitions.js';
import { permit, refuse } from './transitions.js';
import { bookingStateNames } from './booking-state.js';

export const remoteKinds = ['phone', 'video', 'home'] as const satisfies readonly VisitKind[];
export type RemoteKind = (typeof remoteKinds)[number];

export function isRemote(kind: VisitKind): kind is RemoteKind {
  return (remoteKinds as readonly VisitKind[]).includes(kind);
}

/** Whether the person goes to the hall and takes a number there. */
export function isInHall(kind: VisitKind): boolean {
  return !isRemote(kind);
}

/** Whether staff may record how a visit went: BOOKING_IN_HALL where the person checks in, BOOKING_NOT_BEGUN before the booked time. */
export function mayRecord(
  visit: { readonly kind: VisitKind; readonly startsAt: Date },
  now: Date,
): Decision<'recorded'> {
  if (isInHall(visit.kind)) return refuse('BOOKING_IN_HALL');
  return now >= visit.startsAt ? permit('recorded') : refuse('BOOKING_NOT_BEGUN');
}

/** From then on a visit of which nobody recorded anything counts as held: its day is over. */
export function heldFrom(startsAt: Date): Date {
  return startOfDay(addDays(dayOf(startsAt), 1));
}

/** What it is called that nobody was there. */
export const notReachedNames: Readonly<Record<RemoteKind, string>> = {
  phone: '未联系上',
  video: '未联系上',
  home: '上门无人',
};

/** What a booking of this kind is called in this state: nobody checks in to a phone call. */
export function bookingStateName(state: BookingState, kind: VisitKind): string {
  if (!isRemote(kind)) return bookingStateNames[state];
  if (state === 'checked_in') return '已办理';
  return state === 'no_show' ? notReachedNames[kind] : bookingStateNames[state];
}
