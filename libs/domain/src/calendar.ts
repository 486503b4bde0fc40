/**
 * A queue's calendar: repeating rules, the hall's hours with holidays and 调休, closures, and days planned by hand. From these follow
 * the slots of a day and the hours in which people are served. What beats what, strongest first: a closure, a day planned by hand (also on a
 * holiday), the hall's hours, the repeating rules. Opening after hours (延时服务) is by its nature outside the hall's hours, but needs a day on which the hall opens at all.
 */
import type { Opening } from './working-time.js';
import type { VisitKind } from './states.js';
import type { LocalDay, Weekday } from './time.js';
import { dayMinutes } from './time.js';
import type { Closure, OpeningOffer, OpeningRule, Slot } from './slots.js';
import { noExceptions, ruleApplies, slotsOfDay } from './slots.js';

/** One stretch of opening: how it is cut into slots, and their places. Minutes after midnight. */
export interface CalendarStretch {
  /** Default `window`. */
  readonly kind?: VisitKind;
  readonly from: number;
  readonly to: number;
  /** 0 offers no slots. */
  readonly slotMinutes: number;
  readonly desksPublic: number;
  /** All places: public and green are parts of it. */
  readonly desksInternal: number;
  /** Green channel; default 0. */
  readonly desksGreen?: number;
  /** At most so many places of an item class at once, e.g. `{ long: 2 }`. */
  readonly classPlaces?: Readonly<Record<string, number>>;
}

/** A repeating opening. What is optional was added later; a rule without it means the default named here. */
export interface BookingRule extends CalendarStretch {
  /** Stable over edits; default: the rule's index. */
  readonly id?: string;
  readonly name?: string;
  /** 1 is Monday. */
  readonly weekdays: readonly number[];
  /** Default 1: every week, counted from the week of `firstDay`. */
  readonly everyWeeks?: number;
  /** Only the n-th such weekday of the month, -1 the last. */
  readonly weekOfMonth?: 1 | 2 | 3 | 4 | 5 | -1;
  readonly firstDay?: LocalDay;
  readonly lastDay?: LocalDay;
  readonly windowFromDays: number;
  readonly windowToDays: number;
  /** Soonest notice; default the hall's. */
  readonly noticeMinutes?: number;
}

/** What is special about one day of a queue. */
export interface CalendarDay {
  readonly day: LocalDay;
  /** The hall's hours of that day, holidays and 调休 worked in, closures not. */
  readonly periods: readonly Opening[];
  /** 调休: a weekend day that is worked, like a Monday. */
  readonly workedWeekend: boolean;
  /** Times without service, of the queue or of its whole hall. */
  readonly closures: readonly Opening[];
  /** The day as planned by hand; the id stands as rule of its slots. */
  readonly override?: { readonly id: string; readonly plan: readonly CalendarStretch[] } | null;
}

/** The farthest end that a booking window may have, in days from today. */
export const mostDaysAhead = 180;
/** Shown even where every window ends sooner: staff may book in these days, and citizens see that they are still to come. */
const fewestShown = 14;

/** How many days, today included, a queue with these rules shows and has slots for: as far as its farthest window reaches. */
export function shownDayCount(rules: readonly Pick<BookingRule, 'windowToDays'>[]): number {
  const farthest = Math.max(fewestShown - 1, ...rules.map(({ windowToDays }) => windowToDays));
  return Math.min(farthest, mostDaysAhead) + 1;
}

const beginning: LocalDay = '2000-01-03'; // a Monday
const forever: LocalDay = '9999-12-31';
export const wholeDay: Opening = { from: 0, to: dayMinutes };

/** The slots that the day has, by time; none where the hall is shut. Kinds stand side by side. */
export function calendarSlots(rules: readonly BookingRule[], facts: CalendarDay): Slot[] {
  const { day, override } = facts;
  const closures = toClosures(day, facts.closures);
  if (override) {
    const overrides = override.plan.map((stretch) => ({ ...toOffer(stretch, override.id), day }));
    return slotsOfDay([], { ...noExceptions, closures, overrides }, day);
  }
  const all = rules.map(toOpeningRule);
  const workedDays = facts.workedWeekend ? [{ day, as: 1 as Weekday }] : [];
  const within = all.filter(({ kind }) => kind !== 'after_hours');
  const shut = toClosures(day, complement(facts.periods));
  const slots = slotsOfDay(within, { ...noExceptions, closures: [...closures, ...shut], workedDays }, day);
  if (facts.periods.length === 0) return slots;
  const after = all.filter(({ kind }) => kind === 'after_hours');
  const late = slotsOfDay(after, { ...noExceptions, closures, workedDays }, day);
  return [...slots, ...late].sort((a, b) => a.startMinute - b.startMinute);
}

/**
 * When people of this queue are served that day, ascending: the hall's hours, opening after hours, and what is planned by hand, without
 * closures. Walk-in numbers and check-ins follow these.
 * @param kind also what is planned by hand for visits of this kind: calls on a holiday open no window, and are made all the same
 */
export function serviceHours(
  rules: readonly BookingRule[],
  facts: CalendarDay,
  kind: VisitKind = 'window',
): Opening[] {
  const { day, periods, override, workedWeekend } = facts;
  const late = rules
    .filter((rule) => rule.kind === 'after_hours' && periods.length > 0 && !override)
    .filter((rule, i) => ruleApplies(toOpeningRule(rule, i), day, workedWeekend ? 1 : undefined));
  const byHand = (override?.plan ?? []).filter(
    ({ kind: planned = 'window' }) => planned === 'window' || planned === 'after_hours' || planned === kind,
  );
  return without(union([...periods, ...late, ...byHand]), facts.closures);
}

/** `hours` without `closures`; both ascending or not, the result is. */
export function without(hours: readonly Opening[], closures: readonly Opening[]): Opening[] {
  return closures.reduce<Opening[]>(
    (left, closure) =>
      left.flatMap((span) =>
        [
          { from: span.from, to: Math.min(span.to, closure.from) },
          { from: Math.max(span.from, closure.to), to: span.to },
        ].filter(({ from, to }) => from < to),
      ),
    hours.map(({ from, to }) => ({ from, to })),
  );
}

/** A rule by the id that its slots carry. */
export function ruleIdOf(rule: Pick<BookingRule, 'id'>, index: number): string {
  return rule.id ?? String(index);
}

export function toOpeningRule(rule: BookingRule, index: number): OpeningRule {
  return {
    ...toOffer(rule, ruleIdOf(rule, index)),
    from: rule.firstDay ?? beginning,
    to: rule.lastDay ?? forever,
    weekdays: rule.weekdays as Weekday[],
    window: { fromDays: rule.windowFromDays, toDays: rule.windowToDays },
    ...(rule.everyWeeks !== undefined && { everyWeeks: rule.everyWeeks }),
    ...(rule.weekOfMonth !== undefined && { weekOfMonth: rule.weekOfMonth }),
  };
}

function toOffer(stretch: CalendarStretch, id: string): OpeningOffer {
  return {
    id,
    fromMinute: stretch.from,
    toMinute: stretch.to,
    slotMinutes: stretch.slotMinutes,
    kind: stretch.kind ?? 'window',
    desks: {
      public: stretch.desksPublic,
      green: stretch.desksGreen ?? 0,
      internal: stretch.desksInternal,
      ...(stretch.classPlaces && { perClass: stretch.classPlaces }),
    },
  };
}

function toClosures(day: LocalDay, spans: readonly Opening[]): Closure[] {
  return spans.map(({ from, to }) => ({ day, fromMinute: from, toMinute: to }));
}

function complement(hours: readonly Opening[]): Opening[] {
  return without([wholeDay], hours);
}

function union(spans: readonly Opening[]): Opening[] {
  const joined: { from: number; to: number }[] = [];
  for (const { from, to } of [...spans].sort((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else joined.push({ from, to });
  }
  return joined;
}
