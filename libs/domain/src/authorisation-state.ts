/**
 * Who may book for whom (民法典 §161–165: an agent acts within the authority given, the principal may end it at any time). A family
 * member with a phone gives a code, anybody else is seen at a desk first. Whoever acts for somebody is limited in number, since a
 * handful of accounts with hundreds of "relatives" is how places are traded.
 */
import type { LocalDay } from './time.js';
import { addDays } from './time.js';
import type { ActorRole } from './states.js';
import { actionsFrom, decideStep } from './transitions.js';
import type { Decision, Transitions } from './transitions.js';

export const authorisationKinds = ['family', 'company'] as const;
export type AuthorisationKind = (typeof authorisationKinds)[number];

/** 待核验, 有效, 未通过, 已结束, 已到期. */
export const authorisationStates = ['pending', 'active', 'refused', 'ended', 'expired'] as const;
export type AuthorisationState = (typeof authorisationStates)[number];

export const authorisationStateTexts: Record<AuthorisationState, string> = {
  pending: '待窗口核验',
  active: '有效',
  refused: '未通过核验',
  ended: '已结束',
  expired: '已到期',
};

/** What the principal is to the agent. */
export const familyRelations = [
  'spouse',
  'parent',
  'child',
  'grandparent',
  'grandchild',
  'sibling',
  'ward',
  'other',
] as const;
export type FamilyRelation = (typeof familyRelations)[number];

export const familyRelationTexts: Record<FamilyRelation, string> = {
  spouse: '配偶',
  parent: '父母',
  child: '子女',
  grandparent: '祖父母或外祖父母',
  grandchild: '孙子女或外孙子女',
  sibling: '兄弟姐妹',
  ward: '被监护人',
  other: '其他亲友',
};

/** What the agent is in the company. */
export const companyRoles = ['legal_representative', 'employee', 'agency'] as const;
export type CompanyRole = (typeof companyRoles)[number];

export const companyRoleTexts: Record<CompanyRole, string> = {
  legal_representative: '法定代表人',
  employee: '单位经办人',
  agency: '代理机构',
};

export const authorisationActions = ['grant', 'refuse', 'end', 'expire'] as const;
export type AuthorisationAction = (typeof authorisationActions)[number];

/** A code that the principal made is `grant`ed by the citizen, every other one by whoever saw the papers. */
export const authorisationTransitions = {
  pending: {
    grant: { to: 'active', by: ['clerk', 'manager', 'citizen'] },
    refuse: { to: 'refused', by: ['clerk', 'manager'] },
    end: { to: 'ended', by: ['citizen', 'clerk', 'manager'] },
    expire: { to: 'expired', by: ['system'] },
  },
  active: {
    end: { to: 'ended', by: ['citizen', 'clerk', 'manager'] },
    expire: { to: 'expired', by: ['system'] },
  },
  refused: {},
  ended: {},
  expired: {},
} as const satisfies Transitions<AuthorisationState, AuthorisationAction>;

/** The state after `action`, or AUTHORISATION_STATE / FORBIDDEN. */
export function decideAuthorisation(
  state: AuthorisationState,
  action: AuthorisationAction,
  role: ActorRole,
): Decision<AuthorisationState> {
  return decideStep<AuthorisationState, AuthorisationAction>(
    authorisationTransitions,
    state,
    action,
    role,
    'AUTHORISATION_STATE',
  );
}

export function availableAuthorisationActions(
  state: AuthorisationState,
  role: ActorRole,
): AuthorisationAction[] {
  return actionsFrom<AuthorisationState, AuthorisationAction>(authorisationTransitions, state, role);
}

export interface AuthorisationFacts {
  readonly state: AuthorisationState;
  /** The last day on which it holds. */
  readonly validUntil: LocalDay;
}

/** The state as of `today`: an end date counts from the midnight after it, whether or not a job has come round. */
export function authorisationStateOn(
  { state, validUntil }: AuthorisationFacts,
  today: LocalDay,
): AuthorisationState {
  return (state === 'active' || state === 'pending') && validUntil < today ? 'expired' : state;
}

/** Whether the agent may book by it today. */
export function isAuthorised(facts: AuthorisationFacts, today: LocalDay): boolean {
  return authorisationStateOn(facts, today) === 'active';
}

/** So many open ones (pending or active) one agent may have. */
export const authorisationLimits: Record<AuthorisationKind, number> = { family: 8, company: 5 };
/** How long a code of the principal can be used. */
export const authorisationCodeHours = 24;
/** The end date where none is asked for, and the latest that is allowed. */
export const authorisationDays = { usual: 365, longest: 730 } as const;

/** The end date of an authorisation, or AUTHORISATION_DATE_INVALID where the wanted one has passed or lies too far ahead. */
export function authorisationEnd(wanted: LocalDay | undefined, today: LocalDay): Decision<LocalDay> {
  const end = wanted ?? addDays(today, authorisationDays.usual);
  return end >= today && end <= addDays(today, authorisationDays.longest)
    ? { ok: true, next: end }
    : { ok: false, code: 'AUTHORISATION_DATE_INVALID' };
}
