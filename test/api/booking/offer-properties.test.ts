/**
 * What is shown against what is sold, without a database: for any day and any wish the calendar's figure, the list of times and the claims
 * that follow must tell the same story. Two lists that disagree are the oldest complaint about halls' calendars ("frei", then
 * "ausgebucht").
 */
import { describe, expect, it } from '@jest/globals';
import { addMinutes, contingents, instantAt, bookingPresets, type Contingent } from '@haoban/domain';
import fc from 'fast-check';
import {
  offeredRows,
  offeredVisits,
  released,
  runOfRows,
  visitsThatFit,
  type Offer,
} from '../../../apps/api/src/booking/booking-offer.js';
import { capacityOf, loadOf, LockedSlots } from '../../../apps/api/src/booking/slot-ledger.js';
import type { SlotEntity } from '../../../apps/api/src/booking/slot.entity.js';

const DAY = '2026-12-31';
const policy = bookingPresets.standard;
const OPENING = 9 * 60;
const LENGTH = 30;

/** Two openings that touch at 11:00, as by two rules of one morning. */
const rules = ['early', 'late'].map((id) => ({
  id,
  weekdays: [1, 2, 3, 4, 5, 6, 7],
  from: id === 'early' ? OPENING : OPENING + 120,
  to: id === 'early' ? OPENING + 120 : OPENING + 240,
  slotMinutes: LENGTH,
  desksPublic: 3,
  desksInternal: 5,
  windowFromDays: 0,
  windowToDays: 13,
}));

const few = (max: number) => fc.nat({ max });
const someRow = fc.record({
  capacity: few(4),
  greenCapacity: few(2),
  more: few(2),
  taken: few(3),
  greenTaken: few(2),
  internalTaken: few(2),
  heldBack: few(1),
  longCap: fc.option(few(3), { nil: null }),
  longTaken: few(2),
  closed: fc.integer({ min: 0, max: 9 }).map((luck) => luck === 0),
});
const someDay = fc.array(someRow, { minLength: 1, maxLength: 8 }).map((rows) => rows.map(toRow));

type SomeRow = typeof someRow extends fc.Arbitrary<infer Row> ? Row : never;

function toRow({ more, longCap, longTaken, ...counts }: SomeRow, index: number): SlotEntity {
  const startAt = instantAt(DAY, OPENING + index * LENGTH);
  return {
    ...counts,
    id: `slot-${index}`,
    queueId: 'queue',
    hallId: 'hall',
    day: DAY,
    startAt,
    endAt: addMinutes(startAt, LENGTH),
    kind: 'window',
    ruleId: index < 4 ? 'early' : 'late',
    internalCapacity: counts.capacity + counts.greenCapacity + more,
    classPlaces: longCap === null ? null : { long: longCap },
    classTaken: longTaken === 0 ? null : { long: longTaken },
    waited: false,
  };
}

const someOffer: fc.Arbitrary<Offer> = fc
  .record({
    need: fc.integer({ min: 1, max: 4 }),
    places: fc.integer({ min: 1, max: 3 }),
    itemClass: fc.constantFrom(null, 'long'),
    kind: fc.constant('window' as const),
    audience: fc.constantFrom<Contingent>(...contingents),
    out: fc.option(few(3), { nil: undefined }),
  })
  .map(({ out, ...offer }) => ({ ...offer, ...(out !== undefined && { publicPlaces: () => out }) }));
/** From the evening before to the middle of the morning. */
const someNow = fc.integer({ min: -900, max: 150 }).map((minutes) => instantAt(DAY, OPENING + minutes));

/** The rows under lock, as a reserve has them; nothing here is written. */
function locked(rows: readonly SlotEntity[]) {
  const copies = rows.map((row) => ({ ...row }));
  const nothing = undefined as never;
  return { copies, slots: new LockedSlots(nothing, copies, nothing, nothing, new Date(0)) };
}

function take(day: ReturnType<typeof locked>, firstId: string, offer: Offer): boolean {
  const { copies, slots } = day;
  const first = copies.find(({ id }) => id === firstId);
  const run = first && runOfRows(copies, first, offer.need);
  if (!run) return false;
  const { audience, places, itemClass, publicPlaces } = offer;
  return slots.claim(run, { audience, places, itemClass }, publicPlaces).ok;
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);

describe('a day of slots, for any wish', () => {
  it('shows at each time how many such visits really can be taken there, and not one less', () => {
    fc.assert(
      fc.property(someDay, someOffer, someNow, (rows, offer, now) => {
        for (const { slot } of offeredVisits(rows, rules, offer, now, policy)) {
          const day = locked(rows);
          let visits = 0;
          while (take(day, slot.row.id, offer)) visits++;
          expect(visits).toBe(slot.free);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('counts in the calendar what the list adds up to, for visits of one slot', () => {
    fc.assert(
      fc.property(someDay, someOffer, someNow, (rows, wanted, now) => {
        const offer = { ...wanted, need: 1 };
        const list = offeredVisits(rows, rules, offer, now, policy);
        expect(visitsThatFit(offeredRows(rows, rules, offer, now, policy), offer)).toBe(
          sum(list.map(({ slot }) => slot.free)),
        );
      }),
      { numRuns: 1_000 },
    );
  });

  it('counts in the calendar as many visits as people who come one after another can have', () => {
    fc.assert(
      fc.property(someDay, someOffer, someNow, (rows, offer, now) => {
        const shown = visitsThatFit(offeredRows(rows, rules, offer, now, policy), offer);
        const day = locked(rows);
        let visits = 0;
        for (;;) {
          const next = offeredVisits(day.copies, rules, offer, now, policy).find(({ slot }) => slot.free > 0);
          if (!next) break;
          expect(take(day, next.slot.row.id, offer)).toBe(true);
          visits++;
        }
        expect(visits).toBe(shown);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is open exactly where a time is free, and never has more free than it could ever hold', () => {
    fc.assert(
      fc.property(someDay, someOffer, someNow, (rows, offer, now) => {
        const list = offeredVisits(rows, rules, offer, now, policy);
        const shown = visitsThatFit(offeredRows(rows, rules, offer, now, policy), offer);
        expect(shown > 0).toBe(list.some(({ slot }) => slot.free > 0));
        for (const { slot, capacity } of list) {
          expect(slot.free).toBeGreaterThanOrEqual(0);
          expect(slot.free).toBeLessThanOrEqual(capacity);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('offers nothing outside its opening, in a closed slot, in the past or within the notice', () => {
    fc.assert(
      fc.property(someDay, someOffer, someNow, (rows, offer, now) => {
        for (const { slot, last } of offeredVisits(rows, rules, offer, now, policy)) {
          const run = rows.filter(({ startAt }) => startAt >= slot.row.startAt && startAt <= last.startAt);
          expect(run).toHaveLength(offer.need);
          const rule = rules.find(({ id }) => id === slot.row.ruleId);
          for (const row of run) {
            expect(row.closed).toBe(false);
            expect(row.ruleId).toBe(slot.row.ruleId);
          }
          expect(slot.startMinute).toBeGreaterThanOrEqual(rule?.from ?? Number.NaN);
          expect(last.endAt.getTime()).toBeLessThanOrEqual(instantAt(DAY, rule?.to ?? 0).getTime());
          const notice = offer.audience === 'internal' ? 0 : policy.noticeMinutes;
          expect(slot.row.startAt.getTime()).toBeGreaterThanOrEqual(addMinutes(now, notice).getTime());
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('opens for booking at one moment, whichever of the rows of the day are at hand', () => {
    fc.assert(
      fc.property(someDay, someNow, (rows, now) => {
        const evening = rows.map((row) => ({ ...row, id: `late ${row.id}`, kind: 'after_hours' as const }));
        const fortnight = addMinutes(now, -13 * 24 * 60);
        for (const row of rows.filter(({ closed }) => !closed)) {
          const open = rows.filter(({ closed }) => !closed);
          expect(released(row, [...evening, ...rows], rules, fortnight)).toBe(
            released(row, open, rules, fortnight),
          );
        }
      }),
    );
  });

  it('lets the whole run of a visit be taken or none of it, in one contingent, and given back without a trace', () => {
    fc.assert(
      fc.property(someDay, someOffer, (rows, offer) => {
        const [first] = rows;
        if (!first) return;
        const { copies, slots } = locked(rows);
        const run = runOfRows(copies, copies[0] ?? first, offer.need);
        if (!run) return;
        const before = JSON.stringify(copies.map(loadOf));
        const { audience, places, itemClass } = offer;
        const claim = slots.claim(run, { audience, places, itemClass });
        if (!claim.ok) {
          expect(JSON.stringify(copies.map(loadOf))).toBe(before);
          return;
        }
        const given = { contingent: claim.next, places, itemClass };
        for (const row of run) {
          const { public: open, green, internal } = loadOf(row);
          expect(open + green + internal).toBeLessThanOrEqual(capacityOf(row).internal);
        }
        slots.giveBack(
          run.map(({ id }) => id),
          given,
          { personKey: 'person', reopen: null },
        );
        const counts = copies.map(({ taken, greenTaken, internalTaken, heldBack }) => [
          taken,
          greenTaken,
          internalTaken,
          heldBack,
        ]);
        expect(counts).toEqual(
          rows.map(({ taken, greenTaken, internalTaken, heldBack }) => [
            taken,
            greenTaken,
            internalTaken,
            heldBack,
          ]),
        );
      }),
      { numRuns: 1_000 },
    );
  });
});
