/**
 * Promised deadlines. Minutes and hours run only while the hall is open (限时办结 is promised by the hall); workdays are days on
 * the State Council's calendar, the day of acceptance is not counted, and the last day ends when the hall's business ends: 民法典
 * §201, §203 and 行政许可法 §82. 特别程序 and 补正 stop the clock (行政许可法 §45); what was stopped is added exactly.
 */
import { addDays, addMinutes, dayOf, instantAt, minuteMs } from './time.js';
import type { Duration, DurationUnit, LocalDay } from './time.js';

/** Opening hours in minutes since midnight, `from` inclusive, `to` exclusive. */
export interface Opening {
  readonly from: number;
  readonly to: number;
}

export interface WorkCalendar {
  /** Whether a day counts for workday deadlines (holidays and 调休 included). */
  isWorkday(day: LocalDay): boolean;
  /** The hall's opening hours of a day, ascending and not overlapping; empty where it is shut. */
  openings(day: LocalDay): readonly Opening[];
}

/** A stop of the clock; without `to` it still lasts. */
export interface ClockPause {
  readonly from: Date;
  readonly to?: Date | undefined;
}

export interface RemainingTime {
  readonly unit: DurationUnit;
  /** Left of the promise in its own unit, minutes rounded down; negative once overdue. */
  readonly value: number;
  readonly overdue: boolean;
  /** True while a pause lasts; `dueAt` then is what it would be if the clock went on now. */
  readonly stopped: boolean;
  readonly dueAt: Date;
}

/** A calendar that has nothing open for ten years is a configuration error, not a deadline. */
const horizonDays = 3_660;

interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * The instant by which `duration` of working time from `start` has passed. Pauses must have ended.
 * @throws RangeError where a pause still lasts, the duration is negative, or the calendar never opens.
 */
export function addWorkingTime(
  start: Date,
  duration: Duration,
  calendar: WorkCalendar,
  pauses: readonly ClockPause[] = [],
): Date {
  if (!(duration.value >= 0)) throw new RangeError('A duration must not be negative');
  const stops = pauses.map((pause) => spanOf(pause));
  return duration.unit === 'workday'
    ? addWorkdays(start, duration.value, calendar, stops)
    : addOpenTime(start, duration.value * unitMs(duration.unit), calendar, stops);
}

/**
 * Working time from `from` to `to` in `unit`, without pauses: fractions for minutes and hours, whole days for workdays (the
 * first day not counted). Negative where `to` is earlier.
 */
export function workingTimeBetween(
  from: Date,
  to: Date,
  unit: DurationUnit,
  calendar: WorkCalendar,
  pauses: readonly ClockPause[] = [],
): number {
  if (to.getTime() < from.getTime()) return 0 - workingTimeBetween(to, from, unit, calendar, pauses);
  const stops = pauses.map((pause) => spanOf(pause, to));
  if (unit === 'workday') return countWorkdays(dayOf(from), dayOf(to), calendar, stops);
  let total = 0;
  for (let day = dayOf(from); day <= dayOf(to); day = addDays(day, 1)) {
    for (const span of openSpans(day, from.getTime(), calendar, stops)) {
      total += Math.max(0, Math.min(span.to, to.getTime()) - span.from);
    }
  }
  return total / unitMs(unit);
}

/** What is left of a promise at `now`; a pause that still lasts is taken to end now. */
export function remainingTime(
  start: Date,
  promise: Duration,
  calendar: WorkCalendar,
  now: Date,
  pauses: readonly ClockPause[] = [],
): RemainingTime {
  const stopped = pauses.some((pause) => pause.to === undefined || pause.to.getTime() > now.getTime());
  const ended = pauses
    .filter((pause) => pause.from.getTime() <= now.getTime())
    .map((pause) => ({ from: pause.from, to: pause.to !== undefined && pause.to < now ? pause.to : now }));
  const dueAt = addWorkingTime(start, promise, calendar, ended);
  const overdue = now.getTime() > dueAt.getTime();
  const left = workingTimeBetween(now, dueAt, promise.unit, calendar);
  // A whole minute that has begun is no longer left; -0 would print as "-0".
  const value = promise.unit === 'hour' ? Math.floor(left * 60) / 60 : Math.floor(left);
  return { unit: promise.unit, value: value === 0 ? 0 : value, overdue, stopped, dueAt };
}

function addOpenTime(start: Date, lengthMs: number, calendar: WorkCalendar, stops: readonly Span[]): Date {
  if (lengthMs === 0) return start;
  let left = lengthMs;
  let day = dayOf(start);
  for (let i = 0; i < horizonDays; i += 1, day = addDays(day, 1)) {
    for (const span of openSpans(day, start.getTime(), calendar, stops)) {
      if (left <= span.to - span.from) return new Date(span.from + left);
      left -= span.to - span.from;
    }
  }
  throw new RangeError('The calendar has too few opening hours');
}

function addWorkdays(start: Date, count: number, calendar: WorkCalendar, stops: readonly Span[]): Date {
  const first = dayOf(start);
  let left = Math.ceil(count);
  let day = first;
  for (let i = 0; i < horizonDays; i += 1, day = addDays(day, 1)) {
    if (day !== first && countsAsWorkday(day, calendar, stops)) left -= 1;
    const end = calendar.openings(day).at(-1);
    if (left > 0 || end === undefined || !calendar.isWorkday(day)) continue;
    // §203: a last day on which no business is done moves to the next one; so does "today" once the hall has shut, and a day
    // whose end lies in a stop.
    const due = instantAt(day, end.to).getTime();
    if (due >= start.getTime() && !stops.some((stop) => stop.from <= due && due < stop.to))
      return new Date(due);
  }
  throw new RangeError('The calendar has too few workdays');
}

/** Workdays after `from` up to and including `to`. */
function countWorkdays(from: LocalDay, to: LocalDay, calendar: WorkCalendar, stops: readonly Span[]): number {
  let count = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) {
    if (countsAsWorkday(day, calendar, stops)) count += 1;
  }
  return count;
}

/** A stopped day is one after the stop began, up to the day it ended: the rule for the promise itself (§201) read backwards. */
function countsAsWorkday(day: LocalDay, calendar: WorkCalendar, stops: readonly Span[]): boolean {
  const stopped = stops.some((stop) => day > dayOf(new Date(stop.from)) && day <= dayOf(new Date(stop.to)));
  return !stopped && calendar.isWorkday(day);
}

/** The hall's open time of a day from `since`, in epoch milliseconds, with the stops cut out. */
function openSpans(day: LocalDay, since: number, calendar: WorkCalendar, stops: readonly Span[]): Span[] {
  const midnight = instantAt(day, 0);
  const open = calendar.openings(day).map((opening) => ({
    from: Math.max(addMinutes(midnight, opening.from).getTime(), since),
    to: addMinutes(midnight, opening.to).getTime(),
  }));
  return stops
    .reduce<Span[]>((spans, stop) => spans.flatMap((span) => without(span, stop)), open)
    .filter((span) => span.to > span.from);
}

function without(span: Span, stop: Span): Span[] {
  if (stop.to <= span.from || stop.from >= span.to) return [span];
  return [
    { from: span.from, to: stop.from },
    { from: stop.to, to: span.to },
  ];
}

function spanOf(pause: ClockPause, openEnd?: Date): Span {
  const to = pause.to ?? openEnd;
  if (to === undefined) throw new RangeError('A pause that still lasts has no deadline');
  return { from: pause.from.getTime(), to: to.getTime() };
}

function unitMs(unit: 'minute' | 'hour'): number {
  return unit === 'minute' ? minuteMs : 60 * minuteMs;
}
