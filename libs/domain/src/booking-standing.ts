/**
 * What a person is told about the rules before they bite and when they bite. The numbers come from `booking-rules`; this module
 * puts them into sentences that say what is left and what to do next.
 */
import {
  bookingBar,
  limitUses,
  noShowsCounting,
  suspendedUntil,
  type BookingBar,
  type BookingHistory,
  type BookingSettings,
  type LimitRule,
  type LimitUse,
} from './booking-rules.js';
import { dayOf, formatDay, startOfWeek, type LocalDay } from './time.js';

export interface PersonStanding {
  readonly day: LocalDay;
  readonly limits: readonly (LimitUse & { readonly text: string })[];
  readonly bar: BookingBar | undefined;
  readonly barText: string | undefined;
  /** Told while nothing bites yet: the last booking that is left, the last no-show before a suspension. */
  readonly warnings: readonly string[];
  readonly suspendedUntil: LocalDay | undefined;
  readonly noShowsCounting: number;
}

/** A person's standing at a hall, for one more booking on `day`. */
export function standing(
  history: BookingHistory,
  day: LocalDay,
  now: Date,
  settings: BookingSettings,
): PersonStanding {
  const uses = limitUses(day, history, now, settings);
  const bar = bookingBar(day, history, now, settings);
  return {
    day,
    limits: uses.map((use) => ({ ...use, text: limitText(use, day, now) })),
    bar,
    barText: bar && barText(bar, settings),
    warnings: [
      ...(bar ? [] : lastOnes(uses, day, now)),
      ...(bar?.rule === 'no_show' ? [] : lastNoShow(history, now, settings)),
    ],
    suspendedUntil: suspendedUntil(history.noShowsAt, now, settings.noShow),
    noShowsCounting: noShowsCounting(history.noShowsAt, now, settings.noShow),
  };
}

/** The first day on which one may book again, where this no-show suspends somebody, or for longer, whom the earlier ones did not. */
export function suspensionBy(
  missedAt: Date,
  earlier: readonly Date[],
  now: Date,
  rule: BookingSettings['noShow'],
): LocalDay | undefined {
  const until = suspendedUntil([...earlier, missedAt], now, rule);
  return until === suspendedUntil(earlier, now, rule) ? undefined : until;
}

/** Why a person can't book now, and what to do: for the phone when a refusal comes with these details. */
export function barText(bar: BookingBar, { noShow }: Pick<BookingSettings, 'noShow'>): string {
  const until = bar.until === null ? '' : formatDay(bar.until);
  switch (bar.rule) {
    case 'no_show':
      return `您${inSpan(noShow)}有 ${bar.used} 次预约未到，网上预约暂停，${until}起恢复；现在仍可到大厅现场取号，有正当原因可以申诉。`;
    case 'item':
      return `同一事项一天只能预约 ${bar.limit} 次，这天您已经约过；可以改约${until}或其他日子。`;
    case 'day':
      return `这一天最多预约 ${bar.limit} 次，您已约满；可以改约${until}或其他日子，或先取消这天的一个预约。`;
    case 'week':
      return `这一周最多预约 ${bar.limit} 次，您已约满；可以约${until}起的日子，或先取消这周的一个预约。`;
    case 'month':
      return `这个月最多预约 ${bar.limit} 次，您已约满；可以约${until}起的日子，或先取消这个月的一个预约。`;
    case 'open':
      return `您有 ${bar.used} 个预约还没办，最多同时保留 ${bar.limit} 个；办完或取消一个后就可以再约。`;
  }
}

function limitText({ rule, left, limit, until }: LimitUse, day: LocalDay, now: Date): string {
  const span = spanOf(rule, day, now);
  if (rule === 'open') {
    return left > 0
      ? `还可以同时保留 ${left} 个未办的预约（最多 ${limit} 个）`
      : `未办的预约已有 ${limit} 个，办完或取消一个后可以再约`;
  }
  if (left > 0) return `${span}还可以预约 ${left} 次（最多 ${limit} 次）`;
  return `${span}已约满 ${limit} 次，可以约${until === null ? '' : formatDay(until)}起的日子`;
}

function lastOnes(uses: readonly LimitUse[], day: LocalDay, now: Date): string[] {
  // A limit of one is no surprise: it is among the rules. Of several that run out at once the longest is told.
  const last = uses.filter(({ left, limit }) => left === 1 && limit > 1);
  const told = last.find(({ rule }) => rule === 'open') ?? last.at(-1);
  if (told === undefined) return [];
  return told.rule === 'open'
    ? ['这是您能同时保留的最后 1 个预约，约好后要办完或取消一个才能再约。']
    : [
        `这是您${spanOf(told.rule, day, now)}最后 1 次预约，用完后要约${told.until === null ? '' : formatDay(told.until)}起的日子。`,
      ];
}

function lastNoShow({ noShowsAt }: BookingHistory, now: Date, { noShow }: BookingSettings): string[] {
  const counting = noShowsCounting(noShowsAt, now, noShow);
  if (noShow.count <= 0 || counting === 0) return [];
  const left = noShow.count - counting;
  // More than one is left: said as a fact; one: said as a warning.
  if (left > 1)
    return [
      `您${inSpan(noShow)}有 ${counting} 次预约未到，满 ${noShow.count} 次会暂停网上预约${forSpan(noShow)}；来不了请提前取消。`,
    ];
  return [
    `您${inSpan(noShow)}已有 ${counting} 次预约未到，再有 1 次就会暂停网上预约${forSpan(noShow)}；来不了请务必提前取消。`,
  ];
}

function inSpan({ calendarMonth, withinDays }: BookingSettings['noShow']): string {
  return calendarMonth ? '本月' : ` ${withinDays} 天内`;
}

function forSpan({ calendarMonth, suspendDays }: BookingSettings['noShow']): string {
  return calendarMonth ? '到月底' : ` ${suspendDays} 天`;
}

function spanOf(rule: LimitRule, day: LocalDay, now: Date): string {
  const today = dayOf(now);
  switch (rule) {
    case 'day':
      return day === today ? '今天' : `${formatDay(day)}`;
    case 'week':
      return startOfWeek(day) === startOfWeek(today) ? '本周' : '那一周';
    case 'month':
      return day.slice(0, 7) === today.slice(0, 7) ? '本月' : `${Number(day.slice(5, 7))} 月`;
    case 'open':
      return '';
  }
}
