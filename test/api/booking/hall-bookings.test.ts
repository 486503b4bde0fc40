import type { Client } from '@haoban/client';
import { mod11Radix2 } from '@haoban/domain';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AuditEntity } from '../../../apps/api/src/audit/audit.entity.js';
import { BookingEntity } from '../../../apps/api/src/booking/booking.entity.js';
import type { StaffActor } from '../../../apps/api/src/common/actor.js';
import { newId } from '../../../apps/api/src/common/id.js';
import { CitizenEntity } from '../../../apps/api/src/identity/citizen.entity.js';
import { PersonCipher } from '../../../apps/api/src/identity/person-cipher.js';
import { StaffEntity } from '../../../apps/api/src/identity/staff.entity.js';
import {
  newHall,
  newPerson,
  requestId,
  slotAt,
  staffOf,
  type Person,
  type TestHall,
} from '../../support/builders/booking.js';
import { closeTimes, countsOf, sumsOf } from '../../support/builders/places.js';
import { newWorld, type World } from '../../support/world.js';

const NOW = '2026-07-14T01:30:00Z';
let world: World;
let hall: TestHall;
let clerk: StaffActor;
let manager: StaffActor;
let desk: Client;
let office: Client;
let people = 0;

beforeAll(async () => {
  world = await newWorld();
});
beforeEach(async () => {
  world.clock.set(NOW);
  hall = await newHall(world, { places: 2 });
  clerk = staffOf(hall.hallId);
  manager = staffOf(hall.hallId, 'manager');
  desk = world.client(clerk);
  office = world.client(manager);
});
afterAll(() => world.close());

const at = async (day: string, time: string, itemId = hall.a.itemId) =>
  (await slotAt(world, { hallId: hall.hallId, itemId, day, time })).id;
const online = async (person: Person, day: string, time: string) =>
  person.api.booking.reserve({ requestId: requestId(), itemId: hall.a.itemId, slotId: await at(day, time) });
const somebody = (name = '林秀英') => {
  const body = `35990219450312${String(++people).padStart(3, '0')}`;
  return { name, idNumber: body + mod11Radix2(body), phone: '15400005678' };
};
const atDesk = (slotId: string, person = somebody(), more: { overrideReason?: string } = {}) => ({
  requestId: requestId(),
  slotId,
  itemId: hall.a.itemId,
  channel: 'desk' as const,
  person,
  ...more,
});
const audits = (subjectId: string) => world.dataSource.manager.findBy(AuditEntity, { subjectId });
async function inbox(person: Person) {
  await world.drain();
  return (await person.api.notifications.listInbox({})).items;
}
async function named(name: string, phone: string): Promise<Person> {
  const person = await newPerson(world);
  const cipher = world.get(PersonCipher);
  await world.dataSource.manager.update(
    CitizenEntity,
    { id: person.citizenId },
    { nameCipher: cipher.sealName(name), phoneCipher: cipher.sealPhone(phone) },
  );
  return person;
}

describe('booking at the desk or by phone', () => {
  it('takes what is left of all places, also where the public’s are gone', async () => {
    const slotId = await at('2026-07-15', '10:00');
    await online(await newPerson(world), '2026-07-15', '10:00');
    await online(await newPerson(world), '2026-07-15', '10:00');
    const { items } = await desk.hallBookings.slots({ itemId: hall.a.itemId, day: '2026-07-15' });
    expect(items.find(({ id }) => id === slotId)).toMatchObject({
      remaining: 1,
      capacity: 3,
      publicRemaining: 0,
      heldBack: 0,
    });
    const booked = await desk.hallBookings.book(atDesk(slotId));
    expect(booked).toMatchObject({
      state: 'confirmed',
      contingent: 'internal',
      channel: 'desk',
      citizenName: '林**',
      phone: '154****5678',
      actions: ['move', 'cancel'],
    });
    await expect(desk.hallBookings.book(atDesk(slotId))).rejects.toMatchObject({ code: 'SLOT_FULL' });
    expect(await sumsOf(world, hall.a.queueId)).toEqual({ counted: 3, booked: 3 });
    const days = await desk.hallBookings.days({ itemId: hall.a.itemId });
    expect(days.items.find(({ day }) => day === '2026-07-15')).toMatchObject({ status: 'open' });
  });

  it('goes to the phone of whoever has an account with this ID number, and is audited with it', async () => {
    const person = await newPerson(world);
    const account = await world.dataSource.manager.findOneByOrFail(CitizenEntity, { id: person.citizenId });
    const idNumber = world.get(PersonCipher).openIdNumber(account.idNumberCipher ?? '');
    expect(await desk.hallBookings.findPerson({ idNumber: idNumber.toLowerCase() })).toEqual({
      account: { name: '陈**', phone: '154****1234' },
      openBookings: 0,
      suspendedUntil: null,
    });
    const booked = await desk.hallBookings.book(
      atDesk(await at('2026-07-15', '10:30'), { name: '陈小明', idNumber, phone: '' }),
    );
    expect((await person.api.booking.getMine({ bookingId: booked.id })).forName).toBeNull();
    expect((await inbox(person)).map(({ template }) => template)).toEqual(['booking_confirmed']);
    expect((await desk.hallBookings.findPerson({ idNumber })).openBookings).toBe(1);
    const [entry] = await audits(booked.id);
    expect(entry).toMatchObject({ action: 'booking.book', actorId: clerk.staffId });
    expect(JSON.stringify(entry)).not.toContain(idNumber);
    expect((await audits(person.citizenId)).map(({ action }) => action)).toContain('booking.find-person');
  });

  it('appears on the phone once the person has an account, unless the name was another', async () => {
    const [person, wrong] = [somebody(), { ...somebody('林秀荣') }];
    const slotId = await at('2026-07-15', '15:30');
    const booked = await desk.hallBookings.book(atDesk(slotId, person));
    await desk.hallBookings.book(atDesk(slotId, { ...wrong, name: '林秀蓉' }));
    for (const [{ name, idNumber }, expected] of [
      [person, [booked.id]],
      [wrong, []],
    ] as const) {
      const late = await newPerson(world, { realName: false });
      await late.api.identity.acceptPrivacy({ version: '2026-07' });
      await late.api.identity.setRealName({ name, idNumber });
      await world.drain();
      expect((await late.api.booking.listMine({})).items.map(({ id }) => id)).toEqual(expected);
      const told = (await inbox(late)).map(({ template }) => template);
      expect(told).toEqual(expected.map(() => 'booking_confirmed'));
    }
  });

  it('refuses a name that is not the account’s, and numbers that are none', async () => {
    const person = await newPerson(world);
    const account = await world.dataSource.manager.findOneByOrFail(CitizenEntity, { id: person.citizenId });
    const idNumber = world.get(PersonCipher).openIdNumber(account.idNumberCipher ?? '');
    const slotId = await at('2026-07-15', '11:00');
    for (const [wrong, code] of [
      [{ ...somebody('陈小红'), idNumber }, 'PERSON_NAME_MISMATCH'],
      [{ ...somebody(), idNumber: '359902194503120001' }, 'ID_NUMBER_INVALID'],
      [{ ...somebody(), name: '1' }, 'NAME_INVALID'],
      [{ ...somebody(), phone: '12345' }, 'PHONE_INVALID'],
    ] as const) {
      await expect(desk.hallBookings.book(atDesk(slotId, wrong))).rejects.toMatchObject({ code });
    }
    await expect(desk.hallBookings.findPerson({ idNumber: '1' })).rejects.toMatchObject({
      code: 'ID_NUMBER_INVALID',
    });
    expect(await countsOf(world, hall.a.queueId)).toEqual({});
  });

  it('keeps the person’s limits, beyond which only a manager may go, with a reason that is audited', async () => {
    const person = somebody();
    await desk.hallBookings.book(atDesk(await at('2026-07-15', '09:00'), person));
    await desk.hallBookings.book(atDesk(await at('2026-07-16', '09:00'), person));
    await desk.hallBookings.book(atDesk(await at('2026-07-17', '09:00'), person));
    const slotId = await at('2026-07-20', '09:00');
    const more = { overrideReason: '家中老人急需办理' };
    await expect(desk.hallBookings.book(atDesk(slotId, person))).rejects.toMatchObject({
      code: 'BOOKING_LIMIT_REACHED',
    });
    await expect(desk.hallBookings.book(atDesk(slotId, person, more))).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    const booked = await office.hallBookings.book(atDesk(slotId, person, more));
    expect((await audits(booked.id))[0]).toMatchObject({ after: { overrideReason: '家中老人急需办理' } });
  });

  it('gives a repeated request its first answer, also when both come at once', async () => {
    const input = atDesk(await at('2026-07-15', '14:00'));
    const [one, two] = await Promise.all([desk.hallBookings.book(input), desk.hallBookings.book(input)]);
    expect(one.id).toBe(two.id);
    expect(await audits(one.id)).toHaveLength(1);
    expect((await countsOf(world, hall.a.queueId))['2026-07-15 14:00']).toBe(1);
    const other = { ...input, slotId: await at('2026-07-15', '15:00') };
    await expect(desk.hallBookings.book(other)).rejects.toMatchObject({ code: 'REQUEST_ID_REUSED' });
  });

  it('takes places of the own hall only, and never more than there are', async () => {
    const elsewhere = await newHall(world);
    const foreign = await slotAt(world, {
      hallId: elsewhere.hallId,
      itemId: elsewhere.a.itemId,
      day: '2026-07-15',
      time: '10:00',
    });
    const input = { ...atDesk(foreign.id), itemId: elsewhere.a.itemId };
    await expect(desk.hallBookings.book(input)).rejects.toMatchObject({ code: 'SLOT_NOT_FOUND' });
    const slotId = await at('2026-07-15', '16:00');
    const codes = await Promise.all(
      Array.from({ length: 8 }, () =>
        desk.hallBookings.book(atDesk(slotId)).then(
          () => 'ok',
          (error: unknown) => (error as { code: string }).code,
        ),
      ),
    );
    expect(codes.filter((code) => code === 'ok')).toHaveLength(3);
    expect(codes.filter((code) => code === 'SLOT_FULL')).toHaveLength(5);
  });
});

describe('moving a citizen’s booking', () => {
  it('tells the person the reason, is audited, and may go to the hall’s own places until the start', async () => {
    const person = await newPerson(world);
    const booking = await online(person, '2026-07-14', '10:30');
    const full = await at('2026-07-14', '14:00');
    await online(await newPerson(world), '2026-07-14', '14:00');
    await online(await newPerson(world), '2026-07-14', '14:00');
    world.clock.set('2026-07-14T02:29:00Z');
    const reason = '窗口设备检修';
    const moved = await desk.hallBookings.move({
      bookingId: booking.id,
      requestId: requestId(),
      slotId: full,
      reason,
    });
    expect(moved).toMatchObject({ id: booking.id, code: booking.code, contingent: 'internal' });
    const told = (await inbox(person)).find(({ template }) => template === 'booking_moved');
    expect(told?.title).toBe('您的预约时间有变动');
    expect(told?.body).toContain(`原因：${reason}`);
    const [entry] = await audits(booking.id);
    expect(entry).toMatchObject({ action: 'booking.move', actorId: clerk.staffId, after: { reason } });
    expect(await sumsOf(world, hall.a.queueId)).toEqual({ counted: 3, booked: 3 });
    world.clock.set('2026-07-14T06:00:00Z');
    const again = {
      bookingId: booking.id,
      requestId: requestId(),
      slotId: await at('2026-07-15', '09:00'),
      reason,
    };
    await expect(desk.hallBookings.move(again)).rejects.toMatchObject({ code: 'BOOKING_MOVE_TOO_LATE' });
  });

  it('lets the person have the old time again, since it was not given back by the own wish', async () => {
    const person = await newPerson(world);
    const slotId = await at('2026-07-15', '10:00');
    const booking = await online(person, '2026-07-15', '10:00');
    const move = async (time: string) =>
      desk.hallBookings.move({
        bookingId: booking.id,
        requestId: requestId(),
        slotId: await at('2026-07-16', time),
        reason: '改派',
      });
    await move('10:00');
    const back = { bookingId: booking.id, requestId: requestId(), slotId };
    expect((await person.api.booking.reschedule(back)).slotId).toBe(slotId);
  });

  it('is refused to staff of another hall, into a closed or full time, and changes nothing then', async () => {
    const other = world.client(staffOf((await newHall(world)).hallId, 'manager'));
    const booking = await online(await newPerson(world), '2026-07-15', '10:00');
    const [shut, full] = [await at('2026-07-15', '11:00'), await at('2026-07-15', '11:30')];
    await closeTimes(world, hall, { day: '2026-07-15', from: '11:00', to: '11:30' });
    for (let count = 0; count < 3; count++) await desk.hallBookings.book(atDesk(full));
    const before = await countsOf(world, hall.a.queueId);
    const move = (api: Client, slotId: string) =>
      api.hallBookings.move({ bookingId: booking.id, requestId: requestId(), slotId, reason: '试试' });
    await expect(move(other, full)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(move(desk, shut)).rejects.toMatchObject({ code: 'SLOT_CLOSED' });
    await expect(move(desk, full)).rejects.toMatchObject({ code: 'SLOT_FULL' });
    const elsewhere = await newHall(world);
    const foreign = await slotAt(world, {
      hallId: elsewhere.hallId,
      itemId: elsewhere.a.itemId,
      day: '2026-07-15',
      time: '10:00',
    });
    await expect(move(desk, foreign.id)).rejects.toMatchObject({ code: 'ITEM_NOT_OFFERED' });
    expect(await countsOf(world, hall.a.queueId)).toEqual(before);
    expect(await audits(booking.id)).toEqual([]);
  });
});

describe('cancelling a citizen’s booking', () => {
  it('tells the person the reason, is audited once, and gives the place back', async () => {
    const person = await newPerson(world);
    const booking = await online(person, '2026-07-15', '10:00');
    const reason = '当天系统升级';
    const input = { bookingId: booking.id, reason };
    expect(await desk.hallBookings.cancel(input)).toMatchObject({
      state: 'cancelled',
      cancelReason: reason,
      actions: [],
    });
    expect((await desk.hallBookings.cancel(input)).state).toBe('cancelled');
    const told = (await inbox(person)).find(({ template }) => template === 'booking_cancelled');
    expect(told?.body).toContain(reason);
    expect((await audits(booking.id)).map(({ action }) => action)).toEqual(['booking.cancel']);
    expect(await countsOf(world, hall.a.queueId)).toEqual({});
    expect((await online(person, '2026-07-15', '10:00')).state).toBe('confirmed');
  });

  it('is of the own hall, of a booking that stands, and until its start', async () => {
    const booking = await online(await newPerson(world), '2026-07-14', '10:30');
    const cancel = (api: Client) => api.hallBookings.cancel({ bookingId: booking.id, reason: '无' });
    const other = world.client(staffOf((await newHall(world)).hallId));
    await expect(cancel(other)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    world.clock.set('2026-07-14T02:30:00Z');
    await expect(cancel(desk)).rejects.toMatchObject({ code: 'BOOKING_CANCEL_TOO_LATE' });
    await world.dataSource.manager.update(BookingEntity, { id: booking.id }, { state: 'checked_in' });
    await expect(cancel(desk)).rejects.toMatchObject({ code: 'BOOKING_STATE' });
  });
});

describe('the history of a booking', () => {
  it('says what happened, who did it and why, oldest first', async () => {
    const person = await newPerson(world);
    await world.dataSource.manager.insert(StaffEntity, {
      id: clerk.staffId,
      username: `clerk-${newId()}`,
      passwordHash: '-',
      name: '王晓',
      role: 'clerk',
      hallId: hall.hallId,
      createdAt: world.now,
    });
    const booking = await online(person, '2026-07-16', '10:00');
    world.clock.advance(60_000);
    const slotId = await at('2026-07-17', '10:00');
    await desk.hallBookings.move({
      bookingId: booking.id,
      requestId: requestId(),
      slotId,
      reason: '窗口调整',
    });
    world.clock.advance(60_000);
    await person.api.booking.cancel({ bookingId: booking.id });
    const { items } = await office.hallBookings.history({ bookingId: booking.id });
    expect(items.map(({ action, by, name, text, reason }) => ({ action, by, name, text, reason }))).toEqual([
      { action: 'made', by: 'citizen', name: null, text: '在手机上预约了 7月16日 周四 10:00', reason: null },
      {
        action: 'moved',
        by: 'staff',
        name: '王晓',
        text: '改到 7月17日 周五 10:00，原为 7月16日 周四 10:00',
        reason: '窗口调整',
      },
      { action: 'cancelled', by: 'citizen', name: null, text: '取消了预约', reason: null },
    ]);
    const other = world.client(staffOf((await newHall(world)).hallId));
    await expect(other.hallBookings.history({ bookingId: booking.id })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});

describe('the list of the hall’s bookings', () => {
  it('is found by code, by name, by the last digits of the phone, filtered and paged by time', async () => {
    const [an, bo, chen] = [
      await named('安德福', '15400000001'),
      await named('薄一山', '15400000002'),
      await named('陈一山', '15400009999'),
    ];
    const [first, second, third] = [
      await online(an, '2026-07-15', '09:00'),
      await online(bo, '2026-07-15', '09:30'),
      await online(chen, '2026-07-16', '09:00'),
    ];
    const forOther = await desk.hallBookings.book(
      atDesk(await at('2026-07-16', '10:00'), somebody('欧阳文')),
    );
    await bo.api.booking.cancel({ bookingId: second.id });
    const ids = async (input: Parameters<Client['hallBookings']['list']>[0]) =>
      (await desk.hallBookings.list(input)).items.map(({ id }) => id);
    expect(await ids({})).toEqual([first.id, second.id, third.id, forOther.id]);
    expect(await ids({ q: second.code.slice(0, 5).toLowerCase() })).toEqual([second.id]);
    expect(await ids({ q: '薄一山' })).toEqual([second.id]);
    expect(await ids({ q: '陈' })).toEqual([third.id]);
    expect(await ids({ q: '欧阳' })).toEqual([forOther.id]);
    expect(await ids({ q: '9999' })).toEqual([third.id]);
    expect(await ids({ q: '5678' })).toEqual([forOther.id]);
    expect(await ids({ q: '%' })).toEqual([]);
    expect(await ids({ states: 'cancelled' })).toEqual([second.id]);
    expect(await ids({ states: 'cancelled,confirmed', from: '2026-07-16', to: '2026-07-16' })).toEqual([
      third.id,
      forOther.id,
    ]);
    expect(await ids({ queueId: hall.b.queueId })).toEqual([]);
    expect(await ids({ kind: 'phone' })).toEqual([]);
    const page1 = await desk.hallBookings.list({ limit: 3 });
    expect(page1.items).toHaveLength(3);
    const page2 = await desk.hallBookings.list({ limit: 3, cursor: page1.nextCursor ?? '' });
    expect([page2.items.map(({ id }) => id), page2.nextCursor]).toEqual([[forOther.id], null]);
    const byName = await desk.hallBookings.list({ q: '山', limit: 1 });
    expect(byName.items).toEqual([]);
  });

  it('shows people masked, and only those of the own hall', async () => {
    const booking = await online(await newPerson(world), '2026-07-15', '10:00');
    const row = await desk.hallBookings.get({ bookingId: booking.id });
    expect(row).toMatchObject({ citizenName: '陈**', phone: '154****1234', code: booking.code });
    const other = world.client(staffOf((await newHall(world)).hallId));
    expect((await other.hallBookings.list({})).items).toEqual([]);
    await expect(other.hallBookings.get({ bookingId: booking.id })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});
