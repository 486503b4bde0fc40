/** A calendar in sentences, for the history of changes and for whoever would rather read than compare numbers. */
import type { BookingRule, CalendarStretch } from './calendar.js';
import type { VisitKind } from './states.js';
import { formatClock, formatDay } from './time.js';
import type { LocalDay } from './time.js';

export const visitKindNames: Readonly<Record<VisitKind, string>> = {
  window: '窗口',
  phone: '电话',
  video: '视频',
  home: '上门',
  after_hours: '延时',
  agent: '代办',
};

const weekdayNames = ['周一', '周二', '周三', '周四', '周五', '周六', '周日'] as const;
const ordinals: Readonly<Record<string, string>> = {
  1: '第一个',
  2: '第二个',
  3: '第三个',
  4: '第四个',
  5: '第五个',
};

/** '窗口：周一至周五 09:00–12:00，每 30 分钟一段，每段 4 个名额（网上 3 个）；提前 0 至 13 天可约' */
export function ruleInWords(rule: BookingRule): string {
  const { name, weekdays, everyWeeks = 1, weekOfMonth, firstDay, lastDay } = rule;
  const which = weekdaysInWords(weekdays);
  const days =
    weekOfMonth === undefined
      ? everyWeeks > 1
        ? `每 ${everyWeeks} 周的${which}`
        : which
      : `每月${weekOfMonth === -1 ? '最后一个' : (ordinals[weekOfMonth] ?? '')}${which}`;
  const span = [
    ...(firstDay === undefined ? [] : [`从 ${formatDay(firstDay)}起`]),
    ...(lastDay === undefined ? [] : [`到 ${formatDay(lastDay)}止`]),
  ].join('');
  const window =
    rule.windowFromDays === rule.windowToDays
      ? `提前 ${rule.windowToDays} 天可约`
      : `提前 ${rule.windowFromDays} 至 ${rule.windowToDays} 天可约`;
  const notice = rule.noticeMinutes === undefined ? '' : `，最晚开始前 ${rule.noticeMinutes} 分钟`;
  return `${name ? `${name}，` : ''}${kindOf(rule)}：${days} ${placesInWords(rule)}；${window}${notice}${span ? `；${span}` : ''}`;
}

/** '窗口：09:00–12:00，每 30 分钟一段，每段 4 个名额（网上 3 个）' */
export function stretchInWords(stretch: CalendarStretch): string {
  return `${kindOf(stretch)}：${placesInWords(stretch)}`;
}

/** '7月14日 周二 14:00–17:00 停办：设备检修' */
export function closureInWords(closure: {
  readonly day: LocalDay;
  readonly from: number | null;
  readonly to: number | null;
  readonly reason: string;
}): string {
  const { day, from, to, reason } = closure;
  const when = from === null || to === null ? '全天' : `${formatClock(from)}–${formatClock(to)}`;
  return `${formatDay(day)} ${when} 停办：${reason}`;
}

/** '周一至周五', '周六、周日'; '每天' for all seven. */
export function weekdaysInWords(weekdays: readonly number[]): string {
  const days = [...new Set(weekdays)].sort();
  const nameOf = (day: number | undefined) => weekdayNames[(day ?? 1) - 1] ?? '';
  if (days.length === 7) return '每天';
  const inRow = days.every((day, i) => i === 0 || day === (days[i - 1] ?? 0) + 1);
  if (days.length >= 3 && inRow) return `${nameOf(days[0])}至${nameOf(days.at(-1))}`;
  return days.map(nameOf).join('、');
}

function kindOf({ kind = 'window' }: CalendarStretch): string {
  return visitKindNames[kind];
}

function placesInWords(stretch: CalendarStretch): string {
  const { from, to, slotMinutes, desksPublic, desksGreen = 0, desksInternal, classPlaces = {} } = stretch;
  const parts = [
    `网上 ${desksPublic} 个`,
    ...(desksGreen > 0 ? [`绿色通道 ${desksGreen} 个`] : []),
    ...Object.entries(classPlaces).map(
      ([name, places]) => `${name === 'long' ? '长事项' : `${name} 类事项`}最多 ${places} 个`,
    ),
  ];
  return `${formatClock(from)}–${formatClock(to)}，每 ${slotMinutes} 分钟一段，每段 ${desksInternal} 个名额（${parts.join('，')}）`;
}
