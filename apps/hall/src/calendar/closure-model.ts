import { daysBetween, formatDay, isLocalDay, type LocalDay } from '@haoban/domain';
import type { Faults } from './draft-model.js';

export interface ClosureForm {
  readonly scope: 'queue' | 'hall';
  readonly firstDay: LocalDay;
  readonly lastDay: LocalDay;
  /** Only a part of each day. */
  readonly part: boolean;
  readonly from: string;
  readonly to: string;
  readonly reason: string;
}

const MOST_DAYS = 31;

export function closureFaults(form: ClosureForm, today: LocalDay): Faults<ClosureForm> {
  const { firstDay, lastDay, part, from, to, reason } = form;
  const faults: Faults<ClosureForm> = {};
  if (!isLocalDay(firstDay)) faults.firstDay = '请选择日期';
  else if (firstDay < today) faults.firstDay = '请选择今天或以后';
  if (!isLocalDay(lastDay)) faults.lastDay = '请选择日期';
  else if (lastDay < firstDay) faults.lastDay = '不能早于开始日期';
  else if (isLocalDay(firstDay) && daysBetween(firstDay, lastDay) >= MOST_DAYS)
    faults.lastDay = `一次最多 ${MOST_DAYS} 天`;
  if (part && !from) faults.from = '请填写开始时间';
  if (part && !to) faults.to = '请填写结束时间';
  else if (part && from && to <= from) faults.to = '要晚于开始时间';
  if (!reason.trim()) faults.reason = '请写明原因，市民会看到';
  return faults;
}

/** '停办 7月14日 周二 全天 不动产登记': what a confirmation has to name. */
export function closureTitle(form: ClosureForm, queueName: string, today: LocalDay): string {
  const { firstDay, lastDay, part, from, to, scope } = form;
  if (!isLocalDay(firstDay) || !isLocalDay(lastDay)) return '停办';
  const day = (each: LocalDay) =>
    (each.slice(0, 4) === today.slice(0, 4) ? '' : `${each.slice(0, 4)}年`) + formatDay(each);
  const days = firstDay === lastDay ? day(firstDay) : `${day(firstDay)}至${day(lastDay)}`;
  return `停办 ${days} ${part ? `${from}–${to}` : '全天'} ${scope === 'hall' ? '整个大厅' : queueName}`;
}
