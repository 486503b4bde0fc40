/**
 * What may still happen to a booking that stands: moving it, giving it up late, and being reminded of it. Late releases are welcome:
 * a place that comes back an hour before serves somebody, a no-show serves nobody (the NHS reminds with a one-tap release for
 * that reason), so they cost nothing.
 */
import { cancelDeadline, mayCancel } from './booking-rules.js';
import type { BookingSettings } from './booking-rules.js';
import { addDays, addMinutes, dayOf, daysBetween, instantAt, minutesOfDay } from './time.js';
import type { Decision } from './transitions.js';
import { permit, refuse } from './transitions.js';

export interface MoveFacts {
  readonly startsAt: Date;
  /** The hall took the booked time away: then the deadline binds nobody. Not so where the time was only cut otherwise. */
  readonly closed: boolean;
  readonly by: 'citizen' | 'staff';
}

/**
 * Whether the booking may go to another time: citizens until the deadline for cancelling (inclusive), staff and whoever stands before
 * a closed door until the start. BOOKING_MOVE_TOO_LATE if not.
 */
export function mayMove(facts: MoveFacts, now: Date, settings: BookingSettings): Decision<'confirmed'> {
  const { startsAt, closed, by } = facts;
  const free = closed || by === 'staff';
  const inTime =
    now.getTime() < startsAt.getTime() &&
    (free || now.getTime() <= cancelDeadline(startsAt, settings).getTime());
  return inTime ? permit('confirmed') : refuse('BOOKING_MOVE_TOO_LATE');
}

/** How a place is given up at `now`: as a cancellation, or late but before the start; BOOKING_CANCEL_TOO_LATE from then on. */
export function decideGivingUp(
  startsAt: Date,
  now: Date,
  settings: BookingSettings,
): Decision<'timely' | 'late'> {
  if (now.getTime() >= startsAt.getTime()) return refuse('BOOKING_CANCEL_TOO_LATE');
  return permit(mayCancel(startsAt, now, settings).ok ? 'timely' : 'late');
}

export const reminderKinds = ['day', 'hour'] as const;
export type ReminderKind = (typeof reminderKinds)[number];

/** In the evening, when families plan the next day; later the message would wake old people. */
const DAY_REMINDER_MINUTES = 18 * 60;
const HOUR_REMINDER_MINUTES = 60;

/** When a reminder is to be sent: at 18:00 local time of the day before, and one hour before the start. */
export function reminderAt(kind: ReminderKind, startsAt: Date): Date {
  return kind === 'day'
    ? instantAt(addDays(dayOf(startsAt), -1), DAY_REMINDER_MINUTES)
    : addMinutes(startsAt, -HOUR_REMINDER_MINUTES);
}

export interface ReminderFacts {
  readonly startsAt: Date;
  /** When the person chose this time, and so knew it. */
  readonly madeAt: Date;
  readonly dayRemindedAt: Date | null;
  readonly hourRemindedAt: Date | null;
}

/**
 * The reminder that is due at `now`, or null. One that was missed, because nothing ran, is sent late but for the day's once the hour's
 * is due: two at once say the same.
 */
export function reminderDue(facts: ReminderFacts, now: Date): ReminderKind | null {
  const { startsAt, madeAt } = facts;
  const hourAt = reminderAt('hour', startsAt);
  if (now >= startsAt) return null;
  if (now >= hourAt) return facts.hourRemindedAt === null && madeAt < hourAt ? 'hour' : null;
  const dayAt = reminderAt('day', startsAt);
  return now >= dayAt && facts.dayRemindedAt === null && madeAt < dayAt ? 'day' : null;
}

/** What counts as told when a booking gets a new time at `now`: whoever has just heard of it needs no reminder that was due before. */
export function remindedAfterMove(
  startsAt: Date,
  now: Date,
): Pick<ReminderFacts, 'dayRemindedAt' | 'hourRemindedAt'> {
  const told = (kind: ReminderKind) => (now >= reminderAt(kind, startsAt) ? now : null);
  return { dayRemindedAt: told('day'), hourRemindedAt: told('hour') };
}

/** The `count` times nearest to the one wanted, as people see it: the fewest days away, then the nearest hour, then the earliest. */
export function nearestTimes<T extends { readonly startAt: Date }>(
  times: readonly T[],
  wanted: Date,
  count: number,
): T[] {
  const rank = ({ startAt }: T) => [
    Math.abs(daysBetween(dayOf(wanted), dayOf(startAt))),
    Math.abs(minutesOfDay(startAt) - minutesOfDay(wanted)),
    startAt.getTime(),
  ];
  return times
    .map((time) => ({ time, rank: rank(time) }))
    .sort((a, b) => a.rank.map((n, i) => n - (b.rank[i] ?? 0)).find((n) => n !== 0) ?? 0)
    .slice(0, count)
    .map(({ time }) => time);
}
