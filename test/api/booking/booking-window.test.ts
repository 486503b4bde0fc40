import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SlotEntity } from '../../../apps/api/src/booking/slot.entity.js';
import { SlotsService } from '../../../apps/api/src/booking/slots.service.js';
import { addDays } from '@haoban/domain';
import { managerOf } from '../../support/builders/calendar.js';
import { newHall, newPerson, requestId, staffOf, type TestHall } from '../../support/builders/booking.js';
import { usePolicy } from '../../support/builders/waitlist.js';
import { newWorld, type World } from '../../support/world.js';

// Tuesday 2026-07-14, 09:30; window hours begin at 09:00.
const TODAY = '2026-07-14';
const in30 = addDays(TODAY, 30); // a Thursday
let world: World;
beforeAll(async () => {
  world = await newWorld({ jobs: false });
});
afterAll(() => world.close());

const at = (day: string, time: string) => world.clock.set(`${day}T${time}:00+08:00`);
const days = (hall: TestHall) =>
  world.client().booking.listDays({ hallId: hall.hallId, itemId: hall.a.itemId });
const times = async (hall: TestHall, day: string) =>
  (await world.client().booking.listSlots({ hallId: hall.hallId, itemId: hall.a.itemId, day })).items;

async function firstSlot({ a }: TestHall, day: string): Promise<string> {
  const rows = world.dataSource.getRepository(SlotEntity);
  const row = await rows.findOneOrFail({ where: { queueId: a.queueId, day }, order: { startAt: 'ASC' } });
  return row.id;
}

describe('a window of thirty days', () => {
  let hall: TestHall;
  beforeAll(async () => {
    hall = await newHall(world, { rule: { windowToDays: 30 } });
  });

  it('shows its last day from midnight on, and says when it comes out', async () => {
    at(TODAY, '08:59');
    const { items } = await days(hall);
    expect(items).toHaveLength(31);
    expect(items.at(-1)).toMatchObject({
      day: in30,
      status: 'closed',
      note: '今天 09:00 开放预约',
      opensAt: '2026-07-14T01:00:00.000Z',
    });
    expect(items.at(-2)).toMatchObject({ status: 'open', note: null, opensAt: null });
    expect(await times(hall, in30)).toEqual([]);
    const person = await newPerson(world);
    const slotId = await firstSlot(hall, in30);
    await expect(
      person.api.booking.reserve({ requestId: requestId(), itemId: hall.a.itemId, slotId }),
    ).rejects.toMatchObject({ code: 'SLOT_NOT_RELEASED' });
  });

  it('lets its last day be booked from the opening time on', async () => {
    at(TODAY, '09:00');
    expect((await days(hall)).items.at(-1)).toMatchObject({ day: in30, status: 'open', capacity: 26 });
    const [first] = await times(hall, in30);
    const person = await newPerson(world);
    const booking = await person.api.booking.reserve({
      requestId: requestId(),
      itemId: hall.a.itemId,
      slotId: first?.id ?? '',
    });
    expect(booking).toMatchObject({ day: in30, state: 'confirmed' });
  });

  it('gives the desk the same days, and shows it the booking of the last one without being asked for days', async () => {
    at(TODAY, '09:30');
    const desk = world.client(staffOf(hall.hallId, 'clerk')).hallBookings;
    const { items } = await desk.days({ itemId: hall.a.itemId });
    expect(items.map(({ day }) => day)).toEqual((await days(hall)).items.map(({ day }) => day));
    const offered = await desk.slots({ itemId: hall.a.itemId, day: in30 });
    expect(offered.items).toHaveLength(13);
    expect((await desk.list({})).items).toMatchObject([{ day: in30 }]);
    expect((await desk.slots({ itemId: hall.a.itemId, day: addDays(in30, 1) })).items).toEqual([]);
  });

  it('has a waitlist for each day that it shows, and for none beyond', async () => {
    const person = await newPerson(world);
    const join = (day: string) =>
      person.api.waitlist.join({
        requestId: requestId(),
        hallId: hall.hallId,
        itemId: hall.a.itemId,
        day,
        part: 'any',
      });
    await expect(join(in30)).rejects.toMatchObject({ code: 'WAITLIST_PLACES_FREE' });
    await expect(join(addDays(in30, 1))).rejects.toMatchObject({ code: 'WAITLIST_DAY_NOT_OPEN' });
  });
});

describe('places that come out drop by drop', () => {
  it('begin to do so when the last day of the window opens, and are all out when the hours are over', async () => {
    const hall = await newHall(world, { places: 4, rule: { windowToDays: 30 } });
    await usePolicy(world, hall.hallId, { drip: { atOpening: 0.5, overHours: 24 } });
    const remaining = async () => (await times(hall, in30)).map((slot) => slot.remaining);
    at(TODAY, '09:00');
    expect(new Set(await remaining())).toEqual(new Set([2]));
    at(addDays(TODAY, 1), '09:00');
    expect(new Set(await remaining())).toEqual(new Set([4]));
  });
});

describe('a window of the third and fourth week', () => {
  it('can be booked in its days only, and is what is found soonest', async () => {
    at(TODAY, '09:30');
    const hall = await newHall(world, { rule: { windowFromDays: 14, windowToDays: 30 } });
    const { items, soonest } = await days(hall);
    const open = items.filter(({ status }) => status === 'open').map(({ day }) => day);
    expect(open[0]).toBe('2026-07-28');
    expect(open.at(-1)).toBe(in30);
    expect(soonest).toMatchObject({ day: '2026-07-28', startTime: '09:00' });
    const { items: branches } = await world.client().booking.listBranches({ itemId: hall.a.itemId });
    expect(branches).toMatchObject([{ soonest: { day: '2026-07-28' } }]);
    const person = await newPerson(world);
    const [first] = await times(hall, '2026-07-28');
    const wish = { itemId: hall.a.itemId, slotId: first?.id ?? '' };
    const booking = await person.api.booking.reserve({ requestId: requestId(), ...wish });
    expect(booking).toMatchObject({ day: '2026-07-28', state: 'confirmed' });
    const { items: others } = await person.api.booking.alternatives({ bookingId: booking.id });
    expect(others.map(({ day }) => day)).toEqual(['2026-07-28', '2026-07-28', '2026-07-28']);
  });
});

describe('days that are made ahead', () => {
  it('reach as far as each queue’s own window, half a year at most, and one more for midnight', async () => {
    at(TODAY, '09:30');
    const short = await newHall(world, { rule: { windowToDays: 3 } });
    const long = await newHall(world, { rule: { windowToDays: 180 } });
    await world.get(SlotsService).ensureAll();
    const last = async ({ a }: TestHall) => {
      const rows = world.dataSource.getRepository(SlotEntity);
      return (await rows.findOne({ where: { queueId: a.queueId }, order: { day: 'DESC' } }))?.day;
    };
    expect(await last(short)).toBe('2026-07-28');
    expect(await last(long)).toBe('2027-01-11');
    expect((await days(short)).items).toHaveLength(14);
    expect((await days(long)).items).toHaveLength(181);
  });

  it('follow a window that a manager makes wider at once', async () => {
    at(TODAY, '09:30');
    const hall = await newHall(world);
    expect((await days(hall)).items).toHaveLength(14);
    const { api } = managerOf(world, hall.hallId);
    const { rules, version } = await api.calendar.getCalendar({ queueId: hall.a.queueId });
    await api.calendar.saveRules({
      queueId: hall.a.queueId,
      version,
      rules: rules.map((rule) => ({ ...rule, windowToDays: 30 })),
      reason: '提前一个月放号',
    });
    expect((await days(hall)).items.at(-1)).toMatchObject({ day: in30, status: 'open' });
  });
});
