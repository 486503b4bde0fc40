import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { routes } from '@haoban/contracts/routes';
import { newId } from '../../../apps/api/src/common/id.js';
import { idNumberOf, newCitizen, type TestCitizen } from '../../support/builders/citizen.js';
import { authoriseByDesk, newCreditCode } from '../../support/builders/people.js';
import { newStaff, type TestStaff } from '../../support/builders/staff.js';
import { newWorld, type World } from '../../support/world.js';

const roles = ['clerk', 'courier_desk', 'manager', 'display', 'admin'] as const;
const callers = ['stranger', 'citizen', ...roles] as const;
type Caller = (typeof callers)[number];
const desk: readonly Caller[] = ['clerk', 'manager'];

/** Who may call what, written out: the table that the routes are held against. */
const allowed: Record<keyof typeof routes.people, readonly Caller[]> = {
  listAuthorisations: ['citizen'],
  makeCode: ['citizen'],
  acceptCode: ['citizen'],
  declareAuthorisation: ['citizen'],
  endAuthorisation: ['citizen'],
  getGreen: ['citizen'],
  declareGreen: ['citizen'],
  withdrawGreen: ['citizen'],
  standing: ['citizen'],
  appeal: ['citizen'],
  listAppeals: ['citizen'],
  listPendingAuthorisations: desk,
  verifyAuthorisation: desk,
  registerAuthorisationAtDesk: desk,
  endAuthorisationAtDesk: desk,
  listGreenToCheck: desk,
  checkGreen: desk,
  listHallAppeals: desk,
  decideAppeal: ['manager'],
};

let world: World;
let log = '';
let citizen: TestCitizen;
const staff = new Map<Caller, TestStaff>();
beforeAll(async () => {
  const sink = new PassThrough();
  sink.on('data', (chunk: Buffer) => (log += chunk.toString()));
  world = await newWorld({ log: sink, logLevel: 'trace' });
  citizen = await newCitizen(world);
  for (const role of roles)
    staff.set(role, await newStaff(world, { role, ...(role === 'admin' ? { hallId: null } : {}) }));
});
afterAll(() => world.close());

/** Ids that are nobody's: past the door is all that matters here. */
async function codeOf(operation: keyof typeof routes.people, caller: Caller): Promise<string> {
  const { method, path } = routes.people[operation];
  const actor = caller === 'citizen' ? citizen.actor : staff.get(caller)?.actor;
  const token = actor && (await world.token(actor));
  const answer = await world.request(path.replace(/:\w+/, newId()), {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(method === 'GET' ? {} : { 'content-type': 'application/json' }),
    },
    ...(method === 'GET' ? {} : { body: '{}' }),
  });
  return answer.ok ? 'OK' : ((await answer.json()) as { code: string }).code;
}

describe('people', () => {
  const cases = (Object.keys(allowed) as (keyof typeof allowed)[]).flatMap((operation) =>
    callers.map((caller) => ({ operation, caller })),
  );

  it.each(cases)('$operation by $caller', async ({ operation, caller }) => {
    const answer = await codeOf(operation, caller);
    if (allowed[operation].includes(caller)) expect(answer).not.toMatch(/^(UNAUTHENTICATED|FORBIDDEN)$/);
    else expect(answer).toBe(caller === 'stranger' ? 'UNAUTHENTICATED' : 'FORBIDDEN');
  });

  it('has every route in the table', () => {
    expect(Object.keys(allowed).sort()).toEqual(Object.keys(routes.people).sort());
  });
});

describe('what is told in confidence', () => {
  const elder = { name: '端木静姝', idNumber: idNumberOf(321, '19440101'), phone: '15433334444' };
  const paper = '残疾人证 35010219440101778X';
  const secrets: string[] = [elder.name, elder.idNumber, elder.phone, '35010219440101778X'];

  it('is in no answer, no line of the log, no audit, no message and no row, once it was sent', async () => {
    const clerk = staff.get('clerk');
    if (!clerk) throw new Error('No clerk');
    const other = await newCitizen(world);
    const { code } = await citizen.client.people.makeCode({});
    secrets.push(code);
    await other.client.people.acceptCode({ code, relation: 'sibling' });
    const { phone, ...named } = elder;
    const declared = await citizen.client.people.declareAuthorisation({
      kind: 'family',
      relation: 'parent',
      ...elder,
    });
    const { id } = await authoriseByDesk(clerk, other, named);
    await other.client.people.declareGreen({ authorisationId: id, reason: 'disabled', document: paper });
    await clerk.client.people.registerAuthorisationAtDesk({
      kind: 'company',
      name: '榕城海丝贸易有限公司',
      creditCode: newCreditCode(),
      role: 'agency',
      paper: '营业执照',
      agentIdNumber: other.idNumber,
    });
    secrets.push(other.idNumber, other.phone);
    const bad = { kind: 'family', relation: 'parent', name: elder.name, phone } as const;
    const wrong = { ...bad, idNumber: `${elder.idNumber.slice(0, 17)}?` };
    await expect(citizen.client.people.declareAuthorisation(wrong)).rejects.toMatchObject({
      code: 'ID_NUMBER_INVALID',
    });
    const answers = JSON.stringify([
      declared,
      await other.client.people.listAuthorisations({}),
      await citizen.client.people.listAuthorisations({}),
      await other.client.people.getGreen({ authorisationId: id }),
      await clerk.client.people.listPendingAuthorisations({ q: elder.name }),
      await clerk.client.people.listPendingAuthorisations({ state: 'active', q: elder.name }),
      await clerk.client.people.listGreenToCheck({ q: elder.name }),
    ]);
    await world.drain();
    const found = (text: string) =>
      secrets.filter((secret) => text.includes(secret) || text.includes(encodeURIComponent(secret)));
    expect(found(answers)).toEqual([]);
    expect(log).toContain('/api/hall/green');
    expect(found(log)).toEqual([]);
    const tables = await world.dataSource.query<{ name: string }[]>(
      'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()',
    );
    for (const { name } of tables) {
      const rows = JSON.stringify(await world.dataSource.query(`SELECT * FROM \`${name}\``));
      expect([name, found(rows)]).toEqual([name, []]);
    }
  });
});
