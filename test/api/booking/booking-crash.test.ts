/**
 * The api is killed with SIGKILL twenty times while phones book, hold, confirm, move and cancel through it. A phone that got no answer asks
 * again with the same request, as the app does, until it knows. In the end the database must be what the phones were told.
 */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { OutboxEntry } from '../../../apps/api/src/outbox/outbox.entity.js';
import { BookingJobs } from '../../../apps/api/src/booking/booking.jobs.js';
import { BookingPolicies } from '../../../apps/api/src/booking/booking-policies.service.js';
import {
  orphanHolds,
  personFaults,
  readTruth,
  runFaults,
  slotFaults,
  total,
} from '../../support/booking-truth.js';
import { newHall, newPerson, type TestHall } from '../../support/builders/booking.js';
import { ShiftedClock } from '../../support/builders/payment.js';
import { usePolicy } from '../../support/builders/waitlist.js';
import { buildApi, Relay } from '../../support/killable-api.js';
import { newWorld, type World } from '../../support/world.js';
import { Phone } from './crash-phone.js';

const KILLS = 20;
const PHONES = 32;
const MINUTE = 60_000;

const clock = new ShiftedClock();
let world: World;
let hall: TestHall;
let relay: Relay;
beforeAll(async () => {
  await buildApi();
  world = await newWorld({ jobs: false, clock });
  hall = await newHall(world, { places: 3 });
  await usePolicy(world, hall.hallId, { perDay: 2, perWeek: 5, perMonth: 15, open: 4 });
  relay = await Relay.start(world);
}, 300_000);
afterAll(async () => {
  await relay.stop();
  await world.close();
}, 120_000);

const answersOf = (phones: readonly Phone[]) => total(phones.map(({ answers }) => answers));

async function slotIds(): Promise<string[]> {
  const { hallId } = hall;
  const ask = { hallId, itemId: hall.a.itemId };
  const { items } = await world.client().booking.listDays(ask);
  // Far enough ahead that no deadline comes near while the test runs.
  const days = items.filter(({ status }) => status === 'open').slice(-3);
  const slots = await Promise.all(days.map(({ day }) => world.client().booking.listSlots({ ...ask, day })));
  return slots.flatMap((list) => list.items.slice(0, 4).map(({ id }) => id));
}

async function newPhones(): Promise<Phone[]> {
  const slots = await slotIds();
  const people = await Promise.all(Array.from({ length: PHONES }, () => newPerson(world)));
  return Promise.all(
    people.map(async (person) => new Phone(relay, await world.token(person), slots, hall.a)),
  );
}

it('killed in the middle of a rush twenty times, loses nothing that it said, and books nothing twice', async () => {
  const phones = await newPhones();
  const calls = phones.map((phone) => phone.use());
  try {
    await relay.killTimes(KILLS, () => answersOf(phones), { after: [5, 60] });
  } finally {
    for (const phone of phones) phone.putAway();
  }
  await Promise.all(calls);

  const { manager } = world.dataSource;
  const truth = await readTruth(manager, hall.a.queueId);
  const told = phones.flatMap((phone) => [...phone.told.values()]);
  const known = new Map(truth.bookings.map((booking) => [booking.id, booking]));
  // Every booking that a phone was told of is there as it was told, and there is none that no phone knows of.
  const untrue = told.flatMap(({ id, state, slotId, replaced }) => {
    const booking = known.get(id);
    const states = replaced ? [state, 'expired'] : [state];
    const same = booking && states.includes(booking.state) && booking.slotId === slotId;
    return same ? [] : [`${id}: told ${state} ${slotId}, is ${booking?.state} ${booking?.slotId}`];
  });
  expect(untrue).toEqual([]);
  expect(truth.bookings.map(({ id }) => id).sort()).toEqual(told.map(({ id }) => id).sort());
  expect(phones.flatMap(({ surprises }) => surprises)).toEqual([]);

  const settings = await world.get(BookingPolicies).forHall(hall.hallId);
  const faults = [...slotFaults(truth), ...runFaults(truth), ...personFaults(truth, world.now, settings)];
  expect(faults).toEqual([]);

  // Whoever was told of a booking gets one message of it; a hold that came to nothing gets none.
  const rows = await manager.findBy(OutboxEntry, { topic: 'booking.confirmed' });
  const messages = rows.flatMap(({ payload }) => (payload as { bookingIds: string[] }).bookingIds);
  const confirmed = told.filter(({ wasConfirmed }) => wasConfirmed).map(({ id }) => id);
  expect(messages.sort()).toEqual(confirmed.sort());

  clock.advance(10 * MINUTE);
  await world.get(BookingJobs).expireHolds();
  const swept = await readTruth(manager, hall.a.queueId);
  expect([...orphanHolds(swept, world.now), ...slotFaults(swept)]).toEqual([]);

  // It was a rush, and the kills hit it.
  expect(answersOf(phones)).toBeGreaterThan(10 * KILLS);
  expect(total(phones.map(({ cut }) => cut))).toBeGreaterThan(KILLS);
}, 600_000);
