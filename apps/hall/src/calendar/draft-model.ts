import type { CalendarRule, CalendarStretch } from '@haoban/contracts';
import { ruleTitle } from './rule-words.js';

export interface DraftRule {
  /** The id, or one of its own for a rule that was never saved. */
  readonly key: string;
  readonly rule: CalendarRule;
  readonly removed: boolean;
}

/** The rules of a queue as the manager is about to save them, all together, on top of a saved version. */
export interface Draft {
  readonly version: number;
  readonly base: readonly CalendarRule[];
  readonly rules: readonly DraftRule[];
}

export type RuleChange = 'same' | 'new' | 'changed' | 'removed';

export function startDraft(version: number, rules: readonly CalendarRule[]): Draft {
  return {
    version,
    base: rules,
    rules: rules.map((rule, i) => ({ key: rule.id ?? `saved-${i}`, rule, removed: false })),
  };
}

export function changeOf(draft: Draft, { rule, removed }: DraftRule): RuleChange {
  const before = draft.base.find(({ id }) => id !== undefined && id === rule.id);
  if (!before) return 'new';
  if (removed) return 'removed';
  return sameRule(before, rule) ? 'same' : 'changed';
}

export function countChanges(draft: Draft): number {
  return draft.rules.filter((each) => changeOf(draft, each) !== 'same').length;
}

export function editRule(draft: Draft, key: string, change: Partial<CalendarRule>): Draft {
  return withRule(draft, key, (each) => ({ ...each, rule: { ...each.rule, ...change } }));
}

/** A rule that was never saved goes at once; any other is marked, and can be taken back until the draft is saved. */
export function removeRule(draft: Draft, key: string): Draft {
  const found = draft.rules.find((each) => each.key === key);
  if (found && changeOf(draft, found) === 'new')
    return { ...draft, rules: draft.rules.filter((each) => each !== found) };
  return withRule(draft, key, (each) => ({ ...each, removed: true }));
}

/** Back to what is saved. */
export function restoreRule(draft: Draft, key: string): Draft {
  return withRule(draft, key, (each) => ({
    ...each,
    removed: false,
    rule: draft.base.find(({ id }) => id === each.rule.id) ?? each.rule,
  }));
}

export function addRule(draft: Draft, key: string, rule: CalendarRule): Draft {
  return { ...draft, rules: [...draft.rules, { key, rule, removed: false }] };
}

export function rulesOf(draft: Draft): CalendarRule[] {
  return draft.rules.filter(({ removed }) => !removed).map(({ rule }) => rule);
}

/**
 * Puts the changes of a draft on top of what a colleague has saved meanwhile. `both` names the rules that both have changed: there the
 * draft wins, and whoever saves it has to know.
 */
export function rebaseDraft(
  draft: Draft,
  version: number,
  rules: readonly CalendarRule[],
): { readonly draft: Draft; readonly both: readonly string[] } {
  const both: string[] = [];
  const mine = new Map(draft.rules.map((each) => [each.rule.id, each]));
  const rebased = rules.map((rule, i): DraftRule => {
    const own = mine.get(rule.id);
    const unchanged = { key: rule.id ?? `saved-${i}`, rule, removed: false };
    if (!own || changeOf(draft, own) === 'same') return unchanged;
    const before = draft.base.find(({ id }) => id === rule.id);
    if (before && !sameRule(before, rule)) both.push(ruleTitle(rule));
    return own;
  });
  // What a colleague has removed and I have changed comes back as a new rule: dropping it would lose what was typed.
  const lost = draft.rules
    .filter((each) => !rules.some(({ id }) => id !== undefined && id === each.rule.id))
    .filter((each) => ['new', 'changed'].includes(changeOf(draft, each)))
    // My own save whose answer got lost: it is there already.
    .filter(({ rule }) => !rules.some((saved) => sameRule({ ...saved, id: rule.id }, rule)))
    .map((each): DraftRule => {
      if (changeOf(draft, each) === 'changed') both.push(ruleTitle(each.rule));
      return { ...each, rule: { ...each.rule, id: undefined } };
    });
  return { draft: { version, base: rules, rules: [...rebased, ...lost] }, both };
}

export type Faults<T> = Partial<Record<keyof T, string>>;

/** What has to be corrected before a stretch can be previewed or saved, by field. */
export function stretchFaults(stretch: CalendarStretch): Faults<CalendarStretch> {
  const { from, to, slotMinutes, desksPublic, desksGreen, desksInternal } = stretch;
  const faults: Faults<CalendarStretch> = {};
  if (!from) faults.from = '请填写开始时间';
  if (!to) faults.to = '请填写结束时间';
  else if (from && to <= from) faults.to = '要晚于开始时间';
  if (!(slotMinutes >= 5)) faults.slotMinutes = '至少 5 分钟';
  else if (from && to > from && minutes(to) - minutes(from) < slotMinutes)
    faults.slotMinutes = '比开放的时间还长';
  if (!whole(desksPublic)) faults.desksPublic = '请填写数字';
  if (!whole(desksGreen)) faults.desksGreen = '请填写数字';
  if (!(whole(desksInternal) && desksInternal > 0)) faults.desksInternal = '至少 1 个';
  else if (desksPublic + desksGreen > desksInternal)
    faults.desksInternal = `公开和绿色通道已有 ${desksPublic + desksGreen} 个`;
  return faults;
}

export function ruleFaults(rule: CalendarRule): Faults<CalendarRule> {
  const { weekdays, firstDay, lastDay, windowFromDays, windowToDays, everyWeeks } = rule;
  const faults: Faults<CalendarRule> = stretchFaults(rule);
  if (weekdays.length === 0) faults.weekdays = '至少选一天';
  if (firstDay && lastDay && lastDay < firstDay) faults.lastDay = '要晚于开始日期';
  if (!whole(everyWeeks) || everyWeeks < 1) faults.everyWeeks = '至少 1 周';
  if (!whole(windowFromDays)) faults.windowFromDays = '请填写数字';
  if (!whole(windowToDays)) faults.windowToDays = '请填写数字';
  else if (windowToDays < windowFromDays) faults.windowToDays = '不能早于最早可约';
  return faults;
}

export function hasFaults(draft: Draft): boolean {
  return rulesOf(draft).some((rule) => Object.keys(ruleFaults(rule)).length > 0);
}

export const newRule: CalendarRule = {
  name: '',
  kind: 'window',
  from: '09:00',
  to: '12:00',
  slotMinutes: 30,
  desksPublic: 2,
  desksGreen: 0,
  desksInternal: 3,
  classPlaces: null,
  weekdays: [1, 2, 3, 4, 5],
  everyWeeks: 1,
  weekOfMonth: null,
  firstDay: null,
  lastDay: null,
  windowFromDays: 0,
  windowToDays: 13,
  noticeMinutes: null,
};

function withRule(draft: Draft, key: string, change: (each: DraftRule) => DraftRule): Draft {
  return { ...draft, rules: draft.rules.map((each) => (each.key === key ? change(each) : each)) };
}

function sameRule(a: CalendarRule, b: CalendarRule): boolean {
  return fingerprint(a) === fingerprint(b);
}

/** The order of the fields and of the weekdays means nothing. */
function fingerprint(rule: CalendarRule): string {
  const fields = { ...rule, weekdays: [...rule.weekdays].sort((a, b) => a - b) };
  const set = Object.entries(fields).filter(([, value]) => value !== undefined);
  return JSON.stringify(set.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function minutes(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
}

const whole = (value: number) => Number.isInteger(value) && value >= 0;
