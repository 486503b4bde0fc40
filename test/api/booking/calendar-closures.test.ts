import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { BookingEntity } from '../../../apps/api/src/booking/booking.entity.js';
import { newHall, newPerson, requestId, slotAt, type TestHall } from '../../support/builders/booking.js';
import {
  bookAt,
  managerOf,
  offeredTimes,
  ruleOf,
  titlesOf,
  type Manager,
} from '../../support/builders/calendar.js';
import { newWorld, type World } from '../../support/world.js';

// The clock stands at Tuesday 2026-07-14, 09:30.
const NOW = '2026-07-14T01:30:00Z';
const TUESDAY = '2026-07-14';
const WEDNESDAY = '2026-07-15';

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

const close = (more: Partial<Parameters<typeof manager.api.calendar.addClosure>[0]> = {}) =>
  manager.api.calendar.addClosure({
    requestId: requestId(),
    queueId: hall.a.queueId,
    days: [WEDNESDAY],
    reason: '设备检修',
    ...more,
  });
const reopen = (exceptionId: string) =>
  manager.api.calendar.removeClosure({ exceptionId, reason: '提前修好' });
const settle = async (at: string) => {
  world.clock.set(at);
  await world.runRepeat('booking.settle-disruptions');
  await world.drain();
};
const days = async () =>
  (await world.client().booking.listDays({ hallId: hall.hallId, itemId: hall.a.itemId })).items;

describe('a closure', () => {
  it('takes the day off the offer at once, with the reason, and only of its queue', async () => {
    const { exceptions, affectedCount } = await close();
    expect(affectedCount).toBe(0);
    expect(exceptions[0]).toMatchObject({
      kind: 'closure',
      day: WEDNESDAY,
      from: null,
      to: null,
      reason: '设备检修',
      createdBy: manager.name,
    });
    const day = (await days()).find((each) => each.day === WEDNESDAY);
    expect(day).toMatchObject({ status: 'closed', note: '停办：设备检修' });
    const b = await world
      .client()
      .booking.listSlots({ hallId: hall.hallId, itemId: hall.b.itemId, day: WEDNESDAY });
    expect(b.items.length).toBeGreaterThan(0);
  });

  it('of a part of the day leaves the rest', async () => {
    await close({ from: '10:15', to: '14:00' });
    expect(await offeredTimes(world, hall, WEDNESDAY)).toEqual([
      '09:00',
      '09:30',
      '14:00',
      '14:30',
      '15:00',
      '15:30',
      '16:00',
      '16:30',
    ]);
  });

  it('of the whole hall shuts every queue, the hours of the hall, and numbers for walk-ins', async () => {
    await close({ queueId: null, days: [TUESDAY], from: '09:00', to: '12:00', reason: '停电' });
    const { week } = await world.client().guide.getHall({ hallId: hall.hallId });
    expect(week[0]).toMatchObject({
      periods: [{ from: '13:30', to: '17:00' }],
      note: '09:00–12:00 停办：停电',
    });
    const { api } = await newPerson(world);
    const take = api.queue.takeTicket({
      requestId: requestId(),
      hallId: hall.hallId,
      itemId: hall.a.itemId,
    });
    await expect(take).rejects.toMatchObject({ code: 'QUEUE_CLOSED' });
  });

  it('of one queue leaves the numbers of the other', async () => {
    await close({ days: [TUESDAY] });
    const { api } = await newPerson(world);
    const at = { hallId: hall.hallId };
    const a = api.queue.takeTicket({ requestId: requestId(), ...at, itemId: hall.a.itemId });
    await expect(a).rejects.toMatchObject({ code: 'QUEUE_CLOSED' });
    const { items } = await world.client().queue.listQueues(at);
    expect(items.map(({ open }) => open)).toEqual([false, true]);
  });

  it('of several days is one act with one line in the history', async () => {
    const { exceptions } = await close({ days: ['2026-07-16', WEDNESDAY, WEDNESDAY] });
    expect(exceptions.map(({ day }) => day)).toEqual([WEDNESDAY, '2026-07-16']);
    const { items } = await manager.api.calendar.listChanges({});
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ action: 'close', reason: '设备检修', before: [] });
    expect(items[0]?.after).toEqual(['7月15日 周三 全天 停办：设备检修', '7月16日 周四 全天 停办：设备检修']);
  });

  it('sent twice is made once and told once', async () => {
    const { person } = await bookAt(world, hall, WEDNESDAY, '10:00');
    const request = { requestId: requestId() };
    const first = await close(request);
    const again = await close(request);
    expect(again.exceptions.map(({ id }) => id)).toEqual(first.exceptions.map(({ id }) => id));
    expect([again.told, again.affectedCount]).toEqual([1, 1]);
    await world.drain();
    expect((await titlesOf(person)).filter((title) => title === '预约时间有变动')).toHaveLength(1);
    const other = close({ ...request, days: ['2026-07-16'] });
    await expect(other).rejects.toMatchObject({ code: 'REQUEST_ID_REUSED' });
  });

  it('needs a day ahead and times that make a span', async () => {
    await expect(close({ days: ['2026-07-13'] })).rejects.toMatchObject({ code: 'CALENDAR_DAY_PAST' });
    await expect(close({ from: '11:00', to: '10:00' })).rejects.toMatchObject({ code: 'CALENDAR_INVALID' });
    await expect(close({ from: '11:00' })).rejects.toMatchObject({ code: 'CALENDAR_INVALID' });
  });

  it('is only tried in a dry run', async () => {
    const { booking, person } = await bookAt(world, hall, WEDNESDAY, '10:00');
    const tried = await close({ dryRun: true });
    expect(tried).toMatchObject({ exceptions: [], told: 1, affectedCount: 1 });
    expect(tried.affected[0]).toMatchObject({ bookingId: booking.id, cause: 'closed', name: '陈**' });
    await world.drain();
    expect(await titlesOf(person)).not.toContain('预约时间有变动');
    expect(await offeredTimes(world, hall, WEDNESDAY)).toContain('10:00');
  });
});

describe('whoever has a booking in a closed time', () => {
  it('is told, keeps the booking, and moves it in one tap to one of the times offered', async () => {
    const { person, booking } = await bookAt(world, hall, WEDNESDAY, '10:00');
    const { told, exceptions } = await close();
    expect(told).toBe(1);
    await world.drain();
    const [message] = (await person.api.notifications.listInbox({})).items;
    expect(message).toMatchObject({
      template: 'booking_closed',
      title: '预约时间有变动',
      page: `pages/booking/detail/index?id=${booking.id}&offers=1`,
    });
    expect(message?.body).toContain('7月15日 周三 08:00 前没有改约的');
    expect((await person.api.booking.getMine({ bookingId: booking.id })).state).toBe('confirmed');
    const offers = await person.api.booking.alternatives({ bookingId: booking.id });
    expect(offers.closed).toBe(true);
    expect(offers.items).toHaveLength(3);
    const slotId = offers.items[0]?.slotId ?? '';
    await person.api.booking.reschedule({ bookingId: booking.id, requestId: requestId(), slotId });
    const { exceptions: now } = await manager.api.calendar.getCalendar({ queueId: hall.a.queueId });
    expect(now.find(({ id }) => id === exceptions[0]?.id)).toMatchObject({ affected: 1, unanswered: 0 });
    await settle('2026-07-15T00:30:00Z');
    expect((await person.api.booking.getMine({ bookingId: booking.id })).state).toBe('confirmed');
  });

  it('is called off two hours before, with an excuse, where nobody answered; the place is given back', async () => {
    const { person, booking } = await bookAt(world, hall, WEDNESDAY, '10:00');
    await close();
    await settle('2026-07-14T23:59:00Z');
    expect((await person.api.booking.getMine({ bookingId: booking.id })).state).toBe('confirmed');
    await settle('2026-07-15T00:00:00Z');
    expect((await person.api.booking.getMine({ bookingId: booking.id })).state).toBe('cancelled');
    const row = await world.dataSource.manager.findOneByOrFail(BookingEntity, { id: booking.id });
    expect(Boolean(row.excused)).toBe(true);
    expect(row.cancelReason).toBe('因设备检修不能办理');
    expect(await titlesOf(person)).toContain('预约已代您取消');
    const [slot] = await world.dataSource.query<{ taken: number }[]>('SELECT taken FROM slot WHERE id = ?', [
      booking.slotId,
    ]);
    expect(slot?.taken).toBe(0);
  });

  it('may still move after the usual deadline', async () => {
    const { person, booking } = await bookAt(world, hall, TUESDAY, '11:00');
    await close({ days: [TUESDAY], from: '10:00', to: '12:00' });
    world.clock.set('2026-07-14T01:40:00Z');
    const shown = await person.api.booking.getMine({ bookingId: booking.id });
    expect(shown.actions).toContain('reschedule');
    const slot = await slotAt(world, {
      hallId: hall.hallId,
      itemId: hall.a.itemId,
      day: TUESDAY,
      time: '14:00',
    });
    const moved = await person.api.booking.reschedule({
      bookingId: booking.id,
      requestId: requestId(),
      slotId: slot.id,
    });
    expect(moved.slotId).toBe(slot.id);
  });

  it('has half an hour to answer where the closure comes late', async () => {
    const { person, booking } = await bookAt(world, hall, TUESDAY, '11:00');
    await close({ days: [TUESDAY] });
    const stateAt = async (at: string) => {
      await settle(at);
      return (await person.api.booking.getMine({ bookingId: booking.id })).state;
    };
    expect(await stateAt('2026-07-14T01:59:00Z')).toBe('confirmed');
    expect(await stateAt('2026-07-14T02:00:00Z')).toBe('cancelled');
  });

  it('is told again when the time is open after all, and nothing is called off', async () => {
    const { person, booking } = await bookAt(world, hall, WEDNESDAY, '10:00');
    const { exceptions } = await close();
    const { restored } = await reopen(exceptions[0]?.id ?? '');
    expect(restored).toBe(1);
    expect(await offeredTimes(world, hall, WEDNESDAY)).toContain('10:00');
    await settle('2026-07-15T00:30:00Z');
    expect(await titlesOf(person)).toEqual(expect.arrayContaining(['预约照常办理', '预约时间有变动']));
    expect((await person.api.booking.getMine({ bookingId: booking.id })).state).toBe('confirmed');
    expect(await reopen(exceptions[0]?.id ?? '')).toEqual({ restored: 0 });
  });

  it('stays without a time while another closure still covers it', async () => {
    const { person, booking } = await bookAt(world, hall, WEDNESDAY, '10:00');
    const first = await close();
    await close({ queueId: null, from: '09:00', to: '11:00', reason: '停电' });
    expect(await reopen(first.exceptions[0]?.id ?? '')).toEqual({ restored: 0 });
    await settle('2026-07-15T00:00:00Z');
    expect((await person.api.booking.getMine({ bookingId: booking.id })).state).toBe('cancelled');
    expect((await titlesOf(person)).filter((title) => title === '预约时间有变动')).toHaveLength(1);
  });

  it('is lost at once while only held: the form says that the time is gone', async () => {
    const person = await newPerson(world);
    const at = { hallId: hall.hallId, itemId: hall.a.itemId, day: WEDNESDAY, time: '10:00' };
    const slot = await slotAt(world, at);
    const input = { requestId: requestId(), itemId: hall.a.itemId, slotId: slot.id };
    const held = await person.api.booking.hold(input);
    await close();
    const confirm = person.api.booking.confirm({ bookingId: held.id });
    await expect(confirm).rejects.toMatchObject({ code: 'HOLD_EXPIRED' });
  });

  it('stands in the list of those who have not answered, masked, until then', async () => {
    const { person, booking } = await bookAt(world, hall, WEDNESDAY, '10:00');
    const { exceptions } = await close();
    const list = () => manager.api.calendar.listAffected({ exceptionId: exceptions[0]?.id });
    expect((await list()).items).toEqual([
      expect.objectContaining({
        bookingId: booking.id,
        name: '陈**',
        reason: '设备检修',
        reachable: true,
        answerUntil: '2026-07-15T00:00:00.000Z',
      }),
    ]);
    expect((await manager.api.calendar.listAffected({ unreachable: 'true' })).items).toEqual([]);
    await person.api.booking.cancel({ bookingId: booking.id });
    expect((await list()).items).toEqual([]);
    const stranger = managerOf(world, (await newHall(world)).hallId);
    expect((await stranger.api.calendar.listAffected({})).items).toEqual([]);
  });

  it('without an account is named as somebody to ring', async () => {
    const { booking } = await bookAt(world, hall, WEDNESDAY, '10:00');
    await world.dataSource.manager.update(BookingEntity, { id: booking.id }, { citizenId: null });
    const { told, affected, closedCount, ringCount } = await close();
    expect([told, affected[0]?.reachable, closedCount, ringCount]).toEqual([0, false, 1, 1]);
    const { items } = await manager.api.calendar.listAffected({ unreachable: 'true' });
    expect(items.map(({ bookingId }) => bookingId)).toEqual([booking.id]);
  });
});

describe('a closure and the rules', () => {
  it('stays in force when the rules are saved, and on days that get their slots later', async () => {
    await close({ days: ['2026-07-27'] });
    const { version } = await manager.api.calendar.getCalendar({ queueId: hall.a.queueId });
    await manager.api.calendar.saveRules({
      queueId: hall.a.queueId,
      version,
      rules: [ruleOf('09:00', '11:00')],
      reason: '缩短',
    });
    world.clock.set('2026-07-26T01:30:00Z');
    expect(await offeredTimes(world, hall, '2026-07-27')).toEqual([]);
    expect(await offeredTimes(world, hall, '2026-07-28')).toHaveLength(4);
  });

  it('is noted in the audit trail, like every change of a calendar', async () => {
    const { exceptions } = await close();
    await reopen(exceptions[0]?.id ?? '');
    const rows = await world.dataSource.query<{ action: string; actor_id: string }[]>(
      'SELECT action, actor_id FROM audit_entry WHERE actor_id = ? ORDER BY id',
      [manager.staffId],
    );
    expect(rows.map(({ action }) => action)).toEqual(['calendar.close', 'calendar.reopen']);
  });
});
