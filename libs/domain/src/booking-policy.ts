/**
 * The booking rules of a hall as a whole: the sets to choose from, what contradicts itself, and how citizens read them. Beside our own three
 * sets stand rules that Chinese halls, registers and hospitals publish; what a source leaves open follows the standard set.
 */
import type { BookingSettings } from './booking-rules.js';
import { bookingPresets } from './booking-rules.js';
import type { BookingWindow } from './slots.js';
import { formatClock } from './time.js';

export interface PolicyPreset {
  readonly name: string;
  readonly about: string;
  readonly settings: BookingSettings;
  /** How far ahead people book there: a proposal for the calendar's rules; null where the source is silent. */
  readonly window: BookingWindow | null;
}

const { standard, strict, relaxed } = bookingPresets;

export const policyPresets = {
  standard: { name: '标准', about: '多数大厅适用：名额够用，少数人爽约。', settings: standard, window: null },
  strict: {
    name: '严格',
    about: '名额紧张的业务：每人少约，爽约停约时间长，退号随机延后放出。',
    settings: strict,
    window: null,
  },
  relaxed: { name: '宽松', about: '名额充足的大厅：可多约，随时取消。', settings: relaxed, window: null },
  // hzzk.gov.cn: at least a day ahead, the next five workdays; one a day, own matters, by real name; cancel two hours before; no-shows
  // are recorded and too many restrict booking. Five workdays are seven calendar days.
  service_centre: {
    name: '政务中心式',
    about: '提前 1 天起约未来 5 个工作日，每人每天 1 次，开始前 2 小时可取消。',
    settings: { ...standard, perDay: 1, perWeek: 5, perMonth: 20, cancelHoursBefore: 2 },
    window: { fromDays: 1, toDays: 7 },
  },
  // rqsbdc.com: one or two workdays ahead (up to four calendar days over a weekend); one a day, two a week, six a month by ID or phone
  // number; two no-shows: three months.
  real_estate: {
    name: '不动产登记式',
    about: '提前 1 至 2 个工作日，每人每天 1 次、每周 2 次、每月 6 次，爽约 2 次停约 3 个月。',
    settings: {
      ...standard,
      perDay: 1,
      perWeek: 2,
      perMonth: 6,
      open: 2,
      noShow: { count: 2, withinDays: 90, suspendDays: 90 },
    },
    window: { fromDays: 1, toDays: 4 },
  },
  // Xiamen tax halls (baijiapai.com, 2017-03-24): the next five workdays, on the same day too where a hall is fully booked; several matters in one
  // number; cancel before the time; three missed in a month: none for the rest of it; an expired number is void.
  tax: {
    name: '办税厅式',
    about: '未来 5 个工作日，一个号可办多件事，开始前都可取消，当月爽约 3 次停到月底，过时作废。',
    settings: {
      ...standard,
      perDay: 4,
      perWeek: 10,
      perMonth: 30,
      open: 6,
      cancelHoursBefore: 0,
      noticeMinutes: 0,
      noShow: { count: 3, withinDays: 31, suspendDays: 31, calendarMonth: true },
      checkIn: { ...standard.checkIn, graceMinutes: 0, lateMinutes: 0 },
      maxItems: 5,
      maxSlots: 8,
    },
    window: { fromDays: 0, toDays: 7 },
  },
  // hgsyiyuan.com: seven days, the new day from 07:00; one per department, day and doctor; cancel by 17:00 of the day before; more than three a
  // month: a month.
  hospital: {
    name: '医院挂号式',
    about: '提前 7 天，前一天 17:00 前可取消，一个月爽约超过 3 次停约 1 个月。',
    settings: {
      ...standard,
      perDay: 1,
      cancelBy: { daysBefore: 1, minute: 17 * 60 },
      noShow: { count: 4, withinDays: 30, suspendDays: 30 },
    },
    window: { fromDays: 1, toDays: 7 },
  },
  // guahaoe (Changzhou): 1–14 days; cancel one workday before 15:00, taken as calendar days; three no-shows: six months; pick up 30 minutes before.
  registration_platform: {
    name: '挂号平台式',
    about: '提前 1 至 14 天，前一天 15:00 前可取消，爽约 3 次停约半年，提前 30 分钟取号。',
    settings: {
      ...standard,
      perDay: 1,
      cancelBy: { daysBefore: 1, minute: 15 * 60 },
      noShow: { count: 3, withinDays: 365, suspendDays: 183 },
      checkIn: { earlyMinutes: 60, onTimeBeforeMinutes: 30, graceMinutes: 0, lateMinutes: 30 },
    },
    window: { fromDays: 1, toDays: 14 },
  },
  // 华西 (icbw.com.cn, thread 63676): three no-shows: half a year; returned numbers come back at random times.
  teaching_hospital: {
    name: '大医院防倒号式',
    about: '爽约 3 次停约半年，退号在 10 分钟到 2 小时后随机放出。',
    settings: {
      ...standard,
      perDay: 1,
      open: 2,
      noShow: { count: 3, withinDays: 365, suspendDays: 183 },
      reopen: { minMinutes: 10, maxMinutes: 120 },
      drip: { atOpening: 0.5, overHours: 12 },
    },
    window: { fromDays: 1, toDays: 7 },
  },
} as const satisfies Record<string, PolicyPreset>;

export type PolicyPresetKey = keyof typeof policyPresets;

export interface PolicyFault {
  readonly field: keyof BookingSettings;
  /** Chinese, says what to do. */
  readonly text: string;
}

/** Numbers that contradict each other; empty where all is well. */
export function policyFaults(settings: BookingSettings): PolicyFault[] {
  const faults: PolicyFault[] = [];
  const add = (field: keyof BookingSettings, text: string) => faults.push({ field, text });
  const { perDay, perWeek, perMonth, reopen, drip, checkIn, noShow, holdMinutes, noticeMinutes } = settings;
  if (perDay > perWeek) add('perWeek', '每周次数不能少于每天次数，请增加每周次数。');
  if (perWeek > perMonth) add('perMonth', '每月次数不能少于每周次数，请增加每月次数。');
  if (reopen.minMinutes > reopen.maxMinutes) add('reopen', '退号放出的最短延后时间大于最长时间，请对调。');
  if (drip.atOpening < 0 || drip.atOpening > 1) add('drip', '开放时放出的比例要在 0 到 1 之间。');
  if (drip.atOpening < 1 && drip.overHours === 0)
    add('drip', '分批放号需要填写在几小时内放完；一次放完请把比例设为 1。');
  if (checkIn.onTimeBeforeMinutes > checkIn.earlyMinutes)
    add('checkIn', '“按时”的提前量不能超过最早签到的提前量，请调整。');
  if (checkIn.graceMinutes > checkIn.lateMinutes)
    add('checkIn', '不算迟到的时间不能超过最晚签到的时间，请调整。');
  if (noShow.count > 0 && !noShow.calendarMonth && noShow.suspendDays === 0)
    add('noShow', '爽约次数已设，请填写停约天数；不停约请把次数设为 0。');
  if (holdMinutes > 0 && noticeMinutes > 0 && holdMinutes > noticeMinutes)
    add('holdMinutes', '占号时间比最晚预约时间还长，填完时可能已过时，请缩短。');
  return faults;
}

/** The rules as citizens read them before they pick a time. */
export function policyInWords(settings: BookingSettings): string[] {
  const { perDay, perWeek, perMonth, open, noticeMinutes, reopen, drip, holdMinutes } = settings;
  const notice =
    noticeMinutes > 0 ? [`最晚在开始前 ${lengthInWords(noticeMinutes)}预约。`] : ['开始之前都可以预约。'];
  return [
    '预约需要实名；替家人或单位预约要先有授权，次数算在办事的人或单位名下；同一事项每天只能预约一次。',
    `每人每天最多预约 ${perDay} 次，每周最多 ${perWeek} 次，每月最多 ${perMonth} 次，未办理的预约最多 ${open} 个。`,
    ...notice,
    `选好时间后为您保留 ${holdMinutes} 分钟，请在此时间内确认。`,
    cancelInWords(settings),
    '自己取消或改约后，原来的时段不能再约。',
    ...arrivalInWords(settings),
    ...noShowInWords(settings),
    ...(reopen.maxMinutes > 0
      ? [`退回的名额会在 ${reopen.minMinutes} 至 ${reopen.maxMinutes} 分钟内随机放出，不必反复刷新。`]
      : []),
    ...(drip.atOpening < 1
      ? [
          `每天的名额开放时先放出 ${Math.round(drip.atOpening * 100)}%，其余在 ${drip.overHours} 小时内分批放出。`,
        ]
      : []),
  ];
}

function cancelInWords({ cancelBy, cancelHoursBefore }: BookingSettings): string {
  if (cancelBy) {
    const day = ['当天', '前一天', '前两天'][cancelBy.daysBefore] ?? `前 ${cancelBy.daysBefore} 天`;
    return `如不能到场，请在预约${day} ${formatClock(cancelBy.minute)} 前取消，把名额留给别人。`;
  }
  return cancelHoursBefore > 0
    ? `如不能到场，请在预约时间 ${cancelHoursBefore} 小时前取消，把名额留给别人。`
    : '如不能到场，请在预约时间前取消，把名额留给别人。';
}

function arrivalInWords({ checkIn }: BookingSettings): string[] {
  const { earlyMinutes, graceMinutes, lateMinutes } = checkIn;
  const early = earlyMinutes > 0 ? `请在预约时间前 ${earlyMinutes} 分钟内签到` : '请在预约时间签到';
  const grace = graceMinutes > 0 ? `，晚到 ${graceMinutes} 分钟以内不影响顺序` : '';
  const late = lateMinutes > 0 ? `，晚到超过 ${lateMinutes} 分钟预约作废` : '，过了预约时间预约作废';
  return [`${early}${grace}${late}，可以现场取号。`];
}

function noShowInWords({ noShow }: BookingSettings): string[] {
  const { count, withinDays, suspendDays, calendarMonth } = noShow;
  if (count <= 0) return [];
  return [
    calendarMonth
      ? `一个月内 ${count} 次预约未到，当月暂停网上预约，仍可现场取号；有正当原因可以申诉。`
      : `${withinDays} 天内 ${count} 次预约未到，暂停网上预约 ${suspendDays} 天，仍可现场取号；有正当原因可以申诉。`,
  ];
}

function lengthInWords(minutes: number): string {
  return minutes >= 120 && minutes % 60 === 0 ? `${minutes / 60} 小时` : `${minutes} 分钟`;
}
