import {
  mayBook,
  permit,
  refuse,
  type BookingSettings,
  type BookingState,
  type Decision,
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

/** Whether the person may have these slots, free places aside, given everything that is locked now. */
export function decideTake(facts: TakeFacts, now: Date, settings: BookingSettings): Decision<'open'> {
  const { run, history, byStaff, waited, release } = facts;
  const first = run?.[0];
  if (!first || run.some((row) => row.closed)) return refuse('SLOT_CLOSED');
  if (first.startAt <= now) return refuse('SLOT_IN_PAST');
  const live = history.filter(({ state }) => state !== 'no_show');
  if (!facts.overrideLimits) {
    const person = mayBook(
      first.startAt,
      {
        startsAt: live.map(({ startAt }) => startAt),
        noShowsAt: history.filter(({ state }) => state === 'no_show').map(({ startAt }) => startAt),
      },
      now,
      settings,
    );
    if (!person.ok) return person;
  }
  if (!byStaff && !waited) {
    if (release === 'too_early') return refuse('SLOT_NOT_RELEASED');
    const earliest = now.getTime() + facts.noticeMinutes * 60_000;
    if (release === 'too_late' || first.startAt.getTime() < earliest) return refuse('SLOT_CLOSED');
  }
  // 一人一事一天一次: two bookings for one matter on one day only take a place from somebody else.
  const same = live.some(
    ({ itemIds, day }) => day === first.day && itemIds.some((id) => facts.itemIds.includes(id)),
  );
  if (same) return refuse('BOOKING_LIMIT_REACHED');
  return facts.gaveBack && !byStaff ? refuse('SLOT_GIVEN_BACK') : permit('open');
}
