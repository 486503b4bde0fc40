import {
  addMinutes,
  cancelDeadline,
  dayOf,
  decideCheckIn,
  decideGivingUp,
  formatClock,
  isInHall,
  mayAppeal,
  mayMove,
  minutesOfDay,
  noShowFrom,
  reminderAt,
  type BookingSettings,
  isHeld,
} from '@haoban/domain';
import type { Booking, HallBooking, Slot } from '@haoban/contracts';
import { bookingQr } from './booking-code.js';
import type { BookingEntity } from './booking.entity.js';
import type { RowSlot } from './booking-offer.js';
import type { SlotEntity } from './slot.entity.js';

/** The names that a booking's ids stand for. */
export interface BookingNames {
  readonly itemName: string;
  readonly hallName: string;
  readonly queueName: string;
  readonly place: string;
  /** In the order they are served. */
  readonly items: { itemId: string; itemName: string; files: number }[];
  /** Masked; null where the account's owner comes. */
  readonly forName: string | null;
}

/** The rules that a booking's times follow from, with the end of its hall's day. */
export interface BookingTimes {
  readonly settings: BookingSettings;
  readonly closesAt: Date | null;
  /** Of a no-show: whether there is an appeal already. */
  readonly appealed?: boolean;
  /** The hall closed the booked time, and the owner has not answered yet: then no deadline binds. */
  readonly disrupted?: boolean;
}

const REMEMBERED = 4_096;
const isoTexts = new Map<number, string>();

/** The times of a slot are those of everybody who books it. */
function isoOf(ms: number): string {
  const known = isoTexts.get(ms);
  if (known !== undefined) return known;
  if (isoTexts.size >= REMEMBERED) isoTexts.clear();
  const text = new Date(ms).toISOString();
  isoTexts.set(ms, text);
  return text;
}

function common(booking: BookingEntity, names: BookingNames, { settings, closesAt }: BookingTimes) {
  const { startAt, endAt } = booking;
  return {
    id: booking.id,
    code: booking.code,
    state: booking.state,
    itemId: booking.itemId,
    itemName: names.itemName,
    hallId: booking.hallId,
    hallName: names.hallName,
    queueId: booking.queueId,
    queueName: names.queueName,
    place: names.place,
    kind: booking.kind,
    contingent: booking.contingent,
    channel: booking.channel,
    items: names.items,
    persons: booking.persons,
    slotId: booking.slotId,
    day: booking.day,
    start: isoOf(startAt.getTime()),
    end: isoOf(endAt.getTime()),
    checkInFrom: isoOf(addMinutes(startAt, -settings.checkIn.earlyMinutes).getTime()),
    checkInUntil: isoOf(noShowFrom(startAt, settings, closesAt).getTime() - 1),
    cancelUntil: isoOf(cancelDeadline(startAt, settings).getTime()),
    holdUntil: booking.holdUntil?.toISOString() ?? null,
    reply: booking.reply,
    createdAt: booking.createdAt.toISOString(),
    ticketId: booking.ticketId,
  };
}

export function toBooking(
  booking: BookingEntity,
  names: BookingNames,
  now: Date,
  times: BookingTimes,
): Booking {
  return {
    ...common(booking, names, times),
    forName: names.forName,
    authorisationId: booking.authorisationId,
    qr: bookingQr(booking.code),
    returnIsFinal: isFinal(booking, now, times),
    actions: actionsOf(booking, now, times),
  };
}

/** Whom the hall sends away may come back: only what is given up of one's own will is gone for good. */
function isFinal({ state, startAt }: BookingEntity, now: Date, { disrupted }: BookingTimes): boolean {
  return state === 'confirmed' && startAt > now && !disrupted;
}

/** What the owner may do at `now`. */
function actionsOf(
  booking: BookingEntity,
  now: Date,
  { settings, closesAt, appealed = false, disrupted = false }: BookingTimes,
): Booking['actions'] {
  const { state, startAt, holdUntil } = booking;
  if (state === 'no_show') {
    const { day, excused } = booking;
    return mayAppeal({ state, day, excused: Boolean(excused), appealed }, dayOf(now)).ok ? ['appeal'] : [];
  }
  if (state === 'held') return isHeld(holdUntil, now) ? ['confirm', 'release'] : [];
  if (state !== 'confirmed') return [];
  const actions: Booking['actions'] = [];
  // After `cancelUntil` it is a late release, and by then the time can no longer be changed.
  if (decideGivingUp(startAt, now, settings).ok) actions.push('cancel');
  if (mayMove({ startsAt: startAt, closed: disrupted, by: 'citizen' }, now, settings).ok)
    actions.push('reschedule');
  // Nobody is asked to come at a time that the hall has closed.
  const asked = !disrupted && now >= reminderAt('day', startAt) && now < startAt;
  if (booking.reply === null && asked) actions.push('reply');
  if (isInHall(booking.kind) && decideCheckIn(startAt, now, settings, closesAt).ok) actions.push('check_in');
  return actions;
}

export function toHallBooking(
  booking: BookingEntity,
  names: BookingNames,
  citizen: { name: string; phone: string | null },
  times: BookingTimes,
): HallBooking {
  return { ...common(booking, names, times), citizenName: citizen.name, phone: citizen.phone };
}

/** @param last the last row of the visit, which may be longer than one slot */
export function toSlot(slot: RowSlot, last: SlotEntity, capacity: number): Slot {
  const { row } = slot;
  return {
    id: row.id,
    start: row.startAt.toISOString(),
    end: last.endAt.toISOString(),
    startTime: formatClock(minutesOfDay(row.startAt)),
    endTime: formatClock(minutesOfDay(last.endAt)),
    kind: row.kind,
    remaining: slot.free,
    capacity,
  };
}
