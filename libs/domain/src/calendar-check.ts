/**
 * What a manager is told before a calendar is saved: faults that can't be saved, conflicts that can, what becomes of each slot, and which bookings
 * lose their time. Changing opening hours under existing bookings is where ZMS went wrong most often (Munich's tickets 1352, 1373, 1374: wrong
 * durations, overwritten and doubled slots).
 */
import type { BookingRule, CalendarStretch } from './calendar.js';
import { toOpeningRule } from './calendar.js';
import type { Slot } from './slots.js';
import { conflictingRules, ruleApplies } from './slots.js';
import type { VisitKind } from './states.js';
import type { LocalDay } from './time.js';
import { addMinutes, dayMinutes, isLocalDay } from './time.js';
import type { Opening } from './working-time.js';

export interface CalendarFault {
  /** Index of the rule or stretch. */
  readonly rule: number;
  readonly field: keyof BookingRule;
  /** Chinese, says what to do. */
  readonly text: string;
}

/** What can't be saved in a list of rules; empty where all is well. */
export function ruleFaults(rules: readonly BookingRule[]): CalendarFault[] {
  return rules.flatMap((rule, index) => {
    const faults = stretchFaults([rule]).map((fault) => ({ ...fault, rule: index }));
    const add = (field: keyof BookingRule, text: string) => faults.push({ rule: index, field, text });
    if (rule.weekdays.length === 0) add('weekdays', '请至少选择一个星期几。');
    if (new Set(rule.weekdays).size < rule.weekdays.length)
      add('weekdays', '同一个星期几选了两次，请去掉一个。');
    if (rule.windowFromDays > rule.windowToDays)
      add('windowToDays', '“最晚提前几天”不能少于“最早提前几天”，请改成一样或更多。');
    if (rule.everyWeeks !== undefined && rule.everyWeeks > 1 && rule.firstDay === undefined)
      add('firstDay', '隔周开放需要开始日期，才知道从哪一周算起，请填写。');
    if (rule.everyWeeks !== undefined && rule.everyWeeks > 1 && rule.weekOfMonth !== undefined)
      add('weekOfMonth', '“每几周”和“每月第几个”只能选一种，请去掉一个。');
    for (const field of ['firstDay', 'lastDay'] as const) {
      const day = rule[field];
      if (day !== undefined && !isLocalDay(day)) add(field, '没有这个日期，请重新选择。');
    }
    if (rule.firstDay !== undefined && rule.lastDay !== undefined && rule.firstDay > rule.lastDay)
      add('lastDay', '结束日期早于开始日期，请调整。');
    if (rule.id !== undefined && rules.findIndex(({ id }) => id === rule.id) !== index)
      add('id', '这条规则和另一条编号相同，请删除后重新添加。');
    return faults;
  });
}

/** What can't be saved in a day planned by hand. */
export function stretchFaults(plan: readonly CalendarStretch[]): CalendarFault[] {
  return plan.flatMap((stretch, rule) => {
    const faults: CalendarFault[] = [];
    const add = (field: keyof CalendarStretch, text: string) => faults.push({ rule, field, text });
    const { from, to, slotMinutes, desksPublic, desksInternal, desksGreen = 0, classPlaces = {} } = stretch;
    if (!(from >= 0 && to <= dayMinutes && from < to)) add('to', '结束时间要晚于开始时间，请调整。');
    else if (slotMinutes > to - from) add('slotMinutes', '开放时间不够一个时段，请缩短时段或延长时间。');
    if (!(slotMinutes > 0)) add('slotMinutes', '每个时段的分钟数要大于 0，请填写。');
    if (desksInternal < 1) add('desksInternal', '总名额至少为 1；不开放请删除这条规则。');
    if ([desksPublic, desksGreen, desksInternal].some((places) => places < 0 || !Number.isInteger(places)))
      add('desksInternal', '名额要填 0 或正整数。');
    if (desksPublic + desksGreen > desksInternal)
      add('desksInternal', '网上名额加绿色通道名额超过了总名额，请减少其中一项或增加总名额。');
    if (Object.values(classPlaces).some((places) => places > desksInternal))
      add('classPlaces', '某类事项的上限超过了总名额，请减少。');
    return faults;
  });
}

/** Pairs of rules of one kind that open at the same time, by index: the later one's slots there are dropped. */
export function overlappingRules(
  rules: readonly BookingRule[],
  days: readonly LocalDay[],
): { readonly rules: [number, number]; readonly days: LocalDay[] }[] {
  const kinds = [...new Set(rules.map(({ kind }) => kind ?? 'window'))];
  return kinds.flatMap((kind) => {
    // Named by index here: two rules may carry one id in a draft.
    const ofKind = rules.flatMap((rule, index) =>
      (rule.kind ?? 'window') === kind ? [{ ...toOpeningRule(rule, index), id: String(index) }] : [],
    );
    return conflictingRules(ofKind, days).map(([a, b]) => {
      const both = ofKind.filter(({ id }) => id === a || id === b);
      return {
        rules: [Number(a), Number(b)] as [number, number],
        days: days.filter((day) => both.every((rule) => ruleApplies(rule, day))),
      };
    });
  });
}

/** Rules that open on no day of `days`, by index. */
export function idleRules(rules: readonly BookingRule[], days: readonly LocalDay[]): number[] {
  return rules.flatMap((rule, index) =>
    days.some((day) => ruleApplies(toOpeningRule(rule, index), day)) ? [] : [index],
  );
}

export type SlotFate = 'same' | 'new' | 'changed' | 'gone';

export interface SlotChange {
  readonly slot: Slot;
  readonly change: SlotFate;
}

/** The slots of a day as they would be, and those that would go, by time and kind. */
export function compareSlots(before: readonly Slot[], after: readonly Slot[]): SlotChange[] {
  const keyOf = (slot: Slot) => `${slot.startMinute} ${slot.kind ?? 'window'}`;
  const old = new Map(before.map((slot) => [keyOf(slot), slot]));
  const kept = after.map((slot): SlotChange => {
    const was = old.get(keyOf(slot));
    old.delete(keyOf(slot));
    return { slot, change: was === undefined ? 'new' : sameOffer(was, slot) ? 'same' : 'changed' };
  });
  const gone = [...old.values()].map((slot): SlotChange => ({ slot, change: 'gone' }));
  return [...kept, ...gone].sort(
    (a, b) =>
      a.slot.startMinute - b.slot.startMinute ||
      (a.slot.kind ?? 'window').localeCompare(b.slot.kind ?? 'window'),
  );
}

/**
 * What becomes of a booking that takes these slots: undefined where they all stay, `regridded` where the time is still open but cut otherwise
 * (the booking stays as it is), `closed` where nobody would be there for a part of it.
 */
export function bookingFate(
  kind: VisitKind,
  span: Opening,
  starts: readonly number[],
  after: readonly Slot[],
): 'closed' | 'regridded' | undefined {
  const ofKind = after.filter((slot) => (slot.kind ?? 'window') === kind);
  if (starts.every((start) => ofKind.some(({ startMinute }) => startMinute === start))) return undefined;
  let reached = span.from;
  for (const slot of ofKind) {
    if (slot.startMinute <= reached) reached = Math.max(reached, slot.endMinute);
  }
  return reached >= span.to ? 'regridded' : 'closed';
}

/** So long before the booked time whoever has not chosen another one is cancelled. */
const answerHoursBefore = 2;
/** Whoever is told late still has so long, up to the booked time itself. */
const answerMinutes = 30;

/** From this instant on a booking whose time was closed, and whose owner has not answered, is called off by the hall. */
export function answerUntil(startsAt: Date, toldAt: Date): Date {
  const usual = addMinutes(startsAt, -answerHoursBefore * 60).getTime();
  const fair = addMinutes(toldAt, answerMinutes).getTime();
  return new Date(Math.min(startsAt.getTime(), Math.max(usual, fair)));
}

function sameOffer(a: Slot, b: Slot): boolean {
  const classes = (slot: Slot) => JSON.stringify(Object.entries(slot.places.perClass ?? {}).sort());
  return (
    a.endMinute === b.endMinute &&
    a.places.public === b.places.public &&
    (a.places.green ?? 0) === (b.places.green ?? 0) &&
    a.places.internal === b.places.internal &&
    classes(a) === classes(b)
  );
}
