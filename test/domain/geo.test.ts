import { describe, expect, it } from '@jest/globals';
import { distanceMetres, formatDistance } from '@haoban/domain';

const beijing = { latitude: 39.9042, longitude: 116.4074 };
const shanghai = { latitude: 31.2304, longitude: 121.4737 };

describe('the distance of two places', () => {
  it('is that of the great circle, the same in both directions', () => {
    // 1,067 km by every great-circle calculator.
    expect(distanceMetres(beijing, shanghai) / 1_000).toBeCloseTo(1_067, -1);
    expect(distanceMetres(shanghai, beijing)).toBe(distanceMetres(beijing, shanghai));
    expect(distanceMetres(beijing, beijing)).toBe(0);
  });

  it('of one degree of latitude is 111 km, and half the earth is no error', () => {
    expect(distanceMetres({ latitude: 26, longitude: 119 }, { latitude: 27, longitude: 119 })).toBeCloseTo(
      111_195,
      -2,
    );
    const around = distanceMetres({ latitude: 0, longitude: 0 }, { latitude: 0, longitude: 180 });
    expect(around).toBe(Math.round(Math.PI * 6_371_009));
  });

  it('is said as a person would say it', () => {
    expect([20, 340, 999, 1_240, 9_940, 12_600].map(formatDistance)).toEqual([
      '约 100 米',
      '约 300 米',
      '约 1000 米',
      '约 1.2 公里',
      '约 9.9 公里',
      '约 13 公里',
    ]);
  });
});
