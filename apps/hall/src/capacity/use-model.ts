import type { CapacityUse } from '@haoban/contracts';
import { addDays, daysBetween, isLocalDay, type LocalDay } from '@haoban/domain';
import type { Column } from './bars.js';

export interface Range {
  readonly from: LocalDay;
  readonly to: LocalDay;
}

export const rangeNames = {
  around: '前一周到后两周',
  last7: '最近 7 天',
  last30: '最近 30 天',
  next14: '今后 14 天',
  next30: '今后 30 天',
  own: '自选日期',
} as const;
export type RangeName = keyof typeof rangeNames;

/** The server gives at most so many days at once. */
export const MOST_DAYS = 62;

export function rangeOf(name: Exclude<RangeName, 'own'>, today: LocalDay): Range {
  switch (name) {
    case 'around':
      return { from: addDays(today, -7), to: addDays(today, 13) };
    case 'last7':
      return { from: addDays(today, -6), to: today };
    case 'last30':
      return { from: addDays(today, -29), to: today };
    case 'next14':
      return { from: today, to: addDays(today, 13) };
    case 'next30':
      return { from: today, to: addDays(today, 29) };
  }
}

export function rangeFault({ from, to }: Range): string | undefined {
  if (!isLocalDay(from) || !isLocalDay(to)) return '请选择开始和结束日期';
  if (to < from) return '结束日期不能早于开始日期';
  return daysBetween(from, to) >= MOST_DAYS ? `一次最多看 ${MOST_DAYS} 天` : undefined;
}

/** Places taken, in all contingents. */
export function takenOf({ public: open, green, internal }: CapacityUse): number {
  return open + green + internal;
}

/** Taken of all places; null where there were none. */
export function useShare(use: CapacityUse): number | null {
  return use.capacity > 0 ? takenOf(use) / use.capacity : null;
}

/** Of those whose time has come, how many did not; null before any has. */
export function noShowShare({ came, noShows }: CapacityUse): number | null {
  return came + noShows > 0 ? noShows / (came + noShows) : null;
}

export function columnOf(key: string, label: string, use: CapacityUse): Column {
  return { key, label, capacity: use.capacity, taken: takenOf(use), missed: use.missedPlaces };
}

/** What the picture shows, in a sentence. */
export function chartWords(what: string, total: CapacityUse): string {
  return `${what}：共 ${total.capacity} 个名额，已约 ${takenOf(total)}，其中爽约 ${total.missedPlaces}`;
}
