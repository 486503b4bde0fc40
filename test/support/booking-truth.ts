import { contingents, startOfWeek, type BookingSettings } from '@haoban/domain';
import { In, type EntityManager } from 'typeorm';
import {
  BookingEntity,
  BookingItemEntity,
  BookingSlotEntity,
} from '../../apps/api/src/booking/booking.entity.js';
import { SlotEntity, SlotReturnEntity } from '../../apps/api/src/booking/slot.entity.js';

export interface TruthBooking extends BookingEntity {
  /** By time. */
  readonly slotIds: readonly string[];
  readonly itemIds: readonly string[];
}

/** What the tables hold of one queue, or of all: to count everything anew and hold the running totals against it. */
export interface Truth {
  /** By time. */
  readonly slots: readonly SlotEntity[];
  readonly bookings: readonly TruthBooking[];
  readonly returns: readonly SlotReturnEntity[];
}

/** In one snapshot: acts may go on meanwhile. */
export function readTruth(manager: EntityManager, queueId?: string): Promise<Truth> {
  return manager.transaction('REPEATABLE READ', async (em) => {
    const where = queueId === undefined ? {} : { queueId };
    const slots = await em.find(SlotEntity, { where, order: { startAt: 'ASC', id: 'ASC' } });
    const rows = await em.find(BookingEntity, { where, order: { id: 'ASC' } });
    const ids = In(rows.map(({ id }) => id));
    const covered = await em.findBy(BookingSlotEntity, { bookingId: ids });
    const items = await em.find(BookingItemEntity, { where: { bookingId: ids }, order: { position: 'ASC' } });
    const returns = await em.findBy(SlotReturnEntity, where);
    const slotsOf = grouped(covered, ({ slotId }) => slotId);
    const itemsOf = grouped(items, ({ itemId }) => itemId);
    const place = new Map(slots.map(({ id }, index) => [id, index]));
    const byTime = (a: string, b: string) => (place.get(a) ?? -1) - (place.get(b) ?? -1);
    const bookings = rows.map((row) => ({
      ...row,
      slotIds: (slotsOf.get(row.id) ?? []).sort(byTime),
      itemIds: itemsOf.get(row.id) ?? [row.itemId],
    }));
    return { slots, bookings, returns };
  });
}

function grouped<Row extends { readonly bookingId: string }>(
  rows: readonly Row[],
  valueOf: (row: Row) => string,
): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const row of rows) {
    const group = groups.get(row.bookingId) ?? [];
    groups.set(row.bookingId, group);
    group.push(valueOf(row));
  }
  return groups;
}

/** Bookings that have a place, whether they came or not. */
export const hasPlace = ({ state }: Pick<BookingEntity, 'state'>): boolean =>
  state !== 'cancelled' && state !== 'expired';

/** Holds that have not run out, and bookings that count towards a person's limits. */
export const counts = (
  { state, holdUntil }: Pick<BookingEntity, 'state' | 'holdUntil'>,
  now: Date,
): boolean =>
  state === 'confirmed' ||
  state === 'checked_in' ||
  (state === 'held' && holdUntil !== null && holdUntil > now);

export const total = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);

export const openReturns = ({ returns }: Truth, slotId: string): number =>
  total(
    returns.filter((each) => each.slotId === slotId && each.reopenedAt === null).map(({ places }) => places),
  );

/**
 * Where a slot's running totals are not what its bookings count, or are more than there is. One line a fault, for `expect(…).toEqual([])`.
 * @param cut slots whose calendar was cut below what was taken, or closed over bookings
 */
export function slotFaults(truth: Truth, cut: ReadonlySet<string> = new Set()): string[] {
  return truth.slots.flatMap((slot) => {
    const here = truth.bookings.filter((each) => hasPlace(each) && each.slotIds.includes(slot.id));
    const placesOf = (test: (booking: TruthBooking) => boolean) =>
      total(here.filter(test).map(({ persons }) => persons));
    const kept = { public: slot.taken, green: slot.greenTaken, internal: slot.internalTaken };
    const faults = contingents.flatMap((contingent) => {
      const counted = placesOf((booking) => booking.contingent === contingent);
      return kept[contingent] === counted ? [] : [`${contingent} says ${kept[contingent]}, has ${counted}`];
    });
    const back = openReturns(truth, slot.id);
    if (slot.heldBack !== back) faults.push(`held back says ${slot.heldBack}, has ${back}`);
    const classes = new Set([...Object.keys(slot.classTaken ?? {}), ...Object.keys(slot.classPlaces ?? {})]);
    for (const name of classes) {
      const counted = placesOf(({ itemClass }) => itemClass === name);
      const says = slot.classTaken?.[name] ?? 0;
      if (says !== counted) faults.push(`class ${name} says ${says}, has ${counted}`);
      const cap = slot.classPlaces?.[name] ?? Number.POSITIVE_INFINITY;
      if (counted > cap && !cut.has(slot.id)) faults.push(`class ${name} has ${counted} of ${cap}`);
    }
    if (!cut.has(slot.id)) {
      const all = kept.public + kept.green + kept.internal;
      if (all > slot.internalCapacity) faults.push(`oversold: ${all} of ${slot.internalCapacity}`);
      if (kept.public > slot.capacity) faults.push(`oversold: ${kept.public} of ${slot.capacity} public`);
      if (kept.green > slot.greenCapacity)
        faults.push(`oversold: ${kept.green} of ${slot.greenCapacity} green`);
      if (slot.closed && here.length > 0) faults.push(`closed, with ${here.length} bookings`);
    }
    return faults.map((fault) => `slot ${slot.startAt.toISOString()} ${slot.kind}: ${fault}`);
  });
}

/** Where a booking's slots are not one run of its day that begins and ends with it. */
export function runFaults(truth: Truth): string[] {
  const slots = new Map(truth.slots.map((slot) => [slot.id, slot]));
  return truth.bookings.filter(hasPlace).flatMap((booking) => {
    const run = booking.slotIds.flatMap((id) => slots.get(id) ?? []);
    const [first] = run;
    const last = run.at(-1);
    const whole =
      first?.id === booking.slotId &&
      first.startAt.getTime() === booking.startAt.getTime() &&
      last?.endAt.getTime() === booking.endAt.getTime() &&
      run.every(
        (slot, index) =>
          slot.day === booking.day &&
          slot.kind === booking.kind &&
          slot.ruleId === first.ruleId &&
          (index === 0 || run[index - 1]?.endAt.getTime() === slot.startAt.getTime()),
      );
    return whole ? [] : [`booking ${booking.id} at ${booking.startAt.toISOString()}: its slots are no run`];
  });
}

/** Who has more than the rules allow at this moment. Only for what was booked without an override. */
export function personFaults({ bookings }: Truth, now: Date, settings: BookingSettings): string[] {
  const live = bookings.filter((booking) => counts(booking, now));
  const faults: string[] = [];
  for (const personKey of new Set(live.map((booking) => booking.personKey))) {
    const own = live.filter((booking) => booking.personKey === personKey);
    const most = (label: string, keyOf: (booking: TruthBooking) => string, limit: number) => {
      for (const key of new Set(own.map(keyOf))) {
        const count = own.filter((booking) => keyOf(booking) === key).length;
        if (count > limit) faults.push(`${personKey.slice(0, 8)}: ${count} of ${limit} a ${label} (${key})`);
      }
    };
    most('day', ({ day }) => day, settings.perDay);
    most('week', ({ day }) => startOfWeek(day), settings.perWeek);
    most('month', ({ day }) => day.slice(0, 7), settings.perMonth);
    const ahead = own.filter(({ startAt }) => startAt > now);
    if (ahead.length > settings.open) faults.push(`${personKey.slice(0, 8)}: ${ahead.length} open`);
    const matters = own.flatMap(({ day, itemIds }) => itemIds.map((itemId) => `${day} ${itemId}`));
    if (new Set(matters).size < matters.length)
      faults.push(`${personKey.slice(0, 8)}: one matter twice a day`);
  }
  const holds = live.filter(({ state, waitlistId }) => state === 'held' && waitlistId === null);
  const holders = holds.map(({ citizenId, hallId }) => `${citizenId} ${hallId}`);
  if (new Set(holders).size < holders.length) faults.push('somebody holds two places of one hall');
  return faults;
}

/** Holds that should be gone once the job has run. */
export function orphanHolds({ bookings }: Truth, now: Date): string[] {
  return bookings
    .filter(({ state, holdUntil }) => state === 'held' && (holdUntil === null || holdUntil <= now))
    .map(({ id, holdUntil }) => `hold ${id} ran out at ${holdUntil?.toISOString()}`);
}
