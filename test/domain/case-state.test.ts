import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  availableCaseActions,
  caseActions,
  caseStates,
  clockStopped,
  decideCase,
  stagePlans,
  stagesOf,
  staffRoles,
} from '@haoban/domain';
import type { CaseFacts } from '@haoban/domain';

const accepted: CaseFacts = {
  state: 'accepted',
  plan: '2+1',
  certificateIssued: false,
  certificateExpected: true,
};
const deciding: CaseFacts = { ...accepted, state: 'deciding' };
const granted: CaseFacts = { ...accepted, state: 'decided', result: 'granted' };
const ok = (next: string) => ({ ok: true, next });
const no = (code: string) => ({ ok: false, code });

describe('the stages of a case', () => {
  it('go through review in a 2+1 and a 3+1 plan and straight to the decision in 1+1', () => {
    expect(decideCase(accepted, { action: 'advance' }, 'clerk')).toEqual(ok('reviewing'));
    expect(decideCase({ ...accepted, plan: '3+1' }, { action: 'advance' }, 'clerk')).toEqual(ok('reviewing'));
    expect(decideCase({ ...accepted, plan: '1+1' }, { action: 'advance' }, 'clerk')).toEqual(ok('deciding'));
    expect(decideCase({ ...accepted, state: 'reviewing' }, { action: 'advance' }, 'clerk')).toEqual(
      ok('deciding'),
    );
  });

  it.each(stagePlans)('of plan %s are walked in order from acceptance to closing', (plan) => {
    let facts: CaseFacts = { ...accepted, plan, certificateExpected: false };
    const seen = [facts.state];
    while (facts.state !== 'closed') {
      const action = facts.state === 'deciding' ? 'decide' : facts.state === 'decided' ? 'close' : 'advance';
      const decision = decideCase(facts, { action, result: 'granted' }, 'clerk');
      if (!decision.ok) throw new Error(decision.code);
      facts = { ...facts, state: decision.next };
      seen.push(decision.next);
    }
    expect(seen).toEqual(stagesOf(plan));
  });

  it('stop for 补正 and 特别程序 with a reason, and go on where they stopped', () => {
    expect(decideCase(accepted, { action: 'askCorrection' }, 'clerk')).toEqual(no('REASON_REQUIRED'));
    expect(decideCase(accepted, { action: 'askCorrection', reason: '缺少照片' }, 'clerk')).toEqual(
      ok('correction'),
    );
    const suspended: CaseFacts = { ...accepted, state: 'suspended', stoppedIn: 'deciding' };
    expect(decideCase(suspended, { action: 'resume' }, 'clerk')).toEqual(ok('deciding'));
    const correction: CaseFacts = { ...accepted, state: 'correction', stoppedIn: 'reviewing' };
    expect(decideCase(correction, { action: 'receiveCorrection' }, 'clerk')).toEqual(ok('reviewing'));
  });

  it('let the clock stand still in exactly those two states', () => {
    expect(caseStates.filter(clockStopped)).toEqual(['suspended', 'correction']);
  });
});

describe('窗口无否决权', () => {
  const refusal = { action: 'decide', result: 'refused', reason: '不符合条件' } as const;

  it('lets a clerk grant but not refuse, nor turn an application away', () => {
    expect(decideCase(deciding, { action: 'decide', result: 'granted' }, 'clerk')).toEqual(ok('decided'));
    expect(decideCase(deciding, refusal, 'clerk')).toEqual(no('REFUSAL_NEEDS_SUPERVISOR'));
    expect(decideCase(accepted, { action: 'notAccept', reason: '-' }, 'clerk')).toEqual(
      no('REFUSAL_NEEDS_SUPERVISOR'),
    );
  });

  it('lets the manager refuse, with a reason for the applicant', () => {
    expect(decideCase(deciding, refusal, 'manager')).toEqual(ok('decided'));
    expect(decideCase(deciding, { ...refusal, reason: ' ' }, 'manager')).toEqual(no('REASON_REQUIRED'));
    expect(decideCase(accepted, { action: 'notAccept', reason: '不属本部门职权' }, 'manager')).toEqual(
      ok('not_accepted'),
    );
  });
});

describe('the certificate of a case', () => {
  it('is issued once, for a granted case of an item that ends in one', () => {
    expect(decideCase(granted, { action: 'issueCertificate' }, 'clerk')).toEqual(ok('decided'));
    expect(
      decideCase({ ...granted, certificateIssued: true }, { action: 'issueCertificate' }, 'clerk'),
    ).toEqual(no('CERTIFICATE_ALREADY_ISSUED'));
    expect(decideCase({ ...granted, result: 'refused' }, { action: 'issueCertificate' }, 'clerk')).toEqual(
      no('CERTIFICATE_NOT_APPLICABLE'),
    );
  });

  it('must exist before a granted case is closed', () => {
    expect(decideCase(granted, { action: 'close' }, 'clerk')).toEqual(no('CERTIFICATE_NOT_ISSUED'));
    expect(decideCase({ ...granted, result: 'refused' }, { action: 'close' }, 'clerk')).toEqual(ok('closed'));
    expect(availableCaseActions(granted, 'clerk')).toEqual(['issueCertificate']);
    expect(availableCaseActions({ ...granted, certificateIssued: true }, 'clerk')).toEqual(['close']);
  });
});

describe('access to a case', () => {
  it('lets the applicant withdraw until the decision and do nothing else', () => {
    for (const state of caseStates) {
      const undecided = !['decided', 'closed', 'not_accepted', 'withdrawn'].includes(state);
      expect(availableCaseActions({ ...accepted, state }, 'citizen')).toEqual(undecided ? ['withdraw'] : []);
    }
  });

  it('needs a result for a decision', () => {
    expect(decideCase(deciding, { action: 'decide' }, 'clerk')).toEqual(no('VALIDATION_FAILED'));
  });

  it('never moves a closed, refused or withdrawn case, whoever asks for whatever', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('closed' as const, 'not_accepted' as const, 'withdrawn' as const),
        fc.constantFrom(...caseActions),
        fc.constantFrom(...staffRoles, 'citizen' as const, 'system' as const),
        (state, action, role) => {
          expect(
            decideCase({ ...accepted, state }, { action, result: 'granted', reason: '-' }, role),
          ).toEqual(no('CASE_STATE'));
        },
      ),
    );
  });
});
