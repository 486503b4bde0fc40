import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BookingJobs } from '../../../apps/api/src/booking/booking.jobs.js';
import { SlotsService } from '../../../apps/api/src/booking/slots.service.js';
import { SlotEntity } from '../../../apps/api/src/booking/slot.entity.js';
import { BookingCodes } from '../../../apps/api/src/booking/booking-code.js';
import { BookingConfirmedJobs } from '../../../apps/api/src/booking/booking-confirmed.jobs.js';
import { OutboxEntry } from '../../../apps/api/src/outbox/outbox.entity.js';
import { newHall, newPerson, requestId, slotAt, type TestHall } from '../../support/builders/booking.js';
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

describe('days and slots', () => {
  it('shows fourteen days from today with their state, and the rules in sentences', async () => {
    const { items, rules } = await world
      .client()
      .booking.listDays({ hallId: hall.hallId, itemId: hall.a.itemId });
    expect(items.map(({ day }) => day)).toHaveLength(14);
    expect(items[0]?.day).toBe('2026-07-14');
    const saturday = items.find(({ day }) => day === '2026-07-18');
    expect(saturday).toMatchObject({ status: 'closed', remaining: 0, capacity: 0 });
    expect(saturday?.note).toBeTruthy();
    expect(items.find(({ day }) => day === TOMORROW)).toMatchObject({ status: 'open', capacity: 26 });
    expect(rules.join('')).toContain('2 小时前取消');
    expect(rules.join('')).toContain(
      '每天最多预约 2 次，每周最多 5 次，每月最多 15 次，未办理的预约最多 3 个',
    );
  });

  it('agrees on a day in both lists: what the day has left is what its slots have left', async () => {
    const { items: days } = await world
      .client()
      .booking.listDays({ hallId: hall.hallId, itemId: hall.a.itemId });
    for (const day of days.slice(0, 5)) {
      const { items } = await world
        .client()
        .booking.listSlots({ hallId: hall.hallId, itemId: hall.a.itemId, day: day.day });
      expect(items.reduce((sum, { remaining }) => sum + remaining, 0)).toBe(day.remaining);
    }
  });

  it('offers no slot that has begun or is nearer than the notice, and none outside the shown days', async () => {
    const today = await world
      .client()
      .booking.listSlots({ hallId: hall.hallId, itemId: hall.a.itemId, day: '2026-07-14' });
    expect(today.items[0]?.startTime).toBe('10:00');
    const far = await world
      .client()
      .booking.listSlots({ hallId: hall.hallId, itemId: hall.a.itemId, day: '2027-07-14' });
    expect(far.items).toEqual([]);
  });

  it('shows a longer visit only where enough slots follow each other, and with the least of them', async () => {
    const day = '2026-07-16';
    const [first, second] = [await newPerson(world), await newPerson(world)];
    const ten = await at('10:00', day);
    await reserve(first, ten.id);
    await reserve(second, ten.id);
    const { items } = await world
      .client()
      .booking.listSlots({ hallId: hall.hallId, itemId: hall.a.longItemId, day });
    const starts = items.map(({ startTime }) => startTime);
    // 11:30 would run into the noon break, 09:30 and 10:00 need the full slot.
    expect(starts).toEqual(['09:00', '10:30', '11:00', '13:30', '14:00', '14:30', '15:00', '15:30', '16:00']);
    expect(items[0]).toMatchObject({ endTime: '10:00', remaining: 2, capacity: 2 });
  });

  it('refuses items that can not be booked or are not offered here', async () => {
    const other = await newHall(world);
    const api = world.client().booking;
    await expect(api.listDays({ hallId: hall.hallId, itemId: hall.a.walkInItemId })).rejects.toMatchObject({
      code: 'BOOKING_NOT_BOOKABLE',
    });
    await expect(api.listDays({ hallId: other.hallId, itemId: hall.a.itemId })).rejects.toMatchObject({
      code: 'ITEM_NOT_OFFERED',
    });
    await expect(
      api.listSlots({ hallId: hall.hallId, itemId: other.hallId, day: TOMORROW }),
    ).rejects.toMatchObject({ code: 'ITEM_NOT_FOUND' });
    await expect(
      api.listSlots({ hallId: hall.a.itemId, itemId: hall.a.itemId, day: TOMORROW }),
    ).rejects.toMatchObject({ code: 'HALL_NOT_FOUND' });
  });

  it('changes nothing when the slots are made a second time, and never takes away places that are taken', async () => {
    const person = await newPerson(world);
    const day = '2026-07-17';
    const slot = await at('09:00', day);
    await reserve(person, slot.id);
    const slots = world.dataSource.getRepository(SlotEntity);
    const before = await slots.findBy({ queueId: hall.a.queueId, day });
    await world.get(SlotsService).ensureDays(hall.a.queueId, [day]);
    expect(await slots.findBy({ queueId: hall.a.queueId, day })).toEqual(before);
    // As if the rule had once given more places, of which one is taken, and one slot that is no longer offered.
    await slots.update({ id: slot.id }, { capacity: 9, taken: 3 });
    await world.get(SlotsService).ensureDays(hall.a.queueId, [day]);
    expect(await slots.findOneByOrFail({ id: slot.id })).toMatchObject({ capacity: 2, taken: 3 });
    await slots.update({ id: slot.id }, { taken: 1 });
    await world.get(SlotsService).ensureDays(hall.a.queueId, [day]);
    expect(await slots.findOneByOrFail({ id: slot.id })).toMatchObject({ capacity: 2, taken: 1 });
  });
});

describe('making slots', () => {
  it('leaves a day that was asked for alone when the days around it are made', async () => {
    const fresh = await newHall(world);
    const input = { hallId: fresh.hallId, itemId: fresh.a.itemId };
    const before = await world.client().booking.listSlots({ ...input, day: TOMORROW });
    await world.client().booking.listDays(input);
    expect(await world.client().booking.listSlots({ ...input, day: TOMORROW })).toEqual(before);
  });
});

describe('reserving', () => {
  it('gives a code without look-alikes, a QR text, the times that matter, and tells the person', async () => {
    const person = await newPerson(world);
    const booking = await reserve(person, (await at('11:00')).id);
    expect(booking.code).toMatch(/^[34679ACDEFGHJKMNPQRTWXY]{6}$/);
    expect(booking).toMatchObject({
      state: 'confirmed',
      qr: `haoban:booking:${booking.code}`,
      itemName: '短事项',
      place: '一层 A 区',
      day: TOMORROW,
      start: '2026-07-15T03:00:00.000Z',
      cancelUntil: '2026-07-15T01:00:00.000Z',
      checkInFrom: '2026-07-15T02:00:00.000Z',
      actions: ['cancel', 'reschedule'],
      ticketId: null,
    });
    const outbox = world.dataSource.getRepository(OutboxEntry);
    const [job] = await outbox.find({ order: { id: 'DESC' }, take: 1 });
    expect(job).toMatchObject({ topic: 'booking.confirmed', payload: { bookingIds: [booking.id] } });
    await world.get(BookingConfirmedJobs).tell({ bookingIds: [booking.id] });
    const told = await outbox.findBy({ topic: 'notifications.tell' });
    const ofBooking = told.filter(({ payload }) => JSON.stringify(payload).includes(booking.id));
    expect(ofBooking).toHaveLength(1);
    expect(ofBooking[0]?.payload).toMatchObject({
      template: 'booking_confirmed',
      citizenId: person.citizenId,
      data: { character_string4: booking.code },
    });
    expect(JSON.stringify(ofBooking[0]?.payload)).not.toContain('陈');
  });

  it('gives the first answer to a retry and refuses another content under the same request id', async () => {
    const person = await newPerson(world);
    const input = { requestId: requestId(), itemId: hall.a.itemId, slotId: (await at('14:00')).id };
    const first = await person.api.booking.reserve(input);
    expect((await person.api.booking.reserve(input)).id).toBe(first.id);
    await expect(
      person.api.booking.reserve({ ...input, slotId: (await at('14:30')).id }),
    ).rejects.toMatchObject({ code: 'REQUEST_ID_REUSED' });
  });

  it('gives the first answer to a late retry too: after a cancellation, to a free slot and to a full one', async () => {
    const day = '2026-07-27';
    const input = { requestId: requestId(), itemId: hall.a.itemId, slotId: (await at('14:00', day)).id };
    const person = await newPerson(world);
    const first = await person.api.booking.reserve(input);
    await person.api.booking.cancel({ bookingId: first.id });
    const [retry, other] = await Promise.all([
      person.api.booking.reserve(input),
      reserve(await newPerson(world), input.slotId),
    ]);
    expect(retry).toMatchObject({ id: first.id, state: 'cancelled' });
    expect(other.state).toBe('confirmed');
    await reserve(await newPerson(world), input.slotId);
    await expect(reserve(await newPerson(world), input.slotId)).rejects.toMatchObject({ code: 'SLOT_FULL' });
    expect(await person.api.booking.reserve(input)).toMatchObject({ id: first.id, state: 'cancelled' });
    await expect(person.api.booking.reserve({ ...input, itemId: hall.a.longItemId })).rejects.toMatchObject({
      code: 'REQUEST_ID_REUSED',
    });
  });

  it('draws another code where somebody of the hall’s day has it', async () => {
    const codes = world.get(BookingCodes);
    const [taken, free] = ['ACDEFG', 'HJKMNP'];
    const draws = [taken, taken, taken, free];
    codes.draw = () => draws.shift() ?? BookingCodes.prototype.draw();
    try {
      const slotId = (await at('15:30', '2026-07-27')).id;
      const made = [];
      for (let n = 0; n < 2; n++) made.push(await reserve(await newPerson(world), slotId));
      expect(made.map(({ code }) => code)).toEqual([taken, free]);
      expect(draws).toEqual([]);
    } finally {
      Reflect.deleteProperty(codes, 'draw');
    }
  });

  it('names the nearest free time when a slot is full', async () => {
    const day = '2026-07-20';
    const slot = await at('15:00', day);
    await reserve(await newPerson(world), slot.id);
    await reserve(await newPerson(world), slot.id);
    const late = await newPerson(world);
    const nearest = await at('14:30', day);
    await expect(reserve(late, slot.id)).rejects.toMatchObject({
      code: 'SLOT_FULL',
      details: { nearest: { slotId: nearest.id, start: '2026-07-20T06:30:00.000Z' } },
    });
    expect((await reserve(late, nearest.id)).start).toBe('2026-07-20T06:30:00.000Z');
  });

  it('takes every slot of a longer visit', async () => {
    const day = '2026-07-21';
    const person = await newPerson(world);
    const slot = await at('10:00', day, hall.a.longItemId);
    const booking = await reserve(person, slot.id, hall.a.longItemId);
    expect(booking.end).toBe('2026-07-21T03:00:00.000Z');
    expect((await at('10:00', day)).remaining).toBe(1);
    expect((await at('10:30', day)).remaining).toBe(1);
    expect((await at('11:00', day)).remaining).toBe(2);
  });

  it('needs a real name', async () => {
    const stranger = await newPerson(world, { realName: false });
    await expect(reserve(stranger, (await at('16:00')).id)).rejects.toMatchObject({
      code: 'REAL_NAME_REQUIRED',
    });
  });

  it('refuses slots that are unknown, begun, too near, not yet released, closed, or of another item', async () => {
    const person = await newPerson(world);
    await expect(reserve(person, hall.hallId)).rejects.toMatchObject({ code: 'SLOT_NOT_FOUND' });
    const rows = world.dataSource.getRepository(SlotEntity);
    const [nine, half] = await rows.find({
      where: { queueId: hall.a.queueId, day: '2026-07-14' },
      order: { startAt: 'ASC' },
    });
    await expect(reserve(person, nine?.id ?? '')).rejects.toMatchObject({ code: 'SLOT_IN_PAST' });
    await expect(reserve(person, half?.id ?? '')).rejects.toMatchObject({ code: 'SLOT_IN_PAST' });
    world.clock.set('2026-07-14T01:29:00Z');
    await expect(reserve(person, half?.id ?? '')).rejects.toMatchObject({ code: 'SLOT_CLOSED' });
    world.clock.set('2026-07-14T01:30:00Z');
    await world.get(SlotsService).ensureDays(hall.a.queueId, ['2026-07-28']);
    const [far] = await rows.findBy({ queueId: hall.a.queueId, day: '2026-07-28' });
    await expect(reserve(person, far?.id ?? '')).rejects.toMatchObject({ code: 'SLOT_NOT_RELEASED' });
    const slot = await at('16:30');
    await rows.update({ id: slot.id }, { closed: true });
    await expect(reserve(person, slot.id)).rejects.toMatchObject({ code: 'SLOT_CLOSED' });
    await rows.update({ id: slot.id }, { closed: false });
    await expect(reserve(person, slot.id, hall.b.itemId)).rejects.toMatchObject({ code: 'ITEM_NOT_OFFERED' });
    await expect(reserve(person, slot.id, hall.a.walkInItemId)).rejects.toMatchObject({
      code: 'BOOKING_NOT_BOOKABLE',
    });
    await expect(reserve(person, slot.id, hall.hallId)).rejects.toMatchObject({ code: 'ITEM_NOT_FOUND' });
  });

  it('allows one booking for one item on one day, and no more open ones than the rule says', async () => {
    const person = await newPerson(world);
    await reserve(person, (await at('09:30', '2026-07-22')).id);
    await expect(reserve(person, (await at('10:30', '2026-07-22')).id)).rejects.toMatchObject({
      code: 'BOOKING_LIMIT_REACHED',
    });
    await reserve(person, (await at('10:30', '2026-07-23')).id);
    await reserve(person, (await at('10:30', '2026-07-24')).id);
    await expect(reserve(person, (await at('10:30', '2026-07-27')).id)).rejects.toMatchObject({
      code: 'BOOKING_LIMIT_REACHED',
    });
  });
});

describe('cancelling', () => {
  it('gives the places back, tells the person, and is the same when repeated', async () => {
    const person = await newPerson(world);
    const day = '2026-07-23';
    const slot = await at('15:30', day, hall.a.longItemId);
    const booking = await reserve(person, slot.id, hall.a.longItemId);
    expect((await at('16:00', day)).remaining).toBe(1);
    const cancelled = await person.api.booking.cancel({ bookingId: booking.id, reason: '有事' });
    expect(cancelled).toMatchObject({ state: 'cancelled', actions: [] });
    expect((await person.api.booking.cancel({ bookingId: booking.id })).state).toBe('cancelled');
    expect((await at('15:30', day)).remaining).toBe(2);
    expect((await at('16:00', day)).remaining).toBe(2);
    const next = await reserve(await newPerson(world), slot.id, hall.a.longItemId);
    expect(next.state).toBe('confirmed');
  });

  it('is refused from the start on, and once the booking has ended otherwise', async () => {
    const person = await newPerson(world);
    const booking = await reserve(person, (await at('10:00', '2026-07-14')).id);
    world.clock.set('2026-07-14T02:00:00Z');
    await expect(person.api.booking.cancel({ bookingId: booking.id })).rejects.toMatchObject({
      code: 'BOOKING_CANCEL_TOO_LATE',
    });
    world.clock.set('2026-07-14T03:00:01Z');
    await world.get(BookingJobs).markNoShows();
    expect((await person.api.booking.getMine({ bookingId: booking.id })).state).toBe('no_show');
    await expect(person.api.booking.cancel({ bookingId: booking.id })).rejects.toMatchObject({
      code: 'BOOKING_STATE',
    });
    world.clock.set('2026-07-14T01:30:00Z');
  });
});
