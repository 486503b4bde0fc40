import {
  addDays,
  barText,
  bookingBar,
  dayOf,
  permit,
  refuse,
  type BookingBar,
  type BookingHistory,
  type BookingSettings,
  type BookingState,
  type ErrorCode,
  type LocalDay,
} from '@haoban/domain';
import type { SlotEntity } from './slot.entity.js';

/** A booking of the same person that counts: not cancelled, not run out, not excused. */
export interface EarlierBooking {
  readonly id: string;
  readonly itemIds: readonly string[];
  readonly hallId: string;
  readonly day: LocalDay;
  readonly startAt: Date;
  readonly state: BookingState;
  /** See `requestKeyOf`. */
  readonly requestKey: string;
}

export interface TakeFacts {
  readonly itemIds: readonly string[];
  /** Locked rows of the visit, in time order; undefined where the run is broken. */
  readonly run: readonly SlotEntity[] | undefined;
  readonly release: 'open' | 'too_early' | 'too_late';
  readonly noticeMinutes: number;
  readonly history: readonly EarlierBooking[];
  /** True where this person gave back a place of one of these slots. */
  readonly gaveBack: boolean;
  /** Staff are bound by the clock and by what is left, not by windows; `overrideLimits` by no personal limit either. */
  readonly byStaff: boolean;
  /** The place is offered from the waitlist: it was asked for in time. */
  readonly waited: boolean;
  readonly overrideLimits: boolean;
}

/** A refusal by a rule about the person carries its numbers, and what to do in a sentence. */
export type TakeDecision =
  | { readonly ok: true; readonly next: 'open' }
  | { readonly ok: false; readonly code: ErrorCode; readonly details?: BarDetails };

export type BarDetails = Omit<BookingBar, 'code'> & { readonly text: string };

/** What counts of a person's bookings, as the rules ask for it. */
export function historyOf(earlier: readonly EarlierBooking[]): BookingHistory {
  const startsOf = (list: readonly EarlierBooking[]) => list.map(({ startAt }) => startAt);
  return {
    startsAt: startsOf(earlier.filter(({ state }) => state !== 'no_show')),
    noShowsAt: startsOf(earlier.filter(({ state }) => state === 'no_show')),
  };
}

/** 一人一事一天一次: two bookings for one matter on one day only take a place from somebody else. */
export function sameItemBar(
  earlier: readonly EarlierBooking[],
  wanted: readonly string[],
  day: LocalDay,
): BookingBar | undefined {
  const same = earlier.some(
    (each) => each.state !== 'no_show' && each.day === day && each.itemIds.some((id) => wanted.includes(id)),
  );
  if (!same) return undefined;
  return { code: 'BOOKING_LIMIT_REACHED', rule: 'item', used: 1, limit: 1, until: addDays(day, 1) };
}

/** Whether the person may have these slots, free places aside, given everything that is locked now. */
export function decideTake(facts: TakeFacts, now: Date, settings: BookingSettings): TakeDecision {
  const { run, history, byStaff, waited, release } = facts;
  const first = run?.[0];
  if (!first || run.some((row) => row.closed)) return refuse('SLOT_CLOSED');
  if (first.startAt <= now) return refuse('SLOT_IN_PAST');
  if (!facts.overrideLimits) {
    const bar = bookingBar(dayOf(first.startAt), historyOf(history), now, settings);
    if (bar) return barred(bar, settings);
  }
  if (!byStaff && !waited) {
    if (release === 'too_early') return refuse('SLOT_NOT_RELEASED');
    const earliest = now.getTime() + facts.noticeMinutes * 60_000;
    if (release === 'too_late' || first.startAt.getTime() < earliest) return refuse('SLOT_CLOSED');
  }
  const same = sameItemBar(history, facts.itemIds, first.day);
  if (same) return barred(same, settings);
  return facts.gaveBack && !byStaff ? refuse('SLOT_GIVEN_BACK') : permit('open');
}

function barred(bar: BookingBar, settings: BookingSettings): TakeDecision {
  return { ok: false, code: bar.code, details: barDetails(bar, settings) };
}

export function barDetails(bar: BookingBar, settings: BookingSettings): BarDetails {
  const { rule, used, limit, until } = bar;
  return { rule, used, limit, until, text: barText(bar, settings) };
}
