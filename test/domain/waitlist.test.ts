import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  availableWaitlistActions,
  decideWaitlist,
  inPartOfDay,
  partsMeet,
  waitlistOrder,
} from '@haoban/domain';

const at = (minute: number) => new Date(Date.UTC(2026, 6, 13, 1, minute));
const entry = (id: string, minute: number, more: { passed?: number; green?: boolean } = {}) => ({
  id,
  joinedAt: at(minute),
  passed: 0,
  green: false,
  ...more,
});
const ids = (entries: readonly { id: string }[]) => entries.map(({ id }) => id);

describe('the waitlist', () => {
  it('asks in the order of joining', () => {
    expect(ids(waitlistOrder([entry('c', 3), entry('a', 1), entry('b', 2)]))).toEqual(['a', 'b', 'c']);
  });

  it('asks whoever let an offer pass after those who let fewer pass', () => {
    const entries = [entry('early', 1, { passed: 1 }), entry('late', 9), entry('never', 2, { passed: 2 })];
    expect(ids(waitlistOrder(entries))).toEqual(['late', 'early', 'never']);
  });

  it('gives the green channel only to those with evidence, who have no lead elsewhere', () => {
    const entries = [entry('plain', 1), entry('green', 2, { green: true })];
    expect(ids(waitlistOrder(entries, 'green'))).toEqual(['green']);
    expect(ids(waitlistOrder(entries, 'public'))).toEqual(['plain', 'green']);
  });

  it('has one order, whatever the order of the rows, and loses nobody', () => {
    const some = fc.uniqueArray(
      fc.record({
        id: fc.uuid(),
        joinedAt: fc.integer({ min: 0, max: 5 }).map(at),
        passed: fc.nat({ max: 2 }),
        green: fc.boolean(),
      }),
      { selector: ({ id }) => id, maxLength: 12 },
    );
    fc.assert(
      fc.property(some, fc.infiniteStream(fc.nat()), (entries, noise) => {
        const shuffled = entries
          .map((each) => ({ each, key: Number(noise.next().value) }))
          .sort((a, b) => a.key - b.key)
          .map(({ each }) => each);
        expect(ids(waitlistOrder(shuffled))).toEqual(ids(waitlistOrder(entries)));
        expect(waitlistOrder(entries)).toHaveLength(entries.length);
      }),
    );
  });

  it('knows the morning from the afternoon at 12:00', () => {
    expect(inPartOfDay(12 * 60 - 1, 'morning')).toBe(true);
    expect(inPartOfDay(12 * 60, 'morning')).toBe(false);
    expect(inPartOfDay(12 * 60, 'afternoon')).toBe(true);
    expect(inPartOfDay(9 * 60, 'any')).toBe(true);
    expect(partsMeet('morning', 'afternoon')).toBe(false);
    expect(partsMeet('morning', 'any')).toBe(true);
  });
});

describe('an entry of the waitlist', () => {
  it('goes back into the line when an offer is declined or runs out', () => {
    expect(decideWaitlist('offered', 'decline', 'citizen')).toEqual({ ok: true, next: 'waiting' });
    expect(decideWaitlist('offered', 'lapse', 'system')).toEqual({ ok: true, next: 'waiting' });
  });

  it('is over once it is booked, left or ended', () => {
    for (const state of ['booked', 'left', 'ended'] as const) {
      expect(decideWaitlist(state, 'offer', 'system')).toEqual({ ok: false, code: 'WAITLIST_STATE' });
    }
  });

  it('shows the citizen what can be done', () => {
    expect(availableWaitlistActions('waiting', 'citizen')).toEqual(['leave']);
    expect(availableWaitlistActions('offered', 'citizen')).toEqual(['accept', 'decline', 'leave']);
  });
});
