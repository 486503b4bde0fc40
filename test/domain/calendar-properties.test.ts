import fc from 'fast-check';
import { describe, expect, it } from '@jest/globals';
import {
  addDays,
  bookingFate,
  calendarSlots,
  compareSlots,
  ruleFaults,
  serviceHours,
  without,
  type BookingRule,
  type CalendarDay,
  type Opening,
  type Slot,
} from '@haoban/domain';

const minute = fc.integer({ min: 0, max: 288 }).map((n) => n * 5);
const span = fc
  .tuple(minute, minute)
  .filter(([a, b]) => a !== b)
  .map(([a, b]): Opening => ({ from: Math.min(a, b), to: Math.max(a, b) }));
const stretch = fc
  .record({
    hours: span,
    kind: fc.constantFrom('window', 'phone', 'after_hours', 'home'),
    slotMinutes: fc.constantFrom(0, 5, 15, 20, 30, 60),
    desksPublic: fc.integer({ min: 0, max: 4 }),
    desksGreen: fc.integer({ min: 0, max: 2 }),
    more: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ hours, more, ...rest }) => ({
    ...rest,
    ...hours,
    desksInternal: rest.desksPublic + rest.desksGreen + more,
  }));
const rule: fc.Arbitrary<BookingRule> = fc
  .record({
    part: stretch,
    weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
    everyWeeks: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
    weekOfMonth: fc.option(fc.constantFrom(1, 2, 3, 4, 5, -1), { nil: undefined }),
  })
  .map(({ part, everyWeeks, weekOfMonth, weekdays }) => ({
    ...part,
    weekdays,
    windowFromDays: 0,
    windowToDays: 13,
    firstDay: '2026-01-01',
    ...(everyWeeks !== undefined && { everyWeeks }),
    ...(weekOfMonth !== undefined && { weekOfMonth }),
  }));
/** Over the end of the year too. */
const day = fc.integer({ min: 0, max: 500 }).map((n) => addDays('2026-06-01', n));
const facts: fc.Arbitrary<CalendarDay> = fc.record({
  day,
  periods: fc.array(span, { maxLength: 3 }),
  workedWeekend: fc.boolean(),
  closures: fc.array(span, { maxLength: 3 }),
  override: fc.option(
    fc.record({ id: fc.constant('by-hand'), plan: fc.array(stretch, { minLength: 1, maxLength: 3 }) }),
  ),
});
const rules = fc.array(rule, { maxLength: 4 });
const covers = (hours: readonly Opening[], { startMinute: from, endMinute: to }: Slot) =>
  without([{ from, to }], hours).length === 0;
const touches = (spans: readonly Opening[], { startMinute, endMinute }: Slot) =>
  spans.some(({ from, to }) => startMinute < to && endMinute > from);

describe('whatever the calendar', () => {
  it('no slot touches a closure, none of one kind overlaps another, and each offers its places', () => {
    fc.assert(
      fc.property(rules, facts, (all, of) => {
        const slots = calendarSlots(all, of);
        for (const [i, slot] of slots.entries()) {
          expect(touches(of.closures, slot)).toBe(false);
          expect(slot.places.internal).toBeGreaterThan(0);
          expect(slot.places.public + (slot.places.green ?? 0)).toBeLessThanOrEqual(slot.places.internal);
          const others = slots.slice(i + 1).filter(({ kind }) => kind === slot.kind);
          expect(others.some((each) => touches([{ from: each.startMinute, to: each.endMinute }], slot))).toBe(
            false,
          );
        }
      }),
    );
  });

  it('no booking is outside the opening: at the window only in hours of service, elsewhere only in the hall’s', () => {
    fc.assert(
      fc.property(rules, facts, (all, of) => {
        const hours = serviceHours(all, of);
        for (const slot of calendarSlots(all, of)) {
          if (slot.kind === 'window' || slot.kind === 'after_hours') expect(covers(hours, slot)).toBe(true);
          else if (!of.override) expect(covers(of.periods, slot)).toBe(true);
        }
      }),
    );
  });

  it('a day planned by hand is the plan and nothing else, whether the hall opens or not', () => {
    fc.assert(
      fc.property(rules, facts, fc.array(span, { maxLength: 3 }), (all, of, periods) => {
        fc.pre(of.override !== null && of.override !== undefined);
        const slots = calendarSlots(all, of);
        expect(slots.every(({ ruleId }) => ruleId === 'by-hand')).toBe(true);
        expect(calendarSlots([], { ...of, periods })).toEqual(slots);
      }),
    );
  });

  it('hours of service leave out every closure, and where openings don’t overlap a further one only takes away', () => {
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 1 }), facts, span, (all, given, closure) => {
        const override = given.override && { ...given.override, plan: given.override.plan.slice(0, 1) };
        const of = { ...given, override };
        const before = calendarSlots(all, of);
        const after = calendarSlots(all, { ...of, closures: [...of.closures, closure] });
        expect(before).toEqual(expect.arrayContaining(after));
        const hours = serviceHours(all, { ...of, closures: [...of.closures, closure] });
        expect(hours.some(({ from, to }) => from < closure.to && to > closure.from)).toBe(false);
      }),
    );
  });

  it('the comparison of two plans loses no slot and doubles none', () => {
    fc.assert(
      fc.property(rules, rules, facts, (one, other, of) => {
        const [before, after] = [calendarSlots(one, of), calendarSlots(other, of)];
        const changes = compareSlots(before, after);
        const count = (...fates: string[]) => changes.filter(({ change }) => fates.includes(change)).length;
        expect(count('same', 'new', 'changed')).toBe(after.length);
        expect(count('same', 'changed', 'gone')).toBe(before.length);
        expect(compareSlots(after, after).every(({ change }) => change === 'same')).toBe(true);
      }),
    );
  });

  it('a booking of a slot stays while the slot does, and loses its time when all of it is closed', () => {
    fc.assert(
      fc.property(rules, facts, (all, of) => {
        const slots = calendarSlots(all, of);
        for (const { kind = 'window', startMinute, endMinute } of slots) {
          const visit = { from: startMinute, to: endMinute };
          expect(bookingFate(kind, visit, [startMinute], slots)).toBeUndefined();
          const shut = calendarSlots(all, { ...of, closures: [...of.closures, visit] });
          expect(bookingFate(kind, visit, [startMinute], shut)).toBe('closed');
        }
      }),
    );
  });

  it('a rule that may be saved has slots on its days when the hall is open all day', () => {
    fc.assert(
      fc.property(rule, day, (one, on) => {
        fc.pre(
          ruleFaults([one]).length === 0 && one.everyWeeks === undefined && one.weekOfMonth === undefined,
        );
        const open = { day: on, periods: [{ from: 0, to: 1_440 }], workedWeekend: false, closures: [] };
        const weekday = new Date(`${on}T00:00:00Z`).getUTCDay() || 7;
        expect(calendarSlots([one], open).length > 0).toBe(one.weekdays.includes(weekday));
      }),
    );
  });
});
