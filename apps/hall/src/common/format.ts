import {
  dayOf,
  daysBetween,
  formatClock,
  formatDay,
  formatFen,
  minutesOfDay,
  type Arrival,
  type LocalDay,
} from '@haoban/domain';

/** '09:42' */
export function clockOf(iso: string): string {
  return formatClock(minutesOfDay(new Date(iso)));
}

/** '今天', '昨天', '明天', '7月11日 周六'; with the year where it is another one. */
export function dayWord(day: LocalDay, now: Date): string {
  const today = dayOf(now);
  const near = { '0': '今天', '-1': '昨天', '1': '明天' }[String(daysBetween(today, day))];
  return near ?? (day.slice(0, 4) === today.slice(0, 4) ? '' : `${day.slice(0, 4)}年`) + formatDay(day);
}

/** '今天 09:42', '昨天 15:10', '7月11日 周六 09:42'; with the year where it is another one. */
export function whenOf(iso: string, now: Date): string {
  return `${dayWord(dayOf(new Date(iso)), now)} ${clockOf(iso)}`;
}

/** Whole minutes from `iso` to `now`, never negative. */
export function minutesSince(iso: string, now: Date): number {
  return Math.max(0, Math.floor((now.getTime() - Date.parse(iso)) / 60_000));
}

/** '6:12', '1:02:09': how long it has run. */
export function runningOf(iso: string, now: Date): string {
  const seconds = Math.max(0, Math.floor((now.getTime() - Date.parse(iso)) / 1000));
  const two = (n: number) => String(n).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const rest = `${hours > 0 ? two(Math.floor(seconds / 60) % 60) : Math.floor(seconds / 60)}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

/** How the person kept to the booked time: 准时, 提前 20 分钟, 迟到 12 分钟. Which of them the server says, by the hall's own rules. */
export function punctuality(arrival: Arrival, bookedFor: string, arrivedAt: string): string {
  if (arrival === 'on_time') return '准时';
  const apart = Math.abs(Date.parse(arrivedAt) - Date.parse(bookedFor)) / 60_000;
  // Where a hall allows no minute of grace, seconds are late already.
  const minutes = Math.max(1, Math.round(apart));
  return arrival === 'early' ? `提前 ${minutes} 分钟` : `迟到 ${minutes} 分钟`;
}

/** 0.986 → '98.6%' */
export function percent(share: number | null): string {
  if (share === null) return '—';
  const value = Math.round(share * 1000) / 10;
  return `${Number.isInteger(value) ? value : value.toFixed(1)}%`;
}

/** 1200 → '¥12.00' */
export function yuan(fen: number): string {
  return `¥${formatFen(fen)}`;
}
