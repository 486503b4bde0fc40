import type { Client } from '@haoban/client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cityIds, seedCity } from '../../support/builders/city.js';
import { newCitizen } from '../../support/builders/citizen.js';
import { openCase, requestId, type OpenedCase } from '../../support/builders/cases.js';
import { staffOf } from '../../support/builders/booking.js';
import { newWorld, type World } from '../../support/world.js';

const roles = ['anonymous', 'citizen', 'clerk', 'courier_desk', 'manager', 'admin', 'display'] as const;
type Role = (typeof roles)[number];

let world: World;
let opened: OpenedCase;
beforeAll(async () => {
  world = await newWorld({ jobs: false });
  await seedCity(world);
  opened = await openCase(world);
});
afterAll(() => world.close());

async function clientOf(role: Role, hallId: string): Promise<Client> {
  if (role === 'anonymous') return world.client();
  if (role === 'citizen') return (await newCitizen(world)).client;
  return world.client(staffOf(hallId, role));
}

const answer = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'ok',
    (error: unknown) => (error as { code: string }).code,
  );

const caseId = () => opened.caseId;
/** Every route with the caller's own hall being another one: those who may call it find nothing there. */
const routes: {
  name: string;
  may: readonly Role[];
  finds?: string;
  call: (api: Client) => Promise<unknown>;
}[] = [
  { name: 'listMine', may: ['citizen'], finds: 'ok', call: (api) => api.cases.listMine({}) },
  { name: 'getMine', may: ['citizen'], call: (api) => api.cases.getMine({ caseId: caseId() }) },
  { name: 'withdraw', may: ['citizen'], call: (api) => api.cases.withdraw({ caseId: caseId() }) },
  {
    name: 'lookUp',
    may: roles,
    finds: 'CASE_LOOKUP_FAILED',
    call: (api) => api.cases.lookUp({ caseNo: 'RCSM20260714999999X', idLast4: '0000' }),
  },
  {
    name: 'open',
    may: ['clerk', 'manager'],
    call: (api) =>
      api.cases.open({ requestId: requestId(), ticketId: opened.ticketId, receivedMaterialIds: [] }),
  },
  { name: 'listOfHall', may: ['clerk', 'manager'], finds: 'ok', call: (api) => api.cases.listOfHall({}) },
  ...(['getOfHall', 'advance', 'resume', 'receiveCorrection', 'close', 'handOverCertificate'] as const).map(
    (name) => ({
      name,
      may: ['clerk', 'manager'] as const,
      call: (api: Client) => api.cases[name]({ caseId: caseId() }),
    }),
  ),
  ...(['suspend', 'askCorrection'] as const).map((name) => ({
    name,
    may: ['clerk', 'manager'] as const,
    call: (api: Client) => api.cases[name]({ caseId: caseId(), reason: '原因' }),
  })),
  {
    name: 'decide',
    may: ['clerk', 'manager'],
    call: (api) => api.cases.decide({ caseId: caseId(), result: 'granted' }),
  },
  {
    name: 'issueCertificate',
    may: ['clerk', 'manager'],
    call: (api) => api.cases.issueCertificate({ caseId: caseId() }),
  },
  {
    name: 'notAccept',
    may: ['manager'],
    call: (api) => api.cases.notAccept({ caseId: caseId(), reason: '原因' }),
  },
];

describe('who may call what', () => {
  for (const { name, may, finds = 'NOT_FOUND', call } of routes) {
    const who = may.length === roles.length ? 'everybody' : may.join(' and ');
    it(`cases.${name} is for ${who}, and other people's or other halls' cases do not exist`, async () => {
      for (const role of roles) {
        const refused = role === 'anonymous' ? 'UNAUTHENTICATED' : 'FORBIDDEN';
        const api = await clientOf(role, cityIds.hall('RC-XZ'));
        expect([role, await answer(call(api))]).toEqual([role, may.includes(role) ? finds : refused]);
      }
    });
  }

  it('left the case as it was', async () => {
    const { clerk, citizen } = opened;
    expect((await clerk.api.cases.getOfHall({ caseId: caseId() })).state).toBe('accepted');
    expect((await citizen.client.cases.getMine({ caseId: caseId() })).timeline).toHaveLength(1);
  });

  it('covers every route of the feature', () => {
    const { cases } = world.client();
    expect(routes.map(({ name }) => name).sort()).toEqual(Object.keys(cases).sort());
  });

  it('shows staff masked names and no other hall', async () => {
    const { clerk, citizen } = opened;
    const page = await clerk.api.cases.listOfHall({});
    expect(page.items.map(({ id }) => id)).toContain(caseId());
    for (const secret of [citizen.name, citizen.idNumber, citizen.phone]) {
      expect(JSON.stringify(page)).not.toContain(secret);
    }
    const elsewhere = world.client(staffOf(cityIds.hall('RC-XZ')));
    expect((await elsewhere.cases.listOfHall({})).items).toEqual([]);
    expect((await world.client(staffOf(null, 'manager')).cases.listOfHall({})).items).toEqual([]);
  });
});
