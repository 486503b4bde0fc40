import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { BookingDisruptionEntity } from '../../../apps/api/src/booking/booking-disruption.entity.js';
import { newId } from '../../../apps/api/src/common/id.js';
import { GuideService } from '../../../apps/api/src/guide/guide.service.js';
import { ItemPlaceEntity } from '../../../apps/api/src/guide/service-item.entity.js';
import { newHall, newPerson, requestId, slotAt, type TestHall } from '../../support/builders/booking.js';
import {
  bookAt,
  closeAt,
  managerOf,
  ruleOf,
  titlesOf,
  type Manager,
} from '../../support/builders/calendar.js';
import { newWorld, type World } from '../../support/world.js';

// The clock stands at Tuesday 2026-07-14, 09:30.
const NOW = '2026-07-14T01:30:00Z';
const WEDNESDAY = '2026-07-15';
const THURSDAY = '2026-07-16';
const CLOSED = '预约时间有变动';

let world: World;
let hall: TestHall;
let manager: Manager;
beforeAll(async () => {
  world = await newWorld();
});
beforeEach(async () => {
  world.clock.set(NOW);
  hall = await newHall(world);
  manager = managerOf(world, hall.hallId);
});
afterAll(() => world.close());

const cutInto = async (slotMinutes: number) => {
  const { queueId } = hall.a;
  const { version } = await manager.api.calendar.getCalendar({ queueId });
  const rules = [ruleOf('09:00', '12:00', { slotMinutes }), ruleOf('13:30', '17:00', { slotMinutes })];
  return manager.api.calendar.saveRules({ queueId, version, rules, reason: '试行新时段' });
};
const close = (more: Partial<Parameters<typeof manager.api.calendar.addClosure>[0]> = {}) =>
  manager.api.calendar.addClosure({
    requestId: requestId(),
    queueId: hall.a.queueId,
    days: [WEDNESDAY],
    reason: '设备检修',
    ...more,
  });
const at = async (day: string, time: string, of = hall) =>
  (await slotAt(world, { hallId: of.hallId, itemId: hall.a.itemId, day, time })).id;
const inbox = async (...person: Parameters<typeof titlesOf>) => {
  await world.drain();
  return titlesOf(...person);
};
const disruptionsOf = (bookingId: string) =>
  world.dataSource.manager.find(BookingDisruptionEntity, { where: { bookingId }, order: { id: 'ASC' } });

describe('a booking whose time was only cut otherwise', () => {
  it('is told when the day is closed later, as the trial of the closure said, and is not asked to come', async () => {
    const { person, booking } = await bookAt(world, hall, WEDNESDAY, '09:30');
    expect((await cutInto(20)).affectedCount).toBe(0);
    const tried = await close({ dryRun: true });
    expect([tried.told, tried.closedCount]).toEqual([1, 1]);
    const closed = await close();
    expect([closed.told, closed.affected.map(({ bookingId }) => bookingId)]).toEqual([1, [booking.id]]);
    expect(await inbox(person)).toContain(CLOSED);
    expect(await disruptionsOf(booking.id)).toMatchObject([{ state: 'open', reachable: true }]);
    world.clock.set('2026-07-14T10:00:00Z');
    await world.runRepeat('booking.remind');
    expect(await inbox(person)).not.toContain('预约提醒');
    world.clock.set('2026-07-14T23:30:00Z');
    await world.runRepeat('booking.settle-disruptions');
    expect((await person.api.booking.getMine({ bookingId: booking.id })).state).toBe('cancelled');
  });

  it('is neither hit nor told by a closure of other hours', async () => {
    const { person, booking } = await bookAt(world, hall, WEDNESDAY, '09:30');
    await cutInto(20);
    const hours = { from: '14:00', to: '15:00' };
    expect(await close({ ...hours, dryRun: true })).toMatchObject({ told: 0, affectedCount: 0 });
    expect(await close(hours)).toMatchObject({ told: 0, affectedCount: 0 });
    expect(await inbox(person)).not.toContain(CLOSED);
    expect(await disruptionsOf(booking.id)).toEqual([]);
  });

  it('holds again when the closure is taken back, and is told once more when the day is closed once more', async () => {
    const { person, booking } = await bookAt(world, hall, WEDNESDAY, '09:30');
    await cutInto(20);
    const { exceptions } = await close();
    const taken = { exceptionId: exceptions[0]?.id ?? '', reason: '提前修好' };
    expect(await manager.api.calendar.removeClosure(taken)).toEqual({ restored: 1 });
    expect((await close()).told).toBe(1);
    expect((await inbox(person)).filter((title) => title === CLOSED)).toHaveLength(2);
    expect((await disruptionsOf(booking.id)).map(({ state }) => state)).toEqual(['restored', 'open']);
  });

  it('may be moved until the usual deadline only: nobody closed its time', async () => {
    const { person, booking } = await bookAt(world, hall, WEDNESDAY, '11:30');
    await cutInto(20);
    const which = { bookingId: booking.id };
    const { cancelUntil } = await person.api.booking.getMine(which);
    const slotId = await at(THURSDAY, '14:10');
    world.clock.set(new Date(new Date(cancelUntil).getTime() + 1));
    const shown = await person.api.booking.getMine(which);
    expect([shown.actions.includes('reschedule'), shown.returnIsFinal]).toEqual([false, true]);
    const move = () => person.api.booking.reschedule({ ...which, requestId: requestId(), slotId });
    await expect(move()).rejects.toMatchObject({ code: 'BOOKING_MOVE_TOO_LATE' });
    await close();
    const told = await person.api.booking.getMine(which);
    expect([told.actions.includes('reschedule'), told.returnIsFinal]).toEqual([true, false]);
    expect((await move()).slotId).toBe(slotId);
  });

  it('does not come back to whoever gave it up, other than a time that the hall closed', async () => {
    const own = await bookAt(world, hall, WEDNESDAY, '09:30');
    const shut = await bookAt(world, hall, THURSDAY, '09:30');
    await cutInto(20);
    const { exceptions } = await close({ days: [THURSDAY] });
    const finalOf = async ({ person, booking }: typeof own) =>
      (await person.api.booking.getMine({ bookingId: booking.id })).returnIsFinal;
    expect([await finalOf(own), await finalOf(shut)]).toEqual([true, false]);
    for (const { person, booking } of [own, shut]) await person.api.booking.cancel({ bookingId: booking.id });
    const again = exceptions[0]?.id ?? '';
    await manager.api.calendar.removeClosure({ exceptionId: again, reason: '提前修好' });
    await cutInto(30);
    const reserve = ({ person, booking }: typeof own) =>
      person.api.booking.reserve({
        requestId: requestId(),
        itemId: hall.a.itemId,
        slotId: booking.slotId,
      });
    await expect(reserve(own)).rejects.toMatchObject({ code: 'SLOT_GIVEN_BACK' });
    expect((await reserve(shut)).state).toBe('confirmed');
  });

  it('can still be confirmed by whoever holds it and fills the form', async () => {
    const person = await newPerson(world);
    const slotId = await at(WEDNESDAY, '09:30');
    const held = await person.api.booking.hold({
      requestId: requestId(),
      itemId: hall.a.itemId,
      slotId,
    });
    await cutInto(20);
    expect((await person.api.booking.confirm({ bookingId: held.id })).state).toBe('confirmed');
    expect((await close()).told).toBe(1);
  });

  it('is lost while only held when the day is closed, and nobody is counted for it', async () => {
    const person = await newPerson(world);
    const slotId = await at(WEDNESDAY, '09:30');
    const input = { requestId: requestId(), itemId: hall.a.itemId, slotId };
    const held = await person.api.booking.hold(input);
    await cutInto(20);
    expect((await close({ dryRun: true })).closedCount).toBe(0);
    expect((await close()).closedCount).toBe(0);
    const confirm = person.api.booking.confirm({ bookingId: held.id });
    await expect(confirm).rejects.toMatchObject({ code: 'HOLD_EXPIRED' });
  });
});

describe('whoever has answered a closure by moving', () => {
  it('is told anew where the booking went back to its time and the time is closed again', async () => {
    const { person, booking } = await bookAt(world, hall, WEDNESDAY, '10:00');
    const { exceptions } = await close();
    const move = async (day: string, time: string) =>
      person.api.booking.reschedule({
        bookingId: booking.id,
        requestId: requestId(),
        slotId: await at(day, time),
      });
    await move(THURSDAY, '10:00');
    const exceptionId = exceptions[0]?.id ?? '';
    await manager.api.calendar.removeClosure({ exceptionId, reason: '提前修好' });
    await move(WEDNESDAY, '10:00');
    const tried = await close({ dryRun: true });
    expect([tried.told, (await close()).told]).toEqual([1, 1]);
    expect((await inbox(person)).filter((title) => title === CLOSED)).toHaveLength(2);
    expect((await disruptionsOf(booking.id)).map(({ state }) => state)).toEqual(['answered', 'open']);
  });

  it('is reminded of the same hour in another hall', async () => {
    const branch = await newHall(world);
    const places = world.dataSource.getRepository(ItemPlaceEntity);
    const place = await places.findOneByOrFail({ hallId: branch.hallId, itemId: branch.a.itemId });
    await places.insert({ ...place, id: newId(), itemId: hall.a.itemId });
    world.get(GuideService).invalidate();
    const { person, booking } = await bookAt(world, hall, WEDNESDAY, '10:00');
    await closeAt(world, hall, WEDNESDAY, ['09:00', '12:00']);
    const slotId = await at(WEDNESDAY, '10:00', branch);
    await person.api.booking.reschedule({ bookingId: booking.id, requestId: requestId(), slotId });
    expect(await disruptionsOf(booking.id)).toMatchObject([{ state: 'answered' }]);
    world.clock.set('2026-07-14T10:00:00Z');
    await world.runRepeat('booking.remind');
    expect(await inbox(person)).toContain('预约提醒');
  });
});
