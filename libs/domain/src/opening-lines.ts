import { formatClock } from './time.js';

/**
 * A week's opening hours as a sign on the door says them: days in a row with the same hours share a line, and days on which
 * the hall is shut are left out. `['周一至周五 09:00–12:00、13:30–17:00', '周六 09:00–12:00']`
 */

interface Period {
  /** Minutes since local midnight. */
  readonly from: number;
  readonly to: number;
}

const dayNames = ['周一', '周二', '周三', '周四', '周五', '周六', '周日'] as const;

/** @param week seven lists of periods, Monday first; days that are missing are shut */
export function openingLines(week: readonly (readonly Period[])[]): string[] {
  const hours = dayNames.map((_name, index) => hoursOf(week[index] ?? []));
  const lines: string[] = [];
  for (let first = 0; first < hours.length;) {
    const same = hours[first] ?? '';
    let last = first;
    while (last + 1 < hours.length && hours[last + 1] === same) last++;
    if (same !== '') lines.push(`${daysOf(first, last)} ${same}`);
    first = last + 1;
  }
  return lines;
}

function hoursOf(periods: readonly Period[]): string {
  return [...periods]
    .sort((a, b) => a.from - b.from)
    .map(({ from, to }) => `${formatClock(from)}–${formatClock(to)}`)
    .join('、');
}

function daysOf(first: number, last: number): string {
  const [from = '', to = ''] = [dayNames[first], dayNames[last]];
  if (first === last) return from;
  return last === first + 1 ? `${from}、${to}` : `${from}至${to}`;
}
