/**
 * Public holidays and 调休 of mainland China. The State Council announces them each November for the next year (国务院办公厅关于
 * 部分节假日安排的通知); the package `chinese-days` carries the notices, and a test compares it with the text of two of them. Of a
 * year that it doesn't know only the holidays with a fixed date in the regulation itself (全国年节及纪念日放假办法, 国务院令第 795 号)
 * are certain.
 */
import { weekdayOf, type LocalDay } from '@haoban/domain';
import chineseDays from 'chinese-days';

// The package is CommonJS whose names Node can't see: they are reached through its default export only.
const { getDayDetail } = chineseDays;

export type PublicDayKind = 'workday' | 'weekend' | 'holiday' | 'worked_weekend';

export interface PublicDay {
  readonly kind: PublicDayKind;
  /** The festival, such as 春节, where the kind follows from one. */
  readonly festival: string | null;
  /** False where the year's notice is not known: moved days are missing. */
  readonly announced: boolean;
}

const fixedHolidays: Readonly<Record<string, string>> = {
  '01-01': '元旦',
  '05-01': '劳动节',
  '05-02': '劳动节',
  '10-01': '国庆节',
  '10-02': '国庆节',
  '10-03': '国庆节',
};

const announcedYears = new Map<string, boolean>();

/** Whether the notice of the year is known: 1 October is a holiday in every one of them. */
export function isAnnounced(year: string): boolean {
  const known = announcedYears.get(year) ?? festivalOf(`${year}-10-01`) !== null;
  announcedYears.set(year, known);
  return known;
}

export function publicDay(day: LocalDay): PublicDay {
  const weekend = weekdayOf(day) > 5;
  if (!isAnnounced(day.slice(0, 4))) {
    const festival = fixedHolidays[day.slice(5)] ?? null;
    const kind = festival ? 'holiday' : weekend ? 'weekend' : 'workday';
    return { kind, festival, announced: false };
  }
  const festival = festivalOf(day);
  const { work } = getDayDetail(day);
  if (festival) return { kind: work ? 'worked_weekend' : 'holiday', festival, announced: true };
  return { kind: weekend ? 'weekend' : 'workday', festival: null, announced: true };
}

/** The package names an announced day `National Day,国庆节,3` and any other by its weekday. */
function festivalOf(day: LocalDay): string | null {
  const [, festival] = getDayDetail(day).name.split(',');
  if (festival === undefined) return null;
  return festival.endsWith('节') || festival === '元旦' ? festival : `${festival}节`;
}
