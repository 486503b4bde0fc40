import type { Client } from '@haoban/client';
import type { Payment } from '@haoban/contracts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../../apps/api/src/common/id.js';
import { newCitizen, type TestCitizen } from '../../support/builders/citizen.js';
import { cityIds } from '../../support/builders/city.js';
import { newPayment } from '../../support/builders/payment.js';
import { newStaff } from '../../support/builders/staff.js';
import { newWorld, type World } from '../../support/world.js';

const staffRoles = ['clerk', 'courier_desk', 'manager', 'admin', 'display'] as const;
const hallId = cityIds.hall('RC-SM');

let world: World;
let owner: TestCitizen;
let payment: Payment;
const clients = new Map<string, Client>();
beforeAll(async () => {
  world = await newWorld({ jobs: false });
  owner = await newCitizen(world);
  clients.set('anonymous', world.client());
  clients.set('owner', owner.client);
  clients.set('another citizen', (await newCitizen(world)).client);
  for (const role of staffRoles) {
    clients.set(role, (await newStaff(world, { role, hallId: role === 'admin' ? null : hallId })).client);
  }
  const elsewhere = cityIds.hall('RC-XZ');
  clients.set('manager elsewhere', (await newStaff(world, { role: 'manager', hallId: elsewhere })).client);
  payment = await newPayment(world, owner, { hallId });
});
afterAll(() => world.close());

const codeOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'ok',
    (error: unknown) => (error as { code?: string }).code ?? String(error),
  );

/** WeChat Pay is away in this world, so whoever gets through to it hears PAYMENT_UNAVAILABLE. */
const mine: Record<string, { call: (api: Client) => Promise<unknown>; reached: string }> = {
  get: { call: (api) => api.payment.get({ paymentId: payment.id }), reached: 'ok' },
  prepay: { call: (api) => api.payment.prepay({ paymentId: payment.id }), reached: 'PAYMENT_UNAVAILABLE' },
  refresh: { call: (api) => api.payment.refresh({ paymentId: payment.id }), reached: 'PAYMENT_UNAVAILABLE' },
  close: { call: (api) => api.payment.close({ paymentId: payment.id }), reached: 'PAYMENT_UNAVAILABLE' },
};
const halls: Record<string, (api: Client) => Promise<unknown>> = {
  refund: (api) =>
    api.payment.refund({ paymentId: payment.id, requestId: 'request-1', amountFen: 1, reason: '试' }),
  listOfHall: (api) => api.payment.listOfHall({ limit: 20 }),
};

describe.each(Object.keys(mine))('payment.%s', (name) => {
  it.each(['anonymous', 'owner', 'another citizen', ...staffRoles])('for %s', async (who) => {
    const { call, reached } = mine[name]!;
    const expected =
      { anonymous: 'UNAUTHENTICATED', owner: reached, 'another citizen': 'NOT_FOUND' }[who] ?? 'FORBIDDEN';
    expect(await codeOf(call(clients.get(who)!))).toBe(expected);
  });
});

describe.each(Object.keys(halls))('payment.%s', (name) => {
  it.each(['anonymous', 'owner', 'manager elsewhere', ...staffRoles])('for %s', async (who) => {
    const reached = name === 'refund' ? 'PAYMENT_STATE' : 'ok';
    const elsewhere = name === 'refund' ? 'NOT_FOUND' : 'ok';
    const expected =
      { anonymous: 'UNAUTHENTICATED', manager: reached, 'manager elsewhere': elsewhere }[who] ?? 'FORBIDDEN';
    expect(await codeOf(halls[name]!(clients.get(who)!))).toBe(expected);
  });
});

describe('records', () => {
  it('of another hall are not in the list', async () => {
    const { items } = await clients.get('manager elsewhere')!.payment.listOfHall({ limit: 20 });
    expect(items).toEqual([]);
    expect(
      (await clients.get('manager')!.payment.listOfHall({ limit: 20, state: 'unpaid' })).items,
    ).toHaveLength(1);
  });

  it('that do not exist are not found', async () => {
    expect(await codeOf(owner.client.payment.get({ paymentId: newId() }))).toBe('NOT_FOUND');
  });
});
