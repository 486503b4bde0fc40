import type { Client } from '@haoban/client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { staffOf } from '../../support/builders/booking.js';
import { newCitizen } from '../../support/builders/citizen.js';
import { newWorld, type World } from '../../support/world.js';

const roles = ['anonymous', 'citizen', 'clerk', 'courier_desk', 'manager', 'admin', 'display'] as const;
type Role = (typeof roles)[number];

let world: World;
beforeAll(async () => {
  world = await newWorld({ jobs: false });
});
afterAll(() => world.close());

async function clientOf(role: Role): Promise<Client> {
  if (role === 'anonymous') return world.client();
  if (role === 'citizen') return (await newCitizen(world)).client;
  return world.client(staffOf(null, role));
}

const answer = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'ok',
    (error: unknown) => (error as { code: string }).code,
  );

const routes: { name: string; may: readonly Role[]; call: (api: Client) => Promise<unknown> }[] = [
  { name: 'templates', may: roles, call: (api) => api.notifications.templates() },
  { name: 'recordGrants', may: ['citizen'], call: (api) => api.notifications.recordGrants({ results: [] }) },
  { name: 'listInbox', may: ['citizen'], call: (api) => api.notifications.listInbox({}) },
  { name: 'markRead', may: ['citizen'], call: (api) => api.notifications.markRead({}) },
];

describe('who may call what', () => {
  for (const { name, may, call } of routes) {
    it(`notifications.${name} is for ${may.length === roles.length ? 'everybody' : may.join(' and ')}`, async () => {
      for (const role of roles) {
        const refused = role === 'anonymous' ? 'UNAUTHENTICATED' : 'FORBIDDEN';
        expect([role, await answer(call(await clientOf(role)))]).toEqual([
          role,
          may.includes(role) ? 'ok' : refused,
        ]);
      }
    });
  }

  it('covers every route of the feature', () => {
    expect(routes.map(({ name }) => name).sort()).toEqual(Object.keys(world.client().notifications).sort());
  });
});
