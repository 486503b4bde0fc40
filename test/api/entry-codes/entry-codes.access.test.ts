import type { Client } from '@haoban/client';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { newHall, newPerson, type TestHall } from '../../support/builders/booking.js';
import { newStaff } from '../../support/builders/queue.js';
import { newWorld, type World } from '../../support/world.js';

const roles = ['anonymous', 'citizen', 'clerk', 'courier_desk', 'manager', 'admin', 'display'] as const;
type Role = (typeof roles)[number];

let world: World;
let hall: TestHall;
let scene: string;
beforeAll(async () => {
  world = await newWorld({ simulators: true, jobs: false });
  hall = await newHall(world);
  const { api } = await newStaff(world, hall.hallId, 'manager');
  ({ scene } = await api.entryCodes.issue({ kind: 'hall', targetId: hall.hallId }));
});
afterAll(() => world.close());

async function clientOf(role: Role): Promise<Client> {
  if (role === 'anonymous') return world.client();
  if (role === 'citizen') return (await newPerson(world)).api;
  return (await newStaff(world, hall.hallId, role)).api;
}

const answer = (call: Promise<unknown>) =>
  call.then(
    () => 'ok',
    (error: unknown) => (error as { code: string }).code,
  );

it.each(roles)('%s makes a code only as a manager', async (role) => {
  const { entryCodes } = await clientOf(role);
  const expected = role === 'manager' ? 'ok' : role === 'anonymous' ? 'UNAUTHENTICATED' : 'FORBIDDEN';
  expect(await answer(entryCodes.issue({ kind: 'hall', targetId: hall.hallId }))).toBe(expected);
});

it.each(roles)('%s may scan a code', async (role) => {
  const { entryCodes } = await clientOf(role);
  expect(await answer(entryCodes.resolve({ scene }))).toBe('ok');
});
