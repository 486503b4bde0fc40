import type { Client } from '@haoban/client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  newHall,
  newPerson,
  requestId,
  slotAt,
  staffOf,
  type TestHall,
} from '../../support/builders/booking.js';
import { newWorld, type World } from '../../support/world.js';

const DAY = '2026-07-15';
const roles = ['anonymous', 'citizen', 'clerk', 'courier_desk', 'manager', 'admin', 'display'] as const;
type Role = (typeof roles)[number];

let world: World;
let hall: TestHall;
let other: TestHall;
let slotId: string;
beforeAll(async () => {
  world = await newWorld({ jobs: false });
  hall = await newHall(world, { places: 20 });
  other = await newHall(world);
  const at = { hallId: hall.hallId, itemId: hall.a.itemId, day: DAY, time: '10:00' };
  slotId = (await slotAt(world, at)).id;
});
afterAll(() => world.close());

async function clientOf(role: Role): Promise<Client> {
  if (role === 'anonymous') return world.client();
  if (role === 'citizen') return (await newPerson(world)).api;
  return world.client(staffOf(hall.hallId, role));
}

async function answer(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'ok',
    (error: unknown) => (error as { code: string }).code,
  );
}

async function book() {
  const owner = await newPerson(world);
  const input = { requestId: requestId(), itemId: hall.a.itemId, slotId };
  return { owner, booking: await owner.api.booking.reserve(input) };
}

const everyone = [...roles];
const routes: { name: string; may: readonly Role[]; call: (api: Client) => Promise<unknown> }[] = [
  {
    name: 'listDays',
    may: everyone,
    call: (api) => api.booking.listDays({ hallId: hall.hallId, itemId: hall.a.itemId }),
  },
  {
    name: 'listSlots',
    may: everyone,
    call: (api) => api.booking.listSlots({ hallId: hall.hallId, itemId: hall.a.itemId, day: DAY }),
  },
  {
    name: 'reserve',
    may: ['citizen'],
    call: (api) => api.booking.reserve({ requestId: requestId(), itemId: hall.a.itemId, slotId }),
  },
  { name: 'listMine', may: ['citizen'], call: (api) => api.booking.listMine({}) },
  { name: 'listOfDay', may: ['clerk', 'manager'], call: (api) => api.booking.listOfDay({ day: DAY }) },
];

describe('who may call what', () => {
  for (const { name, may, call } of routes) {
    it(`booking.${name} is for ${may.length === roles.length ? 'everybody' : may.join(' and ')}`, async () => {
      for (const role of roles) {
        const refused = role === 'anonymous' ? 'UNAUTHENTICATED' : 'FORBIDDEN';
        expect([role, await answer(call(await clientOf(role)))]).toEqual([
          role,
          may.includes(role) ? 'ok' : refused,
        ]);
      }
    });
  }

  it('booking.getMine and booking.cancel are for the owner; for other citizens the booking does not exist', async () => {
    const { owner, booking } = await book();
    const input = { bookingId: booking.id };
    for (const role of roles) {
      const refused = { anonymous: 'UNAUTHENTICATED', citizen: 'NOT_FOUND' }[role as string] ?? 'FORBIDDEN';
      const api = await clientOf(role);
      expect([role, await answer(api.booking.getMine(input))]).toEqual([role, refused]);
      expect([role, await answer(api.booking.cancel(input))]).toEqual([role, refused]);
    }
    expect((await owner.api.booking.getMine(input)).id).toBe(booking.id);
    expect((await owner.api.booking.listMine({})).items).toHaveLength(1);
  });

  it('shows the desk its own hall only', async () => {
    const { booking } = await book();
    const ids = async (hallId: string | null) => {
      const { items } = await world.client(staffOf(hallId)).booking.listOfDay({ day: DAY, limit: 100 });
      return items.map(({ id }) => id);
    };
    expect(await ids(hall.hallId)).toContain(booking.id);
    expect(await ids(other.hallId)).toEqual([]);
    expect(await ids(null)).toEqual([]);
  });
});
