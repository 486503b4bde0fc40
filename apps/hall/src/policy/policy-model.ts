import type { BookingPolicy, PolicyPreset, PolicySettings } from '@haoban/contracts';
import { numberGroups } from './policy-fields.js';

/** What a saved policy would become: one of the ready sets, or numbers of the hall's own. */
export interface PolicyDraft {
  readonly preset: BookingPolicy['preset'];
  readonly settings: PolicySettings;
}

/** What has to be corrected, by the key of its number on the page. */
export type PolicyFaults = Readonly<Record<string, string>>;

export function sameSettings(a: PolicySettings, b: PolicySettings): boolean {
  return fingerprint(a) === fingerprint(b);
}

/** A set that is not changed keeps its name, also where its numbers were typed by hand. */
export function draftOf(settings: PolicySettings, presets: readonly PolicyPreset[]): PolicyDraft {
  const preset = presets.find((each) => sameSettings(each.settings, settings));
  return { preset: preset?.key ?? 'custom', settings };
}

export function policyFaults(settings: PolicySettings): PolicyFaults {
  const { perDay, perWeek, perMonth, checkIn, reopen, cancelBy } = settings;
  const faults: Record<string, string> = {};
  if (perWeek < perDay) faults.perWeek = '不能少于每天的次数';
  if (perMonth < perWeek) faults.perMonth = '不能少于每周的次数';
  if (cancelBy && !cancelBy.at) faults.cancelAt = '请填写时间';
  if (checkIn.lateMinutes < checkIn.graceMinutes) faults['checkIn.lateMinutes'] = '不能少于不影响顺序的';
  if (reopen.maxMinutes < reopen.minMinutes) faults['reopen.maxMinutes'] = '不能早于最快放出';
  for (const { key, read, shown } of numberGroups.flatMap(({ numbers }) => numbers))
    if ((shown?.(settings) ?? true) && Number.isNaN(read(settings))) faults[key] = '请填写数字';
  return faults;
}

export interface Sentence {
  readonly text: string;
  readonly change: 'same' | 'new';
}

/** What a citizen will read, with what is new in it, and what no longer stands there. */
export function compareRules(
  now: readonly string[],
  then: readonly string[],
): { readonly then: readonly Sentence[]; readonly gone: readonly string[] } {
  return {
    then: then.map((text) => ({ text, change: now.includes(text) ? 'same' : 'new' })),
    gone: now.filter((text) => !then.includes(text)),
  };
}

export interface PresetLine {
  readonly ahead: string;
  readonly perPerson: string;
  readonly cancel: string;
  readonly noShow: string;
}

/** The columns in which the published rules of halls differ. */
export function presetLine({ settings, window }: Pick<PolicyPreset, 'settings' | 'window'>): PresetLine {
  const { perDay, perWeek, perMonth, cancelHoursBefore, cancelBy, noShow } = settings;
  return {
    ahead: window
      ? `${window.fromDays === 0 ? '当天' : `${window.fromDays} 天`}至 ${window.toDays} 天`
      : '按日历',
    perPerson: `日 ${perDay} · 周 ${perWeek} · 月 ${perMonth}`,
    cancel: cancelBy
      ? `${cancelBy.daysBefore === 0 ? '当天' : cancelBy.daysBefore === 1 ? '前一天' : `${cancelBy.daysBefore} 天前`} ${cancelBy.at} 前`
      : cancelHoursBefore === 0
        ? '开始前'
        : `${cancelHoursBefore} 小时前`,
    noShow:
      noShow.count === 0
        ? '不限制'
        : noShow.calendarMonth
          ? `当月 ${noShow.count} 次，停到月底`
          : `${noShow.withinDays} 天内 ${noShow.count} 次，停 ${noShow.suspendDays} 天`,
  };
}

function fingerprint(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? '';
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([key, each]) => `${key}:${fingerprint(each)}`).join()}}`;
}
