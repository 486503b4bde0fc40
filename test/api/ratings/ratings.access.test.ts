import type { Client } from '@haoban/client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newHall, requestId, staffOf, type TestHall } from '../../support/builders/booking.js';
import { newCitizen } from '../../support/builders/citizen.js';
import { newWorld, type World } from '../../support/world.js';

const roles = ['anonymous', 'citizen', 'clerk', 'courier_desk', 'manager', 'admin', 'display'] as const;
type Role = (typeof roles)[number];

let world: World;
let hall: TestHall;
beforeAll(async () => {
  world = await newWorld({ jobs: false });
  hall = await newHall(world);
});
afterAll(() => world.close());

async function clientOf(role: Role): Promise<Client> {
  if (role === 'anonymous') return world.client();
  if (role === 'citizen') return (await newCitizen(world)).client;
  return world.client(staffOf(hall.hallId, role));
}

const answer = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'ok',
    (error: unknown) => (error as { code: string }).code,
  );

const routes: {
  name: string;
  may: readonly Role[];
  finds?: string;
  call: (api: Client) => Promise<unknown>;
}[] = [
  { name: 'options', may: roles, call: (api) => api.ratings.options() },
  { name: 'hallIndicators', may: roles, call: (api) => api.ratings.hallIndicators({ hallId: hall.hallId }) },
  { name: 'invitations', may: ['citizen'], call: (api) => api.ratings.invitations() },
  { name: 'listMine', may: ['citizen'], call: (api) => api.ratings.listMine({}) },
  {
    name: 'rate',
    may: ['citizen'],
    finds: 'NOT_FOUND',
    call: (api) =>
      api.ratings.rate({ requestId: requestId(), subject: 'visit', subjectId: hall.hallId, level: 5 }),
  },
  { name: 'listOfHall', may: ['manager'], call: (api) => api.ratings.listOfHall({}) },
];

describe('who may call what', () => {
  for (const { name, may, finds = 'ok', call } of routes) {
    it(`ratings.${name} is for ${may.length === roles.length ? 'everybody' : may.join(' and ')}`, async () => {
      for (const role of roles) {
        const refused = role === 'anonymous' ? 'UNAUTHENTICATED' : 'FORBIDDEN';
        expect([role, await answer(call(await clientOf(role)))]).toEqual([
          role,
          may.includes(role) ? finds : refused,
        ]);
      }
    });
  }

  it('covers every route of the feature', () => {
    expect(routes.map(({ name }) => name).sort()).toEqual(Object.keys(world.client().ratings).sort());
  });
});
