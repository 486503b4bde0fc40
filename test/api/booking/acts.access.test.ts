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
let slots: readonly string[];
beforeAll(async () => {
  world = await newWorld({ jobs: false });
  hall = await newHall(world, { places: 50 });
  other = await newHall(world);
  const at = { hallId: hall.hallId, itemId: hall.a.itemId, day: DAY };
  slots = await Promise.all(
    ['10:00', '11:00'].map(async (time) => (await slotAt(world, { ...at, time })).id),
  );
});
afterAll(() => world.close());

async function clientOf(role: Role, hallId = hall.hallId): Promise<Client> {
  if (role === 'anonymous') return world.client();
  if (role === 'citizen') return (await newPerson(world)).api;
  return world.client(staffOf(hallId, role));
}

const answer = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'ok',
    (error: unknown) => (error as { code: string }).code,
  );

async function book(): Promise<string> {
  const owner = await newPerson(world);
  const input = { requestId: requestId(), itemId: hall.a.itemId, slotId: slots[0] ?? '' };
  return (await owner.api.booking.reserve(input)).id;
}

type Call = (api: Client, bookingId: string) => Promise<unknown>;

const citizensActs: [string, Call][] = [
  [
    'reschedule',
    (api, bookingId) => api.booking.reschedule({ bookingId, requestId: requestId(), slotId: slots[1] ?? '' }),
  ],
  ['reply', (api, bookingId) => api.booking.reply({ bookingId, coming: true })],
  ['alternatives', (api, bookingId) => api.booking.alternatives({ bookingId })],
  ['calendar', (api, bookingId) => api.booking.calendar({ bookingId })],
];

const staffOnRecords: [string, Call][] = [
  ['get', (api, bookingId) => api.hallBookings.get({ bookingId })],
  ['readContact', (api, bookingId) => api.hallBookings.readContact({ bookingId })],
  ['history', (api, bookingId) => api.hallBookings.history({ bookingId })],
  [
    'move',
    (api, bookingId) =>
      api.hallBookings.move({ bookingId, requestId: requestId(), slotId: slots[1] ?? '', reason: '试' }),
  ],
  ['cancel', (api, bookingId) => api.hallBookings.cancel({ bookingId, reason: '试' })],
];

const outcomes: [string, Call][] = [
  ['serve', (api, bookingId) => api.hallBookings.serve({ bookingId })],
  ['notReached', (api, bookingId) => api.hallBookings.notReached({ bookingId })],
];

const staffOnHall: [string, readonly Role[], (api: Client) => Promise<unknown>][] = [
  ['list', ['clerk', 'manager'], (api) => api.hallBookings.list({})],
  ['days', ['clerk', 'manager'], (api) => api.hallBookings.days({ itemId: hall.a.itemId })],
  ['slots', ['clerk', 'manager'], (api) => api.hallBookings.slots({ itemId: hall.a.itemId, day: DAY })],
  [
    'findPerson',
    ['clerk', 'manager'],
    (api) => api.hallBookings.findPerson({ idNumber: '350102199001011230' }),
  ],
  ['exportXlsx', ['manager'], (api) => api.hallBookings.exportXlsx({})],
];

const atTheDoor = (role: Role) => (role === 'anonymous' ? 'UNAUTHENTICATED' : 'FORBIDDEN');

describe('who may act on a booking', () => {
  it.each(citizensActs)(
    'booking.%s is the owner’s; for other citizens the booking does not exist',
    async (_, call) => {
      const bookingId = await book();
      for (const role of roles) {
        const expected = role === 'citizen' ? 'NOT_FOUND' : atTheDoor(role);
        expect([role, await answer(call(await clientOf(role), bookingId))]).toEqual([role, expected]);
      }
    },
  );

  it.each(staffOnRecords)('hallBookings.%s is of clerks and managers of its own hall', async (_, call) => {
    for (const role of roles) {
      const may = role === 'clerk' || role === 'manager';
      const bookingId = await book();
      const elsewhere = await answer(call(await clientOf(role, other.hallId), bookingId));
      expect([role, elsewhere]).toEqual([role, may ? 'NOT_FOUND' : atTheDoor(role)]);
      const here = await answer(call(await clientOf(role), bookingId));
      expect([role, here]).toEqual([role, may ? 'ok' : atTheDoor(role)]);
    }
  });

  it.each(outcomes)('hallBookings.%s is of clerks and managers of its own hall', async (_, call) => {
    for (const role of roles) {
      const may = role === 'clerk' || role === 'manager';
      const bookingId = await book();
      const elsewhere = await answer(call(await clientOf(role, other.hallId), bookingId));
      expect([role, elsewhere]).toEqual([role, may ? 'NOT_FOUND' : atTheDoor(role)]);
      // Past the door: whoever has to come is checked in instead.
      const here = await answer(call(await clientOf(role), bookingId));
      expect([role, here]).toEqual([role, may ? 'BOOKING_IN_HALL' : atTheDoor(role)]);
    }
  });

  it.each(staffOnHall)('hallBookings.%s is for %j only', async (_, may, call) => {
    for (const role of roles) {
      const got = await answer(call(await clientOf(role)));
      // The number is made up: past the door is what counts.
      expect([role, got === 'ID_NUMBER_INVALID' ? 'ok' : got]).toEqual([
        role,
        may.includes(role) ? 'ok' : atTheDoor(role),
      ]);
    }
  });

  it('hallBookings.book is of clerks and managers of the slot’s hall', async () => {
    for (const role of roles) {
      const input = {
        requestId: requestId(),
        slotId: slots[0] ?? '',
        itemId: hall.a.itemId,
        channel: 'call' as const,
        person: { name: '林秀英', idNumber: '350102199001011230' },
      };
      const may = role === 'clerk' || role === 'manager';
      const got = await answer((await clientOf(role)).hallBookings.book(input));
      expect([role, got]).toEqual([role, may ? 'ID_NUMBER_INVALID' : atTheDoor(role)]);
    }
  });
});
