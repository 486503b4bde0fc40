import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { defaultEstimateSettings, estimateWait, formatWait } from '@haoban/domain';
import type { EstimateDesk, WaitQuestion } from '@haoban/domain';

const idle: EstimateDesk = {};
const justCalled: EstimateDesk = { serving: { elapsedMinutes: 0 } };
const serviceTimes = { passport: { p50: 10, p80: 15 }, stamp: { p50: 3, p80: 5 } };
const ask = (ahead: string[], desks: EstimateDesk[]) => estimateWait({ ahead, desks, serviceTimes });

describe('the wait a person is told', () => {
  it('is nothing at an idle desk with nobody ahead', () => {
    expect(ask([], [idle])).toEqual({ lowMinutes: 0, highMinutes: 0 });
  });

  it('plays the list through desk by desk with each item’s own times', () => {
    expect(ask(['passport', 'stamp'], [idle])).toEqual({ lowMinutes: 10, highMinutes: 20 });
    expect(ask(['passport', 'stamp'], [idle, idle])).toEqual({ lowMinutes: 0, highMinutes: 5 });
  });

  it('takes into account how long the people at the desks have been served', () => {
    const since = (elapsedMinutes: number) => [{ serving: { itemId: 'passport', elapsedMinutes } }];
    expect(ask([], since(0))).toEqual({ lowMinutes: 10, highMinutes: 15 });
    expect(ask([], since(9))).toEqual({ lowMinutes: 0, highMinutes: 10 });
    expect(ask([], since(90))).toEqual({ lowMinutes: 0, highMinutes: 5 });
  });

  it('waits for a desk that opens later', () => {
    expect(ask([], [{ opensInMinutes: 20 }])).toEqual({ lowMinutes: 20, highMinutes: 20 });
  });

  // ZMS, QueueListTest: average 10 minutes, one called and one walk-in ahead; its pessimistic figure is our upper end.
  it.each([
    [1, [justCalled], 20],
    [2, [justCalled, idle], 10],
  ])('agrees with ZMS on %i desk(s)', (_desks, desks, high) => {
    const settings = { ...defaultEstimateSettings, averageMinutes: 10, coldStart: { p50: 0.8, p80: 1 } };
    expect(estimateWait({ ahead: [undefined], desks, serviceTimes: {} }, settings)?.highMinutes).toBe(high);
  });

  it('counts everybody whom the only desk takes first, also from another queue, but not those for other desks', () => {
    const own = {
      ahead: ['passport', 'passport', 'passport'],
      desks: [idle, idle],
      serviceTimes,
      ownAt: [1],
    };
    expect(estimateWait({ ...own, aheadAt: [[1], [1], [0]] })).toEqual({ lowMinutes: 20, highMinutes: 30 });
    expect(estimateWait({ ...own, aheadAt: [[0, 1], [0, 1], [0]] })).toEqual({
      lowMinutes: 10,
      highMinutes: 15,
    });
    expect(estimateWait({ ...own, aheadAt: [[0], [0], []] })).toEqual({ lowMinutes: 0, highMinutes: 0 });
    expect(estimateWait({ ...own, ownAt: [] })).toBeUndefined();
  });

  it('is not invented where no desk is open or no time is known', () => {
    expect(ask(['passport'], [])).toBeUndefined();
    const settings = { ...defaultEstimateSettings, averageMinutes: 0 };
    expect(estimateWait({ ahead: [], desks: [idle], serviceTimes }, settings)).toBeUndefined();
  });

  it('is said in words', () => {
    const words = (lowMinutes: number, highMinutes: number) => formatWait({ lowMinutes, highMinutes });
    expect([words(0, 0), words(0, 5), words(10, 25), words(20, 20)]).toEqual([
      '马上就到',
      '5 分钟以内',
      '约 10–25 分钟',
      '约 20 分钟',
    ]);
  });
});

describe('any estimate', () => {
  const item = fc.constantFrom('passport', 'stamp', 'unknown', undefined);
  const desk = fc.record({
    serving: fc.option(fc.record({ itemId: item, elapsedMinutes: fc.nat({ max: 60 }) }), { nil: undefined }),
    opensInMinutes: fc.constantFrom(0, 0, 0, 15),
  });
  const question = fc.record({
    ahead: fc.array(item, { maxLength: 12 }),
    desks: fc.array(desk, { minLength: 1, maxLength: 5 }),
    serviceTimes: fc.constant(serviceTimes),
  });
  const range = (asked: WaitQuestion) => {
    const answer = estimateWait(asked);
    if (answer === undefined) throw new Error('no estimate');
    return answer;
  };

  it('is a range in steps of five minutes', () => {
    fc.assert(
      fc.property(question, (asked) => {
        const { lowMinutes, highMinutes } = range(asked);
        expect(lowMinutes).toBeGreaterThanOrEqual(0);
        expect(highMinutes).toBeGreaterThanOrEqual(lowMinutes);
        expect([lowMinutes % 5, highMinutes % 5]).toEqual([0, 0]);
      }),
    );
  });

  it('does not shrink with more people ahead nor grow with one more desk', () => {
    fc.assert(
      fc.property(question, item, (asked, one) => {
        const base = range(asked);
        const longer = range({ ...asked, ahead: [...asked.ahead, one] });
        const quicker = range({ ...asked, desks: [...asked.desks, idle] });
        expect(longer.lowMinutes).toBeGreaterThanOrEqual(base.lowMinutes);
        expect(longer.highMinutes).toBeGreaterThanOrEqual(base.highMinutes);
        expect(quicker.lowMinutes).toBeLessThanOrEqual(base.lowMinutes);
        expect(quicker.highMinutes).toBeLessThanOrEqual(base.highMinutes);
      }),
    );
  });
});
