import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  addDays,
  dayOf,
  daysBetween,
  formatClock,
  formatDay,
  formatDuration,
  formatInstant,
  instantAt,
  isLocalDay,
  minutesOfDay,
  parseClock,
  startOfDay,
  startOfWeek,
  weekdayOf,
} from '@haoban/domain';

const instants = fc.date({ min: new Date('1992-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });

describe('local days', () => {
  it('change at 16:00 UTC', () => {
    expect(dayOf(new Date('2026-07-13T15:59:59.999Z'))).toBe('2026-07-13');
    expect(dayOf(new Date('2026-07-13T16:00:00.000Z'))).toBe('2026-07-14');
    expect(startOfDay('2026-07-14').toISOString()).toBe('2026-07-13T16:00:00.000Z');
  });

  it('agree with the platform’s own time-zone data', () => {
    const format = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'Asia/Shanghai',
      dateStyle: 'short',
      timeStyle: 'short',
    });
    fc.assert(
      fc.property(instants, (instant) => {
        expect(`${dayOf(instant)} ${formatClock(minutesOfDay(instant))}`).toBe(format.format(instant));
      }),
    );
  });

  it('are real calendar days', () => {
    expect(isLocalDay('2028-02-29')).toBe(true);
    for (const text of ['2026-02-29', '2026-13-01', '2026-7-14', '2026-07-14T00:00', ''])
      expect(isLocalDay(text)).toBe(false);
    expect(() => startOfDay('2026-02-30')).toThrow(RangeError);
  });

  it('add and subtract over months, years and leap days', () => {
    expect(addDays('2028-02-28', 2)).toBe('2028-03-01');
    fc.assert(
      fc.property(instants, fc.integer({ min: -4000, max: 4000 }), (instant, n) => {
        const day = dayOf(instant);
        expect(daysBetween(day, addDays(day, n))).toBe(n);
        expect(addDays(addDays(day, n), -n)).toBe(day);
      }),
    );
  });

  it('know their weekday and the Monday of their week', () => {
    expect([weekdayOf('2026-07-13'), weekdayOf('2026-07-14'), weekdayOf('2026-07-19')]).toEqual([1, 2, 7]);
    expect(startOfWeek('2026-07-19')).toBe('2026-07-13');
  });
});

describe('clock times', () => {
  it('make a whole with their day', () => {
    fc.assert(
      fc.property(instants, (instant) => {
        const whole = instantAt(dayOf(instant), minutesOfDay(instant)).getTime();
        expect(instant.getTime() - whole).toBeGreaterThanOrEqual(0);
        expect(instant.getTime() - whole).toBeLessThan(60_000);
      }),
    );
  });

  it('are read and written as 09:30', () => {
    expect(parseClock('09:30')).toBe(570);
    expect(parseClock('24:00')).toBe(1440);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1439 }), (m) => expect(parseClock(formatClock(m))).toBe(m)),
    );
    for (const text of ['9:30', '24:01', '12:60', 'ab:cd'])
      expect(() => parseClock(text)).toThrow(RangeError);
  });
});

describe('what people read', () => {
  it('names the day, the weekday and the time', () => {
    expect(formatDay('2026-07-14')).toBe('7月14日 周二');
    expect(formatInstant(new Date('2026-07-14T01:30:00Z'))).toBe('7月14日 周二 09:30');
  });

  it('states a promise as the guide does', () => {
    expect(formatDuration({ value: 5, unit: 'workday' })).toBe('5个工作日');
    expect(formatDuration({ value: 30, unit: 'minute' })).toBe('30分钟');
    expect(formatDuration({ value: 2, unit: 'hour' })).toBe('2小时');
  });
});
