import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Audit } from '../../../apps/api/src/audit/audit.service.js';
import { Transactions } from '../../../apps/api/src/db/transactions.js';
import { GreenService } from '../../../apps/api/src/identity/green.service.js';
import { PersonCipher } from '../../../apps/api/src/identity/person-cipher.js';
import { idNumberOf, newCitizen, type TestCitizen } from '../../support/builders/citizen.js';
import { authorise, authoriseByDesk, newCreditCode } from '../../support/builders/people.js';
import { newStaff, type TestStaff } from '../../support/builders/staff.js';
import { newWorld, type World } from '../../support/world.js';

let world: World;
let clerk: TestStaff;
let citizen: TestCitizen;
beforeAll(async () => {
  world = await newWorld();
  clerk = await newStaff(world);
});
afterAll(() => world.close());
let young = 0;
beforeEach(async () => {
  citizen = await newCitizen(world, { idNumber: idNumberOf(++young, '19950505') });
});

const certificate = { reason: 'disabled', document: '残疾人证 35010219900101123461' } as const;
const code = (call: Promise<unknown>) =>
  call.then(
    () => 'ok',
    (error: unknown) => (error as { code: string }).code,
  );
const mayUse = (idNumber: string, by: TestCitizen | null) =>
  world
    .get(Transactions)
    .run((em) =>
      world
        .get(GreenService)
        .mayUse(em, world.get(PersonCipher).hashIdNumber(idNumber), by?.id ?? null, world.now),
    );

describe('the green channel', () => {
  it('is open at 65 by the ID number alone, on the birthday and not the day before', async () => {
    const old = await newCitizen(world, { idNumber: idNumberOf(1, '19610714') });
    const nearly = await newCitizen(world, { idNumber: idNumberOf(1, '19610715') });
    expect(await old.client.people.getGreen({})).toMatchObject({ mayUse: true, elderly: true, items: [] });
    expect(await nearly.client.people.getGreen({})).toMatchObject({ mayUse: false, elderly: false });
    expect(await mayUse(old.idNumber, old)).toBe(true);
    expect(await mayUse(nearly.idNumber, nearly)).toBe(false);
  });

  it('is open with a paper that is declared, which shows masked', async () => {
    expect(await mayUse(citizen.idNumber, citizen)).toBe(false);
    const profile = await citizen.client.people.declareGreen(certificate);
    expect(profile).toMatchObject({ mayUse: true, elderly: false });
    expect(profile.items).toMatchObject([
      { reason: 'disabled', state: 'declared', inForce: true, actions: ['withdraw'] },
    ]);
    expect(profile.items[0]?.documentMasked).toBe('残疾人证 3501************3461');
    expect(await mayUse(citizen.idNumber, citizen)).toBe(true);
  });

  it('closes when the paper is withdrawn or its time is over', async () => {
    const dated = { ...certificate, validUntil: '2026-07-20' };
    const { items } = await citizen.client.people.declareGreen(dated);
    world.clock.set(new Date('2026-07-20T23:59:59+08:00'));
    expect(await mayUse(citizen.idNumber, citizen)).toBe(true);
    world.clock.set(new Date('2026-07-21T00:00:00+08:00'));
    expect(await mayUse(citizen.idNumber, citizen)).toBe(false);
    expect((await citizen.client.people.getGreen({})).items[0]?.inForce).toBe(false);
    world.clock.set(new Date('2026-07-14T01:30:00Z'));
    const evidenceId = items[0]?.id ?? '';
    expect((await citizen.client.people.withdrawGreen({ evidenceId })).mayUse).toBe(false);
    expect(await code(citizen.client.people.withdrawGreen({ evidenceId }))).toBe('GREEN_STATE');
  });

  it('takes one paper of a kind: the newer one replaces the older', async () => {
    await citizen.client.people.declareGreen(certificate);
    const { items } = await citizen.client.people.declareGreen({ ...certificate, document: '新残疾人证 12' });
    expect(items.map(({ state }) => state)).toEqual(['declared', 'withdrawn']);
    const many = await Promise.all(
      Array.from({ length: 5 }, () => code(citizen.client.people.declareGreen(certificate))),
    );
    expect(new Set(many)).toEqual(new Set(['ok']));
    const after = await citizen.client.people.getGreen({});
    expect(after.items.filter(({ state }) => state === 'declared')).toHaveLength(1);
  });

  it('takes no paper that has run out or is good for longer than such papers are', async () => {
    const declare = (reason: 'pregnant' | 'ill', validUntil: string) =>
      code(citizen.client.people.declareGreen({ reason, document: '产检证明', validUntil }));
    expect(await declare('pregnant', '2026-07-13')).toBe('GREEN_DATE_INVALID');
    expect(await declare('pregnant', '2029-01-01')).toBe('GREEN_DATE_INVALID');
    expect(await declare('ill', '2026-12-31')).toBe('ok');
  });

  it('is checked at the desk: verified, audited, and the person is told without a word about why', async () => {
    await citizen.client.people.declareGreen(certificate);
    const { items } = await clerk.client.people.listGreenToCheck({ q: citizen.idNumber.slice(-4) });
    const [shown] = items.filter(({ personName }) => personName.startsWith('林'));
    expect(shown).toMatchObject({ reason: 'disabled', actions: ['verify', 'refuse'] });
    expect(JSON.stringify(items)).not.toContain(citizen.idNumber);
    const evidenceId = shown?.id ?? '';
    const checked = await clerk.client.people.checkGreen({
      evidenceId,
      result: 'verified',
      validUntil: '2030-01-01',
    });
    expect(checked).toMatchObject({ state: 'verified', validUntil: '2030-01-01', actions: ['refuse'] });
    await world.drain();
    const [message] = (await citizen.client.notifications.listInbox({})).items;
    expect(message?.title).toBe('绿色通道登记已核验');
    expect(JSON.stringify(message)).not.toMatch(/残疾|孕|重病/);
    const entries = await world.get(Audit).list({ limit: 5, subjectId: evidenceId });
    expect(entries.map(({ action, actorId }) => [action, actorId])).toEqual([['green.verify', clerk.id]]);
  });

  it('trusts nobody on his word for 90 days after a refusal, but what a desk has seen', async () => {
    const declared = await citizen.client.people.declareGreen(certificate);
    const refuse = { evidenceId: declared.items[0]?.id ?? '', result: 'refused' } as const;
    expect(await code(clerk.client.people.checkGreen(refuse))).toBe('REASON_REQUIRED');
    await clerk.client.people.checkGreen({ ...refuse, reason: '证件已过期' });
    expect(await mayUse(citizen.idNumber, citizen)).toBe(false);
    const again = await citizen.client.people.declareGreen(certificate);
    expect(again.mayUse).toBe(false);
    expect(again.text).toContain('咨询台核对');
    expect(again.items.map(({ checkReason }) => checkReason)).toContain('证件已过期');
    expect(await mayUse(citizen.idNumber, citizen)).toBe(false);
    await clerk.client.people.checkGreen({ evidenceId: again.items[0]?.id ?? '', result: 'verified' });
    expect(await mayUse(citizen.idNumber, citizen)).toBe(true);
  });

  it('is open to whoever an agent books for: an elder by age, others by a paper that the agent declares', async () => {
    const elder = { name: '陈阿婆', idNumber: idNumberOf(5, '19440101') };
    const forElder = await authoriseByDesk(clerk, citizen, elder);
    expect(await mayUse(elder.idNumber, citizen)).toBe(true);
    const shown = await citizen.client.people.getGreen({ authorisationId: forElder.id });
    expect(shown).toMatchObject({ mayUse: true, elderly: true, forName: '陈**' });
    expect(shown.text).toContain('陈**已年满 65 岁');

    const child = { name: '陈小宝', idNumber: idNumberOf(6, '20200101') };
    const { id } = await authoriseByDesk(clerk, citizen, child);
    expect(await mayUse(child.idNumber, citizen)).toBe(false);
    await citizen.client.people.declareGreen({ ...certificate, authorisationId: id });
    expect(await mayUse(child.idNumber, citizen)).toBe(true);
    expect(await mayUse(citizen.idNumber, citizen)).toBe(false);
    const { items } = await clerk.client.people.listGreenToCheck({ q: '陈小宝' });
    expect(items).toMatchObject([{ personName: '陈**' }]);
  });

  it("keeps a person's papers from the agent, and the agent's from strangers", async () => {
    const principal = await newCitizen(world, { idNumber: idNumberOf(++young, '19950505') });
    const { id: authorisationId } = await authorise(principal, citizen);
    await principal.client.people.declareGreen(certificate);
    const seen = await citizen.client.people.getGreen({ authorisationId });
    expect(seen).toMatchObject({ mayUse: true, items: [] });
    const { items } = await principal.client.people.getGreen({});
    const evidenceId = items[0]?.id ?? '';
    for (const other of [citizen, await newCitizen(world)])
      expect(await code(other.client.people.withdrawGreen({ evidenceId }))).toBe('NOT_FOUND');
    expect(await code(citizen.client.people.withdrawGreen({ evidenceId, authorisationId }))).toBe(
      'NOT_FOUND',
    );
  });

  it('tells the person what an agent does with his papers, and leaves a trace of it', async () => {
    const principal = await newCitizen(world, { idNumber: idNumberOf(++young, '19950505') });
    const { id: authorisationId } = await authorise(principal, citizen);
    await principal.client.people.declareGreen(certificate);
    const by = { ...certificate, authorisationId };
    const [paper] = (await citizen.client.people.declareGreen(by)).items;
    const evidenceId = paper?.id ?? '';
    await clerk.client.people.checkGreen({ evidenceId, result: 'verified' });
    await citizen.client.people.withdrawGreen({ evidenceId, authorisationId });
    await world.drain();
    const inbox = async (who: TestCitizen) =>
      (await who.client.notifications.listInbox({})).items
        .filter(({ title }) => title.includes('绿色通道'))
        .map(({ title, body, page }) => ({ title, body, page }));
    const page = 'pages/account/green/index';
    const told = await inbox(principal);
    expect(told).toHaveLength(3);
    expect(told).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ title: '有人替您登记了绿色通道', page }),
        expect.objectContaining({ title: '绿色通道登记已核验', page }),
        expect.objectContaining({ title: '替您做的绿色通道登记已撤回', page }),
      ]),
    );
    for (const { body } of told) expect(body).toMatch(/^林\*/);
    expect(told.find(({ title }) => title.startsWith('有人'))?.body).toContain('同类证件由它代替');
    expect(JSON.stringify(told)).not.toMatch(/残疾|孕|重病|3501/);
    expect(await inbox(citizen)).toMatchObject([
      { title: '家人的绿色通道登记已核验', page: `${page}?for=${authorisationId}` },
    ]);
    const entries = await world.get(Audit).list({ limit: 5, subjectId: evidenceId });
    expect(entries.map(({ action, actorId }) => [action, actorId])).toEqual([
      ['green.withdraw', citizen.id],
      ['green.verify', clerk.id],
      ['green.declare', citizen.id],
    ]);
  });

  it('lets the person take back what an agent declared, and shows it as the own', async () => {
    const principal = await newCitizen(world, { idNumber: idNumberOf(++young, '19950505') });
    const { id: authorisationId } = await authorise(principal, citizen);
    const by = { ...certificate, authorisationId };
    const [paper] = (await citizen.client.people.declareGreen(by)).items;
    const after = await principal.client.people.withdrawGreen({ evidenceId: paper?.id ?? '' });
    expect(after).toMatchObject({ forName: null, mayUse: false, items: [{ state: 'withdrawn' }] });
    expect(after.text).toMatch(/^您还没有/);
  });

  it('is not an agent’s matter any more once the authorisation has ended', async () => {
    const principal = await newCitizen(world, { idNumber: idNumberOf(++young, '19950505') });
    const { id: authorisationId } = await authorise(principal, citizen);
    const by = { ...certificate, authorisationId };
    const [paper] = (await citizen.client.people.declareGreen(by)).items;
    const evidenceId = paper?.id ?? '';
    await principal.client.people.endAuthorisation({ authorisationId });
    const { people } = citizen.client;
    for (const call of [
      people.getGreen({ authorisationId }),
      people.declareGreen(by),
      people.withdrawGreen({ evidenceId, authorisationId }),
    ])
      expect(await code(call)).toBe('AUTHORISATION_NOT_VALID');
    expect(await code(people.withdrawGreen({ evidenceId }))).toBe('NOT_FOUND');
    expect((await principal.client.people.getGreen({})).mayUse).toBe(true);
  });

  it('keeps one paper of a kind when the person and two agents declare it at once', async () => {
    const principal = await newCitizen(world, { idNumber: idNumberOf(++young, '19950505') });
    const other = await newCitizen(world);
    const ids = [await authorise(principal, citizen), await authorise(principal, other)].map(({ id }) => id);
    const calls = [0, 1, 2].flatMap(() => [
      code(principal.client.people.declareGreen(certificate)),
      code(citizen.client.people.declareGreen({ ...certificate, authorisationId: ids[0] })),
      code(other.client.people.declareGreen({ ...certificate, authorisationId: ids[1] })),
    ]);
    expect(new Set(await Promise.all(calls))).toEqual(new Set(['ok']));
    const { items } = await principal.client.people.getGreen({});
    expect(items.filter(({ state }) => state === 'declared')).toHaveLength(1);
    expect(items).toHaveLength(9);
  });

  it('is for people, not for companies', async () => {
    const { id } = await citizen.client.people.declareAuthorisation({
      kind: 'company',
      name: '榕城海丝贸易有限公司',
      creditCode: newCreditCode(),
      role: 'employee',
    });
    await clerk.client.people.verifyAuthorisation({
      authorisationId: id,
      result: 'granted',
      paper: '营业执照',
    });
    expect(await code(citizen.client.people.getGreen({ authorisationId: id }))).toBe('GREEN_NOT_A_PERSON');
  });
});
