import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  isNegative,
  mayRate,
  ratingClosesAt,
  ratingIndicators,
  ratingLevels,
  ratingName,
  ratingTags,
  ratingText,
} from '@haoban/domain';
import type { RatingFacts } from '@haoban/domain';

const endedAt = new Date('2026-07-14T02:30:00.000Z');
const facts: RatingFacts = { endedAt, alreadyRated: false, own: true };
const later = (ms: number) => new Date(endedAt.getTime() + ms);
const week = 7 * 24 * 3_600_000;

describe('the levels', () => {
  it('run from 非常不满意 to 非常满意, the two lowest being 差评', () => {
    expect(ratingLevels.map(ratingText)).toEqual(['非常不满意', '不满意', '基本满意', '满意', '非常满意']);
    expect(ratingLevels.map(ratingName)).toEqual([
      'very_dissatisfied',
      'dissatisfied',
      'fairly_satisfied',
      'satisfied',
      'very_satisfied',
    ]);
    expect(ratingLevels.filter(isNegative)).toEqual([1, 2]);
  });

  it('have tags of their own, and a good rating offers no bad ones', () => {
    expect(ratingTags[5].filter((tag) => ratingTags[1].includes(tag))).toEqual([]);
    for (const level of ratingLevels) expect(ratingTags[level].length).toBeGreaterThan(3);
  });
});

describe('rating', () => {
  it('is possible from the end of the service to the last millisecond of the seventh day', () => {
    expect(mayRate({ ...facts, endedAt: undefined }, endedAt)).toEqual({ ok: false, code: 'RATING_NOT_YET' });
    expect(mayRate(facts, later(-1))).toEqual({ ok: false, code: 'RATING_NOT_YET' });
    expect(mayRate(facts, later(0)).ok).toBe(true);
    expect(ratingClosesAt(endedAt)).toEqual(later(week));
    expect(mayRate(facts, later(week)).ok).toBe(true);
    expect(mayRate(facts, later(week + 1))).toEqual({ ok: false, code: 'RATING_CLOSED' });
  });

  it('is possible once, for one’s own service', () => {
    expect(mayRate({ ...facts, alreadyRated: true }, later(1))).toEqual({
      ok: false,
      code: 'RATING_ALREADY_GIVEN',
    });
    expect(mayRate({ ...facts, own: false }, later(1))).toEqual({ ok: false, code: 'RATING_NOT_YOURS' });
  });

  it('takes only the tags of the level, each once', () => {
    const [tag = ''] = ratingTags[1];
    expect(mayRate(facts, later(1), { level: 1, tags: [tag] }).ok).toBe(true);
    expect(mayRate(facts, later(1), { level: 5, tags: [tag] })).toEqual({
      ok: false,
      code: 'RATING_TAG_INVALID',
    });
    expect(mayRate(facts, later(1), { level: 1, tags: [tag, tag] })).toEqual({
      ok: false,
      code: 'RATING_TAG_INVALID',
    });
    expect(mayRate(facts, later(1), { level: 3, tags: [] }).ok).toBe(true);
  });
});

describe('the published figures', () => {
  it('count good ratings over ratings given and participation over services', () => {
    expect(ratingIndicators([5, 4, 3, 2], 10)).toEqual({
      served: 10,
      rated: 4,
      negative: 1,
      goodRate: 0.75,
      participationRate: 0.4,
      averageLevel: 3.5,
    });
  });

  it('say nothing where nobody rated', () => {
    expect(ratingIndicators([], 0)).toMatchObject({ goodRate: undefined, participationRate: undefined });
    expect(ratingIndicators([], 9)).toMatchObject({ goodRate: undefined, participationRate: 0 });
  });

  it('never let silence raise the good rate', () => {
    const levels = fc.array(fc.constantFrom(...ratingLevels), { maxLength: 30 });
    fc.assert(
      fc.property(levels, fc.nat({ max: 100 }), (given, silent) => {
        const quiet = ratingIndicators(given, given.length + silent);
        expect(quiet.goodRate).toBe(ratingIndicators(given, given.length).goodRate);
        if (quiet.goodRate !== undefined)
          expect(quiet.goodRate * given.length).toBeCloseTo(given.filter((level) => level > 2).length);
      }),
    );
  });
});
