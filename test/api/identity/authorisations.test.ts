import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Audit } from '../../../apps/api/src/audit/audit.service.js';
import { Transactions } from '../../../apps/api/src/db/transactions.js';
import { AuthorisationsService } from '../../../apps/api/src/identity/authorisations.service.js';
import { PersonCipher } from '../../../apps/api/src/identity/person-cipher.js';
import { idNumberOf, newCitizen, type TestCitizen } from '../../support/builders/citizen.js';
import { authorise, authoriseByDesk, newCreditCode } from '../../support/builders/people.js';
import { newStaff, type TestStaff } from '../../support/builders/staff.js';
import { newWorld, type World } from '../../support/world.js';

const HOUR = 3600_000;
const DAY = 24 * HOUR;

let world: World;
let clerk: TestStaff;
let agent: TestCitizen;
let principal: TestCitizen;
beforeAll(async () => {
  world = await newWorld();
  clerk = await newStaff(world);
});
afterAll(() => world.close());
beforeEach(async () => {
  agent = await newCitizen(world);
  principal = await newCitizen(world);
});

let persons = 100;
const newPrincipal = () => ({ name: '陈阿婆', idNumber: idNumberOf(++persons % 1000, '19440101') });
const newCompany = () => ({
  kind: 'company' as const,
  name: '榕城海丝(福建)贸易有限公司',
  creditCode: newCreditCode(),
  role: 'employee' as const,
});

const code = (call: Promise<unknown>) =>
  call.then(
    () => 'ok',
    (error: unknown) => (error as { code: string }).code,
  );
const mayBook = (who: TestCitizen, authorisationId: string) =>
  world
    .get(Transactions)
    .run((em) => world.get(AuthorisationsService).lockForBooking(em, who.id, authorisationId));
const inbox = async ({ client }: TestCitizen) => {
  await world.drain();
  return (await client.notifications.listInbox({})).items.map(({ title }) => title);
};
const audited = async (subjectId: string) =>
  (await world.get(Audit).list({ limit: 10, subjectId })).map(({ action, after }) => ({ action, after }));

describe('a family member with a phone', () => {
  it('gives a code that lets the agent book for them', async () => {
    const { code: spoken, expiresAt, validUntil } = await principal.client.people.makeCode({});
    expect(spoken).toMatch(/^[34679ACDEFGHJKMNPQRTWXY]{6}$/);
    expect(expiresAt).toBe(new Date(world.now.getTime() + DAY).toISOString());
    expect(validUntil).toBe('2027-07-14');
    const typed = `${spoken.slice(0, 3)} ${spoken.slice(3)}`.toLowerCase();
    const made = await agent.client.people.acceptCode({ code: typed, relation: 'parent' });
    expect(made).toMatchObject({ kind: 'family', state: 'active', usable: true, relationText: '父母' });
    const { personKey, nameCipher, phoneCipher } = await mayBook(agent, made.id);
    const cipher = world.get(PersonCipher);
    expect(personKey).toBe(cipher.hashIdNumber(principal.idNumber));
    expect(cipher.openName(nameCipher)).toBe(principal.name);
    expect(phoneCipher && cipher.openPhone(phoneCipher)).toBe(principal.phone);
    expect(await inbox(principal)).toContain('家人已使用您的授权码');
  });

  it('sees who may book, and the agent for whom, both masked', async () => {
    await authorise(principal, agent);
    const [mine] = (await agent.client.people.listAuthorisations({})).asAgent;
    const [theirs] = (await principal.client.people.listAuthorisations({})).asPrincipal;
    expect(mine?.principalName).toMatch(/^林\*+$/);
    expect(mine?.principalNumberMasked).toMatch(/^3599\*+.{4}$/);
    expect(theirs?.agentName).toMatch(/^林\*+$/);
    expect(theirs?.usable).toBe(false);
    expect(JSON.stringify([mine, theirs])).not.toContain(principal.name);
    expect(JSON.stringify([mine, theirs])).not.toContain(principal.idNumber);
  });

  it('gives a code for one person only: a second agent is refused, a retry of the first is answered', async () => {
    const { code: spoken } = await principal.client.people.makeCode({});
    const first = await agent.client.people.acceptCode({ code: spoken, relation: 'child' });
    const again = await agent.client.people.acceptCode({ code: spoken, relation: 'child' });
    expect(again.id).toBe(first.id);
    const other = await newCitizen(world);
    expect(await code(other.client.people.acceptCode({ code: spoken, relation: 'child' }))).toBe(
      'AUTHORISATION_CODE_INVALID',
    );
  });

  it('lets one of many agents have a code that they all enter at once', async () => {
    const { code: spoken } = await principal.client.people.makeCode({});
    const agents = await Promise.all(Array.from({ length: 6 }, () => newCitizen(world)));
    const answers = await Promise.all(
      agents.map(({ client }) => code(client.people.acceptCode({ code: spoken, relation: 'other' }))),
    );
    expect(answers.filter((answer) => answer === 'ok')).toHaveLength(1);
    expect(new Set(answers)).toEqual(new Set(['ok', 'AUTHORISATION_CODE_INVALID']));
    expect((await principal.client.people.listAuthorisations({})).asPrincipal).toHaveLength(1);
  });

  it('has a code for 24 hours, to the millisecond, and a newer one in place of the older', async () => {
    const { code: older } = await principal.client.people.makeCode({});
    const { code: newer } = await principal.client.people.makeCode({});
    expect(await code(agent.client.people.acceptCode({ code: older, relation: 'parent' }))).toBe(
      'AUTHORISATION_CODE_INVALID',
    );
    world.clock.advance(DAY);
    expect(await code(agent.client.people.acceptCode({ code: newer, relation: 'parent' }))).toBe(
      'AUTHORISATION_CODE_INVALID',
    );
    world.clock.advance(-1);
    expect(await code(agent.client.people.acceptCode({ code: newer, relation: 'parent' }))).toBe('ok');
  });

  it('can neither use the own code nor book for oneself by an authorisation', async () => {
    const { code: spoken } = await principal.client.people.makeCode({});
    expect(await code(principal.client.people.acceptCode({ code: spoken, relation: 'other' }))).toBe(
      'AUTHORISATION_OWN',
    );
    const { name, idNumber } = principal;
    const self = { kind: 'family', relation: 'other', name, idNumber } as const;
    expect(await code(principal.client.people.declareAuthorisation(self))).toBe('AUTHORISATION_OWN');
  });

  it('is guessed by nobody: a handful of wrong codes, then none', async () => {
    const tries: string[] = [];
    for (let i = 0; i < 12; i++)
      tries.push(await code(agent.client.people.acceptCode({ code: 'ACDEFG', relation: 'parent' })));
    expect(tries.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 'AUTHORISATION_CODE_INVALID'));
    expect(tries.at(-1)).toBe('RATE_LIMITED');
  });

  it('needs a real name on both sides', async () => {
    const nobody = await newCitizen(world, { upTo: 'consented' });
    expect(await code(nobody.client.people.makeCode({}))).toBe('REAL_NAME_REQUIRED');
    const { code: spoken } = await principal.client.people.makeCode({});
    expect(await code(nobody.client.people.acceptCode({ code: spoken, relation: 'parent' }))).toBe(
      'REAL_NAME_REQUIRED',
    );
  });
});

describe('a family member without a phone', () => {
  it('is declared, seen at any desk, and then booked for', async () => {
    const elder = newPrincipal();
    const declared = await agent.client.people.declareAuthorisation({
      kind: 'family',
      relation: 'parent',
      phone: '138 0591 2345',
      ...elder,
    });
    expect(declared).toMatchObject({ state: 'pending', usable: false, principalName: '陈**' });
    expect(declared.hint).toContain('咨询台');
    expect(await code(mayBook(agent, declared.id))).toBe('AUTHORISATION_NOT_VALID');

    const waiting = await clerk.client.people.listPendingAuthorisations({ q: elder.idNumber.slice(-4) });
    expect(waiting.items.map(({ id }) => id)).toContain(declared.id);
    const seen = { authorisationId: declared.id, result: 'granted' } as const;
    expect(await code(clerk.client.people.verifyAuthorisation(seen))).toBe('AUTHORISATION_PAPER_REQUIRED');
    const granted = await clerk.client.people.verifyAuthorisation({ ...seen, paper: '户口簿' });
    expect(granted).toMatchObject({ state: 'active', paper: '户口簿', actions: ['end'] });
    const { phoneCipher } = await mayBook(agent, declared.id);
    expect(phoneCipher && world.get(PersonCipher).openPhone(phoneCipher)).toBe('13805912345');
    expect(await inbox(agent)).toContain('代办授权已通过核验');
    expect(await audited(declared.id)).toEqual([
      { action: 'authorisation.grant', after: { state: 'active', paper: '户口簿', reason: null } },
    ]);
    const again = clerk.client.people.verifyAuthorisation({ ...seen, paper: '户口簿' });
    expect(await code(again)).toBe('AUTHORISATION_STATE');
  });

  it('is refused with a reason that the agent reads', async () => {
    const declared = await agent.client.people.declareAuthorisation({
      kind: 'family',
      relation: 'other',
      ...newPrincipal(),
    });
    const refuse = { authorisationId: declared.id, result: 'refused' } as const;
    expect(await code(clerk.client.people.verifyAuthorisation(refuse))).toBe('REASON_REQUIRED');
    await clerk.client.people.verifyAuthorisation({ ...refuse, reason: '没有带关系证明' });
    const [shown] = (await agent.client.people.listAuthorisations({})).asAgent;
    expect(shown).toMatchObject({ state: 'refused', reason: '没有带关系证明' });
    expect(shown?.hint).toContain('没有带关系证明');
    expect(await inbox(agent)).toContain('代办授权没有通过核验');
  });

  it('is told and can end it, where there is an account after all', async () => {
    const { name, idNumber } = principal;
    const asked = { kind: 'family', relation: 'other', name, idNumber } as const;
    const declared = await agent.client.people.declareAuthorisation(asked);
    expect(await inbox(principal)).toContain('有人申请替您预约');
    const [shown] = (await principal.client.people.listAuthorisations({})).asPrincipal;
    expect(shown).toMatchObject({ id: declared.id, state: 'pending', actions: ['end'] });
    await principal.client.people.endAuthorisation({ authorisationId: declared.id });
    const seen = { authorisationId: declared.id, result: 'granted', paper: '户口簿' } as const;
    expect(await code(clerk.client.people.verifyAuthorisation(seen))).toBe('AUTHORISATION_STATE');
  });

  it('is one person to one agent: declaring again corrects what is pending, a code makes it active', async () => {
    const { name, idNumber } = principal;
    const asked = { kind: 'family', relation: 'other', name, idNumber } as const;
    const first = await agent.client.people.declareAuthorisation(asked);
    const second = await agent.client.people.declareAuthorisation({ ...asked, relation: 'sibling' });
    expect([second.id, second.relation]).toEqual([first.id, 'sibling']);
    const active = await authorise(principal, agent);
    expect([active.id, active.state]).toEqual([first.id, 'active']);
    expect(await code(agent.client.people.declareAuthorisation(asked))).toBe('AUTHORISATION_EXISTS');
    const { code: spoken } = await principal.client.people.makeCode({});
    expect(await code(agent.client.people.acceptCode({ code: spoken, relation: 'parent' }))).toBe(
      'AUTHORISATION_EXISTS',
    );
  });

  it('is checked like any person', async () => {
    const elder = { kind: 'family', relation: 'parent', ...newPrincipal() } as const;
    const declare = (change: object) =>
      code(agent.client.people.declareAuthorisation({ ...elder, ...change }));
    expect(await declare({ name: '陈1' })).toBe('NAME_INVALID');
    expect(await declare({ idNumber: `${elder.idNumber.slice(0, 17)}?` })).toBe('ID_NUMBER_INVALID');
    expect(await declare({ phone: '12345' })).toBe('PHONE_INVALID');
    expect(await declare({ validUntil: '2026-07-13' })).toBe('AUTHORISATION_DATE_INVALID');
    expect(await declare({ validUntil: '2028-08-01' })).toBe('AUTHORISATION_DATE_INVALID');
  });

  it('can be registered at once where both are at the desk', async () => {
    const at = {
      kind: 'family',
      relation: 'grandparent',
      ...newPrincipal(),
      paper: '户口簿',
      agentIdNumber: agent.idNumber,
    } as const;
    const unknown = { ...at, agentIdNumber: idNumberOf(999, '19600101') };
    expect(await code(clerk.client.people.registerAuthorisationAtDesk(unknown))).toBe(
      'AUTHORISATION_AGENT_UNKNOWN',
    );
    const made = await clerk.client.people.registerAuthorisationAtDesk(at);
    expect(made).toMatchObject({ state: 'active', agentName: expect.stringMatching(/^林\*+$/) });
    await mayBook(agent, made.id);
    expect(await audited(made.id)).toMatchObject([{ action: 'authorisation.register' }]);
    expect(await inbox(agent)).toContain('代办授权已登记');
    const end = { authorisationId: made.id, reason: '老人来窗口要求结束' };
    await clerk.client.people.endAuthorisationAtDesk(end);
    expect(await code(mayBook(agent, made.id))).toBe('AUTHORISATION_NOT_VALID');
    expect((await audited(made.id)).map(({ action }) => action)).toContain('authorisation.end');
  });
});

describe('a company', () => {
  it('is booked for by its credit code, once a desk has seen the licence', async () => {
    const company = newCompany();
    const declared = await agent.client.people.declareAuthorisation(company);
    expect(declared).toMatchObject({
      principalName: '榕城海丝（福建）贸易有限公司',
      relationText: '单位经办人',
      state: 'pending',
    });
    await clerk.client.people.verifyAuthorisation({
      authorisationId: declared.id,
      result: 'granted',
      paper: '营业执照、授权书',
    });
    const { kind, personKey } = await mayBook(agent, declared.id);
    expect([kind, personKey]).toEqual([
      'company',
      world.get(PersonCipher).hashCreditCode(company.creditCode),
    ]);
  });

  it('has a code with the right check character and a registered name', async () => {
    const company = newCompany();
    const declare = (change: object) =>
      code(agent.client.people.declareAuthorisation({ ...company, ...change }));
    const last = company.creditCode.endsWith('0') ? '1' : '0';
    expect(await declare({ creditCode: company.creditCode.slice(0, 17) + last })).toBe('CREDIT_CODE_INVALID');
    expect(await declare({ name: '<b>' })).toBe('COMPANY_NAME_INVALID');
    expect(await declare({})).toBe('ok');
  });

  it('is one of a few that one agent may act for', async () => {
    for (let i = 0; i < 5; i++) await agent.client.people.declareAuthorisation(newCompany());
    expect(await code(agent.client.people.declareAuthorisation(newCompany()))).toBe('AUTHORISATION_LIMIT');
    const [one] = (await agent.client.people.listAuthorisations({})).asAgent;
    await agent.client.people.endAuthorisation({ authorisationId: one?.id ?? '' });
    expect(await code(agent.client.people.declareAuthorisation(newCompany()))).toBe('ok');
  });

  it('is counted exactly when many are declared at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 9 }, () => code(agent.client.people.declareAuthorisation(newCompany()))),
    );
    expect(answers.filter((answer) => answer === 'ok')).toHaveLength(5);
  });
});

describe('an authorisation', () => {
  it('ends by either side at once, and the other is told', async () => {
    const made = await authorise(principal, agent);
    const ended = await principal.client.people.endAuthorisation({ authorisationId: made.id });
    expect([ended.state, ended.actions]).toEqual(['ended', []]);
    expect(await code(mayBook(agent, made.id))).toBe('AUTHORISATION_NOT_VALID');
    expect(await inbox(agent)).toContain('代办授权已结束');
    expect(await code(agent.client.people.endAuthorisation({ authorisationId: made.id }))).toBe(
      'AUTHORISATION_STATE',
    );
    const next = await authorise(principal, agent);
    await agent.client.people.endAuthorisation({ authorisationId: next.id });
    expect(await inbox(principal)).toContain('代办授权已结束');
  });

  it('holds through its last day and not a minute longer, whether or not the job has come round', async () => {
    const { code: spoken } = await principal.client.people.makeCode({ validUntil: '2026-07-20' });
    const made = await agent.client.people.acceptCode({ code: spoken, relation: 'parent' });
    const before = world.now;
    world.clock.set(new Date('2026-07-20T23:59:59.999+08:00'));
    await mayBook(agent, made.id);
    world.clock.advance(1);
    expect(await code(mayBook(agent, made.id))).toBe('AUTHORISATION_NOT_VALID');
    const [shown] = (await agent.client.people.listAuthorisations({})).asAgent;
    expect(shown).toMatchObject({ state: 'expired', usable: false, actions: [] });
    await world.runRepeat('identity.expire-authorisations');
    const renewed = await authorise(principal, agent);
    expect(renewed.id).not.toBe(made.id);
    world.clock.set(before);
  });

  it('is nothing to anybody else: not to book by, not to see, not to end', async () => {
    const made = await authorise(principal, agent);
    const stranger = await newCitizen(world);
    expect(await code(mayBook(stranger, made.id))).toBe('AUTHORISATION_NOT_VALID');
    expect(await code(mayBook(principal, made.id))).toBe('AUTHORISATION_NOT_VALID');
    expect(await stranger.client.people.listAuthorisations({})).toEqual({ asAgent: [], asPrincipal: [] });
    expect(await code(stranger.client.people.endAuthorisation({ authorisationId: made.id }))).toBe(
      'NOT_FOUND',
    );
    expect(await code(stranger.client.people.getGreen({ authorisationId: made.id }))).toBe(
      'AUTHORISATION_NOT_VALID',
    );
  });

  it('is found at the desk by name or number only, once it is in force', async () => {
    const elder = { name: '欧阳修竹', idNumber: idNumberOf(77, '19440202') };
    const made = await authoriseByDesk(clerk, agent, elder);
    const list = (q?: string) =>
      clerk.client.people.listPendingAuthorisations({ state: 'active', ...(q ? { q } : {}) });
    expect(await code(list())).toBe('AUTHORISATION_SEARCH_REQUIRED');
    for (const q of ['欧阳修竹', '欧', elder.idNumber.slice(-4)])
      expect((await list(q)).items.map(({ id }) => id)).toContain(made.id);
    for (const q of ['欧阳', '修竹', elder.idNumber.slice(0, 4)])
      expect((await list(q)).items.map(({ id }) => id)).not.toContain(made.id);
  });
});
