/**
 * Which places a hall offers on a day, and which of them a person may take now. Opening rules with a weekday mask, every n
 * weeks, n-th week of the month, public ⊂ internal contingents and a booking window follow Berlin's and Munich's ZMS
 * (github.com/it-at-m/eappointment, zmsentities Availability and SlotTest), whose figures are our test vectors. The last day of
 * the window opens at that day's opening time and not at midnight, which spares everybody the midnight rush.
 */
import { visitsFree, type FreePlaces } from './places.js';
import type { VisitKind } from './states.js';
import type { LocalDay, Weekday } from './time.js';
import { addDays, dayOf, daysBetween, minutesOfDay, startOfWeek, weekdayOf } from './time.js';

/** Places per slot: `public` for citizens online, `green` for the green channel, `internal` in all (staff may use the rest). */
export interface Places {
  readonly public: number;
  readonly internal: number;
  readonly green?: number;
  /** Most places at once by item class. */
  readonly perClass?: Readonly<Record<string, number>>;
}

/** Bookable from today + `fromDays` to today + `toDays`, calendar days. */
export interface BookingWindow {
  readonly fromDays: number;
  readonly toDays: number;
}

/** What one stretch of opening offers; minutes since midnight. */
export interface OpeningOffer {
  readonly id: string;
  readonly fromMinute: number;
  readonly toMinute: number;
  /** Length of one slot; 0 offers none. */
  readonly slotMinutes: number;
  readonly desks: Places;
  /** Default `window`; openings of different kinds stand side by side. */
  readonly kind?: VisitKind;
}

/** An opening that repeats between two days, both inclusive. */
export interface OpeningRule extends OpeningOffer {
  readonly from: LocalDay;
  readonly to: LocalDay;
  readonly weekdays: readonly Weekday[];
  /** Only every n-th week, counted from the week of `from`. */
  readonly everyWeeks?: number;
  /** Only on the n-th such weekday of the month; -1 is the last. */
  readonly weekOfMonth?: 1 | 2 | 3 | 4 | 5 | -1;
  readonly window: BookingWindow;
}

/** A day that the hall plans by hand: replaces every repeating rule and beats a holiday. */
export interface DayOverride extends OpeningOffer {
  readonly day: LocalDay;
}

export interface Closure {
  readonly day: LocalDay;
  /** Without times the whole day is closed. */
  readonly fromMinute?: number;
  readonly toMinute?: number;
}

export interface DayExceptions {
  readonly closures: readonly Closure[];
  readonly overrides: readonly DayOverride[];
  /** Public holidays: no repeating rule applies. */
  readonly holidays: readonly LocalDay[];
  /** 调休: a weekend day that is worked like the given weekday. */
  readonly workedDays: readonly { readonly day: LocalDay; readonly as: Weekday }[];
}

export interface Slot {
  readonly ruleId: string;
  readonly startMinute: number;
  readonly endMinute: number;
  readonly places: Places;
  readonly kind?: VisitKind;
}

export interface OfferedSlot extends Slot {
  /** How many visits of the wanted length can still begin here. */
  readonly free: number;
}

export const defaultWindow: BookingWindow = { fromDays: 1, toDays: 60 };
export const noExceptions: DayExceptions = { closures: [], overrides: [], holidays: [], workedDays: [] };

/** Whether a repeating rule applies on `day`, exceptions aside. `as` is the weekday it is worked as. */
export function ruleApplies(rule: OpeningRule, day: LocalDay, as: Weekday = weekdayOf(day)): boolean {
  if (day < rule.from || day > rule.to || !rule.weekdays.includes(as)) return false;
  const weeks = daysBetween(startOfWeek(rule.from), startOfWeek(day)) / 7;
  if (rule.everyWeeks !== undefined && rule.everyWeeks > 1 && weeks % rule.everyWeeks !== 0) return false;
  if (rule.weekOfMonth === undefined) return true;
  if (rule.weekOfMonth === -1) return addDays(day, 7).slice(0, 7) !== day.slice(0, 7);
  return Math.ceil(Number(day.slice(8)) / 7) === rule.weekOfMonth;
}

/** The openings of a day after exceptions, ascending; overrides first replace the repeating rules. */
export function openingsOfDay(
  rules: readonly OpeningRule[],
  exceptions: DayExceptions,
  day: LocalDay,
): readonly OpeningOffer[] {
  const byStart = (a: OpeningOffer, b: OpeningOffer) => a.fromMinute - b.fromMinute || (a.id < b.id ? -1 : 1);
  const overrides = exceptions.overrides.filter((override) => override.day === day);
  if (overrides.length > 0) return overrides.sort(byStart);
  const as = exceptions.workedDays.find((worked) => worked.day === day)?.as;
  if (as === undefined && exceptions.holidays.includes(day)) return [];
  return rules.filter((rule) => ruleApplies(rule, day, as)).sort(byStart);
}

/**
 * The slots of a day, ascending. They never overlap and never leave the opening they belong to: no slot begins at or runs
 * over the end, slots touched by a closure are left out, and where two openings of one kind overlap the earlier one keeps its slots.
 */
export function slotsOfDay(rules: readonly OpeningRule[], exceptions: DayExceptions, day: LocalDay): Slot[] {
  const closures = exceptions.closures
    .filter((closure) => closure.day === day)
    .map((closure) => ({ from: closure.fromMinute ?? 0, to: closure.toMinute ?? 1_440 }));
  const slots: Slot[] = [];
  for (const offer of openingsOfDay(rules, exceptions, day)) {
    for (const slot of slotsOfOffer(offer)) {
      const closed = closures.some(
        (closure) => slot.startMinute < closure.to && slot.endMinute > closure.from,
      );
      const taken = slots.some(
        (other) =>
          slot.startMinute < other.endMinute &&
          slot.endMinute > other.startMinute &&
          (slot.kind ?? 'window') === (other.kind ?? 'window'),
      );
      if (!closed && !taken) slots.push(slot);
    }
  }
  return slots.sort((a, b) => a.startMinute - b.startMinute);
}

/**
 * Whether `day` may be booked at `now`. On the last day of the window only from `openingMinute`, that day's first opening; a day
 * planned by hand is bookable at any clock time.
 */
export function inBookingWindow(
  day: LocalDay,
  now: Date,
  window: BookingWindow,
  openingMinute: number,
  plannedByHand = false,
): boolean {
  const ahead = daysBetween(dayOf(now), day);
  if (ahead < window.fromDays || ahead > window.toDays) return false;
  return ahead < window.toDays || plannedByHand || minutesOfDay(now) >= openingMinute;
}

/**
 * What a visit of `need` slots with `places` people can choose: `free` is how many such visits could begin at each slot, by the least room of it and
 * the `need` − 1 slots that follow without a gap in the same opening; 0 where they don't exist.
 */
export function reducedSlots<S extends Slot & { readonly room: FreePlaces }>(
  slots: readonly S[],
  need: number,
  places: number,
): (S & { readonly free: number })[] {
  return slots.map((slot) => {
    const run = runFrom(slots, slot.startMinute, Math.max(1, need)) ?? [];
    const rooms = run.map(({ room }) => room);
    return { ...slot, free: visitsFree(rooms, places) };
  });
}

/**
 * The consecutive slots that a visit of `need` slots beginning at `startMinute` takes; undefined where there is no such run (the
 * caller answers SLOT_CLOSED).
 */
export function runFrom<S extends Slot>(
  slots: readonly S[],
  startMinute: number,
  need: number,
): S[] | undefined {
  const first = slots.findIndex((slot) => slot.startMinute === startMinute);
  const run = first < 0 ? [] : slots.slice(first, first + need);
  const unbroken = run.every((slot, i) => {
    const before = run[i - 1];
    return before === undefined || (before.endMinute === slot.startMinute && before.ruleId === slot.ruleId);
  });
  return run.length === need && unbroken ? run : undefined;
}

/** Pairs of repeating rules that open at the same time on some day of `days`: a planning mistake to show to the manager. */
export function conflictingRules(
  rules: readonly OpeningRule[],
  days: readonly LocalDay[],
): [string, string][] {
  const found = new Map<string, [string, string]>();
  for (const day of days) {
    const open = rules.filter((rule) => ruleApplies(rule, day));
    open.forEach((a, i) => {
      for (const b of open.slice(i + 1)) {
        const overlap = a.fromMinute < b.toMinute && b.fromMinute < a.toMinute;
        if (overlap) found.set(`${a.id} ${b.id}`, [a.id, b.id]);
      }
    });
  }
  return [...found.values()];
}

function slotsOfOffer(offer: OpeningOffer): Slot[] {
  const { id, fromMinute, toMinute, slotMinutes, desks, kind } = offer;
  if (!(slotMinutes > 0) || desks.internal <= 0) return [];
  const count = Math.max(0, Math.floor((toMinute - fromMinute) / slotMinutes));
  return Array.from({ length: count }, (_, i) => ({
    ruleId: id,
    startMinute: fromMinute + i * slotMinutes,
    endMinute: fromMinute + (i + 1) * slotMinutes,
    places: desks,
    ...(kind && { kind }),
  }));
}
