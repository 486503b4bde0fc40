/**
 * The waitlist (候补): who is asked next when a place comes back, what a day's part is, and the life of an entry. The railway's 候补
 * shows the shape: one joins once, is told the place in line, and a freed place is kept for a few minutes for whoever is next.
 */
import type { ReopenDelay } from './booking-rules.js';
import type { ActorRole, Contingent } from './states.js';
import { minuteMs } from './time.js';
import { actionsFrom, decideStep } from './transitions.js';
import type { Decision, Transitions } from './transitions.js';

/** 等候, 已为您保留, 已约上, 已退出, 已结束. */
export const waitlistStates = ['waiting', 'offered', 'booked', 'left', 'ended'] as const;
export type WaitlistState = (typeof waitlistStates)[number];

export const waitlistActions = ['offer', 'accept', 'decline', 'lapse', 'leave', 'end'] as const;
export type WaitlistAction = (typeof waitlistActions)[number];

/** `lapse`: the offer ran out. `end`: the day is over or closed, or the person got a booking in another way. */
export const waitlistTransitions = {
  waiting: {
    offer: { to: 'offered', by: ['system'] },
    leave: { to: 'left', by: ['citizen'] },
    end: { to: 'ended', by: ['system'] },
  },
  offered: {
    accept: { to: 'booked', by: ['citizen', 'system'] },
    decline: { to: 'waiting', by: ['citizen'] },
    lapse: { to: 'waiting', by: ['system'] },
    leave: { to: 'left', by: ['citizen'] },
  },
  booked: {},
  left: {},
  ended: {},
} as const satisfies Transitions<WaitlistState, WaitlistAction>;

/** States in which a person still hopes for a place; at most one such entry per person, item and day. */
export const openWaitlistStates = ['waiting', 'offered'] as const satisfies WaitlistState[];

/** The state after `action`, or WAITLIST_STATE / FORBIDDEN. */
export function decideWaitlist(
  state: WaitlistState,
  action: WaitlistAction,
  role: ActorRole,
): Decision<WaitlistState> {
  return decideStep<WaitlistState, WaitlistAction>(
    waitlistTransitions,
    state,
    action,
    role,
    'WAITLIST_STATE',
  );
}

export function availableWaitlistActions(state: WaitlistState, role: ActorRole): WaitlistAction[] {
  return actionsFrom<WaitlistState, WaitlistAction>(waitlistTransitions, state, role);
}

export interface WaitlistPlace {
  readonly id: string;
  readonly joinedAt: Date;
  /** Offers that this entry let go by. */
  readonly passed: number;
  readonly green: boolean;
}

/**
 * The order in which people are asked: who let fewer offers pass comes first, then who joined first. A place of the green channel is only
 * for those with evidence; evidence gives no lead for the other places, or the public ones would all go to it.
 */
export function waitlistOrder<Entry extends WaitlistPlace>(
  entries: readonly Entry[],
  contingent: Contingent = 'public',
): Entry[] {
  return entries
    .filter(({ green }) => contingent !== 'green' || green)
    .sort(
      (a, b) => a.passed - b.passed || a.joinedAt.getTime() - b.joinedAt.getTime() || (a.id < b.id ? -1 : 1),
    );
}

export const waitlistParts = ['any', 'morning', 'afternoon'] as const;
export type WaitlistPart = (typeof waitlistParts)[number];

const NOON = 12 * 60;

/** Whether a visit that begins at this minute of the day is in the part. */
export function inPartOfDay(startMinute: number, part: WaitlistPart): boolean {
  if (part === 'any') return true;
  return part === 'morning' ? startMinute < NOON : startMinute >= NOON;
}

/** Whether two people may be after the same place. */
export function partsMeet(a: WaitlistPart, b: WaitlistPart): boolean {
  return a === 'any' || b === 'any' || a === b;
}

/** The hall's delay, but never more than half of the time that is left: a place that opens after its start helps nobody. */
export function delayBefore(startsAt: Date, now: Date, { minMinutes, maxMinutes }: ReopenDelay): ReopenDelay {
  const half = Math.floor((startsAt.getTime() - now.getTime()) / (2 * minuteMs));
  return { minMinutes: Math.min(minMinutes, half), maxMinutes: Math.min(maxMinutes, half) };
}

/** When a returned place opens again; `random01` in [0, 1). Both ends of the delay are included, to the millisecond. */
export function reopenAt(returnedAt: Date, delay: ReopenDelay, random01: number): Date {
  const { minMinutes, maxMinutes } = delay;
  const span = Math.max(0, maxMinutes - minMinutes) * minuteMs;
  return new Date(returnedAt.getTime() + minMinutes * minuteMs + Math.floor(random01 * (span + 1)));
}
