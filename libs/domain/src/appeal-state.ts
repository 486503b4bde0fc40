/** A person who missed a booking may say why, once and within a month; the hall's manager takes it off the record or says why not. */
import type { ActorRole, BookingState } from './states.js';
import type { LocalDay } from './time.js';
import { addDays } from './time.js';
import { actionsFrom, decideStep } from './transitions.js';
import type { Decision, Transitions } from './transitions.js';

/** 待处理, 已采纳, 未采纳. */
export const appealStates = ['open', 'granted', 'refused'] as const;
export type AppealState = (typeof appealStates)[number];

export const appealStateTexts: Record<AppealState, string> = {
  open: '等待处理',
  granted: '已采纳，不再计入爽约',
  refused: '未采纳',
};

export const appealActions = ['grant', 'refuse'] as const;
export type AppealAction = (typeof appealActions)[number];

export const appealTransitions = {
  open: {
    grant: { to: 'granted', by: ['manager'] },
    refuse: { to: 'refused', by: ['manager'] },
  },
  granted: {},
  refused: {},
} as const satisfies Transitions<AppealState, AppealAction>;

/** The state after `action`, or APPEAL_STATE / FORBIDDEN. */
export function decideAppeal(
  state: AppealState,
  action: AppealAction,
  role: ActorRole,
): Decision<AppealState> {
  return decideStep<AppealState, AppealAction>(appealTransitions, state, action, role, 'APPEAL_STATE');
}

export function availableAppealActions(state: AppealState, role: ActorRole): AppealAction[] {
  return actionsFrom<AppealState, AppealAction>(appealTransitions, state, role);
}

/** So many days after the missed one it can still be appealed. */
export const appealDays = 30;

export interface MissedBooking {
  readonly state: BookingState;
  readonly day: LocalDay;
  readonly excused: boolean;
  /** Whether there is an appeal already, whatever became of it. */
  readonly appealed: boolean;
}

/** The last day on which a no-show can be appealed. */
export function appealUntil(day: LocalDay): LocalDay {
  return addDays(day, appealDays);
}

/** BOOKING_STATE where nothing was missed, APPEAL_EXISTS or APPEAL_TOO_LATE. */
export function mayAppeal(missed: MissedBooking, today: LocalDay): Decision<AppealState> {
  if (missed.state !== 'no_show' || missed.excused) return { ok: false, code: 'BOOKING_STATE' };
  if (missed.appealed) return { ok: false, code: 'APPEAL_EXISTS' };
  return today <= appealUntil(missed.day)
    ? { ok: true, next: 'open' }
    : { ok: false, code: 'APPEAL_TOO_LATE' };
}
