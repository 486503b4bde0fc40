import type { CalendarException, PlannedSlot, PreviewDay } from '@haoban/contracts';
import { formatDay } from '@haoban/domain';
import type { Tone } from '../common/words.js';

export type DayState = 'open' | 'full' | 'override' | 'worked' | 'partly' | 'closed' | 'holiday' | 'none';

export interface DayFacts {
  readonly state: DayState;
  readonly slots: number;
  readonly places: number;
  readonly left: number;
  /** Why the day is unlike others. */
  readonly note: string | null;
}

export const dayWords: Record<DayState, string> = {
  open: '开放',
  full: '已满',
  override: '单独安排',
  worked: '调休上班',
  partly: '部分停办',
  closed: '停办',
  holiday: '放假',
  none: '不放号',
};

export const dayTones: Record<DayState, Tone> = {
  open: 'good',
  full: 'warn',
  override: 'info',
  worked: 'info',
  partly: 'warn',
  closed: 'called',
  holiday: 'neutral',
  none: 'neutral',
};

/** What one cell of the month says; `exceptions` are those of its day. */
export function dayFacts(day: PreviewDay, exceptions: readonly CalendarException[]): DayFacts {
  const slots = day.slots.filter(({ change }) => change !== 'gone');
  const left = slots.reduce((sum, slot) => sum + leftIn(slot), 0);
  const places = slots.reduce((sum, { internal }) => sum + internal, 0);
  return { state: stateOf(day, slots, left, exceptions), slots: slots.length, places, left, note: day.note };
}

export function leftIn({ internal, taken }: Pick<PlannedSlot, 'internal' | 'taken'>): number {
  return Math.max(0, internal - taken);
}

/** '7月14日 周二 12 个时段 余 30', '7月18日 周六 停办 系统升级': everything the cell shows, in the order in which one asks. */
export function dayName(day: string, facts: DayFacts | undefined, today: string): string {
  const name = `${formatDay(day)}${day === today ? ' 今天' : ''}`;
  if (!facts) return `${name} 正在读取`;
  const { state, slots, left } = facts;
  const why = whyOf(facts);
  const said = state === 'open' ? [] : [dayWords[state]];
  if (slots > 0) said.push(`${slots} 个时段`, `余 ${left}`);
  if (why) said.push(why);
  return [name, ...said].join(' ');
}

/** The reason without the word of the state, which the server puts in front of it for citizens. */
export function whyOf({ state, note }: Pick<DayFacts, 'state' | 'note'>): string {
  const word = dayWords[state];
  return (note ?? '').replace(new RegExp(`^${word}(：|$)`), '');
}

export function exceptionsOf(exceptions: readonly CalendarException[], day: string): CalendarException[] {
  return exceptions.filter((each) => each.day === day);
}

function stateOf(
  day: PreviewDay,
  slots: readonly PlannedSlot[],
  left: number,
  exceptions: readonly CalendarException[],
): DayState {
  const closed = exceptions.some(({ kind }) => kind === 'closure');
  if (slots.length > 0) {
    if (day.byHand) return 'override';
    if (closed) return 'partly';
    if (day.kind === 'worked_weekend') return 'worked';
    return left > 0 ? 'open' : 'full';
  }
  if (closed) return 'closed';
  if (day.kind === 'holiday') return 'holiday';
  return 'none';
}
