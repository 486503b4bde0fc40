import type { BookingSettings } from '@haoban/domain';

/** How places come out and come back, in sentences for the hall's manager. */
export function releaseTexts({ drip, reopen, offerMinutes }: BookingSettings): string[] {
  const { minMinutes, maxMinutes } = reopen;
  return [
    drip.atOpening >= 1 || drip.overHours <= 0
      ? '开放预约时一次放出全部名额。'
      : `开放预约时放出 ${Math.round(drip.atOpening * 100)}% 的名额，其余在 ${drip.overHours} 小时内分散放出，具体时刻只有管理人员能看到。`,
    maxMinutes > 0
      ? `取消的名额在 ${minMinutes} 至 ${maxMinutes} 分钟内的随机时刻重新放出，取消的人不能再约同一时段。`
      : '取消的名额立即重新放出，取消的人不能再约同一时段。',
    `有人候补时，退回的名额先按顺序保留给候补的人，每人 ${offerMinutes} 分钟；取消的人不会再得到这个名额。`,
  ];
}
