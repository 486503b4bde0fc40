/**
 * The life of a booking. Whether the moment is right (cancel deadline, check-in window) is asked of `booking-rules`; this
 * table only says what may follow what. A booking starts `held` (a place kept while the form is filled) or at once `confirmed`. A no-show stays one: the person takes a walk-in ticket instead.
 */
import type { ActorRole, BookingState } from './states.js';
import { actionsFrom, decideStep } from './transitions.js';
import type { Decision, Transitions } from './transitions.js';

export const bookingActions = [
  'confirm',
  'release',
  'expire',
  'reschedule',
  'cancel',
  'checkIn',
  'serve',
  'markNoShow',
] as const;
export type BookingAction = (typeof bookingActions)[number];

export const bookingTransitions = {
  held: {
    confirm: { to: 'confirmed', by: ['citizen', 'clerk', 'manager'] },
    release: { to: 'expired', by: ['citizen', 'clerk', 'manager', 'system'] },
    expire: { to: 'expired', by: ['system'] },
  },
  confirmed: {
    checkIn: { to: 'checked_in', by: ['citizen', 'clerk', 'manager', 'system'] },
    reschedule: { to: 'confirmed', by: ['citizen', 'clerk', 'manager'] },
    cancel: { to: 'cancelled', by: ['citizen', 'clerk', 'manager', 'system'] },
    // A visit by phone, video or at home, where nobody checks in (see `remote-visits`).
    serve: { to: 'checked_in', by: ['clerk', 'manager', 'system'] },
    markNoShow: { to: 'no_show', by: ['clerk', 'manager', 'system'] },
  },
  cancelled: {},
  checked_in: {},
  no_show: {},
  expired: {},
} as const satisfies Transitions<BookingState, BookingAction>;

/** What a booking in each state is called, the same on the phone, at the hall and in the sheet that is taken from there; of one booking ask `bookingStateName`. */
export const bookingStateNames: Readonly<Record<BookingState, string>> = {
  held: '待确认',
  confirmed: '已预约',
  cancelled: '已取消',
  checked_in: '已签到',
  no_show: '未到',
  expired: '未确认',
};

/** The state after `action`, or BOOKING_STATE / FORBIDDEN. */
export function decideBooking(
  state: BookingState,
  action: BookingAction,
  role: ActorRole,
): Decision<BookingState> {
  return decideStep<BookingState, BookingAction>(bookingTransitions, state, action, role, 'BOOKING_STATE');
}

export function availableBookingActions(state: BookingState, role: ActorRole): BookingAction[] {
  return actionsFrom<BookingState, BookingAction>(bookingTransitions, state, role);
}
