import { describe, expect, it } from '@jest/globals';
import { addDays, monthsInView, shownDayCount } from '@haoban/domain';

const daysFrom = (from: string, count: number, closed = 0) =>
  Array.from({ length: count }, (_, index) => ({
    day: addDays(from, index),
    status: index < closed ? 'closed' : 'open',
  }));

describe('how many days a queue shows', () => {
  it.each([
    ['without rules', [], 14],
    ['with a short window', [7], 14],
    ['with a window that ends in two weeks', [13], 14],
    ['by the farthest of its windows, its last day included', [7, 30], 31],
    ['at most half a year and a day', [365], 181],
  ])('%s', (_, ends, days) => {
    expect(shownDayCount(ends.map((windowToDays) => ({ windowToDays })))).toBe(days);
  });
});

describe('days month by month', () => {
  it('stay together where they end in the next month', () => {
    const { pages, shown } = monthsInView(daysFrom('2026-07-14', 31), undefined, undefined);
    expect(pages).toEqual([]);
    expect(shown.map(({ name, days }) => [name, days.length])).toEqual([
      ['7月', 18],
      ['8月', 13],
    ]);
  });

  it('are turned like pages where they are many: to the chosen day’s month, or to the one asked for', () => {
    const days = daysFrom('2026-07-14', 181);
    const view = (chosen?: string, turnedTo?: string) =>
      monthsInView(days, chosen, turnedTo).shown.map(({ month }) => month);
    expect(monthsInView(days, undefined, undefined).pages.map(({ name }) => name)).toEqual([
      '7月',
      '8月',
      '9月',
      '10月',
      '11月',
      '12月',
      '1月',
    ]);
    expect(view()).toEqual(['2026-07']);
    expect(view('2026-09-03')).toEqual(['2026-09']);
    expect(view('2026-09-03', '2027-01')).toEqual(['2027-01']);
    expect(view('2030-01-01')).toEqual(['2026-07']);
  });

  it('begin where there is anything to choose', () => {
    expect(monthsInView(daysFrom('2026-07-14', 90, 40), undefined, undefined).shown[0]?.name).toBe('8月');
  });

  it('may be none', () => {
    expect(monthsInView([], undefined, undefined)).toEqual({ pages: [], shown: [] });
  });
});
