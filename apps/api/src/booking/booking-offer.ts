import {
  addDays,
  daysBetween,
  dayOf,
  freeByContingent,
  inBookingWindow,
  inPartOfDay,
  instantAt,
  minutesOfDay,
  noLoad,
  reducedSlots,
  ruleIdOf,
  runFrom,
  shownDayCount,
  visitsFree,
  withoutVisits,
  type BookingSettings,
  type BookingWindow,
  type Contingent,
  type FreePlaces,
  type LocalDay,
  type OfferedSlot,
  type VisitKind,
} from '@haoban/domain';
import type { ServiceQueue } from '../guide/catalogue.service.js';
import { capacityOf, loadOf, type PublicPlaces } from './slot-ledger.js';
import type { SlotEntity } from './slot.entity.js';

/** How a queue cuts its opening hours into slots, as the catalogue keeps it. */
export type BookingRule = ServiceQueue['bookingRules'][number];

export interface RowSlot extends OfferedSlot {
  readonly row: SlotEntity;
  /** What is free by contingent, before it is known what a visit takes of the slots that follow. */
  readonly room: FreePlaces;
}

/** Who asks, and for how much. */
export interface Offer {
  readonly need: number;
  /** Places in each slot. */
  readonly places: number;
  readonly itemClass: string | null;
  readonly kind: VisitKind;
  readonly audience: Contingent;
  /** Where not all public places are out yet. */
  readonly publicPlaces?: PublicPlaces;
}

/** One person with one short matter at the window. */
export const simpleOffer: Offer = {
  need: 1,
  places: 1,
  itemClass: null,
  kind: 'window',
  audience: 'public',
};

/**
 * The rows of a day that the audience may take at `now`; `free` is how many such visits could begin there, and full rows stay in. Staff
 * (`internal`) are bound neither by the booking window nor by the notice, only by the clock.
 */
export function offeredRows(
  rows: readonly SlotEntity[],
  rules: readonly BookingRule[],
  offer: Offer,
  now: Date,
  settings: BookingSettings,
): RowSlot[] {
  const ofKind = rows.filter((row) => !row.closed && row.kind === offer.kind);
  const staff = offer.audience === 'internal';
  const opening = openingMinute(ofKind, offer.kind);
  const open = toRowSlots(ofKind, offer).filter(({ row }) =>
    staff
      ? row.startAt > now
      : row.startAt.getTime() >= now.getTime() + noticeOf(row, rules, settings) * 60_000 &&
        releaseFrom(row, opening, rules)(now) === 'open',
  );
  return reducedSlots(open, offer.need, offer.places);
}

/** Minutes before which the slot is no longer offered: the opening's own, else the hall's. */
export function noticeOf(slot: SlotEntity, rules: readonly BookingRule[], settings: BookingSettings): number {
  return ruleOf(slot, rules)?.noticeMinutes ?? settings.noticeMinutes;
}

export type Released = 'open' | 'too_early' | 'too_late';

/** Whether the booking window of the rule that the slot belongs to has it at `now`. */
export function released(
  slot: SlotEntity,
  ofDay: readonly SlotEntity[],
  rules: readonly BookingRule[],
  now: Date,
): Released {
  return releaseOf(slot, ofDay, rules)(now);
}

/** The same for whoever asks again and again about one slot. */
export function releaseOf(
  slot: SlotEntity,
  ofDay: readonly SlotEntity[],
  rules: readonly BookingRule[],
): (now: Date) => Released {
  return releaseFrom(slot, openingMinute(ofDay, slot.kind), rules);
}

function releaseFrom(
  slot: SlotEntity,
  opening: number,
  rules: readonly BookingRule[],
): (now: Date) => Released {
  const rule = ruleOf(slot, rules);
  const window = rule ? { fromDays: rule.windowFromDays, toDays: rule.windowToDays } : widestWindow(rules);
  return (now) => {
    if (inBookingWindow(slot.day, now, window, opening, rule === undefined)) return 'open';
    return daysBetween(dayOf(now), slot.day) < window.fromDays ? 'too_late' : 'too_early';
  };
}

/** When the next of these rows, all of one day and kind, comes out for citizens; undefined where none does. */
export function opensAt(
  ofDay: readonly SlotEntity[],
  rules: readonly BookingRule[],
  now: Date,
): Date | undefined {
  const moments = ofDay.flatMap((row) => {
    const rule = ruleOf(row, rules);
    if (!rule || released(row, ofDay, rules, now) !== 'too_early') return [];
    return [instantAt(addDays(row.day, -rule.windowToDays), openingMinute(ofDay, row.kind)).getTime()];
  });
  return moments.length > 0 ? new Date(Math.min(...moments)) : undefined;
}

/**
 * The minute at which visits of a kind begin on a day: its places come out at that clock time, see `inBookingWindow`. Whoever asks has to get
 * the same answer from the day's rows, be they all, or those of a kind, or those still open.
 */
export function openingMinute(ofDay: readonly SlotEntity[], kind: VisitKind): number {
  const starts = ofDay
    .filter((row) => row.kind === kind && !row.closed)
    .map((row) => minutesOfDay(row.startAt));
  return starts.length > 0 ? Math.min(...starts) : 0;
}

/** The opening that the slot was cut from; undefined for a day planned by hand. */
export function ruleOf(slot: SlotEntity, rules: readonly BookingRule[]): BookingRule | undefined {
  const named = rules.find((rule, index) => ruleIdOf(rule, index) === slot.ruleId);
  // Rows from before slots named their opening: one that covers it stands in until they are cut anew.
  if (named || slot.ruleId !== '') return named;
  const start = minutesOfDay(slot.startAt);
  return rules.find(({ from, to, kind = 'window' }) => start >= from && start < to && kind === slot.kind);
}

/** A day planned by hand has no window of its own: whatever one of the queue's openings allows, and without any as soon as it is shown. */
function widestWindow(rules: readonly BookingRule[]): BookingWindow {
  if (rules.length === 0) return { fromDays: 0, toDays: shownDayCount(rules) - 1 };
  return {
    fromDays: Math.min(...rules.map(({ windowFromDays }) => windowFromDays)),
    toDays: Math.max(...rules.map(({ windowToDays }) => windowToDays)),
  };
}

/** The rows that a visit beginning with `first` takes, in order; undefined where the run is broken. */
export function runOfRows(
  rows: readonly SlotEntity[],
  first: SlotEntity,
  need: number,
): SlotEntity[] | undefined {
  const ofKind = rows.filter((row) => !row.closed && row.kind === first.kind);
  const slots = toRowSlots(ofKind, { ...simpleOffer, kind: first.kind });
  return runFrom(slots, minutesOfDay(first.startAt), need)?.map(({ row }) => row);
}

/** A time at which a whole visit can begin. */
export interface OfferedVisit {
  readonly slot: RowSlot;
  /** The last row of the visit, which may be longer than one slot. */
  readonly last: SlotEntity;
  /** Visits of this kind that could ever begin here. */
  readonly capacity: number;
}

/** The times of `offeredRows` at which the visit fits; a long visit that finds too little left is not shown as full, but left out. */
export function offeredVisits(
  rows: readonly SlotEntity[],
  rules: readonly BookingRule[],
  offer: Offer,
  now: Date,
  settings: BookingSettings,
): OfferedVisit[] {
  const offered = offeredRows(rows, rules, offer, now, settings);
  return offered.flatMap((slot) => {
    const run = runFrom(offered, slot.startMinute, offer.need);
    const last = run?.at(-1);
    if (!run || !last || (offer.need > 1 && slot.free === 0)) return [];
    const capacity = visitsFree(
      run.map(({ row }) => roomOf(row, offer, 'capacity')),
      offer.places,
    );
    return [{ slot, last: last.row, capacity }];
  });
}

/** Parts of the day at which such a visit could begin but all is taken: these can be waited for, whatever is free in the other. */
export function fullParts(offered: readonly RowSlot[], need: number): ('morning' | 'afternoon')[] {
  return (['morning', 'afternoon'] as const).filter((part) => {
    const times = offered.filter(({ startMinute }) => inPartOfDay(startMinute, part));
    return (
      times.every(({ free }) => free === 0) &&
      times.some(({ startMinute }) => runFrom(offered, startMinute, need))
    );
  });
}

/** How many visits of `need` slots fit into the places together: earliest first, which is the most for equal lengths. */
export function visitsThatFit(
  slots: readonly RowSlot[],
  offer: Offer,
  of: 'free' | 'capacity' = 'free',
): number {
  const { need, places } = offer;
  const left = slots.map(({ row }) => roomOf(row, offer, of));
  let visits = 0;
  slots.forEach((slot, index) => {
    if (!runFrom(slots, slot.startMinute, need)) return;
    const run = left.slice(index, index + need);
    const here = visitsFree(run, places);
    left.splice(index, need, ...withoutVisits(run, places, here));
    visits += here;
  });
  return visits;
}

function roomOf(row: SlotEntity, offer: Offer, of: 'free' | 'capacity'): FreePlaces {
  const { audience, itemClass, publicPlaces } = offer;
  return of === 'free'
    ? freeByContingent(capacityOf(row, publicPlaces?.(row)), loadOf(row), audience, itemClass)
    : freeByContingent(capacityOf(row), noLoad, audience, itemClass);
}

/** Days from today on that a queue with these rules shows: what walks over days walks over these. */
export function shownDays(now: Date, rules: readonly BookingRule[]): LocalDay[] {
  const today = dayOf(now);
  return Array.from({ length: shownDayCount(rules) }, (_, index) => addDays(today, index));
}

export function isShown(day: LocalDay, now: Date, rules: readonly BookingRule[]): boolean {
  const ahead = daysBetween(dayOf(now), day);
  return ahead >= 0 && ahead < shownDayCount(rules);
}

function toRowSlots(rows: readonly SlotEntity[], offer: Offer): RowSlot[] {
  return rows
    .map((row) => {
      const startMinute = minutesOfDay(row.startAt);
      const room = roomOf(row, offer, 'free');
      return {
        ruleId: row.ruleId,
        startMinute,
        endMinute: startMinute + (row.endAt.getTime() - row.startAt.getTime()) / 60_000,
        places: capacityOf(row),
        free: visitsFree([room], offer.places),
        room,
        row,
      };
    })
    .sort((a, b) => a.startMinute - b.startMinute);
}
