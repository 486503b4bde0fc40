import type { CalendarRule, CalendarStretch } from '@haoban/contracts';
import type { VisitKind } from '@haoban/domain';

export const kindWords: Record<VisitKind, string> = {
  window: '窗口',
  phone: '电话',
  video: '视频',
  home: '上门',
  after_hours: '延时',
  agent: '代办',
};

const weekdayWords = ['周一', '周二', '周三', '周四', '周五', '周六', '周日'];
const classWords: Readonly<Record<string, string>> = { long: '长事项' };

export function classWord(itemClass: string): string {
  return classWords[itemClass] ?? itemClass;
}

/** [1, 2, 3, 4, 5] → '周一至周五'; [1, 3, 6, 7] → '周一、周三、周六、周日' */
export function weekdaysWord(weekdays: readonly number[]): string {
  const days = [...new Set(weekdays)].sort((a, b) => a - b);
  if (days.length === 7) return '每天';
  const runs: number[][] = [];
  for (const day of days) {
    const run = runs.at(-1);
    if (run && run.at(-1) === day - 1) run.push(day);
    else runs.push([day]);
  }
  const word = (day: number | undefined) => weekdayWords[(day ?? 1) - 1] ?? '';
  const words = runs.flatMap((run) =>
    run.length > 2 ? [`${word(run[0])}至${word(run.at(-1))}`] : run.map((day) => word(day)),
  );
  return words.length > 0 ? words.join('、') : '没有选星期';
}

/** '2026-07-14' → '7月14日', with the year where it isn't `today`'s */
export function dateWord(day: string, today: string): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${day.slice(0, 4) === today.slice(0, 4) ? '' : `${year}年`}${month}月${date}日`;
}

/** '周一至周五 09:00–12:00 每 30 分钟', then how it repeats and between which dates */
export function whenWords(rule: CalendarRule, today: string): string[] {
  const { weekdays, everyWeeks, weekOfMonth, firstDay, lastDay } = rule;
  const words = [`${weekdaysWord(weekdays)} ${timesWord(rule)}`];
  if (everyWeeks > 1) words.push(`每 ${everyWeeks} 周一次`);
  if (weekOfMonth !== null)
    words.push(weekOfMonth === -1 ? '只在每月最后一个' : `只在每月第 ${weekOfMonth} 个`);
  if (firstDay && lastDay) words.push(`${dateWord(firstDay, today)}至${dateWord(lastDay, today)}`);
  else if (firstDay) words.push(`${dateWord(firstDay, today)}起`);
  else if (lastDay) words.push(`到${dateWord(lastDay, today)}为止`);
  return words;
}

export function timesWord({
  from,
  to,
  slotMinutes,
}: Pick<CalendarStretch, 'from' | 'to' | 'slotMinutes'>): string {
  return `${from}–${to} 每 ${slotMinutes} 分钟`;
}

/** '公开 3 · 绿色 1 · 共 5' */
export function placesWord(
  stretch: Pick<CalendarStretch, 'desksPublic' | 'desksGreen' | 'desksInternal'>,
): string {
  const { desksPublic, desksGreen, desksInternal } = stretch;
  return [
    `公开 ${desksPublic}`,
    ...(desksGreen > 0 ? [`绿色 ${desksGreen}`] : []),
    `共 ${desksInternal}`,
  ].join(' · ');
}

/** '当天至 13 天后' */
export function windowWord({ windowFromDays, windowToDays }: CalendarRule): string {
  const word = (days: number) => (days === 0 ? '当天' : `${days} 天后`);
  return windowFromDays === windowToDays
    ? `只约${word(windowFromDays)}`
    : `${word(windowFromDays)}至 ${word(windowToDays)}`.replace('至 当天', '至当天');
}

export function ruleTitle(rule: CalendarRule): string {
  return rule.name || `${weekdaysWord(rule.weekdays)} ${rule.from}–${rule.to}`;
}
