import type { Client } from '@haoban/client';
import type { Delivery } from '@haoban/contracts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newCitizen } from '../../support/builders/citizen.js';
import { cityIds, seedCity } from '../../support/builders/city.js';
import {
  HOME,
  newCaseToSend,
  newDelivery,
  requestId,
  type CaseToSend,
} from '../../support/builders/delivery.js';
import { auditOf } from '../../support/builders/payment.js';
import { newStaff } from '../../support/builders/staff.js';
import { newWorld, type World } from '../../support/world.js';

const staffRoles = ['clerk', 'courier_desk', 'manager', 'admin', 'display'] as const;
const hallId = cityIds.hall('RC-SM');

let world: World;
let sent: CaseToSend;
let free: CaseToSend;
let delivery: Delivery;
const clients = new Map<string, Client>();
const clientOf = (who: string): Client => clients.get(who) ?? world.client();
beforeAll(async () => {
  // EMS is away: the tariff prices.
  world = await newWorld({ jobs: false });
  await seedCity(world);
  sent = await newCaseToSend(world);
  free = await newCaseToSend(world, { citizen: sent.citizen });
  clients.set('owner', sent.citizen.client);
  clients.set('another citizen', (await newCitizen(world)).client);
  for (const role of staffRoles) {
    clients.set(role, (await newStaff(world, { role, hallId: role === 'admin' ? null : hallId })).client);
  }
  const elsewhere = cityIds.hall('RC-XZ');
  clients.set('desk elsewhere', (await newStaff(world, { role: 'courier_desk', hallId: elsewhere })).client);
  delivery = await newDelivery(sent);
});
afterAll(() => world.close());

const codeOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'ok',
    (error: unknown) => (error as { code?: string }).code ?? String(error),
  );

interface Row {
  readonly call: (api: Client) => Promise<unknown>;
  /** What whoever may call it hears, and what another's record gives. */
  readonly own: string;
  readonly other: string;
}

const ofDelivery = () => ({ deliveryId: delivery.id });
const citizenRows: Record<string, Row> = {
  quote: {
    call: (api) => api.delivery.quote({ caseId: free.caseId, address: HOME }),
    own: 'ok',
    other: 'NOT_FOUND',
  },
  create: {
    call: (api) =>
      api.delivery.create({ requestId: requestId(), caseId: free.caseId, address: HOME, quoteToken: 'x' }),
    own: 'QUOTE_EXPIRED',
    other: 'NOT_FOUND',
  },
  listMine: { call: (api) => api.delivery.listMine({ limit: 20 }), own: 'ok', other: 'ok' },
  getMine: { call: (api) => api.delivery.getMine(ofDelivery()), own: 'ok', other: 'NOT_FOUND' },
  cancel: {
    call: (api) =>
      api.delivery.cancel({ deliveryId: api === clients.get('owner') ? free.caseId : delivery.id }),
    own: 'NOT_FOUND',
    other: 'NOT_FOUND',
  },
};
const scan = () => ({ ...ofDelivery(), waybillNo: 'EA471108151CN', certificateNo: sent.certificateNo });
const hallRows: Record<string, Row> = {
  listOfHall: { call: (api) => api.delivery.listOfHall({ limit: 20 }), own: 'ok', other: 'ok' },
  getOfHall: { call: (api) => api.delivery.getOfHall(ofDelivery()), own: 'ok', other: 'NOT_FOUND' },
  findByWaybill: {
    call: (api) => api.delivery.findByWaybill({ waybillNo: 'EA471108151CN' }),
    own: 'NOT_FOUND',
    other: 'NOT_FOUND',
  },
  handOver: { call: (api) => api.delivery.handOver(scan()), own: 'DELIVERY_STATE', other: 'NOT_FOUND' },
  retryOrder: {
    call: (api) => api.delivery.retryOrder(ofDelivery()),
    own: 'DELIVERY_STATE',
    other: 'NOT_FOUND',
  },
  label: { call: (api) => api.delivery.label(ofDelivery()), own: 'DELIVERY_STATE', other: 'NOT_FOUND' },
};

describe.each(Object.entries(citizenRows))('delivery.%s', (_name, { call, own, other }) => {
  it.each(['anonymous', 'owner', 'another citizen', ...staffRoles])('for %s', async (who) => {
    const expected =
      { anonymous: 'UNAUTHENTICATED', owner: own, 'another citizen': other }[who] ?? 'FORBIDDEN';
    expect(await codeOf(call(clientOf(who)))).toBe(expected);
  });
});

describe.each(Object.entries(hallRows))('delivery.%s', (_name, { call, own, other }) => {
  it.each(['anonymous', 'owner', 'desk elsewhere', ...staffRoles])('for %s', async (who) => {
    const allowed = { courier_desk: own, manager: own, 'desk elsewhere': other }[who];
    const expected = who === 'anonymous' ? 'UNAUTHENTICATED' : (allowed ?? 'FORBIDDEN');
    expect(await codeOf(call(clientOf(who)))).toBe(expected);
  });
});

describe("the receiver's address", () => {
  it('is whole on a single record of the desk, which is audited, and masked everywhere else', async () => {
    const desk = clientOf('courier_desk');
    expect((await desk.delivery.getOfHall(ofDelivery())).receiver).toEqual(HOME);
    const audited = await auditOf(world, 'delivery.read-address');
    expect(audited.some(({ subjectId }) => subjectId === delivery.id)).toBe(true);
    const { items } = await desk.delivery.listOfHall({ limit: 20, q: sent.caseNo });
    expect(items.map(({ id }) => id)).toEqual([delivery.id]);
    const mine = await sent.citizen.client.delivery.listMine({ limit: 20 });
    for (const shown of [JSON.stringify(items), JSON.stringify(mine)]) {
      expect(shown).not.toContain(HOME.phone);
      expect(shown).not.toContain(HOME.name);
      expect(shown).not.toContain(HOME.detail);
    }
  });

  it('is not readable in the database', async () => {
    const [row] = await world.dataSource.query<object[]>('SELECT * FROM delivery WHERE id = ?', [
      delivery.id,
    ]);
    expect(JSON.stringify(row)).not.toContain(HOME.detail);
    expect(JSON.stringify(row)).not.toContain(HOME.phone);
  });

  it('of another hall is in no list', async () => {
    expect((await clientOf('desk elsewhere').delivery.listOfHall({ limit: 20 })).items).toEqual([]);
    expect((await clientOf('another citizen').delivery.listMine({ limit: 20 })).items).toEqual([]);
  });
});
