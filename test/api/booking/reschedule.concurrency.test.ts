import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HoldsService } from '../../../apps/api/src/booking/holds.service.js';
import {
  newHall,
  newPeople,
  requestId,
  slotAt,
  type HallOptions,
  type Person,
  type TestHall,
} from '../../support/builders/booking.js';
import { countsOf, sumsOf } from '../../support/builders/places.js';
import { newWorld, type World } from '../../support/world.js';

const DAY = '2026-07-16';
const [EARLY, LATE] = ['09:00', '15:00'];

let world: World;
beforeAll(async () => {
  world = await newWorld({ jobs: false });
});
afterAll(() => world.close());

interface Scene {
  readonly hall: TestHall;
  readonly early: string;
  readonly late: string;
}

async function scene(options: HallOptions): Promise<Scene> {
  const hall = await newHall(world, options);
  const at = async (time: string) =>
    (await slotAt(world, { hallId: hall.hallId, itemId: hall.a.itemId, day: DAY, time })).id;
  return { hall, early: await at(EARLY), late: await at(LATE) };
}

const book = (person: Person, { hall }: Scene, slotId: string) =>
  person.api.booking.reserve({ requestId: requestId(), itemId: hall.a.itemId, slotId });
const swap = (person: Person, bookingId: string, slotId: string, request = requestId()) =>
  person.api.booking.reschedule({ bookingId, requestId: request, slotId });
const codeOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'ok',
    (error: unknown) => (error as { code: string }).code,
  );
const counts = async ({ hall }: Scene) => {
  const all = await countsOf(world, hall.a.queueId);
  return [all[`${DAY} ${EARLY}`] ?? 0, all[`${DAY} ${LATE}`] ?? 0];
};

describe('many swaps at once', () => {
  it('between two slots, in both directions, lose and double nobody and block each other never', async () => {
    const here = await scene({ places: 8 });
    const people = await newPeople(world, 12);
    const booked = await Promise.all(
      people.map(async (person, index) => ({
        person,
        booking: await book(person, here, index < 6 ? here.early : here.late),
      })),
    );
    for (let round = 0; round < 4; round++) {
      const codes = await Promise.all(
        booked.map(async ({ person, booking }) => {
          const now = await person.api.booking.getMine({ bookingId: booking.id });
          return codeOf(swap(person, booking.id, now.slotId === here.early ? here.late : here.early));
        }),
      );
      expect([...new Set(codes)].filter((code) => code !== 'ok' && code !== 'SLOT_FULL')).toEqual([]);
      const [early = 0, late = 0] = await counts(here);
      expect(early + late).toBe(12);
      expect(Math.max(early, late)).toBeLessThanOrEqual(8);
      expect(await sumsOf(world, here.hall.a.queueId)).toEqual({ counted: 12, booked: 12 });
      // Nobody may go back to what they gave up; that is forgotten here, so that the same people can go to and fro.
      await world.dataSource.query('DELETE FROM slot_return WHERE queue_id = ?', [here.hall.a.queueId]);
    }
  });

  it('for the last place let exactly one through, and leave the others where they were', async () => {
    const here = await scene({ places: 6 });
    const people = await newPeople(world, 11);
    const [, ...movers] = await Promise.all(
      people.map(async (person, index) => ({
        person,
        booking: await book(person, here, index < 5 ? here.late : here.early),
      })),
    );
    const early = movers.filter(({ booking }) => booking.slotId === here.early);
    expect(early).toHaveLength(6);
    const codes = await Promise.all(
      early.map(({ person, booking }) => codeOf(swap(person, booking.id, here.late))),
    );
    expect(codes.filter((code) => code === 'ok')).toHaveLength(1);
    expect(codes.filter((code) => code === 'SLOT_FULL')).toHaveLength(5);
    expect(await counts(here)).toEqual([5, 6]);
    expect(await sumsOf(world, here.hall.a.queueId)).toEqual({ counted: 11, booked: 11 });
  });

  it('of one booking, sent twice or to two times at once, count as one', async () => {
    const here = await scene({ places: 3 });
    const [person] = await newPeople(world, 1);
    if (!person) throw new Error('Nobody');
    const booking = await book(person, here, here.early);
    const request = requestId();
    const same = await Promise.all(
      [1, 2, 3, 4].map(() => codeOf(swap(person, booking.id, here.late, request))),
    );
    expect(same).toEqual(['ok', 'ok', 'ok', 'ok']);
    expect(await counts(here)).toEqual([0, 1]);
    const visit = { hallId: here.hall.hallId, itemId: here.hall.a.itemId, day: DAY };
    const others = ['11:00', '11:30'].map((time) => slotAt(world, { ...visit, time }));
    await Promise.all((await Promise.all(others)).map(({ id }) => swap(person, booking.id, id)));
    expect(await sumsOf(world, here.hall.a.queueId)).toEqual({ counted: 1, booked: 1 });
  });
});

describe('a swap against other acts', () => {
  it('at the same moment as cancelling the same booking gives every place back exactly once', async () => {
    const here = await scene({ places: 10 });
    const people = await newPeople(world, 10);
    const booked = await Promise.all(
      people.map(async (person) => ({ person, booking: await book(person, here, here.early) })),
    );
    await Promise.all(
      booked.flatMap(({ person, booking }) => [
        codeOf(swap(person, booking.id, here.late)),
        codeOf(person.api.booking.cancel({ bookingId: booking.id })),
      ]),
    );
    expect(await counts(here)).toEqual([0, 0]);
    expect(await sumsOf(world, here.hall.a.queueId)).toEqual({ counted: 0, booked: 0 });
  });

  it('that comes in between a cancellation’s look and its locks leaves the new place to be given back', async () => {
    const here = await scene({ places: 3 });
    const [person] = await newPeople(world, 1);
    if (!person) throw new Error('Nobody');
    const booking = await book(person, here, here.early);
    const acts: Promise<string>[] = [];
    await world.dataSource.transaction(async (em) => {
      await em.query('SELECT id FROM slot WHERE id = ? FOR UPDATE', [here.early]);
      // Both wait for this slot, the swap in front: when it is done, the cancellation's slots are the old ones.
      acts.push(codeOf(swap(person, booking.id, here.late)));
      await pause(1_000);
      acts.push(codeOf(person.api.booking.cancel({ bookingId: booking.id })));
      await pause(1_000);
    });
    expect(await Promise.all(acts)).toEqual(['ok', 'ok']);
    expect(await counts(here)).toEqual([0, 0]);
    expect((await person.api.booking.getMine({ bookingId: booking.id })).state).toBe('cancelled');
  });

  it('mixed with reservations, holds and cancellations leaves counts that the bookings add up to', async () => {
    const here = await scene({ places: 5 });
    const people = await newPeople(world, 24);
    const first = await Promise.all(
      people.slice(0, 8).map(async (person, index) => ({
        person,
        booking: await book(person, here, index % 2 ? here.early : here.late),
      })),
    );
    const acts = [
      ...first.map(({ person, booking }, index) => {
        const other = booking.slotId === here.early ? here.late : here.early;
        return index % 4 === 3
          ? codeOf(person.api.booking.cancel({ bookingId: booking.id }))
          : codeOf(swap(person, booking.id, other));
      }),
      ...people.slice(8).map((person, index) => {
        const slotId = index % 2 ? here.early : here.late;
        const wish = { requestId: requestId(), itemId: here.hall.a.itemId, slotId };
        return codeOf(index % 3 ? person.api.booking.reserve(wish) : person.api.booking.hold(wish));
      }),
    ];
    const codes = await Promise.all(acts);
    expect([...new Set(codes)].filter((code) => code !== 'ok' && code !== 'SLOT_FULL')).toEqual([]);
    const sums = await sumsOf(world, here.hall.a.queueId);
    expect(sums.counted).toBe(sums.booked);
    expect(Math.max(...(await counts(here)))).toBeLessThanOrEqual(5);
    world.clock.advance(6 * 60_000);
    await world.get(HoldsService).sweep();
    const after = await sumsOf(world, here.hall.a.queueId);
    expect(after.counted).toBe(after.booked);
    world.clock.set('2026-07-14T01:30:00Z');
  });
});
