import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BookingEntity } from '../../../apps/api/src/booking/booking.entity.js';
import { BookingJobs } from '../../../apps/api/src/booking/booking.jobs.js';
import { newId } from '../../../apps/api/src/common/id.js';
import { GuideService } from '../../../apps/api/src/guide/guide.service.js';
import { HallDayEntity } from '../../../apps/api/src/guide/hall.entity.js';
import {
  newHall,
  newPerson,
  requestId,
  slotAt,
  staffOf,
  type TestHall,
} from '../../support/builders/booking.js';
import { newWorld, type World } from '../../support/world.js';

// Tuesday 2026-07-14, 09:30; the next days are workdays, 18 and 19 July a weekend.
const TOMORROW = '2026-07-15';
let world: World;
let hall: TestHall;
beforeAll(async () => {
  world = await newWorld({ jobs: false });
  hall = await newHall(world);
});
afterAll(() => world.close());

const at = (time: string, day = TOMORROW, itemId = hall.a.itemId) =>
  slotAt(world, { hallId: hall.hallId, itemId, day, time });

async function reserve(
  person: Awaited<ReturnType<typeof newPerson>>,
  slotId: string,
  itemId = hall.a.itemId,
) {
  return person.api.booking.reserve({ requestId: requestId(), itemId, slotId });
}

describe('no-shows', () => {
  it('suspends booking after the third within the month', async () => {
    const person = await newPerson(world);
    const bookings = world.dataSource.getRepository(BookingEntity);
    for (const day of ['2026-07-15', '2026-07-16', '2026-07-17']) {
      const { id } = await reserve(person, (await at('16:00', day)).id);
      await bookings.update(
        { id },
        {
          state: 'no_show',
          day: day.replace('-07-', '-06-'),
          startAt: new Date(`${day.replace('-07-', '-06-')}T08:00:00Z`),
        },
      );
    }
    await expect(reserve(person, (await at('16:00', '2026-07-22')).id)).rejects.toMatchObject({
      code: 'BOOKING_SUSPENDED',
    });
  });
});

describe('a hall that was shut at the booked time after all', () => {
  it('makes nobody a no-show', async () => {
    const [shut, early, open] = [await newHall(world), await newHall(world), hall];
    const booked = new Map<TestHall, { person: Awaited<ReturnType<typeof newPerson>>; id: string }>();
    for (const each of [shut, early, open]) {
      const person = await newPerson(world);
      const place = { hallId: each.hallId, itemId: each.a.itemId, day: TOMORROW, time: '15:00' };
      const { id } = await reserve(person, (await slotAt(world, place)).id, each.a.itemId);
      booked.set(each, { person, id });
    }
    const exception = { day: TOMORROW, note: '线路检修' };
    await world.dataSource.manager.insert(HallDayEntity, [
      { ...exception, id: newId(), hallId: shut.hallId, periods: [] },
      { ...exception, id: newId(), hallId: early.hallId, periods: [{ from: 540, to: 720 }] },
    ]);
    world.get(GuideService).invalidate();
    const morning = world.now;
    world.clock.set(`${TOMORROW}T16:01:00+08:00`);
    await world.get(BookingJobs).markNoShows();
    const states = [...booked.values()].map(async ({ person, id }) =>
      person.api.booking.getMine({ bookingId: id }),
    );
    expect((await Promise.all(states)).map(({ state }) => state)).toEqual([
      'cancelled',
      'cancelled',
      'no_show',
    ]);
    world.clock.set(morning);
  });
});

describe('lists', () => {
  it('pages through own bookings, newest first, and filters by state', async () => {
    const person = await newPerson(world);
    const first = await reserve(person, (await at('09:00', '2026-07-24')).id);
    const second = await reserve(person, (await at('09:00', '2026-07-27')).id);
    await person.api.booking.cancel({ bookingId: first.id });
    const page = await person.api.booking.listMine({ limit: 1 });
    expect(page.items.map(({ id }) => id)).toEqual([second.id]);
    expect(page.nextCursor).toBe(second.id);
    const rest = await person.api.booking.listMine({ limit: 1, cursor: second.id });
    expect(rest).toMatchObject({ items: [{ id: first.id }], nextCursor: null });
    const live = await person.api.booking.listMine({ state: 'confirmed' });
    expect(live.items.map(({ id }) => id)).toEqual([second.id]);
  });

  it('shows the desk the bookings of its hall and day by time, with masked names', async () => {
    const own = await newHall(world);
    const slots = [
      await slotAt(world, { hallId: own.hallId, itemId: own.a.itemId, day: TOMORROW, time: '11:00' }),
      await slotAt(world, { hallId: own.hallId, itemId: own.a.itemId, day: TOMORROW, time: '09:00' }),
    ];
    const codes: string[] = [];
    for (const slot of slots) {
      codes.push((await reserve(await newPerson(world), slot.id, own.a.itemId)).code);
    }
    const clerk = world.client(staffOf(own.hallId));
    const { items } = await clerk.booking.listOfDay({ day: TOMORROW });
    expect(items.map(({ code }) => code)).toEqual([codes[1], codes[0]]);
    expect(items[0]).toMatchObject({ citizenName: '陈**', phone: '154****1234' });
    const found = await clerk.booking.listOfDay({
      day: TOMORROW,
      q: (codes[0] ?? '').slice(0, 5).toLowerCase(),
    });
    expect(found.items.map(({ code }) => code)).toContain(codes[0]);
    expect((await clerk.booking.listOfDay({ day: TOMORROW, q: '陈小明' })).items).toHaveLength(2);
    expect((await clerk.booking.listOfDay({ day: TOMORROW, q: '陈' })).items).toHaveLength(2);
    expect((await clerk.booking.listOfDay({ day: TOMORROW, q: '林小明' })).items).toEqual([]);
    const page = await clerk.booking.listOfDay({ day: TOMORROW, limit: 1 });
    const next = await clerk.booking.listOfDay({
      day: TOMORROW,
      limit: 1,
      cursor: page.nextCursor ?? undefined,
    });
    expect([...page.items, ...next.items].map(({ code }) => code)).toEqual([codes[1], codes[0]]);
    expect((await clerk.booking.listOfDay({})).items).toEqual([]);
  });
});
