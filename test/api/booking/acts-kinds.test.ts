import { mod11Radix2 } from '@haoban/domain';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BookingEntity } from '../../../apps/api/src/booking/booking.entity.js';
import { GuideService } from '../../../apps/api/src/guide/guide.service.js';
import { CitizenEntity } from '../../../apps/api/src/identity/citizen.entity.js';
import {
  newHall,
  newItem,
  newPerson,
  requestId,
  staffOf,
  type TestHall,
} from '../../support/builders/booking.js';
import { countsOf, sumsOf } from '../../support/builders/places.js';
import { newWorld, type World } from '../../support/world.js';

const DAY = '2026-07-15';
const rule = {
  weekdays: [1, 2, 3, 4, 5],
  from: 540,
  to: 600,
  slotMinutes: 15,
  desksPublic: 2,
  desksInternal: 3,
  windowFromDays: 0,
  windowToDays: 13,
};
const address = '江滨区望江大道 88 号 3 栋 502';

let world: World;
let hall: TestHall;
let itemId: string;
let people = 0;
beforeAll(async () => {
  world = await newWorld();
  const moreRules = (['phone', 'home'] as const).map((kind) => ({ ...rule, id: kind, kind }));
  hall = await newHall(world, { places: 3, moreRules });
  const { hallId, departmentId, a } = hall;
  const kinds: ('window' | 'phone' | 'home')[] = ['window', 'phone', 'home'];
  itemId = await newItem(world, { hallId, departmentId, queueId: a.queueId, name: '养老认证', kinds });
  world.get(GuideService).invalidate();
});
afterAll(() => world.close());

async function slotsOf(kind: 'window' | 'phone' | 'home', day = DAY) {
  const { items } = await world.client().booking.listSlots({ hallId: hall.hallId, itemId, day, kind });
  return items.map(({ id }) => id);
}
const elder = (phone?: string) => {
  const body = `35990319450312${String(++people).padStart(3, '0')}`;
  return { name: '林秀英', idNumber: body + mod11Radix2(body), ...(phone && { phone }) };
};

describe('staff book visits that do not come to the window', () => {
  it('by phone only with a number to call', async () => {
    const desk = world.client(staffOf(hall.hallId));
    const [slotId = ''] = await slotsOf('phone');
    const input = { requestId: requestId(), slotId, itemId, channel: 'call' as const };
    await expect(desk.hallBookings.book({ ...input, person: elder() })).rejects.toMatchObject({
      code: 'BOOKING_PHONE_REQUIRED',
    });
    const booked = await desk.hallBookings.book({ ...input, person: elder('15400005678') });
    expect(booked).toMatchObject({ kind: 'phone', channel: 'call', phone: '154****5678' });
  });

  it('at home only with an address, which is kept sealed', async () => {
    const desk = world.client(staffOf(hall.hallId));
    const [slotId = ''] = await slotsOf('home');
    const input = {
      requestId: requestId(),
      slotId,
      itemId,
      channel: 'desk' as const,
      person: elder('15400005678'),
    };
    await expect(desk.hallBookings.book(input)).rejects.toMatchObject({ code: 'BOOKING_ADDRESS_REQUIRED' });
    const { id } = await desk.hallBookings.book({ ...input, address });
    const stored = await world.dataSource.manager.findOneByOrFail(BookingEntity, { id });
    expect(stored.addressCipher).not.toBeNull();
    expect(JSON.stringify(stored)).not.toContain('望江大道');
  });
});

describe('moving to another kind of visit', () => {
  it('asks for what that kind needs, and else is a move like the others', async () => {
    const person = await newPerson(world);
    const [window = ''] = await slotsOf('window');
    const [, phone = ''] = await slotsOf('phone');
    const [, home = ''] = await slotsOf('home');
    const booking = await person.api.booking.reserve({ requestId: requestId(), itemId, slotId: window });
    const move = (slotId: string) =>
      person.api.booking.reschedule({ bookingId: booking.id, requestId: requestId(), slotId });
    await expect(move(home)).rejects.toMatchObject({ code: 'BOOKING_ADDRESS_REQUIRED' });
    const citizens = world.dataSource.getRepository(CitizenEntity);
    const { phoneCipher } = await citizens.findOneByOrFail({ id: person.citizenId });
    await citizens.update({ id: person.citizenId }, { phoneCipher: null });
    await expect(move(phone)).rejects.toMatchObject({ code: 'BOOKING_PHONE_REQUIRED' });
    await citizens.update({ id: person.citizenId }, { phoneCipher });
    expect(await move(phone)).toMatchObject({ kind: 'phone', id: booking.id });
  });
});

describe('reminders and calendar of a visit by phone', () => {
  it('speak of the call and name no place to go to', async () => {
    world.clock.set('2026-07-14T01:30:00Z');
    const person = await newPerson(world);
    const [slotId = ''] = await slotsOf('phone', '2026-07-16');
    const booking = await person.api.booking.reserve({ requestId: requestId(), itemId, slotId });
    const { ics } = await person.api.booking.calendar({ bookingId: booking.id });
    const text = ics.replace(/\r\n[ \t]/g, '');
    expect(text).toContain('电话办理');
    expect(text).toContain('LOCATION:\r\n');
    world.clock.set('2026-07-15T10:00:00Z');
    await world.runRepeat('booking.remind');
    await world.drain();
    const { items } = await person.api.notifications.listInbox({});
    expect(items.find(({ template }) => template === 'booking_reminder')?.body).toContain('请保持电话畅通');
    world.clock.set('2026-07-14T01:30:00Z');
  });
});

describe('moving a group with several items', () => {
  it('takes and gives back all of its places in all of its slots', async () => {
    const before = await sumsOf(world, hall.a.queueId);
    const person = await newPerson(world);
    const { items } = await world.client().booking.listSlots({
      hallId: hall.hallId,
      itemId: hall.a.itemId,
      day: '2026-07-17',
      also: itemId,
      persons: 2,
    });
    const slot = (time: string) => items.find(({ startTime }) => startTime === time)?.id ?? '';
    const wish = { itemId: hall.a.itemId, also: [{ itemId, files: 1 }], persons: 2 };
    const booking = await person.api.booking.reserve({
      requestId: requestId(),
      slotId: slot('09:00'),
      ...wish,
    });
    const moved = await person.api.booking.reschedule({
      bookingId: booking.id,
      requestId: requestId(),
      slotId: slot('10:00'),
    });
    expect(moved).toMatchObject({
      persons: 2,
      start: '2026-07-17T02:00:00.000Z',
      end: '2026-07-17T03:00:00.000Z',
    });
    expect(moved.items).toHaveLength(2);
    const counts = await countsOf(world, hall.a.queueId);
    const of = (time: string) => counts[`2026-07-17 ${time}`] ?? 0;
    expect(['09:00', '09:30', '10:00', '10:30'].map(of)).toEqual([0, 0, 2, 2]);
    const after = await sumsOf(world, hall.a.queueId);
    expect(after.counted - before.counted).toBe(4);
    expect(after.counted).toBe(after.booked);
  });
});
