/**
 * 绿色通道: who may take its places. The elderly by the ID number alone (65, the age of the cities' 优待证), the disabled, the
 * pregnant and the ill by a paper that they name in their profile. What is only declared counts too: the paper is looked at when the
 * person comes. Whoever was refused then is not taken at his word again for a while: the next paper counts once a desk has seen it.
 */
import { ageOn } from './people.js';
import type { ActorRole } from './states.js';
import type { LocalDay } from './time.js';
import { addDays } from './time.js';
import { actionsFrom, decideStep } from './transitions.js';
import type { Decision, Transitions } from './transitions.js';

/** From this age on no paper is needed. */
export const greenAge = 65;

/** What a paper can show; age shows in the ID number. */
export const greenReasons = ['disabled', 'pregnant', 'ill'] as const;
export type GreenReason = (typeof greenReasons)[number];

export const greenReasonTexts: Record<GreenReason | 'elderly', string> = {
  elderly: '65 岁及以上老年人',
  disabled: '残疾人',
  pregnant: '孕期或哺乳期',
  ill: '重病或行动不便',
};

/** 已登记, 已核验, 未通过, 已撤回. */
export const greenStates = ['declared', 'verified', 'refused', 'withdrawn'] as const;
export type GreenState = (typeof greenStates)[number];

export const greenStateTexts: Record<GreenState, string> = {
  declared: '已登记，到场核对',
  verified: '已核验',
  refused: '未通过核验',
  withdrawn: '已撤回',
};

export const greenActions = ['verify', 'refuse', 'withdraw'] as const;
export type GreenAction = (typeof greenActions)[number];

export const greenTransitions = {
  declared: {
    verify: { to: 'verified', by: ['clerk', 'manager'] },
    refuse: { to: 'refused', by: ['clerk', 'manager'] },
    withdraw: { to: 'withdrawn', by: ['citizen'] },
  },
  verified: {
    refuse: { to: 'refused', by: ['clerk', 'manager'] },
    withdraw: { to: 'withdrawn', by: ['citizen'] },
  },
  refused: {},
  withdrawn: {},
} as const satisfies Transitions<GreenState, GreenAction>;

/** The state after `action`, or GREEN_STATE / FORBIDDEN. */
export function decideGreen(state: GreenState, action: GreenAction, role: ActorRole): Decision<GreenState> {
  return decideStep<GreenState, GreenAction>(greenTransitions, state, action, role, 'GREEN_STATE');
}

export function availableGreenActions(state: GreenState, role: ActorRole): GreenAction[] {
  return actionsFrom<GreenState, GreenAction>(greenTransitions, state, role);
}

export interface GreenFacts {
  readonly state: GreenState;
  /** The last day on which the paper holds. */
  readonly validUntil: LocalDay;
  /** When a desk looked at it. */
  readonly checkedOn?: LocalDay | undefined;
}

export function isGreenInForce({ state, validUntil }: GreenFacts, today: LocalDay): boolean {
  return (state === 'declared' || state === 'verified') && validUntil >= today;
}

export function isElderly(birthday: LocalDay, today: LocalDay): boolean {
  return ageOn(birthday, today) >= greenAge;
}

/** So many days after a refusal a paper has to be seen before it counts. */
export const greenDistrustDays = 90;

/** Whether what is declared counts before a desk has seen it. */
export function isTrusted(evidence: readonly GreenFacts[], today: LocalDay): boolean {
  const since = addDays(today, -greenDistrustDays);
  return !evidence.some(({ state, checkedOn }) => state === 'refused' && (checkedOn ?? today) > since);
}

/** Whether a person may take a green place: by age, where the birthday is known, or by evidence in force. */
export function mayUseGreen(
  { birthday, evidence }: { birthday: LocalDay | undefined; evidence: readonly GreenFacts[] },
  today: LocalDay,
): boolean {
  if (birthday !== undefined && isElderly(birthday, today)) return true;
  const trusted = isTrusted(evidence, today);
  return evidence.some((each) => isGreenInForce(each, today) && (trusted || each.state === 'verified'));
}

/** How long each kind of paper can be trusted at most, in days: a pregnancy with nursing, an illness, a disability certificate. */
export const greenDays: Record<GreenReason, number> = { pregnant: 730, ill: 365, disabled: 3653 };

/** The end of validity, or GREEN_DATE_INVALID where it has passed or lies beyond what such a paper is good for. */
export function greenEnd(
  reason: GreenReason,
  wanted: LocalDay | undefined,
  today: LocalDay,
): Decision<LocalDay> {
  const latest = addDays(today, greenDays[reason]);
  const end = wanted ?? latest;
  return end >= today && end <= latest ? { ok: true, next: end } : { ok: false, code: 'GREEN_DATE_INVALID' };
}
