import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  newHall,
  newPerson,
  requestId,
  slotAt,
  type Person,
  type TestHall,
} from '../../support/builders/booking.js';
import { closeTimes } from '../../support/builders/places.js';
import { newWorld, type World } from '../../support/world.js';

let world: World;
let hall: TestHall;
beforeAll(async () => {
  world = await newWorld();
  hall = await newHall(world, { places: 5 });
});
afterAll(() => world.close());

const local = (text: string) => world.clock.set(`${text.replace(' ', 'T')}+08:00`);
const at = async (day: string, time: string) =>
  (await slotAt(world, { hallId: hall.hallId, itemId: hall.a.itemId, day, time })).id;
const book = async (person: Person, day: string, time: string) =>
  person.api.booking.reserve({ requestId: requestId(), itemId: hall.a.itemId, slotId: await at(day, time) });

/** Runs the job at a local time. @returns the reminders in the person's inbox, oldest first */
async function remind(person: Person, when: string) {
  local(when);
  await world.runRepeat('booking.remind');
  await world.drain();
  const { items } = await person.api.notifications.listInbox({});
  return items.filter(({ template }) => template === 'booking_reminder').reverse();
}

describe('reminders', () => {
  it('come once the evening before and once an hour before, with the way to answer', async () => {
    local('2026-07-14 09:30');
    const person = await newPerson(world);
    const booking = await book(person, '2026-07-16', '10:00');
    expect(await remind(person, '2026-07-15 17:59')).toHaveLength(0);
    const [evening] = await remind(person, '2026-07-15 18:00');
    expect(evening).toMatchObject({ title: '预约提醒', page: `pages/booking/detail/index?id=${booking.id}` });
    expect(evening?.body).toContain('明天（7月16日 周四） 10:00');
    expect(evening?.body).toContain('放弃名额');
    expect(evening?.body).not.toContain('陈');
    expect(await remind(person, '2026-07-15 18:01')).toHaveLength(1);
    expect(await remind(person, '2026-07-16 08:59')).toHaveLength(1);
    const [, hour] = await remind(person, '2026-07-16 09:00');
    expect(hour).toMatchObject({ title: '您的预约快到了' });
    expect(hour?.body).toContain('今天 10:00');
    expect(await remind(person, '2026-07-16 09:30')).toHaveLength(2);
    expect(await remind(person, '2026-07-16 10:00')).toHaveLength(2);
  });

  it('are not for a booking made after their moment, a cancelled one, or a time the hall has closed', async () => {
    local('2026-07-15 18:10');
    const [late, gone, shut] = [await newPerson(world), await newPerson(world), await newPerson(world)];
    await book(late, '2026-07-16', '11:00');
    local('2026-07-15 10:00');
    const cancelled = await book(gone, '2026-07-16', '11:00');
    await book(shut, '2026-07-16', '11:30');
    await gone.api.booking.cancel({ bookingId: cancelled.id });
    await closeTimes(world, hall, { day: '2026-07-16', from: '11:30', to: '12:00' });
    for (const person of [late, gone, shut]) expect(await remind(person, '2026-07-15 18:20')).toHaveLength(0);
    expect(await remind(late, '2026-07-16 10:05')).toHaveLength(1);
    for (const person of [gone, shut]) expect(await remind(person, '2026-07-16 10:31')).toHaveLength(0);
  });

  it('start anew for a booking that was moved, and are not sent for the time it left', async () => {
    local('2026-07-15 09:30');
    const person = await newPerson(world);
    const booking = await book(person, '2026-07-17', '09:00');
    expect(await remind(person, '2026-07-16 18:00')).toHaveLength(1);
    const slotId = await at('2026-07-20', '09:00');
    await person.api.booking.reschedule({ bookingId: booking.id, requestId: requestId(), slotId });
    expect(await remind(person, '2026-07-17 08:00')).toHaveLength(1);
    const all = await remind(person, '2026-07-19 18:00');
    expect(all).toHaveLength(2);
    expect(all[1]?.body).toContain('7月20日');
  });

  it('of many at once reach each person once, also when two workers run', async () => {
    local('2026-07-20 09:30');
    const people = await Promise.all(Array.from({ length: 5 }, () => newPerson(world)));
    for (const person of people) await book(person, '2026-07-22', '10:00');
    local('2026-07-21 18:00');
    await Promise.all([1, 2, 3].map(() => world.runRepeat('booking.remind')));
    for (const person of people) expect(await remind(person, '2026-07-21 18:00')).toHaveLength(1);
  });
});

describe('the answer to a reminder', () => {
  it('“I am coming” is kept, shown, the same when repeated, and forgotten with a new time', async () => {
    local('2026-07-21 09:30');
    const person = await newPerson(world);
    const booking = await book(person, '2026-07-23', '14:00');
    expect(booking.actions).not.toContain('reply');
    local('2026-07-22 18:00');
    expect((await person.api.booking.getMine({ bookingId: booking.id })).actions).toContain('reply');
    const replied = await person.api.booking.reply({ bookingId: booking.id, coming: true });
    expect(replied).toMatchObject({ reply: 'coming', state: 'confirmed' });
    expect(replied.actions).not.toContain('reply');
    expect((await person.api.booking.reply({ bookingId: booking.id, coming: true })).reply).toBe('coming');
    const moved = await person.api.booking.reschedule({
      bookingId: booking.id,
      requestId: requestId(),
      slotId: await at('2026-07-24', '14:00'),
    });
    expect(moved.reply).toBeNull();
  });

  it('is not asked for a time that the hall has closed, nor taken, nor is the time gone for its owner', async () => {
    local('2026-07-21 09:30');
    const [person, replied] = [await newPerson(world), await newPerson(world)];
    const booking = await book(person, '2026-07-24', '10:30');
    const earlier = await book(replied, '2026-07-24', '10:30');
    expect(booking.returnIsFinal).toBe(true);
    local('2026-07-23 18:00');
    await replied.api.booking.reply({ bookingId: earlier.id, coming: true });
    await closeTimes(world, hall, { day: '2026-07-24', from: '10:30', to: '11:00' });
    const shown = await person.api.booking.getMine({ bookingId: booking.id });
    expect(shown).toMatchObject({ state: 'confirmed', reply: null, returnIsFinal: false });
    expect(shown.actions).not.toContain('reply');
    expect(shown.actions).toContain('reschedule');
    const { items } = await person.api.booking.listMine({});
    expect(items).toMatchObject([{ returnIsFinal: false, actions: shown.actions }]);
    for (const [who, { id: bookingId }] of [[person, booking] as const, [replied, earlier] as const])
      await expect(who.api.booking.reply({ bookingId, coming: true })).rejects.toMatchObject({
        code: 'BOOKING_TIME_CLOSED',
      });
    const slotId = await at('2026-07-24', '14:30');
    const bookingId = booking.id;
    const moved = await person.api.booking.reschedule({ bookingId, requestId: requestId(), slotId });
    expect(moved).toMatchObject({ returnIsFinal: true });
    expect(moved.actions).toContain('reply');
  });

  it('is the owner’s, and of a booking that stands and has not begun', async () => {
    local('2026-07-22 09:30');
    const [person, stranger] = [await newPerson(world), await newPerson(world)];
    const booking = await book(person, '2026-07-24', '15:00');
    const answer = (who: Person) => who.api.booking.reply({ bookingId: booking.id, coming: true });
    await expect(answer(stranger)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    local('2026-07-24 15:00');
    await expect(answer(person)).rejects.toMatchObject({ code: 'BOOKING_STATE' });
    local('2026-07-24 14:59');
    await person.api.booking.cancel({ bookingId: booking.id });
    await expect(answer(person)).rejects.toMatchObject({ code: 'BOOKING_STATE' });
  });
});

describe('the calendar file', () => {
  it('has the booking’s time, code and hall, no personal data, and a higher sequence after a move', async () => {
    local('2026-07-22 09:30');
    const person = await newPerson(world);
    const booking = await book(person, '2026-07-27', '09:00');
    const { fileName, ics } = await person.api.booking.calendar({ bookingId: booking.id });
    expect(fileName).toBe(`haoban-2026-07-27-${booking.code}.ics`);
    const text = ics.replace(/\r\n[ \t]/g, '');
    expect(text).toContain('DTSTART:20260727T010000Z');
    expect(text).toContain(`UID:${booking.id}@haoban`);
    expect(text).toContain('SEQUENCE:0');
    expect(text).toContain(booking.code);
    expect(text).not.toMatch(/陈|359901|154/);
    await person.api.booking.reschedule({
      bookingId: booking.id,
      requestId: requestId(),
      slotId: await at('2026-07-28', '09:00'),
    });
    const moved = (await person.api.booking.calendar({ bookingId: booking.id })).ics;
    expect(moved).toContain('SEQUENCE:1');
    expect(moved).toContain('DTSTART:20260728T010000Z');
    await person.api.booking.cancel({ bookingId: booking.id });
    await expect(person.api.booking.calendar({ bookingId: booking.id })).rejects.toMatchObject({
      code: 'BOOKING_STATE',
    });
  });
});
