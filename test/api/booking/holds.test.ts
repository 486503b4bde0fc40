import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { BookingEntity } from '../../../apps/api/src/booking/booking.entity.js';
import { BookingJobs } from '../../../apps/api/src/booking/booking.jobs.js';
import { SlotEntity } from '../../../apps/api/src/booking/slot.entity.js';
import {
  newHall,
  newPeople,
  newPerson,
  requestId,
  slotAt,
  type Person,
  type TestHall,
} from '../../support/builders/booking.js';
import { usePolicy } from '../../support/builders/waitlist.js';
import { newWorld, type World } from '../../support/world.js';

const DAY = '2026-07-15';
const NOW = '2026-07-14T01:30:00Z';
const MINUTE = 60_000;
let world: World;
let hall: TestHall;
beforeAll(async () => {
  world = await newWorld({ jobs: false });
});
beforeEach(async () => {
  world.clock.set(NOW);
  hall = await newHall(world, { places: 1 });
});
afterAll(() => world.close());

const at = (time: string) => slotAt(world, { hallId: hall.hallId, itemId: hall.a.itemId, day: DAY, time });
const hold = (person: Person, slotId: string, id = requestId()) =>
  person.api.booking.hold({ requestId: id, itemId: hall.a.itemId, slotId });
const taken = async (slotId: string) => {
  const row = await world.dataSource.getRepository(SlotEntity).findOneByOrFail({ id: slotId });
  return row.taken;
};

describe('a hold', () => {
  it('keeps the place for five minutes, so that nobody else gets it, and becomes a booking when it is confirmed', async () => {
    const [first, second] = [await newPerson(world), await newPerson(world)];
    const slot = await at('10:00');
    const held = await hold(first, slot.id);
    expect(held).toMatchObject({
      state: 'held',
      holdUntil: '2026-07-14T01:35:00.000Z',
      actions: ['confirm', 'release'],
    });
    await expect(hold(second, slot.id)).rejects.toMatchObject({ code: 'SLOT_FULL' });
    const booking = await first.api.booking.confirm({ bookingId: held.id });
    expect(booking).toMatchObject({ id: held.id, state: 'confirmed', holdUntil: null });
    expect(await first.api.booking.confirm({ bookingId: held.id })).toEqual(booking);
    expect(await taken(slot.id)).toBe(1);
  });

  it('runs out to the millisecond: confirmed in its last, refused at its end, and the place is anybody’s', async () => {
    const people = await newPeople(world, 3);
    const [slot, other] = [await at('10:30'), await at('11:00')];
    const inTime = await hold(people[0] as Person, slot.id);
    const late = await hold(people[1] as Person, other.id);
    world.clock.advance(5 * MINUTE - 1);
    expect(await (people[0] as Person).api.booking.confirm({ bookingId: inTime.id })).toMatchObject({
      state: 'confirmed',
    });
    world.clock.advance(1);
    await expect((people[1] as Person).api.booking.confirm({ bookingId: late.id })).rejects.toMatchObject({
      code: 'HOLD_EXPIRED',
    });
    // No job has run: whoever asks finds the place.
    expect(await hold(people[2] as Person, other.id)).toMatchObject({ state: 'held' });
    expect(await (people[1] as Person).api.booking.getMine({ bookingId: late.id })).toMatchObject({
      state: 'expired',
      actions: [],
    });
    expect(await taken(other.id)).toBe(1);
  });

  it('ends at the booked time, after which nobody can come any more', async () => {
    await usePolicy(world, hall.hallId, { noticeMinutes: 0 });
    world.clock.set(`${DAY}T08:58:00+08:00`);
    const person = await newPerson(world);
    const held = await hold(person, (await at('09:00')).id);
    expect(held.holdUntil).toBe(new Date(`${DAY}T09:00:00+08:00`).toISOString());
    world.clock.set(`${DAY}T09:00:00+08:00`);
    await expect(person.api.booking.confirm({ bookingId: held.id })).rejects.toMatchObject({
      code: 'HOLD_EXPIRED',
    });
  });

  it('is swept a moment after it ran out, once, however often the job runs', async () => {
    const person = await newPerson(world);
    const slot = await at('11:30');
    await hold(person, slot.id);
    const jobs = world.get(BookingJobs);
    world.clock.advance(5 * MINUTE - 1);
    await jobs.expireHolds();
    expect(await taken(slot.id)).toBe(1);
    world.clock.advance(1);
    await Promise.all([jobs.expireHolds(), jobs.expireHolds()]);
    await jobs.expireHolds();
    expect(await taken(slot.id)).toBe(0);
    expect((await at('11:30')).remaining).toBe(1);
  });

  it('gives the place back at once when its owner leaves, and says the same again', async () => {
    const [first, second] = [await newPerson(world), await newPerson(world)];
    const slot = await at('09:30');
    const held = await hold(first, slot.id);
    const released = await first.api.booking.release({ bookingId: held.id });
    expect(released).toMatchObject({ state: 'expired', actions: [] });
    expect(await first.api.booking.release({ bookingId: held.id })).toEqual(released);
    expect(await hold(second, slot.id)).toMatchObject({ state: 'held' });
    await expect(first.api.booking.confirm({ bookingId: held.id })).rejects.toMatchObject({
      code: 'HOLD_EXPIRED',
    });
    expect(await taken(slot.id)).toBe(1);
  });

  it('makes room for the next one of the same person: who picks another time does not keep two', async () => {
    const person = await newPerson(world);
    const [ten, eleven] = [await at('10:00'), await at('11:00')];
    const first = await hold(person, ten.id);
    const second = await hold(person, eleven.id);
    expect([await taken(ten.id), await taken(eleven.id)]).toEqual([0, 1]);
    expect(await person.api.booking.getMine({ bookingId: first.id })).toMatchObject({ state: 'expired' });
    expect(await person.api.booking.confirm({ bookingId: second.id })).toMatchObject({ state: 'confirmed' });
  });

  it('stays where the next one is refused, so that nobody is left with nothing', async () => {
    const [person, rival] = [await newPerson(world), await newPerson(world)];
    const [slot, full] = [await at('10:00'), await at('10:30')];
    await hold(rival, full.id);
    const held = await hold(person, slot.id);
    await expect(hold(person, full.id)).rejects.toMatchObject({ code: 'SLOT_FULL' });
    expect(await taken(slot.id)).toBe(1);
    await expect(hold(await newPerson(world), slot.id)).rejects.toMatchObject({ code: 'SLOT_FULL' });
    expect(await person.api.booking.confirm({ bookingId: held.id })).toMatchObject({ state: 'confirmed' });
    expect(await taken(slot.id)).toBe(1);
  });

  it('makes room for itself: the last place of a time, once more', async () => {
    const person = await newPerson(world);
    const slot = await at('10:00');
    const first = await hold(person, slot.id);
    const second = await hold(person, slot.id);
    expect(second.id).not.toBe(first.id);
    expect(await person.api.booking.getMine({ bookingId: first.id })).toMatchObject({ state: 'expired' });
    expect(await taken(slot.id)).toBe(1);
  });

  it('is one, also where two taps for two times come in at the same moment', async () => {
    const person = await newPerson(world);
    const [ten, eleven] = [
      await at('10:00'),
      await slotAt(world, { hallId: hall.hallId, itemId: hall.a.itemId, day: '2026-07-16', time: '11:00' }),
    ];
    const held = await Promise.all([hold(person, ten.id), hold(person, eleven.id)]);
    const states = await Promise.all(held.map(({ id }) => person.api.booking.getMine({ bookingId: id })));
    expect(states.map(({ state }) => state).sort()).toEqual(['expired', 'held']);
    expect((await taken(ten.id)) + (await taken(eleven.id))).toBe(1);
  });

  it('that ran out stands in nobody’s way before a job has run, be it part of a longer visit or of a place for two', async () => {
    hall = await newHall(world, { places: 2 });
    const [long, short] = [await newPerson(world), await newPerson(world)];
    const [ten, half] = [await at('10:00'), await at('10:30')];
    await long.api.booking.hold({ requestId: requestId(), itemId: hall.a.longItemId, slotId: ten.id });
    await hold(short, half.id);
    world.clock.advance(5 * MINUTE);
    const pair = await newPerson(world);
    const input = { requestId: requestId(), itemId: hall.a.itemId, slotId: half.id, persons: 2 };
    expect(await pair.api.booking.reserve(input)).toMatchObject({ state: 'confirmed' });
    expect([await taken(ten.id), await taken(half.id)]).toEqual([0, 2]);
  });

  it('belongs to who made it: to others it does not exist', async () => {
    const [owner, other] = [await newPerson(world), await newPerson(world)];
    const held = await hold(owner, (await at('14:00')).id);
    for (const act of ['confirm', 'release'] as const)
      await expect(other.api.booking[act]({ bookingId: held.id })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
  });

  it('repeats the first answer for the same request, and counts among the person’s bookings', async () => {
    const person = await newPerson(world);
    const slot = await at('14:30');
    const id = requestId();
    const [a, b] = await Promise.all([hold(person, slot.id, id), hold(person, slot.id, id)]);
    expect(b.id).toBe(a.id);
    await expect(
      person.api.booking.reserve({
        requestId: requestId(),
        itemId: hall.a.itemId,
        slotId: (await at('15:00')).id,
      }),
    ).rejects.toMatchObject({ code: 'BOOKING_LIMIT_REACHED' });
  });
});

describe('holds under a rush', () => {
  it('are sold exactly, while some confirm, some leave and some let them run out', async () => {
    hall = await newHall(world, { places: 10 });
    const slot = await at('10:00');
    const people = await newPeople(world, 60);
    const holds = await Promise.allSettled(people.map((person) => hold(person, slot.id)));
    const winners = holds.flatMap((each, index) =>
      each.status === 'fulfilled' ? [{ person: people[index] as Person, id: each.value.id }] : [],
    );
    expect(winners).toHaveLength(10);
    const acts = winners.slice(0, 7).map(({ person, id }, index) => {
      const act = index < 4 ? 'confirm' : 'release';
      return person.api.booking[act]({ bookingId: id });
    });
    await Promise.all(acts);
    expect(await taken(slot.id)).toBe(7);
    world.clock.advance(5 * MINUTE);
    const losers = people.filter((person) => !winners.some((each) => each.person === person));
    const again = await Promise.allSettled([
      world.get(BookingJobs).expireHolds(),
      ...losers.map((person) => hold(person, slot.id)),
    ]);
    expect(again.filter(({ status }) => status === 'fulfilled')).toHaveLength(1 + 6);
    expect(await taken(slot.id)).toBe(10);
    const states = await world.dataSource.getRepository(BookingEntity).findBy({ slotId: slot.id });
    const count = (state: string) => states.filter((row) => row.state === state).length;
    expect([count('confirmed'), count('held'), count('expired')]).toEqual([4, 6, 6]);
  });
});
