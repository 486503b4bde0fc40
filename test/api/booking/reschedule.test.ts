import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GuideService } from '../../../apps/api/src/guide/guide.service.js';
import { ItemPlaceEntity } from '../../../apps/api/src/guide/service-item.entity.js';
import { newId } from '../../../apps/api/src/common/id.js';
import { BookingChangeEntity, BookingEntity } from '../../../apps/api/src/booking/booking.entity.js';
import {
  newHall,
  newPerson,
  requestId,
  slotAt,
  type Person,
  type TestHall,
} from '../../support/builders/booking.js';
import { closeTimes, countsOf, sumsOf } from '../../support/builders/places.js';
import { newWorld, type World } from '../../support/world.js';

const NOW = '2026-07-14T01:30:00Z';
let world: World;
let hall: TestHall;
beforeAll(async () => {
  world = await newWorld({ jobs: false });
  hall = await newHall(world, { places: 1 });
});
afterAll(() => world.close());

const at = async (day: string, time: string, itemId = hall.a.itemId, hallId = hall.hallId) =>
  (await slotAt(world, { hallId, itemId, day, time })).id;
const book = async (person: Person, slotId: string, itemId = hall.a.itemId) =>
  person.api.booking.reserve({ requestId: requestId(), itemId, slotId });
const move = (person: Person, bookingId: string, slotId: string, request = requestId()) =>
  person.api.booking.reschedule({ bookingId, requestId: request, slotId });
const stored = (id: string) => world.dataSource.manager.findOneByOrFail(BookingEntity, { id });

describe('rescheduling', () => {
  it('keeps the booking’s id and code, swaps the places, and tells the person both times', async () => {
    const person = await newPerson(world);
    const booking = await book(person, await at('2026-07-15', '09:00'));
    const moved = await move(person, booking.id, await at('2026-07-16', '10:30'));
    expect(moved).toMatchObject({
      id: booking.id,
      code: booking.code,
      state: 'confirmed',
      day: '2026-07-16',
      start: '2026-07-16T02:30:00.000Z',
      reply: null,
    });
    expect(await countsOf(world, hall.a.queueId)).toEqual({ '2026-07-16 10:30': 1 });
    expect((await person.api.booking.getMine({ bookingId: booking.id })).day).toBe('2026-07-16');
    const [tell] = await world.dataSource.query<{ payload: string }[]>(
      "SELECT payload FROM outbox WHERE payload LIKE '%booking_moved%' ORDER BY id DESC LIMIT 1",
    );
    const payload: unknown = typeof tell?.payload === 'string' ? JSON.parse(tell.payload) : tell?.payload;
    expect(payload).toMatchObject({
      citizenId: person.citizenId,
      title: '预约已改期',
      data: { time2: '2026-07-16 10:30', time3: '2026-07-15 09:00' },
    });
    const changes = await world.dataSource.manager.findBy(BookingChangeEntity, { bookingId: booking.id });
    expect(changes).toMatchObject([{ action: 'move', actorKind: 'citizen', actorId: person.citizenId }]);
  });

  it('gives a repeated request its first answer, and refuses its number for another time', async () => {
    const person = await newPerson(world);
    const booking = await book(person, await at('2026-07-15', '09:30'));
    const slotId = await at('2026-07-15', '10:00');
    const request = requestId();
    const first = await move(person, booking.id, slotId, request);
    expect(await move(person, booking.id, slotId, request)).toEqual(first);
    await expect(move(person, booking.id, await at('2026-07-15', '11:00'), request)).rejects.toMatchObject({
      code: 'REQUEST_ID_REUSED',
    });
    expect((await stored(booking.id)).version).toBe(2);
    expect(await world.dataSource.manager.countBy(BookingChangeEntity, { bookingId: booking.id })).toBe(1);
  });

  it('to the time that it has changes nothing', async () => {
    const person = await newPerson(world);
    const slotId = await at('2026-07-15', '11:30');
    const booking = await book(person, slotId);
    expect(await move(person, booking.id, slotId)).toEqual(booking);
    expect((await stored(booking.id)).version).toBe(1);
  });

  it('never loses the old place when the new one is full, closed, past, unknown or of another queue', async () => {
    const [person, other] = await Promise.all([newPerson(world), newPerson(world)]);
    const booking = await book(person, await at('2026-07-17', '09:00'));
    const full = await at('2026-07-17', '09:30');
    await book(other, full);
    const closed = await at('2026-07-17', '10:00');
    await closeTimes(world, hall, { day: '2026-07-17', from: '10:00', to: '10:30' });
    const before = await countsOf(world, hall.a.queueId);
    const sums = await sumsOf(world, hall.a.queueId);
    const elsewhere = await at('2026-07-17', '09:00', hall.b.itemId);
    for (const [slotId, code] of [
      [full, 'SLOT_FULL'],
      [closed, 'SLOT_CLOSED'],
      [newId(), 'SLOT_NOT_FOUND'],
      [elsewhere, 'ITEM_NOT_OFFERED'],
    ] as const) {
      await expect(move(person, booking.id, slotId)).rejects.toMatchObject({ code });
    }
    expect(await countsOf(world, hall.a.queueId)).toEqual(before);
    expect(await sumsOf(world, hall.a.queueId)).toEqual(sums);
    expect(await person.api.booking.getMine({ bookingId: booking.id })).toEqual(booking);
  });

  it('names the nearest free time with SLOT_FULL', async () => {
    const [person, other] = await Promise.all([newPerson(world), newPerson(world)]);
    const booking = await book(person, await at('2026-07-20', '09:00'));
    const full = await at('2026-07-20', '15:00');
    await book(other, full);
    const error = await move(person, booking.id, full).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: 'SLOT_FULL',
      details: { nearest: { start: '2026-07-20T06:30:00.000Z' } },
    });
  });

  it('does not count the booking itself against the person’s limits, but counts the others', async () => {
    const person = await newPerson(world);
    const first = await book(person, await at('2026-07-21', '09:00'));
    await book(person, await at('2026-07-22', '09:00'));
    await book(person, await at('2026-07-23', '09:00'));
    expect((await move(person, first.id, await at('2026-07-24', '09:00'))).day).toBe('2026-07-24');
    // One item a day: the third of July 22 has it already.
    await expect(move(person, first.id, await at('2026-07-22', '11:00'))).rejects.toMatchObject({
      code: 'BOOKING_LIMIT_REACHED',
    });
    expect((await stored(first.id)).day).toBe('2026-07-24');
  });

  it('moves a visit of several slots by less than its own length', async () => {
    const person = await newPerson(world);
    const day = '2026-07-24';
    const [early, late] = [
      await at(day, '14:00', hall.a.longItemId),
      await at(day, '14:30', hall.a.longItemId),
    ];
    const booking = await book(person, early, hall.a.longItemId);
    const moved = await move(person, booking.id, late);
    expect([moved.start, moved.end]).toEqual(['2026-07-24T06:30:00.000Z', '2026-07-24T07:30:00.000Z']);
    const counts = await countsOf(world, hall.a.queueId);
    expect([counts[`${day} 14:00`], counts[`${day} 14:30`], counts[`${day} 15:00`]]).toEqual([
      undefined,
      1,
      1,
    ]);
  });

  it('goes to another hall that offers the item, and to none that does not', async () => {
    const branch = await newHall(world);
    const person = await newPerson(world);
    const booking = await book(person, await at('2026-07-27', '09:00'));
    const foreign = await at('2026-07-27', '09:00', branch.a.itemId, branch.hallId);
    await expect(move(person, booking.id, foreign)).rejects.toMatchObject({ code: 'ITEM_NOT_OFFERED' });
    expect((await stored(booking.id)).hallId).toBe(hall.hallId);
    const places = world.dataSource.manager.getRepository(ItemPlaceEntity);
    const place = await places.findOneByOrFail({ hallId: branch.hallId, itemId: branch.a.itemId });
    await places.insert({ ...place, id: newId(), itemId: hall.a.itemId });
    world.get(GuideService).invalidate();
    const moved = await move(person, booking.id, foreign);
    expect(moved).toMatchObject({ hallId: branch.hallId, queueId: branch.a.queueId, code: booking.code });
    expect(await countsOf(world, branch.a.queueId)).toEqual({ '2026-07-27 09:00': 1 });
    expect((await countsOf(world, hall.a.queueId))['2026-07-27 09:00']).toBeUndefined();
  });

  it('is the owner’s, of a confirmed booking, and until the deadline', async () => {
    const [person, stranger] = await Promise.all([newPerson(world), newPerson(world)]);
    const booking = await book(person, await at('2026-07-15', '14:00'));
    const slotId = await at('2026-07-15', '15:00');
    await expect(move(stranger, booking.id, slotId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    world.clock.set('2026-07-15T04:00:00.001Z');
    await expect(move(person, booking.id, slotId)).rejects.toMatchObject({ code: 'BOOKING_MOVE_TOO_LATE' });
    world.clock.set('2026-07-15T04:00:00Z');
    expect((await move(person, booking.id, slotId)).start).toBe('2026-07-15T07:00:00.000Z');
    await person.api.booking.cancel({ bookingId: booking.id });
    await expect(move(person, booking.id, await at('2026-07-15', '16:00'))).rejects.toMatchObject({
      code: 'BOOKING_STATE',
    });
    world.clock.set(NOW);
  });

  it('is not barred by a place given back elsewhere, and is by one of the same slot', async () => {
    const person = await newPerson(world);
    const slotId = await at('2026-07-27', '14:00');
    const booking = await book(person, await at('2026-07-27', '15:00'));
    const { personKey } = await stored(booking.id);
    await world.dataSource.query(
      `INSERT INTO slot_return (id, slot_id, queue_id, person_key, places, returned_at, reopen_at, reopened_at)
        VALUES (?, ?, ?, ?, 1, ?, ?, ?)`,
      [booking.id, slotId, hall.a.queueId, personKey, world.now, world.now, world.now],
    );
    await expect(move(person, booking.id, slotId)).rejects.toMatchObject({ code: 'SLOT_GIVEN_BACK' });
    expect((await move(person, booking.id, await at('2026-07-27', '16:00'))).state).toBe('confirmed');
  });
});

describe('after a closure', () => {
  it('proposes up to three near times, and one tap on one is the swap, until the start', async () => {
    const person = await newPerson(world);
    const slotId = await at('2026-07-16', '14:00');
    const booking = await book(person, slotId);
    const open = await person.api.booking.alternatives({ bookingId: booking.id });
    expect(open.closed).toBe(false);
    await closeTimes(world, hall, { day: '2026-07-16', from: '14:00', to: '14:30' });
    world.clock.set('2026-07-16T05:00:00Z');
    const { closed, items } = await person.api.booking.alternatives({ bookingId: booking.id });
    expect(closed).toBe(true);
    expect(items.map(({ day, startTime }) => `${day} ${startTime}`)).toEqual([
      '2026-07-16 13:30',
      '2026-07-16 14:30',
      '2026-07-16 15:00',
    ]);
    const moved = await move(person, booking.id, items[1]?.slotId ?? '');
    expect(moved.start).toBe('2026-07-16T06:30:00.000Z');
    world.clock.set(NOW);
    await person.api.booking.cancel({ bookingId: booking.id });
    expect(await person.api.booking.alternatives({ bookingId: booking.id })).toEqual({
      closed: false,
      items: [],
    });
  });
});

describe('giving a place up late', () => {
  it('is allowed after the deadline until the start, returns the place, and is no no-show', async () => {
    const person = await newPerson(world);
    const booking = await book(person, await at('2026-07-14', '10:30'));
    expect(booking.actions).toContain('cancel');
    expect(booking.actions).not.toContain('reschedule');
    const cancelled = await person.api.booking.cancel({ bookingId: booking.id });
    expect(cancelled.state).toBe('cancelled');
    const [change] = await world.dataSource.manager.findBy(BookingChangeEntity, { bookingId: booking.id });
    expect(change).toMatchObject({ action: 'release', actorKind: 'citizen' });
    expect((await countsOf(world, hall.a.queueId))['2026-07-14 10:30']).toBeUndefined();
  });
});
