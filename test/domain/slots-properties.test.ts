import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, defaultWindow, noExceptions, reducedSlots, ruleApplies, slotsOfDay } from '@haoban/domain';
import type { OpeningRule, Weekday } from '@haoban/domain';

const yearly = { from: '2026-01-01', to: '2026-12-31', window: defaultWindow };

describe('slots, whatever the rules', () => {
  const minuteOfDay = fc.integer({ min: 0, max: 288 }).map((n) => n * 5);
  const someRule = fc
    .record({
      id: fc.uuid(),
      fromMinute: minuteOfDay,
      toMinute: minuteOfDay,
      slotMinutes: fc.integer({ min: 0, max: 120 }),
      weekdays: fc.subarray<Weekday>([1, 2, 3, 4, 5, 6, 7]),
      everyWeeks: fc.constantFrom(1, 2, 3),
      desks: fc.record({ public: fc.nat({ max: 3 }), internal: fc.nat({ max: 5 }) }),
    })
    .map((part): OpeningRule => ({ ...yearly, ...part }));
  const someDay = fc.integer({ min: 0, max: 60 }).map((n) => addDays('2026-07-01', n));
  const someClosure = fc.record({ day: someDay, fromMinute: minuteOfDay, toMinute: minuteOfDay });

  it('never overlap, never leave opening hours and never meet a closure', () => {
    fc.assert(
      fc.property(
        fc.array(someRule, { maxLength: 5 }),
        fc.array(someClosure, { maxLength: 4 }),
        someDay,
        (rules, closures, day) => {
          const slots = slotsOfDay(rules, { ...noExceptions, closures }, day);
          slots.forEach((slot, i) => {
            const own = rules.find((candidate) => candidate.id === slot.ruleId);
            if (own === undefined) throw new Error('a slot of no rule');
            expect(ruleApplies(own, day)).toBe(true);
            expect(slot.startMinute).toBeGreaterThanOrEqual(own.fromMinute);
            expect(slot.endMinute).toBeLessThanOrEqual(own.toMinute);
            expect(slot.endMinute - slot.startMinute).toBe(own.slotMinutes);
            const next = slots[i + 1];
            if (next) expect(next.startMinute).toBeGreaterThanOrEqual(slot.endMinute);
            for (const closure of closures.filter((candidate) => candidate.day === day)) {
              const touches = slot.startMinute < closure.toMinute && slot.endMinute > closure.fromMinute;
              expect(touches).toBe(false);
            }
          });
        },
      ),
    );
  });

  it('never free more for a longer visit', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat({ max: 4 }), { maxLength: 12 }),
        fc.integer({ min: 1, max: 5 }),
        (frees, need) => {
          const slots = frees.map((free, i) => ({
            ruleId: 'r',
            startMinute: i * 10,
            endMinute: i * 10 + 10,
            places: { public: 4, internal: 4 },
            room: { parts: [free], most: free },
          }));
          const shorter = reducedSlots(slots, need, 1);
          reducedSlots(slots, need + 1, 1).forEach((slot, i) =>
            expect(slot.free).toBeLessThanOrEqual(shorter[i]?.free ?? 0),
          );
        },
      ),
    );
  });
});
