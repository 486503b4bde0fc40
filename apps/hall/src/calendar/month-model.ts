import { addDays, startOfWeek, weekdayOf, type LocalDay } from '@haoban/domain';

/** '2026-07' */
export type Month = string;

export function monthOf(day: LocalDay): Month {
  return day.slice(0, 7);
}

export function addMonths(month: Month, months: number): Month {
  const [year = 0, index = 1] = month.split('-').map(Number);
  const all = year * 12 + index - 1 + months;
  return `${Math.floor(all / 12)}-${String((all % 12) + 1).padStart(2, '0')}`;
}

/** '2026年7月' */
export function monthName(month: Month): string {
  return `${month.slice(0, 4)}年${Number(month.slice(5))}月`;
}

export function firstDayOf(month: Month): LocalDay {
  return `${month}-01`;
}

export function lastDayOf(month: Month): LocalDay {
  return addDays(firstDayOf(addMonths(month, 1)), -1);
}

/** The weeks that touch a month, Monday first; days of the months beside it fill them up. */
export function weeksOf(month: Month): LocalDay[][] {
  const weeks: LocalDay[][] = [];
  for (let monday = startOfWeek(firstDayOf(month)); monday <= lastDayOf(month); monday = addDays(monday, 7))
    weeks.push(Array.from({ length: 7 }, (_, i) => addDays(monday, i)));
  return weeks;
}

/** The same date a month away, or that month's last day where it has none such. */
function sameDateIn(month: Month, day: LocalDay): LocalDay {
  const wanted = `${month}-${day.slice(8)}`;
  const last = lastDayOf(month);
  return wanted < last ? wanted : last;
}

/** Where a key leads from a day, as in the date grid of the ARIA practices; undefined for any other key. */
export function dayByKey(day: LocalDay, key: string): LocalDay | undefined {
  switch (key) {
    case 'ArrowLeft':
      return addDays(day, -1);
    case 'ArrowRight':
      return addDays(day, 1);
    case 'ArrowUp':
      return addDays(day, -7);
    case 'ArrowDown':
      return addDays(day, 7);
    case 'Home':
      return startOfWeek(day);
    case 'End':
      return addDays(day, 7 - weekdayOf(day));
    case 'PageUp':
      return sameDateIn(addMonths(monthOf(day), -1), day);
    case 'PageDown':
      return sameDateIn(addMonths(monthOf(day), 1), day);
    default:
      return undefined;
  }
}
