/**
 * Who may book how much, until when a booking can be cancelled, and when one may check in. Halls publish quite different
 * numbers (1 a day and 2 hours before at hzzk.gov.cn, 2 a week and a three-month ban at rqsbdc.com, 3 no-shows a month at the
 * Xiamen tax halls), so every number is a setting and three presets name the usual choices.
 */
import type { Decision } from './transitions.js';
import { permit, refuse } from './transitions.js';
import { addDays, addMinutes, dayOf, instantAt, minuteMs, startOfDay, startOfWeek } from './time.js';
import type { LocalDay } from './time.js';
import type { VisitLimits } from './visit-plan.js';

export interface NoShowRule {
  /** So many no-shows within `withinDays` … */
  readonly count: number;
  readonly withinDays: number;
  /** … suspend booking for so many days after the last of them. */
  readonly suspendDays: number;
  /** In place of both: counted within a calendar month, suspended until its end. */
  readonly calendarMonth?: boolean;
}

export interface CheckInWindow {
  /** Check-in opens so long before the booked time. */
  readonly earlyMinutes: number;
  /** Within so long before the booked time one is no longer early but on time. */
  readonly onTimeBeforeMinutes: number;
  /** So long after the booked time one is still on time. */
  readonly graceMinutes: number;
  /** So long after the booked time one may still check in, as late. */
  readonly lateMinutes: number;
}

/** Returned places re-open after a delay that nobody can foresee; both 0: at once. */
export interface ReopenDelay {
  readonly minMinutes: number;
  readonly maxMinutes: number;
}

/** Of a slot's public places `atOpening` (0–1) are there when its day opens; the others follow within `overHours` at seeded moments. */
export interface DripRelease {
  readonly atOpening: number;
  readonly overHours: number;
}

export interface BookingSettings extends VisitLimits {
  readonly perDay: number;
  readonly perWeek: number;
  readonly perMonth: number;
  /** Confirmed bookings that still lie ahead. */
  readonly open: number;
  readonly cancelHoursBefore: number;
  /** In place of the hours: until a clock time so many calendar days before. */
  readonly cancelBy?: { readonly daysBefore: number; readonly minute: number } | null;
  /** Slots nearer than this are no longer offered. */
  readonly noticeMinutes: number;
  readonly noShow: NoShowRule;
  readonly checkIn: CheckInWindow;
  /** How long a place is kept while the form is filled. */
  readonly holdMinutes: number;
  /** How long a freed place is kept for whoever is next on the waitlist. */
  readonly offerMinutes: number;
  readonly reopen: ReopenDelay;
  readonly drip: DripRelease;
}

const standard: BookingSettings = {
  perDay: 2,
  perWeek: 5,
  perMonth: 15,
  open: 3,
  cancelHoursBefore: 2,
  noticeMinutes: 30,
  noShow: { count: 3, withinDays: 30, suspendDays: 30 },
  checkIn: { earlyMinutes: 60, onTimeBeforeMinutes: 15, graceMinutes: 10, lateMinutes: 60 },
  maxItems: 3,
  maxSlots: 6,
  maxPersons: 5,
  holdMinutes: 5,
  offerMinutes: 10,
  reopen: { minMinutes: 0, maxMinutes: 0 },
  drip: { atOpening: 1, overHours: 0 },
};

/** 标准, 严格 (scarce places, as for real estate registers) and 宽松 (halls with spare capacity). */
export const bookingPresets = {
  standard,
  strict: {
    ...standard,
    perDay: 1,
    perWeek: 2,
    perMonth: 6,
    open: 1,
    noShow: { count: 2, withinDays: 90, suspendDays: 90 },
    checkIn: { ...standard.checkIn, lateMinutes: 15 },
    reopen: { minMinutes: 5, maxMinutes: 90 },
    drip: { atOpening: 0.5, overHours: 24 },
  },
  relaxed: {
    ...standard,
    perDay: 5,
    perWeek: 15,
    perMonth: 40,
    open: 10,
    cancelHoursBefore: 0,
    noShow: { count: 5, withinDays: 30, suspendDays: 7 },
    checkIn: { ...standard.checkIn, graceMinutes: 15, lateMinutes: 120 },
  },
} as const satisfies Record<string, BookingSettings>;

export interface BookingHistory {
  /** Start of every booking of this person that counts: confirmed and checked in, not cancelled. */
  readonly startsAt: readonly Date[];
  /** Start of every booking that was missed. */
  readonly noShowsAt: readonly Date[];
}

/** From when a person who missed too many bookings may book again; undefined where nothing stands in the way at `now`. */
export function suspendedUntil(
  noShowsAt: readonly Date[],
  now: Date,
  rule: NoShowRule,
): LocalDay | undefined {
  if (rule.count <= 0) return undefined;
  const days = noShowsAt.map(dayOf).sort();
  if (rule.calendarMonth) {
    const today = dayOf(now);
    const missed = days.filter((day) => day.slice(0, 7) === today.slice(0, 7) && day <= today);
    return missed.length >= rule.count ? nextMonth(today) : undefined;
  }
  const until = days
    .filter((day, i) => {
      const nth = days[i - rule.count + 1];
      return nth !== undefined && nth > addDays(day, -rule.withinDays);
    })
    .map((day) => addDays(day, rule.suspendDays + 1))
    .at(-1);
  return until !== undefined && until > dayOf(now) ? until : undefined;
}

/** No-shows that still count towards the next suspension. */
export function noShowsCounting(noShowsAt: readonly Date[], now: Date, rule: NoShowRule): number {
  if (rule.calendarMonth) {
    const month = dayOf(now).slice(0, 7);
    return noShowsAt.filter((missed) => dayOf(missed).startsWith(month)).length;
  }
  const from = addDays(dayOf(now), -rule.withinDays);
  return noShowsAt.filter((missed) => dayOf(missed) > from).length;
}

export const limitRules = ['day', 'week', 'month', 'open'] as const;
export type LimitRule = (typeof limitRules)[number];

export interface LimitUse {
  readonly rule: LimitRule;
  readonly used: number;
  readonly limit: number;
  /** Never below 0, also where a rule became stricter after the bookings were made. */
  readonly left: number;
  /** The first day that this count does not reach to; null for `open`, which is about bookings and not about days. */
  readonly until: LocalDay | null;
}

/** How much of each limit is used for one more booking on `day`: in the order in which they are told. */
export function limitUses(
  day: LocalDay,
  history: BookingHistory,
  now: Date,
  settings: BookingSettings,
): readonly LimitUse[] {
  const others = history.startsAt.map(dayOf);
  const use = (rule: LimitRule, used: number, limit: number, until: LocalDay | null): LimitUse => ({
    rule,
    used,
    limit,
    left: Math.max(0, limit - used),
    until,
  });
  const monday = startOfWeek(day);
  const month = day.slice(0, 7);
  return [
    use('day', others.filter((other) => other === day).length, settings.perDay, addDays(day, 1)),
    use(
      'week',
      others.filter((other) => startOfWeek(other) === monday).length,
      settings.perWeek,
      addDays(monday, 7),
    ),
    use('month', others.filter((other) => other.startsWith(month)).length, settings.perMonth, nextMonth(day)),
    use(
      'open',
      history.startsAt.filter((other) => other.getTime() > now.getTime()).length,
      settings.open,
      null,
    ),
  ];
}

/** What stands between a person and one more booking, with the numbers of the rule: the `details` of the refusal. */
export interface BookingBar {
  readonly code: 'BOOKING_SUSPENDED' | 'BOOKING_LIMIT_REACHED';
  /** `item`: one booking for a matter on a day. */
  readonly rule: LimitRule | 'no_show' | 'item';
  readonly used: number;
  readonly limit: number;
  /** `no_show`: the first day on which one may book again; else the first bookable day that the limit does not reach to. */
  readonly until: LocalDay | null;
}

/** The first rule that bites for a booking on `day`; undefined where none does. */
export function bookingBar(
  day: LocalDay,
  history: BookingHistory,
  now: Date,
  settings: BookingSettings,
): BookingBar | undefined {
  const until = suspendedUntil(history.noShowsAt, now, settings.noShow);
  if (until !== undefined) {
    const limit = settings.noShow.count;
    const used = Math.max(limit, noShowsCounting(history.noShowsAt, now, settings.noShow));
    return { code: 'BOOKING_SUSPENDED', rule: 'no_show', used, limit, until };
  }
  const full = limitUses(day, history, now, settings).find(({ left }) => left === 0);
  if (full === undefined) return undefined;
  const { rule, used, limit } = full;
  return { code: 'BOOKING_LIMIT_REACHED', rule, used, limit, until: full.until };
}

/** Whether a person may take one more booking at `startsAt`: SLOT_IN_PAST, BOOKING_SUSPENDED or BOOKING_LIMIT_REACHED if not. */
export function mayBook(
  startsAt: Date,
  history: BookingHistory,
  now: Date,
  settings: BookingSettings,
): Decision<'confirmed'> {
  if (startsAt.getTime() <= now.getTime()) return refuse('SLOT_IN_PAST');
  const bar = bookingBar(dayOf(startsAt), history, now, settings);
  return bar ? refuse(bar.code) : permit('confirmed');
}

function nextMonth(day: LocalDay): LocalDay {
  return `${addDays(`${day.slice(0, 7)}-28`, 4).slice(0, 7)}-01`;
}

/** The last instant at which a booking can be cancelled by its owner. */
export function cancelDeadline(startsAt: Date, settings: BookingSettings): Date {
  const { cancelBy } = settings;
  if (cancelBy) return instantAt(addDays(dayOf(startsAt), -cancelBy.daysBefore), cancelBy.minute);
  return addMinutes(startsAt, -settings.cancelHoursBefore * 60);
}

/** Whether the owner may cancel (or move) now: BOOKING_CANCEL_TOO_LATE if not. The deadline itself is still in time. */
export function mayCancel(startsAt: Date, now: Date, settings: BookingSettings): Decision<'cancelled'> {
  return now.getTime() <= cancelDeadline(startsAt, settings).getTime()
    ? permit('cancelled')
    : refuse('BOOKING_CANCEL_TOO_LATE');
}

export const arrivals = ['early', 'on_time', 'late'] as const;
export type Arrival = (typeof arrivals)[number];

/**
 * How a check-in at `now` counts: early (before the booked time by more than the tolerance), on_time or late. Refuses with
 * BOOKING_WRONG_DAY, BOOKING_CHECKIN_TOO_EARLY or BOOKING_CHECKIN_TOO_LATE. All limits are inclusive, but for `closesAt`, the
 * end of the hall's day: from then on nobody is there to call a ticket.
 */
export function decideCheckIn(
  startsAt: Date,
  now: Date,
  settings: BookingSettings,
  closesAt?: Date | null,
): Decision<Arrival> {
  if (dayOf(startsAt) !== dayOf(now)) return refuse('BOOKING_WRONG_DAY');
  const lateBy = (now.getTime() - startsAt.getTime()) / minuteMs;
  const { earlyMinutes, lateMinutes } = settings.checkIn;
  if (lateBy < -earlyMinutes) return refuse('BOOKING_CHECKIN_TOO_EARLY');
  if (lateBy > lateMinutes || (closesAt && now >= closesAt)) return refuse('BOOKING_CHECKIN_TOO_LATE');
  return permit(arrivalOf(startsAt, now, settings));
}

/** How somebody who was let in at `cameAt` kept to the booked time; says nothing about whether they would be let in. */
export function arrivalOf(startsAt: Date, cameAt: Date, { checkIn }: BookingSettings): Arrival {
  const lateBy = (cameAt.getTime() - startsAt.getTime()) / minuteMs;
  if (lateBy > checkIn.graceMinutes) return 'late';
  return lateBy < -checkIn.onTimeBeforeMinutes ? 'early' : 'on_time';
}

/**
 * The first instant at which a booking that nobody checked in is a no-show: once it can no longer be, or the day is over, that of
 * the hall (`closesAt`) or the calendar's.
 */
export function noShowFrom(startsAt: Date, settings: BookingSettings, closesAt?: Date | null): Date {
  const afterWindow = addMinutes(startsAt, settings.checkIn.lateMinutes).getTime() + 1;
  const dayEnd = closesAt ?? startOfDay(addDays(dayOf(startsAt), 1));
  return new Date(Math.min(afterWindow, dayEnd.getTime()));
}
