import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SlotsService } from '../../../apps/api/src/booking/slots.service.js';
import { BookingDisruptionEntity } from '../../../apps/api/src/booking/booking-disruption.entity.js';
import { BookingEntity } from '../../../apps/api/src/booking/booking.entity.js';
import {
  newHall,
  newPeople,
  requestId,
  slotAt,
  type Person,
  type TestHall,
} from '../../support/builders/booking.js';
import {
  bookAt,
  managerOf,
  offeredTimes,
  ruleOf,
  titlesOf,
  type Manager,
} from '../../support/builders/calendar.js';
import { newWorld, type World } from '../../support/world.js';

const WEDNESDAY = '2026-07-15';

let world: World;
let hall: TestHall;
let manager: Manager;
beforeAll(async () => {
  world = await newWorld();
});
beforeEach(async () => {
  hall = await newHall(world, { places: 30 });
  manager = managerOf(world, hall.hallId);
});
afterAll(() => world.close());

const codeOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'ok',
    (error: unknown) => (error as { code: string }).code,
  );

describe('at the same time', () => {
  it('two managers who save the rules: one is saved, the other told to look again', async () => {
    const colleague = managerOf(world, hall.hallId);
    const { version } = await manager.api.calendar.getCalendar({ queueId: hall.a.queueId });
    const save = (who: Manager, to: string) =>
      codeOf(
        who.api.calendar.saveRules({
          queueId: hall.a.queueId,
          version,
          rules: [ruleOf('09:00', to)],
          reason: '调整',
        }),
      );
    const outcomes = await Promise.all([save(manager, '10:00'), save(colleague, '11:00')]);
    expect([...outcomes].sort()).toEqual(['CALENDAR_CHANGED', 'ok']);
    const winner = outcomes[0] === 'ok' ? 2 : 4;
    expect(await offeredTimes(world, hall, WEDNESDAY)).toHaveLength(winner);
  });

  it.each([0, 4, 8, 16, 32])(
    'people who book while the time is closed %i ms later: each either has no booking there or is told',
    async (delay) => {
      const at = { hallId: hall.hallId, itemId: hall.a.itemId, day: WEDNESDAY };
      const times = ['09:00', '09:30', '10:00'];
      const slotIds = await Promise.all(times.map(async (time) => (await slotAt(world, { ...at, time })).id));
      const people = await newPeople(world, 25);
      const reserve = (person: Person, index: number) =>
        person.api.booking.reserve({
          requestId: requestId(),
          itemId: hall.a.itemId,
          slotId: slotIds[index % slotIds.length] ?? '',
        });
      const [late, ...early] = people;
      const bookings = early.map((person, index) => codeOf(reserve(person, index)));
      await pause(delay);
      const closing = manager.api.calendar.addClosure({
        requestId: requestId(),
        queueId: hall.a.queueId,
        days: [WEDNESDAY],
        reason: '停电',
      });
      const [outcomes, closure] = await Promise.all([Promise.all(bookings), closing]);
      await world.drain();
      expect(new Set([...outcomes, 'ok', 'SLOT_CLOSED'])).toEqual(new Set(['ok', 'SLOT_CLOSED']));
      expect(closure.told).toBe(outcomes.filter((outcome) => outcome === 'ok').length);
      for (const [index, person] of early.entries()) {
        const told = (await titlesOf(person)).includes('预约时间有变动');
        expect([index, told]).toEqual([index, outcomes[index] === 'ok']);
      }
      if (late) expect(await codeOf(reserve(late, 0))).toBe('SLOT_CLOSED');
    },
    60_000,
  );

  it.each([0, 5, 15])(
    'people who move or cancel a time that was cut otherwise while it is closed %i ms later: who keeps it is told, nobody else',
    async (delay) => {
      const at = { hallId: hall.hallId, itemId: hall.a.itemId };
      const people = await newPeople(world, 12);
      const before = (await slotAt(world, { ...at, day: WEDNESDAY, time: '09:30' })).id;
      const input = { itemId: hall.a.itemId, slotId: before };
      const own = await Promise.all(
        people.map(({ api }) => api.booking.reserve({ ...input, requestId: requestId() })),
      );
      const { queueId } = hall.a;
      const { version } = await manager.api.calendar.getCalendar({ queueId });
      const rules = [ruleOf('09:00', '12:00', { slotMinutes: 20, desksPublic: 30, desksInternal: 31 })];
      await manager.api.calendar.saveRules({ queueId, version, rules, reason: '试行' });
      const slotId = (await slotAt(world, { ...at, day: '2026-07-16', time: '09:00' })).id;
      const acts = people.slice(0, 8).map(({ api }, index) => {
        const bookingId = own[index]?.id ?? '';
        if (index % 2 === 0) return codeOf(api.booking.cancel({ bookingId }));
        return codeOf(api.booking.reschedule({ bookingId, requestId: requestId(), slotId }));
      });
      await pause(delay);
      const closing = manager.api.calendar.addClosure({
        requestId: requestId(),
        queueId,
        days: [WEDNESDAY],
        reason: '停电',
      });
      const [outcomes, closure] = await Promise.all([Promise.all(acts), closing]);
      expect(outcomes).toEqual(acts.map(() => 'ok'));
      const rows = await world.dataSource.manager.findBy(BookingDisruptionEntity, { queueId });
      expect(rows).toHaveLength(closure.told);
      const open = rows.filter(({ state }) => state === 'open').map(({ bookingId }) => bookingId);
      expect(open.sort()).toEqual(
        own
          .slice(8)
          .map(({ id }) => id)
          .sort(),
      );
    },
    60_000,
  );

  it('a closure and whoever makes the day’s slots: the day stays closed', async () => {
    const slots = world.get(SlotsService);
    const day = '2026-07-20';
    await Promise.all([
      ...Array.from({ length: 6 }, () => slots.ensureDays(hall.a.queueId, [day])),
      manager.api.calendar.addClosure({
        requestId: requestId(),
        queueId: hall.a.queueId,
        days: [day],
        reason: '停电',
      }),
      ...Array.from({ length: 6 }, () => slots.ensureDays(hall.a.queueId, [day])),
    ]);
    const open = await world.dataSource.query<object[]>(
      'SELECT id FROM slot WHERE queue_id = ? AND `day` = ? AND closed = 0',
      [hall.a.queueId, day],
    );
    expect(open).toEqual([]);
  });

  it('a slot that another process still thinks open stays closed', async () => {
    const slots = world.get(SlotsService);
    await offeredTimes(world, hall, WEDNESDAY);
    // As another process does it: committed, and nobody here has heard of it.
    await world.dataSource.query(
      `INSERT INTO calendar_exception (id, hall_id, queue_id, kind, day, reason, request_id, created_by, created_by_name, created_at)
        VALUES (?, ?, ?, 'closure', ?, '停电', ?, ?, '同事', NOW(3))`,
      [hall.a.itemId, hall.hallId, hall.a.queueId, WEDNESDAY, requestId(), hall.a.itemId],
    );
    await world.dataSource.query('UPDATE slot SET closed = 1 WHERE queue_id = ? AND `day` = ?', [
      hall.a.queueId,
      WEDNESDAY,
    ]);
    await world.dataSource.query(
      'UPDATE service_queue SET calendar_version = calendar_version + 1 WHERE id = ?',
      [hall.a.queueId],
    );
    await slots.ensureDays(hall.a.queueId, [WEDNESDAY]);
    expect(await offeredTimes(world, hall, WEDNESDAY)).toEqual([]);
  });

  it('two closures of one time tell each person once', async () => {
    const { person } = await bookAt(world, hall, WEDNESDAY, '10:00');
    const close = (queueId: string | null) =>
      manager.api.calendar.addClosure({ requestId: requestId(), queueId, days: [WEDNESDAY], reason: '停电' });
    const made = await Promise.all([close(null), close(hall.a.queueId), close(null)]);
    await world.drain();
    expect(made.reduce((sum, { told }) => sum + told, 0)).toBe(1);
    expect((await titlesOf(person)).filter((title) => title === '预约时间有变动')).toHaveLength(1);
  });

  it('who cancels while the unanswered are called off is cancelled once, and one place is given back', async () => {
    const { person, booking } = await bookAt(world, hall, WEDNESDAY, '10:00');
    await bookAt(world, hall, WEDNESDAY, '10:00');
    await manager.api.calendar.addClosure({
      requestId: requestId(),
      queueId: hall.a.queueId,
      days: [WEDNESDAY],
      reason: '停电',
    });
    world.clock.set('2026-07-15T00:00:00Z');
    await Promise.all([
      world.runRepeat('booking.settle-disruptions'),
      codeOf(person.api.booking.cancel({ bookingId: booking.id })),
      world.runRepeat('booking.settle-disruptions'),
    ]);
    const states = await world.dataSource.manager.findBy(BookingEntity, { slotId: booking.slotId });
    expect(states.map(({ state }) => state)).toEqual(['cancelled', 'cancelled']);
    const [slot] = await world.dataSource.query<{ taken: number }[]>('SELECT taken FROM slot WHERE id = ?', [
      booking.slotId,
    ]);
    expect(slot?.taken).toBe(0);
    world.clock.set('2026-07-14T01:30:00Z');
  });
});
