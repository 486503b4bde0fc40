import { openingLines } from '@haoban/domain';
import { describe, expect, it } from '@jest/globals';

const morning = { from: 540, to: 720 };
const afternoon = { from: 810, to: 1020 };
const workday = [morning, afternoon];

describe('opening hours on a sign', () => {
  it('put days in a row with the same hours on one line and leave shut days out', () => {
    const week = [workday, workday, workday, workday, workday, [morning], []];
    expect(openingLines(week)).toEqual(['周一至周五 09:00–12:00、13:30–17:00', '周六 09:00–12:00']);
  });

  it('do not join days that a different one parts', () => {
    const week = [workday, [morning], workday, workday, workday, [], []];
    expect(openingLines(week)).toEqual([
      '周一 09:00–12:00、13:30–17:00',
      '周二 09:00–12:00',
      '周三至周五 09:00–12:00、13:30–17:00',
    ]);
  });

  it('name two days both, and all seven as one', () => {
    expect(openingLines([[], [], [], [], [], [morning], [morning]])).toEqual(['周六、周日 09:00–12:00']);
    expect(openingLines(Array.from({ length: 7 }, () => [morning]))).toEqual(['周一至周日 09:00–12:00']);
  });

  it('say periods in the order of the day, and nothing for a hall that is shut', () => {
    expect(openingLines([[afternoon, morning]])).toEqual(['周一 09:00–12:00、13:30–17:00']);
    expect(openingLines([])).toEqual([]);
  });
});
