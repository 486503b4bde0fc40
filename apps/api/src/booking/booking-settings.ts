import { bookingPresets, type BookingSettings } from '@haoban/domain';

/** The numbers of the booking rules; one set for the whole city until halls ask for their own. */
export const bookingSettings: BookingSettings = bookingPresets.standard;

/** How many days, today included, a citizen is shown. */
export const SHOWN_DAYS = 14;

/** The rules in sentences, shown before a person picks a time. */
export function ruleTexts(settings: BookingSettings): string[] {
  const { perDay, perWeek, perMonth, open, cancelHoursBefore, noticeMinutes, noShow, checkIn } = settings;
  const cancel =
    cancelHoursBefore > 0
      ? `如不能到场，请在预约时间 ${cancelHoursBefore} 小时前取消，把名额留给别人。`
      : '如不能到场，请在预约时间前取消，把名额留给别人。';
  return [
    '预约需要实名；替家人或单位预约要先有授权，次数算在办事的人或单位名下；同一事项每天只能预约一次。',
    `每人每天最多预约 ${perDay} 次，每周最多 ${perWeek} 次，每月最多 ${perMonth} 次，未办理的预约最多 ${open} 个。`,
    `最晚在开始前 ${noticeMinutes} 分钟预约。`,
    cancel,
    `请在预约时间前 ${checkIn.earlyMinutes} 分钟内签到，晚到 ${checkIn.graceMinutes} 分钟以内不影响顺序，晚到超过 ${checkIn.lateMinutes} 分钟预约作废，可以现场取号。`,
    `${noShow.withinDays} 天内 ${noShow.count} 次预约未到，暂停网上预约 ${noShow.suspendDays} 天，仍可现场取号；有正当原因可以申诉。`,
  ];
}

/** How places come out and come back, in sentences for the hall's manager. */
export function releaseTexts({ drip, reopen, offerMinutes }: BookingSettings): string[] {
  const { minMinutes, maxMinutes } = reopen;
  return [
    drip.atOpening >= 1 || drip.overHours <= 0
      ? '开放预约时一次放出全部名额。'
      : `开放预约时放出 ${Math.round(drip.atOpening * 100)}% 的名额，其余在 ${drip.overHours} 小时内分散放出，具体时刻只有管理人员能看到。`,
    maxMinutes > 0
      ? `取消的名额在 ${minMinutes} 至 ${maxMinutes} 分钟内的随机时刻重新放出，取消的人不能再约同一时段。`
      : '取消的名额立即重新放出。',
    `有人候补时，退回的名额先按顺序保留给候补的人，每人 ${offerMinutes} 分钟；取消的人不会再得到这个名额。`,
  ];
}
