import type { CalendarChange, CalendarException } from '@haoban/contracts';
import { formatDay } from '@haoban/domain';

/** '7月14日 周二 09:00–12:00 整个大厅停办', '7月18日 周六 不动产登记单独安排' */
export function exceptionTitle(exception: CalendarException): string {
  const { kind, day, queueName } = exception;
  const where = queueName ?? '整个大厅';
  return kind === 'closure'
    ? `${formatDay(day)} ${exceptionTimes(exception)} ${where}停办`
    : `${formatDay(day)} ${where}单独安排`;
}

export function exceptionTimes({ kind, from, to, plan }: CalendarException): string {
  if (kind === 'override') return plan.map((each) => `${each.from}–${each.to}`).join('、');
  return from && to ? `${from}–${to}` : '全天';
}

export const changeWords: Record<CalendarChange['action'], string> = {
  rules: '放号规则',
  close: '停办',
  reopen: '取消停办',
  override: '单独安排',
  override_removed: '取消单独安排',
  policy: '预约规则',
};
