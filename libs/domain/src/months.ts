/** Days month by month, for lists that are too long to be read at once. */
import type { LocalDay } from './time.js';

export interface MonthOfDays<Day> {
  /** `2026-08` */
  readonly month: string;
  /** '8月' */
  readonly name: string;
  readonly days: readonly Day[];
}

/** @param days ascending */
export function byMonth<Day extends { readonly day: LocalDay }>(days: readonly Day[]): MonthOfDays<Day>[] {
  const months: { month: string; name: string; days: Day[] }[] = [];
  for (const each of days) {
    const month = each.day.slice(0, 7);
    const last = months.at(-1);
    if (last?.month === month) last.days.push(each);
    else months.push({ month, name: `${Number(month.slice(5))}月`, days: [each] });
  }
  return months;
}

/** A month's end and the next one's beginning are looked at as a whole. */
const AT_ONCE = 2;

export interface MonthsInView<Day> {
  /** The months to turn to; none where all days are in view. */
  readonly pages: readonly MonthOfDays<Day>[];
  readonly shown: readonly MonthOfDays<Day>[];
}

/**
 * Long lists are shown a month at a time: the one that was turned to, else that of the chosen day, else the first in which anything can be
 * chosen.
 */
export function monthsInView<Day extends { readonly day: LocalDay; readonly status: string }>(
  days: readonly Day[],
  chosen: LocalDay | undefined,
  turnedTo: string | undefined,
): MonthsInView<Day> {
  const months = byMonth(days);
  if (months.length <= AT_ONCE) return { pages: [], shown: months };
  const wanted = turnedTo ?? chosen?.slice(0, 7);
  const found =
    months.find(({ month }) => month === wanted) ??
    months.find((each) => each.days.some(({ status }) => status !== 'closed')) ??
    months[0];
  return { pages: months, shown: found ? [found] : [] };
}
