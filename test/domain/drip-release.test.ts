import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { delayBefore, releaseMoments, releasedPlaces, reopenAt, type DripQuestion } from '@haoban/domain';

const opensAt = new Date('2026-07-13T00:00:00Z');
const hour = 3600_000;
const after = (ms: number) => new Date(opensAt.getTime() + ms);
const question = (more: Partial<DripQuestion> = {}): DripQuestion => ({
  capacity: 10,
  opensAt,
  drip: { atOpening: 0.5, overHours: 24 },
  seed: 'a1b2c3',
  ...more,
});

const someQuestion = fc.record({
  capacity: fc.integer({ min: 0, max: 40 }),
  opensAt: fc.constant(opensAt),
  drip: fc.record({
    atOpening: fc.double({ min: 0, max: 1, noNaN: true }),
    overHours: fc.integer({ min: 0, max: 72 }),
  }),
  seed: fc.string({ maxLength: 64 }),
});
const someMs = fc.integer({ min: -2 * hour, max: 80 * hour });

describe('places that come out drop by drop', () => {
  it('are none before the opening, the share of the opening then, and all at the end', () => {
    expect(releasedPlaces({ ...question(), now: after(-1) })).toBe(0);
    expect(releasedPlaces({ ...question(), now: opensAt })).toBe(5);
    expect(releasedPlaces({ ...question(), now: after(24 * hour) })).toBe(10);
    expect(releasedPlaces({ ...question({ capacity: 3 }), now: opensAt })).toBe(2);
  });

  it('are all there at the opening where the rule says so', () => {
    fc.assert(
      fc.property(someQuestion, fc.boolean(), (some, byShare) => {
        const drip = byShare ? { ...some.drip, atOpening: 1 } : { ...some.drip, overHours: 0 };
        expect(releasedPlaces({ ...some, drip, now: opensAt })).toBe(some.capacity);
      }),
    );
  });

  it('never become fewer with time, are never negative and never more than the capacity', () => {
    fc.assert(
      fc.property(someQuestion, someMs, someMs, (some, a, b) => {
        const early = releasedPlaces({ ...some, now: after(Math.min(a, b)) });
        const late = releasedPlaces({ ...some, now: after(Math.max(a, b)) });
        expect(early).toBeGreaterThanOrEqual(0);
        expect(late).toBeGreaterThanOrEqual(early);
        expect(late).toBeLessThanOrEqual(some.capacity);
      }),
    );
  });

  it('never become fewer when the capacity grows', () => {
    fc.assert(
      fc.property(someQuestion, someMs, (some, ms) => {
        const more = releasedPlaces({ ...some, capacity: some.capacity + 1, now: after(ms) });
        expect(more).toBeGreaterThanOrEqual(releasedPlaces({ ...some, now: after(ms) }));
      }),
    );
  });

  it('follow the schedule that managers see, whose last moment has all of them', () => {
    fc.assert(
      fc.property(someQuestion, someMs, (some, ms) => {
        const moments = releaseMoments(some);
        const out = moments.filter(({ at }) => at <= after(ms)).at(-1)?.total ?? 0;
        expect(releasedPlaces({ ...some, now: after(ms) })).toBe(out);
        if (some.capacity > 0) expect(moments.at(-1)?.total).toBe(some.capacity);
        expect(moments.every(({ at }) => at <= after(some.drip.overHours * hour))).toBe(true);
      }),
    );
  });

  it('come at the same moments for the same seed and at others for another', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.uuid(), (a, b) => {
        fc.pre(a !== b);
        const many = { capacity: 20, drip: { atOpening: 0, overHours: 24 } };
        expect(releaseMoments(question({ ...many, seed: a }))).toEqual(
          releaseMoments(question({ ...many, seed: a })),
        );
        expect(releaseMoments(question({ ...many, seed: a }))).not.toEqual(
          releaseMoments(question({ ...many, seed: b })),
        );
      }),
    );
  });

  it('spread over the whole time', () => {
    const moments = releaseMoments(
      question({ capacity: 2400, drip: { atOpening: 0, overHours: 24 }, seed: 'spread' }),
    );
    for (let quarter = 0; quarter < 4; quarter++) {
      const within = moments.filter(
        ({ at, total }) =>
          total > 0 && at > after(quarter * 6 * hour) && at <= after((quarter + 1) * 6 * hour),
      );
      expect(within.length).toBeGreaterThan(500);
      expect(within.length).toBeLessThan(700);
    }
  });

  it('are out before the last moment at which the slot may be booked', () => {
    const until = after(2 * hour);
    expect(releasedPlaces({ ...question({ until }), now: until })).toBe(10);
    expect(releasedPlaces({ ...question({ until: after(-hour) }), now: opensAt })).toBe(10);
  });
});

describe('a returned place', () => {
  it('opens again within the delay, both ends included', () => {
    const delay = { minMinutes: 5, maxMinutes: 90 };
    expect(reopenAt(opensAt, delay, 0)).toEqual(after(5 * 60_000));
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (random01) => {
        const ms = reopenAt(opensAt, delay, random01).getTime() - opensAt.getTime();
        expect(ms).toBeGreaterThanOrEqual(5 * 60_000);
        expect(ms).toBeLessThanOrEqual(90 * 60_000);
      }),
    );
  });

  it('opens at once where the rule has no delay', () => {
    expect(reopenAt(opensAt, { minMinutes: 0, maxMinutes: 0 }, 0.99)).toEqual(opensAt);
  });

  it('is shorter near the start', () => {
    const delay = { minMinutes: 5, maxMinutes: 90 };
    const before = (minutes: number) => after(-minutes * 60_000);
    expect(delayBefore(opensAt, before(180), delay)).toEqual(delay);
    expect(delayBefore(opensAt, before(60), delay)).toEqual({ minMinutes: 5, maxMinutes: 30 });
    expect(delayBefore(opensAt, before(1), delay)).toEqual({ minMinutes: 0, maxMinutes: 0 });
  });
});
