import { describe, expect, it } from '@jest/globals';
import {
  appealUntil,
  authorisationEnd,
  authorisationStateOn,
  decideAppeal,
  decideAuthorisation,
  decideGreen,
  greenEnd,
  isAuthorised,
  isElderly,
  isGreenInForce,
  mayAppeal,
  mayUseGreen,
  staffRoles,
} from '@haoban/domain';

const TODAY = '2026-07-14';

describe('an authorisation', () => {
  it('holds through its last day', () => {
    const until = (validUntil: string) => ({ state: 'active', validUntil }) as const;
    expect(isAuthorised(until('2026-07-14'), TODAY)).toBe(true);
    expect(isAuthorised(until('2026-07-13'), TODAY)).toBe(false);
    expect(authorisationStateOn(until('2026-07-13'), TODAY)).toBe('expired');
    expect(authorisationStateOn({ state: 'ended', validUntil: '2020-01-01' }, TODAY)).toBe('ended');
    for (const state of ['pending', 'refused', 'ended', 'expired'] as const)
      expect(isAuthorised({ state, validUntil: '2030-01-01' }, TODAY)).toBe(false);
  });

  it('is given for a year unless asked otherwise, for two at most', () => {
    expect(authorisationEnd(undefined, TODAY)).toEqual({ ok: true, next: '2027-07-14' });
    expect(authorisationEnd('2026-07-14', TODAY)).toEqual({ ok: true, next: '2026-07-14' });
    for (const wanted of ['2026-07-13', '2028-07-14'])
      expect(authorisationEnd(wanted, TODAY)).toEqual({ ok: false, code: 'AUTHORISATION_DATE_INVALID' });
    expect(authorisationEnd(undefined, '2027-12-31')).toEqual({ ok: true, next: '2028-12-30' });
  });

  it('is granted at a desk, never by who only waits for it; ended by either side or a desk', () => {
    for (const role of ['clerk', 'manager'] as const)
      expect(decideAuthorisation('pending', 'grant', role)).toEqual({ ok: true, next: 'active' });
    for (const role of ['courier_desk', 'admin', 'display'] as const)
      expect(decideAuthorisation('pending', 'grant', role)).toEqual({ ok: false, code: 'FORBIDDEN' });
    for (const role of ['citizen', 'clerk', 'manager'] as const)
      expect(decideAuthorisation('active', 'end', role)).toEqual({ ok: true, next: 'ended' });
    expect(decideAuthorisation('ended', 'end', 'citizen')).toEqual({
      ok: false,
      code: 'AUTHORISATION_STATE',
    });
  });
});

describe('the green channel', () => {
  it('knows the elderly from the birthday of their 65th year', () => {
    expect(isElderly('1961-07-14', TODAY)).toBe(true);
    expect(isElderly('1961-07-15', TODAY)).toBe(false);
    expect(isElderly('1960-02-29', '2025-02-28')).toBe(false);
    expect(isElderly('1960-02-29', '2025-03-01')).toBe(true);
  });

  it('takes a paper on its word until its last day, and not after it was refused or withdrawn', () => {
    const paper = { state: 'declared', validUntil: TODAY } as const;
    expect(isGreenInForce(paper, TODAY)).toBe(true);
    expect(isGreenInForce(paper, '2026-07-15')).toBe(false);
    for (const state of ['refused', 'withdrawn'] as const)
      expect(isGreenInForce({ ...paper, state }, TODAY)).toBe(false);
    expect(mayUseGreen({ birthday: undefined, evidence: [paper] }, TODAY)).toBe(true);
    expect(mayUseGreen({ birthday: '1990-01-01', evidence: [] }, TODAY)).toBe(false);
  });

  it('asks to see the next paper for 90 days after one was refused', () => {
    const refused = { state: 'refused', validUntil: '2030-01-01', checkedOn: '2026-07-01' } as const;
    const evidence = (state: 'declared' | 'verified') => [refused, { state, validUntil: '2030-01-01' }];
    const may = (state: 'declared' | 'verified', today: string) =>
      mayUseGreen({ birthday: undefined, evidence: evidence(state) }, today);
    expect(may('declared', TODAY)).toBe(false);
    expect(may('verified', TODAY)).toBe(true);
    expect(may('declared', '2026-09-28')).toBe(false);
    expect(may('declared', '2026-09-29')).toBe(true);
  });

  it('trusts each kind of paper for so long and no longer', () => {
    expect(greenEnd('ill', undefined, TODAY)).toEqual({ ok: true, next: '2027-07-14' });
    expect(greenEnd('ill', '2027-07-15', TODAY)).toEqual({ ok: false, code: 'GREEN_DATE_INVALID' });
    expect(greenEnd('disabled', '2036-07-14', TODAY)).toEqual({ ok: true, next: '2036-07-14' });
    expect(greenEnd('pregnant', '2026-07-13', TODAY)).toEqual({ ok: false, code: 'GREEN_DATE_INVALID' });
  });

  it('can refuse what was verified, but not bring back what was refused', () => {
    expect(decideGreen('verified', 'refuse', 'clerk')).toEqual({ ok: true, next: 'refused' });
    expect(decideGreen('refused', 'verify', 'manager')).toEqual({ ok: false, code: 'GREEN_STATE' });
    expect(decideGreen('declared', 'verify', 'citizen')).toEqual({ ok: false, code: 'FORBIDDEN' });
  });
});

describe('an appeal', () => {
  const missed = { state: 'no_show', day: '2026-07-10', excused: false, appealed: false } as const;

  it('is possible once, for what was missed, for 30 days', () => {
    expect(appealUntil('2026-07-10')).toBe('2026-08-09');
    expect(appealUntil('2026-12-15')).toBe('2027-01-14');
    expect(mayAppeal(missed, '2026-08-09')).toEqual({ ok: true, next: 'open' });
    expect(mayAppeal(missed, '2026-08-10')).toEqual({ ok: false, code: 'APPEAL_TOO_LATE' });
    expect(mayAppeal({ ...missed, appealed: true }, TODAY)).toEqual({ ok: false, code: 'APPEAL_EXISTS' });
    expect(mayAppeal({ ...missed, excused: true }, TODAY)).toEqual({ ok: false, code: 'BOOKING_STATE' });
    for (const state of ['held', 'confirmed', 'cancelled', 'checked_in', 'expired'] as const)
      expect(mayAppeal({ ...missed, state }, TODAY)).toEqual({ ok: false, code: 'BOOKING_STATE' });
  });

  it('is decided once, by the manager', () => {
    for (const role of staffRoles) {
      const expected = role === 'manager' ? { ok: true, next: 'granted' } : { ok: false, code: 'FORBIDDEN' };
      expect(decideAppeal('open', 'grant', role)).toEqual(expected);
    }
    expect(decideAppeal('granted', 'refuse', 'manager')).toEqual({ ok: false, code: 'APPEAL_STATE' });
  });
});
