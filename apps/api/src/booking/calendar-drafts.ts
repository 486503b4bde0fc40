import { parseClock, type CalendarStretch, type LocalDay } from '@haoban/domain';
import { AppError } from '../common/app-error.js';
import type { ExceptionFacts } from '../guide/calendar.service.js';

/** A part of a day as the wire has it: both times or none. */
export interface SpanDraft {
  readonly from: string | null;
  readonly to: string | null;
}

/** @throws AppError CALENDAR_INVALID where it ends before it begins, or one time is missing */
export function checkSpan({ from, to }: SpanDraft): { fromMinute: number | null; toMinute: number | null } {
  const fail = (path: string, message: string) => new AppError('CALENDAR_INVALID', [{ path, message }]);
  if (from === null && to === null) return { fromMinute: null, toMinute: null };
  if (from === null) throw fail('from', '请填写开始时间；全天停办请两个时间都不填。');
  if (to === null) throw fail('to', '请填写结束时间；全天停办请两个时间都不填。');
  const span = { fromMinute: parseClock(from), toMinute: parseClock(to) };
  if (span.fromMinute >= span.toMinute) throw fail('to', '结束时间要晚于开始时间，请调整。');
  return span;
}

export function draftClosure(
  closure: SpanDraft & { readonly queueId: string | null; readonly day: LocalDay },
): ExceptionFacts {
  const { queueId, day } = closure;
  return {
    id: `draft ${day}`,
    kind: 'closure',
    queueId,
    day,
    ...checkSpan(closure),
    reason: '拟停办',
    plan: null,
  };
}

export function draftOverride(
  queueId: string,
  day: LocalDay,
  plan: readonly CalendarStretch[],
): ExceptionFacts {
  return {
    id: `draft ${day}`,
    kind: 'override',
    queueId,
    day,
    fromMinute: null,
    toMinute: null,
    reason: '拟单独安排',
    plan: [...plan],
  };
}
