/**
 * The life of a case from 受理 to 办结. Stages follow the item's plan (一审一核 goes straight to the decision); 特别程序 and
 * 补正 stop the promised clock and return to where the case was (行政许可法 §32, §45). 窗口无否决权: a clerk alone may not
 * refuse, so 不予受理 and 不予许可 need the hall manager and a reason for the applicant.
 */
import type { ActorRole, CaseResult, CaseState, StagePlan } from './states.js';
import { actionsFrom, decideStep, permit, refuse } from './transitions.js';
import type { Decision, Transitions } from './transitions.js';

export const caseActions = [
  'advance',
  'suspend',
  'resume',
  'askCorrection',
  'receiveCorrection',
  'decide',
  'issueCertificate',
  'close',
  'withdraw',
  'notAccept',
] as const;
export type CaseAction = (typeof caseActions)[number];

const officers = ['clerk', 'manager'] as const satisfies ActorRole[];
const applicantOrOfficers = ['citizen', 'clerk', 'manager'] as const satisfies ActorRole[];

export const caseTransitions = {
  accepted: {
    advance: { to: ['reviewing', 'deciding'], by: officers },
    askCorrection: { to: 'correction', by: officers },
    suspend: { to: 'suspended', by: officers },
    notAccept: { to: 'not_accepted', by: ['manager'] },
    withdraw: { to: 'withdrawn', by: applicantOrOfficers },
  },
  reviewing: {
    advance: { to: 'deciding', by: officers },
    askCorrection: { to: 'correction', by: officers },
    suspend: { to: 'suspended', by: officers },
    withdraw: { to: 'withdrawn', by: applicantOrOfficers },
  },
  deciding: {
    decide: { to: 'decided', by: officers },
    suspend: { to: 'suspended', by: officers },
    withdraw: { to: 'withdrawn', by: applicantOrOfficers },
  },
  suspended: {
    resume: { to: ['accepted', 'reviewing', 'deciding'], by: officers },
    withdraw: { to: 'withdrawn', by: applicantOrOfficers },
  },
  correction: {
    receiveCorrection: { to: ['accepted', 'reviewing'], by: officers },
    notAccept: { to: 'not_accepted', by: ['manager'] },
    withdraw: { to: 'withdrawn', by: applicantOrOfficers },
  },
  decided: {
    issueCertificate: { to: 'decided', by: officers },
    close: { to: 'closed', by: officers },
  },
  closed: {},
  not_accepted: {},
  withdrawn: {},
} as const satisfies Transitions<CaseState, CaseAction>;

export interface CaseFacts {
  readonly state: CaseState;
  readonly plan: StagePlan;
  /** Where a suspended or to-be-corrected case was before; required in those two states. */
  readonly stoppedIn?: CaseState;
  readonly result?: CaseResult;
  readonly certificateIssued: boolean;
  /** Whether this item ends in a certificate or licence at all. */
  readonly certificateExpected: boolean;
}

export interface CaseCommand {
  readonly action: CaseAction;
  /** For `decide`. */
  readonly result?: CaseResult;
  /** For the applicant; required by refusals, 补正 and 特别程序 (一次性告知, 行政许可法 §32, §38, §45). */
  readonly reason?: string;
}

const reasonedActions: readonly CaseAction[] = ['suspend', 'askCorrection', 'notAccept'];

/**
 * The state after `command`, or: CASE_STATE, FORBIDDEN, REFUSAL_NEEDS_SUPERVISOR, REASON_REQUIRED, VALIDATION_FAILED (decide
 * without a result), CERTIFICATE_NOT_APPLICABLE, CERTIFICATE_ALREADY_ISSUED, CERTIFICATE_NOT_ISSUED (closing a granted case
 * whose certificate is still to come).
 */
export function decideCase(facts: CaseFacts, command: CaseCommand, role: ActorRole): Decision<CaseState> {
  const refusing =
    command.action === 'notAccept' || (command.action === 'decide' && command.result === 'refused');
  if (caseTransitionExists(facts.state, command.action) && refusing && role === 'clerk') {
    return refuse('REFUSAL_NEEDS_SUPERVISOR');
  }
  const step = decideStep<CaseState, CaseAction>(
    caseTransitions,
    facts.state,
    command.action,
    role,
    'CASE_STATE',
    wantedState(facts, command.action),
  );
  if (!step.ok) return step;
  if (command.action === 'decide' && command.result === undefined) return refuse('VALIDATION_FAILED');
  const reasonMissing = command.reason === undefined || command.reason.trim() === '';
  if ((refusing || reasonedActions.includes(command.action)) && reasonMissing)
    return refuse('REASON_REQUIRED');
  if (command.action === 'issueCertificate') {
    if (facts.result !== 'granted' || !facts.certificateExpected) return refuse('CERTIFICATE_NOT_APPLICABLE');
    if (facts.certificateIssued) return refuse('CERTIFICATE_ALREADY_ISSUED');
  }
  const owesCertificate = facts.result === 'granted' && facts.certificateExpected && !facts.certificateIssued;
  if (command.action === 'close' && owesCertificate) return refuse('CERTIFICATE_NOT_ISSUED');
  return permit(step.next);
}

/** The buttons of a case for `role`; those that the facts rule out (second certificate, closing too early) are left out. */
export function availableCaseActions(facts: CaseFacts, role: ActorRole): CaseAction[] {
  return actionsFrom<CaseState, CaseAction>(caseTransitions, facts.state, role).filter(
    (action) => decideCase(facts, { action, result: 'granted', reason: '-' }, role).ok,
  );
}

/** While true the promised time stands still (行政许可法 §45; 补正 restarts when the papers are complete, §32). */
export function clockStopped(state: CaseState): boolean {
  return state === 'suspended' || state === 'correction';
}

/** The stages of a plan in order, for the progress line a citizen sees. */
export function stagesOf(plan: StagePlan): readonly CaseState[] {
  return plan === '1+1'
    ? ['accepted', 'deciding', 'decided', 'closed']
    : ['accepted', 'reviewing', 'deciding', 'decided', 'closed'];
}

function caseTransitionExists(state: CaseState, action: CaseAction): boolean {
  return action in caseTransitions[state];
}

function wantedState(facts: CaseFacts, action: CaseAction): CaseState | undefined {
  switch (action) {
    case 'advance':
      if (facts.state !== 'accepted') return undefined;
      return facts.plan === '1+1' ? 'deciding' : 'reviewing';
    case 'resume':
    case 'receiveCorrection':
      return facts.stoppedIn ?? 'accepted';
    case 'suspend':
    case 'askCorrection':
    case 'decide':
    case 'issueCertificate':
    case 'close':
    case 'withdraw':
    case 'notAccept':
      return undefined;
  }
}
