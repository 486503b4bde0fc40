import {
  addWorkingTime,
  clockStopped,
  remainingTime,
  workingTimeBetween,
  type ClockPause,
  type Duration,
  type RemainingTime,
  type WorkCalendar,
} from '@haoban/domain';
import type { Deadline } from '@haoban/contracts';
import type { CaseEntity, ClockStop } from './case.entity.js';

/** The promised time of a case: what is stopped is added to the end, exactly (行政许可法 §45). */

type Clocked = Pick<
  CaseEntity,
  | 'state'
  | 'promisedValue'
  | 'promisedUnit'
  | 'acceptedAt'
  | 'dueAt'
  | 'clockStops'
  | 'decidedAt'
  | 'closedAt'
>;

export function stopClock({ clockStops }: Clocked, now: Date, reason: string): { clockStops: ClockStop[] } {
  return { clockStops: [...clockStops, { from: now.toISOString(), to: null, reason }] };
}

/** Ends the stop that lasts; without one nothing changes. */
export function restartClock(
  row: Clocked,
  calendar: WorkCalendar,
  now: Date,
): { clockStops: ClockStop[]; dueAt: Date } {
  const clockStops = endStops(row.clockStops, now);
  return {
    clockStops,
    dueAt: addWorkingTime(row.acceptedAt, promiseOf(row), calendar, pausesOf(clockStops)),
  };
}

/** A case that ends while its clock stands leaves no stop open. */
export function endStops(stops: readonly ClockStop[], now: Date): ClockStop[] {
  return stops.map((stop) => (stop.to === null ? { ...stop, to: now.toISOString() } : stop));
}

export function deadlineOf(row: Clocked, calendar: WorkCalendar, now: Date): Deadline {
  const promised = promiseOf(row);
  const endedAt = row.decidedAt ?? row.closedAt;
  if (endedAt) return ended(row, promised, calendar, endedAt);
  const pauses = pausesOf(row.clockStops);
  const left = remainingTime(row.acceptedAt, promised, calendar, now, pauses);
  const stopped = clockStopped(row.state);
  return {
    promised,
    dueAt: left.dueAt.toISOString(),
    state: stopped ? 'stopped' : left.overdue ? 'overdue' : 'running',
    remainingText: stopped ? `暂停计时，${remainingText(left)}` : remainingText(left),
    progress: progressAt(row.acceptedAt, left.dueAt, calendar, pauses, now),
  };
}

/** The promise is kept by the decision, not by the last paper: delivery has a time of its own (行政许可法 §44). */
function ended(row: Clocked, promised: Duration, calendar: WorkCalendar, endedAt: Date): Deadline {
  const dueAt = row.dueAt.toISOString();
  const pauses = pausesOf(row.clockStops);
  if (row.decidedAt === null)
    return { promised, dueAt, state: 'met', remainingText: '不再计时', progress: 1 };
  const left = remainingTime(row.acceptedAt, promised, calendar, endedAt, pauses);
  return left.overdue
    ? { promised, dueAt, state: 'overdue', remainingText: `${remainingText(left)}作出决定`, progress: 1 }
    : { promised, dueAt, state: 'met', remainingText: '已在承诺时限内作出决定', progress: 1 };
}

function progressAt(
  from: Date,
  dueAt: Date,
  calendar: WorkCalendar,
  pauses: readonly ClockPause[],
  now: Date,
): number {
  // A stop that lasts ends now as far as the promise goes: without its end the whole rest would count as stopped.
  const endedPauses = pauses.map((pause) => ({ ...pause, to: pause.to ?? now }));
  const whole = workingTimeBetween(from, dueAt, 'minute', calendar, endedPauses);
  const used = workingTimeBetween(from, now, 'minute', calendar, pauses);
  return whole > 0 ? Math.min(1, Math.max(0, used / whole)) : 1;
}

/** 还剩 1 个工作日, 今天到期, 已超 2 小时. */
function remainingText({ unit, value, overdue }: RemainingTime): string {
  const amount = Math.abs(value);
  switch (unit) {
    case 'workday':
      if (amount === 0) return overdue ? '今天已超时' : '今天到期';
      return `${overdue ? '已超' : '还剩'} ${amount} 个工作日`;
    case 'hour':
      return `${overdue ? '已超' : '还剩'} ${hoursText(Math.round(amount * 60))}`;
    case 'minute':
      return `${overdue ? '已超' : '还剩'} ${hoursText(amount)}`;
  }
}

function hoursText(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return `${rest} 分钟`;
  return rest === 0 ? `${hours} 小时` : `${hours} 小时 ${rest} 分钟`;
}

function promiseOf({ promisedValue, promisedUnit }: Clocked): Duration {
  return { value: promisedValue, unit: promisedUnit };
}

function pausesOf(stops: readonly ClockStop[]): ClockPause[] {
  return stops.map(({ from, to }) => ({
    from: new Date(from),
    ...(to === null ? {} : { to: new Date(to) }),
  }));
}
