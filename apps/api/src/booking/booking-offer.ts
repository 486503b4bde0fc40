import {
  addDays,
  dayMinutes,
  daysBetween,
  dayOf,
  inBookingWindow,
  mayBook,
  minutesOfDay,
  permit,
  reducedSlots,
  refuse,
  runFrom,
  slotsOfDay,
  type BookingSettings,
  type Decision,
  type LocalDay,
  type OfferedSlot,
  type OpeningRule,
  type Slot,
  weekdayOf,
  type Weekday,
} from '@haoban/domain';
import type { SlotEntity } from './slot.entity.js';

/** How a queue cuts its opening hours into slots, as the catalogue keeps it. */
export interface BookingRule {
  /** 1 is Monday. */
  readonly weekdays: readonly number[];
  /** Minutes after midnight. */
  readonly from: number;
  readonly to: number;
  readonly slotMinutes: number;
  readonly desksPublic: number;
  readonly desksInternal: number;
  readonly windowFromDays: number;
  readonly windowToDays: number;
}

/** A queue's opening rules and the hall's opening hours of one day: what its slots are cut from. */
export interface DayPlan {
  readonly day: LocalDay;
  readonly rules: readonly BookingRule[];
  readonly periods: readonly { readonly from: number; readonly to: number }[];
  /** A weekend day that is worked as a Monday (调休). */
  readonly workedWeekend: boolean;
}

export interface RowSlot extends OfferedSlot {
  readonly row: SlotEntity;
}

/** The slots that the day should have; none where the hall is shut. */
export function plannedSlots({ day, rules, periods, workedWeekend }: DayPlan): Slot[] {
  const ordered = [...periods].sort((a, b) => a.from - b.from);
  const ends = [0, ...ordered.map((period) => period.to)];
  const closures = [...ordered.map((period) => period.from), dayMinutes].flatMap((to, index) => {
    const from = ends[index] ?? 0;
    return from < to ? [{ day, fromMinute: from, toMinute: to }] : [];
  });
  const openings = rules.map((rule, index) => toOpeningRule(rule, index, day));
  const applies = openings.some((rule) => rule.weekdays.includes(weekdayOf(day)));
  const workedDays = workedWeekend && !applies ? [{ day, as: 1 as Weekday }] : [];
  return slotsOfDay(openings, { closures, overrides: [], holidays: [], workedDays }, day);
}

/** The rows of a day that a citizen may take at `now`, with what a visit of `need` slots finds free; full ones stay in. */
export function offeredRows(
  rows: readonly SlotEntity[],
  rules: readonly BookingRule[],
  need: number,
  now: Date,
  settings: BookingSettings,
): RowSlot[] {
  const earliest = now.getTime() + settings.noticeMinutes * 60_000;
  const open = toRowSlots(rows.filter((row) => !row.closed)).filter(
    ({ row }) => row.startAt.getTime() >= earliest && released(row, rows, rules, now) === 'open',
  );
  return reducedSlots(open, need).map((slot, index) => ({ ...slot, row: rowAt(open, index) }));
}

/** Whether the booking window of the rule that the slot belongs to has it at `now`. */
export function released(
  slot: SlotEntity,
  ofDay: readonly SlotEntity[],
  rules: readonly BookingRule[],
  now: Date,
): 'open' | 'too_early' | 'too_late' {
  const start = minutesOfDay(slot.startAt);
  const covering = rules.filter((rule) => start >= rule.from && start < rule.to);
  const weekdays = covering.filter((rule) => rule.weekdays.includes(weekdayOf(slot.day)));
  const rule = weekdays[0] ?? covering[0];
  if (!rule) return 'too_late';
  const opening = Math.min(...ofDay.map((row) => minutesOfDay(row.startAt)));
  const window = { fromDays: rule.windowFromDays, toDays: rule.windowToDays };
  if (inBookingWindow(slot.day, now, window, opening)) return 'open';
  return daysBetween(dayOf(now), slot.day) < rule.windowFromDays ? 'too_late' : 'too_early';
}

/** The rows that a visit beginning with `first` takes, in order; undefined where the run is broken. */
export function runOfRows(
  rows: readonly SlotEntity[],
  first: SlotEntity,
  need: number,
): SlotEntity[] | undefined {
  const slots = toRowSlots(rows.filter((row) => !row.closed));
  return runFrom(slots, minutesOfDay(first.startAt), need)?.map(({ row }) => row);
}

/** How many visits of `need` slots fit into the free places together: earliest first, which is the most for equal lengths. */
export function visitsThatFit(slots: readonly OfferedSlot[], frees: readonly number[], need: number): number {
  const left = [...frees];
  let visits = 0;
  slots.forEach((slot, index) => {
    if (!runFrom(slots, slot.startMinute, need)) return;
    const here = Math.min(...left.slice(index, index + need));
    for (let i = index; i < index + need; i++) left[i] = (left[i] ?? 0) - here;
    visits += here;
  });
  return visits;
}

export interface ReserveFacts {
  readonly itemId: string;
  readonly day: LocalDay;
  /** Locked rows of the visit, in time order. */
  readonly run: readonly SlotEntity[];
  readonly release: 'open' | 'too_early' | 'too_late';
  /** The person's bookings of the last months that were not cancelled. */
  readonly history: readonly { itemId: string; day: LocalDay; startAt: Date; state: string }[];
}

/** Whether the person may have these slots, given everything that is locked now. */
export function decideReserve(
  facts: ReserveFacts,
  now: Date,
  settings: BookingSettings,
): Decision<'confirmed'> {
  const [first] = facts.run;
  if (!first || facts.run.some((row) => row.closed)) return refuse('SLOT_CLOSED');
  const live = facts.history.filter(({ state }) => state !== 'no_show');
  const noShows = facts.history.filter(({ state }) => state === 'no_show');
  const person = mayBook(
    first.startAt,
    { startsAt: live.map(({ startAt }) => startAt), noShowsAt: noShows.map(({ startAt }) => startAt) },
    now,
    settings,
  );
  if (!person.ok) return person;
  if (facts.release === 'too_early') return refuse('SLOT_NOT_RELEASED');
  const earliest = now.getTime() + settings.noticeMinutes * 60_000;
  if (facts.release === 'too_late' || first.startAt.getTime() < earliest) return refuse('SLOT_CLOSED');
  // 一人一事一天一次: two bookings for one matter on one day only take a place from somebody else.
  if (live.some(({ itemId, day }) => itemId === facts.itemId && day === facts.day)) {
    return refuse('BOOKING_LIMIT_REACHED');
  }
  return facts.run.some((row) => row.taken >= row.capacity) ? refuse('SLOT_FULL') : permit('confirmed');
}

/** Days from today on that are shown. */
export function shownDays(now: Date, count: number): LocalDay[] {
  const today = dayOf(now);
  return Array.from({ length: count }, (_, index) => addDays(today, index));
}

function toRowSlots(rows: readonly SlotEntity[]): RowSlot[] {
  return rows
    .map((row) => {
      const startMinute = minutesOfDay(row.startAt);
      return {
        ruleId: '',
        startMinute,
        endMinute: startMinute + (row.endAt.getTime() - row.startAt.getTime()) / 60_000,
        places: { public: row.capacity, internal: row.internalCapacity },
        free: Math.max(0, row.capacity - row.taken),
        row,
      };
    })
    .sort((a, b) => a.startMinute - b.startMinute);
}

function rowAt(slots: readonly RowSlot[], index: number): SlotEntity {
  const slot = slots[index];
  if (!slot) throw new RangeError(`No slot ${index}`);
  return slot.row;
}

function toOpeningRule(rule: BookingRule, index: number, day: LocalDay): OpeningRule {
  return {
    id: String(index),
    from: day,
    to: day,
    weekdays: rule.weekdays as Weekday[],
    fromMinute: rule.from,
    toMinute: rule.to,
    slotMinutes: rule.slotMinutes,
    desks: { public: rule.desksPublic, internal: rule.desksInternal },
    window: { fromDays: rule.windowFromDays, toDays: rule.windowToDays },
  };
}
