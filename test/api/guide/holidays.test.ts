import { describe, expect, it } from '@jest/globals';
import { addDays, weekdayOf } from '@haoban/domain';
import { isAnnounced, publicDay, type PublicDay } from '../../../apps/api/src/guide/holidays.js';

type Span = readonly [from: string, to: string];
interface Notice {
  readonly source: string;
  readonly holidays: Readonly<Record<string, Span>>;
  /** Weekend days that are worked. */
  readonly worked: readonly string[];
}

/** Copied by hand from the notices of the State Council's General Office (国务院办公厅关于部分节假日安排的通知). */
const notices: Readonly<Record<string, Notice>> = {
  '2025': {
    source: '国办发明电〔2024〕12号, as printed at https://m.gmw.cn/2024-11/12/content_1303894933.htm',
    holidays: {
      元旦: ['2025-01-01', '2025-01-01'],
      春节: ['2025-01-28', '2025-02-04'],
      清明节: ['2025-04-04', '2025-04-06'],
      劳动节: ['2025-05-01', '2025-05-05'],
      端午节: ['2025-05-31', '2025-06-02'],
      国庆节: ['2025-10-01', '2025-10-08'],
    },
    worked: ['2025-01-26', '2025-02-08', '2025-04-27', '2025-09-28', '2025-10-11'],
  },
  '2026': {
    source:
      '国办发明电〔2025〕7号, as printed in 中山日报 of 2025-11-05, https://epaper.zsnews.cn/epaper/zsrb/paperdate/20251105/part/1/articleid/3.html',
    holidays: {
      元旦: ['2026-01-01', '2026-01-03'],
      春节: ['2026-02-15', '2026-02-23'],
      清明节: ['2026-04-04', '2026-04-06'],
      劳动节: ['2026-05-01', '2026-05-05'],
      端午节: ['2026-06-19', '2026-06-21'],
      中秋节: ['2026-09-25', '2026-09-27'],
      国庆节: ['2026-10-01', '2026-10-07'],
    },
    worked: ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
  },
};

function daysOf(year: string): string[] {
  const days: string[] = [];
  for (let day = `${year}-01-01`; day.startsWith(year); day = addDays(day, 1)) days.push(day);
  return days;
}

function expected(notice: Notice, day: string): PublicDay['kind'] {
  if (Object.values(notice.holidays).some(([from, to]) => from <= day && day <= to)) return 'holiday';
  if (notice.worked.includes(day)) return 'worked_weekend';
  return weekdayOf(day) > 5 ? 'weekend' : 'workday';
}

describe('the holidays that we take from chinese-days', () => {
  it.each(Object.entries(notices))('are those of the notice on every day of %s', (year, notice) => {
    const wrong = daysOf(year).filter((day) => publicDay(day).kind !== expected(notice, day));
    expect({ source: notice.source, wrong }).toEqual({ source: notice.source, wrong: [] });
    expect(daysOf(year).every((day) => publicDay(day).announced)).toBe(true);
  });

  it('name the festival of a holiday and of the weekend that is worked for it', () => {
    expect(publicDay('2026-02-17').festival).toBe('春节');
    expect(publicDay('2026-02-14')).toEqual({ kind: 'worked_weekend', festival: '春节', announced: true });
    expect(publicDay('2026-04-06').festival).toBe('清明节');
    expect(publicDay('2026-01-01').festival).toBe('元旦');
    expect(publicDay('2026-07-14').festival).toBeNull();
  });

  it('of a year without a notice are only those with a fixed date, and say so', () => {
    expect(isAnnounced('2090')).toBe(false);
    expect(publicDay('2090-10-02')).toEqual({ kind: 'holiday', festival: '国庆节', announced: false });
    expect(publicDay('2090-05-01').kind).toBe('holiday');
    const [saturday, monday] = ['2090-07-15', '2090-07-17'];
    expect(publicDay(saturday)).toEqual({ kind: 'weekend', festival: null, announced: false });
    expect(publicDay(monday)).toEqual({ kind: 'workday', festival: null, announced: false });
  });
});
