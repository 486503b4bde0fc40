import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  deliveryZones,
  formatFen,
  quoteFeeFen,
  refundCauses,
  refundDueFen,
  sampleTariff,
  zoneBetween,
} from '@haoban/domain';

describe('the courier fee', () => {
  it('depends on the zone', () => {
    const home = { province: '福建省', city: '榕城市' };
    expect(zoneBetween(home, home)).toBe('city');
    expect(zoneBetween(home, { province: '福建省', city: '厦门市' })).toBe('province');
    expect(zoneBetween(home, { province: '浙江省', city: '杭州市' })).toBe('country');
  });

  it('is the first weight and then whole steps', () => {
    expect(quoteFeeFen('country', 1)).toBe(2_200);
    expect(quoteFeeFen('country', 500)).toBe(2_200);
    expect(quoteFeeFen('country', 501)).toBe(3_200);
    expect(quoteFeeFen('city', 1_500)).toBe(1_400);
  });

  it('is whole fen and never falls with the weight or the distance', () => {
    const weight = fc.integer({ min: 1, max: 50_000 });
    fc.assert(
      fc.property(fc.constantFrom(...deliveryZones), weight, weight, (zone, a, b) => {
        const [light, heavy] = a <= b ? [a, b] : [b, a];
        expect(Number.isInteger(quoteFeeFen(zone, a))).toBe(true);
        expect(quoteFeeFen(zone, heavy)).toBeGreaterThanOrEqual(quoteFeeFen(zone, light));
        expect(quoteFeeFen('country', a)).toBeGreaterThanOrEqual(quoteFeeFen('city', a, sampleTariff));
      }),
    );
  });

  it('is not quoted for no weight', () => {
    for (const weight of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => quoteFeeFen('city', weight)).toThrow(RangeError);
    }
  });
});

describe('the refund due', () => {
  const due = (cause: (typeof refundCauses)[number], refundedFen = 0, chargedFen?: number) =>
    refundDueFen({ cause, paidFen: 2_200, refundedFen, ...(chargedFen === undefined ? {} : { chargedFen }) });

  it('is everything before pick-up, for a loss and for money that came too late, nothing after pick-up', () => {
    expect([
      due('cancelled_before_pickup'),
      due('lost'),
      due('paid_after_close'),
      due('cancelled_after_pickup'),
    ]).toEqual([2_200, 2_200, 2_200, 0]);
  });

  it('is the difference where EMS charged less, and what is left where a part went back', () => {
    expect(due('overcharged', 0, 1_800)).toBe(400);
    expect(due('overcharged', 400, 1_800)).toBe(0);
    expect(due('lost', 400)).toBe(1_800);
    expect(due('overcharged', 0, 3_000)).toBe(0);
  });

  it('never exceeds what is left of the payment', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...refundCauses),
        fc.nat(),
        fc.nat(),
        fc.integer(),
        (cause, paidFen, refundedFen, chargedFen) => {
          const fen = refundDueFen({ cause, paidFen, refundedFen, chargedFen });
          expect(fen).toBeGreaterThanOrEqual(0);
          expect(fen).toBeLessThanOrEqual(Math.max(0, paidFen - refundedFen));
        },
      ),
    );
  });
});

describe('an amount', () => {
  it('is written in yuan with two decimals', () => {
    expect([formatFen(2_205), formatFen(5), formatFen(0), formatFen(-150)]).toEqual([
      '22.05',
      '0.05',
      '0.00',
      '-1.50',
    ]);
  });
});
