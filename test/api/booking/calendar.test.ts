import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { BookingEntity } from '../../../apps/api/src/booking/booking.entity.js';
import { CalendarAffected, type Hit } from '../../../apps/api/src/booking/calendar-affected.service.js';
import { newHall, type TestHall } from '../../support/builders/booking.js';
import {
  bookAt,
  managerOf,
  offeredTimes,
  ruleOf,
  stretchOf,
  titlesOf,
  type Manager,
} from '../../support/builders/calendar.js';
import { newPerson, requestId, slotAt } from '../../support/builders/booking.js';
import { newWorld, type World } from '../../support/world.js';

// The clock stands at Tuesday 2026-07-14, 09:30.
const TUESDAY = '2026-07-14';
const WEDNESDAY = '2026-07-15';
const SATURDAY = '2026-07-18';

let world: World;
let hall: TestHall;
let manager: Manager;
beforeAll(async () => {
  world = await newWorld();
});
beforeEach(async () => {
  hall = await newHall(world);
  manager = managerOf(world, hall.hallId);
});
afterAll(() => world.close());

const calendar = () => manager.api.calendar.getCalendar({ queueId: hall.a.queueId });
const save = async (rules: ReturnType<typeof ruleOf>[], version?: number) =>
  manager.api.calendar.saveRules({
    queueId: hall.a.queueId,
    version: version ?? (await calendar()).version,
    rules,
    reason: '试行新时间',
  });
const preview = (more: Partial<Parameters<typeof manager.api.calendar.preview>[0]> = {}) =>
  manager.api.calendar.preview({ queueId: hall.a.queueId, from: TUESDAY, to: '2026-07-19', ...more });

describe('a queue’s calendar', () => {
  it('shows the rules with sentences, the public days and the facts of the queue', async () => {
    const view = await calendar();
    expect(view.version).toBe(1);
    expect(view.rules).toHaveLength(2);
    expect(view.ruleTexts[0]).toContain('周一至周五 09:00–12:00');
    expect(view.days[0]).toMatchObject({
      day: TUESDAY,
      kind: 'workday',
      periods: [{ from: '09:00', to: '12:00' }, {}],
    });
    expect(view.kinds).toContain('window');
  });

  it('knows holidays and 调休 of the shown range', async () => {
    const { days } = await manager.api.calendar.getCalendar({
      queueId: hall.a.queueId,
      from: '2026-09-28',
      to: '2026-10-12',
    });
    expect(days.find(({ day }) => day === '2026-10-01')).toMatchObject({ kind: 'holiday', periods: [] });
    expect(days.some(({ kind }) => kind === 'worked_weekend')).toBe(true);
  });

  it('is asked for 62 days at most', async () => {
    const asked = manager.api.calendar.getCalendar({
      queueId: hall.a.queueId,
      from: TUESDAY,
      to: '2026-09-14',
    });
    await expect(asked).rejects.toMatchObject({ code: 'CALENDAR_RANGE_TOO_LONG' });
  });
});

describe('saving rules', () => {
  it('changes what citizens are offered at once, and stands in the history with the words of before and after', async () => {
    expect(await offeredTimes(world, hall, WEDNESDAY)).toContain('13:30');
    const { version, rules } = await save([ruleOf('09:00', '10:00', { name: '上午' })]);
    expect(version).toBe(2);
    expect(rules[0]?.id).toHaveLength(26);
    expect(await offeredTimes(world, hall, WEDNESDAY)).toEqual(['09:00', '09:30']);
    expect((await calendar()).version).toBe(2);
    const [change] = (await manager.api.calendar.listChanges({ queueId: hall.a.queueId })).items;
    expect(change).toMatchObject({
      action: 'rules',
      reason: '试行新时间',
      staffName: manager.name,
      affected: 0,
    });
    expect(change?.before[0]).toContain('09:00–12:00');
    expect(change?.after).toEqual([expect.stringContaining('上午，窗口：周一至周五 09:00–10:00')]);
  });

  it('opens a weekday that had no slots, and another kind beside the window', async () => {
    await save([ruleOf('09:00', '10:00'), ruleOf('17:00', '18:00', { kind: 'after_hours', weekdays: [3] })]);
    const { items, kinds } = await world.client().booking.listDays({
      hallId: hall.hallId,
      itemId: hall.a.itemId,
      kind: 'after_hours',
    });
    expect(kinds).toEqual(['window', 'after_hours']);
    const open = items.filter(({ status }) => status === 'open').map(({ day }) => day);
    expect(open).toEqual([WEDNESDAY, '2026-07-22']);
  });

  it('below what is taken leaves the bookings, and gives nobody a place until as many have gone', async () => {
    const [first, second] = [
      await bookAt(world, hall, WEDNESDAY, '10:00'),
      await bookAt(world, hall, WEDNESDAY, '10:00'),
    ];
    await save([ruleOf('09:00', '12:00', { desksPublic: 1, desksInternal: 1 })]);
    expect((await first.person.api.booking.getMine({ bookingId: first.booking.id })).state).toBe('confirmed');
    await first.person.api.booking.cancel({ bookingId: first.booking.id });
    await expect(bookAt(world, hall, WEDNESDAY, '10:00')).rejects.toMatchObject({ code: 'SLOT_FULL' });
    await second.person.api.booking.cancel({ bookingId: second.booking.id });
    expect((await bookAt(world, hall, WEDNESDAY, '10:00')).booking.state).toBe('confirmed');
  });

  it('against an older version is refused, and nothing changes', async () => {
    await save([ruleOf('09:00', '11:00')]);
    await expect(save([ruleOf('09:00', '09:30')], 1)).rejects.toMatchObject({
      code: 'CALENDAR_CHANGED',
      details: { version: 2 },
    });
    expect(await offeredTimes(world, hall, WEDNESDAY)).toHaveLength(4);
  });

  it('with a fault is refused, naming the field', async () => {
    await expect(save([ruleOf('12:00', '09:00', { desksPublic: 5 })])).rejects.toMatchObject({
      code: 'CALENDAR_INVALID',
      details: expect.arrayContaining([
        expect.objectContaining({ path: 'rules.0.to' }),
        expect.objectContaining({ path: 'rules.0.desksInternal' }),
      ]),
    });
  });

  it('keeps places that are taken, and does not offer them twice', async () => {
    await bookAt(world, hall, WEDNESDAY, '10:00');
    await bookAt(world, hall, WEDNESDAY, '10:00');
    await save([ruleOf('09:00', '12:00', { desksPublic: 1, desksInternal: 1 })]);
    const { items } = await world
      .client()
      .booking.listSlots({ hallId: hall.hallId, itemId: hall.a.itemId, day: WEDNESDAY });
    expect(items.find(({ startTime }) => startTime === '10:00')?.remaining).toBe(0);
    expect(items.find(({ startTime }) => startTime === '10:30')?.remaining).toBe(1);
  });

  it('tells whoever loses the time, and leaves alone whose time is only cut otherwise', async () => {
    const lost = await bookAt(world, hall, WEDNESDAY, '14:00');
    const stays = await bookAt(world, hall, WEDNESDAY, '09:30');
    const { affected, affectedCount } = await save([ruleOf('09:00', '12:00', { slotMinutes: 20 })]);
    expect(affectedCount).toBe(1);
    expect(affected[0]).toMatchObject({
      bookingId: lost.booking.id,
      cause: 'closed',
      name: '陈**',
      reachable: true,
    });
    await world.drain();
    expect(await titlesOf(lost.person)).toContain('预约时间有变动');
    expect(await titlesOf(stays.person)).not.toContain('预约时间有变动');
    expect((await stays.person.api.booking.getMine({ bookingId: stays.booking.id })).state).toBe('confirmed');
  });
});

describe('the preview', () => {
  it('shows each day’s slots with what is new, changed and gone, and writes nothing', async () => {
    const { days, now, then } = await preview({
      rules: [ruleOf('11:00', '12:30', { desksPublic: 1, desksInternal: 1 })],
    });
    const wednesday = days.find(({ day }) => day === WEDNESDAY);
    const of = (start: string) => wednesday?.slots.find((slot) => slot.start === start)?.change;
    expect([of('09:00'), of('11:00'), of('11:30')]).toEqual(['gone', 'changed', 'changed']);
    // The hall shuts at noon.
    expect(of('12:00')).toBeUndefined();
    expect(then.slots).toBeLessThan(now.slots);
    expect((await calendar()).version).toBe(1);
    expect(await offeredTimes(world, hall, WEDNESDAY)).toContain('09:00');
  });

  it('says why a day is shut', async () => {
    const { days } = await preview();
    expect(days.find(({ day }) => day === SATURDAY)).toMatchObject({ slots: [], note: '周末不对外服务' });
    const october = await preview({ from: '2026-10-01', to: '2026-10-01' });
    expect(october.days[0]?.note).toContain('放假');
  });

  it('warns of overlapping rules, hours in which the hall is shut, and rules that never apply', async () => {
    const { warnings } = await preview({
      rules: [
        ruleOf('09:00', '12:00', { name: '甲' }),
        ruleOf('11:00', '13:00', { name: '乙' }),
        ruleOf('09:00', '10:00', { name: '丙', lastDay: '2026-01-31' }),
      ],
    });
    const byCode = (code: string) => warnings.find((warning) => warning.code === code);
    expect(byCode('overlap')).toMatchObject({ rules: [0, 1] });
    expect(byCode('overlap')?.text).toContain('“甲”和“乙”');
    expect(byCode('overlap')?.days).toContain(WEDNESDAY);
    expect(byCode('outside_hours')).toMatchObject({ rules: [1] });
    expect(byCode('no_slots')).toMatchObject({ rules: [2] });
  });

  it('warns of places below what is taken and of slots that go with bookings, and names the bookings, masked', async () => {
    const one = await bookAt(world, hall, WEDNESDAY, '10:00');
    await bookAt(world, hall, WEDNESDAY, '10:00');
    const late = await bookAt(world, hall, WEDNESDAY, '15:00');
    const { warnings, affected, affectedCount } = await preview({
      rules: [ruleOf('09:00', '12:00', { desksPublic: 1, desksInternal: 1 })],
    });
    expect(warnings.map(({ code }) => code)).toEqual(expect.arrayContaining(['below_taken', 'slots_gone']));
    expect(affectedCount).toBe(1);
    expect(affected[0]).toMatchObject({
      bookingId: late.booking.id,
      startTime: '15:00',
      name: '陈**',
      cause: 'closed',
    });
    expect(affected[0]?.phone).toMatch(/\*/);
    expect(one.booking.state).toBe('confirmed');
  });

  it('takes draft closures of the hall into account, in its other queues too', async () => {
    const other = await bookAt(world, hall, WEDNESDAY, '10:00', hall.b.itemId);
    const { affected, days } = await preview({ closures: [{ day: WEDNESDAY, queueId: null }] });
    expect(affected.map(({ bookingId }) => bookingId)).toEqual([other.booking.id]);
    expect(days.find(({ day }) => day === WEDNESDAY)?.slots.every(({ change }) => change === 'gone')).toBe(
      true,
    );
  });

  it('shows a day planned by hand on a holiday, and a year whose holidays nobody knows yet', async () => {
    const day = '2026-10-01';
    const { days } = await preview({
      overrides: [{ day, plan: [stretchOf('09:00', '10:00')] }],
      from: day,
      to: day,
    });
    expect(days[0]).toMatchObject({ byHand: true, kind: 'holiday' });
    expect(days[0]?.slots.map(({ start, change }) => [start, change])).toEqual([
      ['09:00', 'new'],
      ['09:30', 'new'],
    ]);
    const far = await preview({ from: '2030-10-01', to: '2030-10-03' });
    expect(far.warnings.map(({ code }) => code)).toContain('not_announced');
  });
});

describe('a day planned by hand', () => {
  const plan = (day: string, times: [string, string], more = {}) =>
    manager.api.calendar.addOverride({
      requestId: requestId(),
      queueId: hall.a.queueId,
      day,
      plan: [stretchOf(...times)],
      reason: '加开专场',
      ...more,
    });

  it('opens a day on which the hall is shut, for booking and for numbers', async () => {
    const { exception } = await plan(SATURDAY, ['09:00', '10:00']);
    expect(exception).toMatchObject({ kind: 'override', day: SATURDAY, reason: '加开专场' });
    expect(await offeredTimes(world, hall, SATURDAY)).toEqual(['09:00', '09:30']);
    const { person, booking } = await bookAt(world, hall, SATURDAY, '09:30');
    world.clock.set('2026-07-18T01:20:00Z');
    const ticket = await person.api.queue.checkIn({ bookingId: booking.id });
    expect(ticket.state).toBe('waiting');
    world.clock.set('2026-07-14T01:30:00Z');
  });

  it('opens an evening for one day, of a kind that the usual rules don’t have', async () => {
    const plan = [{ ...stretchOf('18:00', '19:00'), kind: 'after_hours' as const }];
    const day = WEDNESDAY;
    const { queueId } = hall.a;
    await manager.api.calendar.addOverride({
      requestId: requestId(),
      queueId,
      day,
      plan,
      reason: '延时专场',
    });
    const asked = { hallId: hall.hallId, itemId: hall.a.itemId };
    const client = world.client();
    expect((await client.booking.listDays(asked)).kinds).toEqual(['window', 'after_hours']);
    const slots = await client.booking.listSlots({ ...asked, day, kind: 'after_hours' });
    expect(slots.items.map(({ startTime }) => startTime)).toEqual(['18:00', '18:30']);
    const person = await newPerson(world);
    const slotId = slots.items[0]?.id ?? '';
    const input = { requestId: requestId(), itemId: hall.a.itemId, slotId };
    expect(await person.api.booking.reserve(input)).toMatchObject({ kind: 'after_hours', day });
  });

  it('replaces the rules of the day, and its own older plan', async () => {
    await plan(WEDNESDAY, ['10:00', '11:00']);
    expect(await offeredTimes(world, hall, WEDNESDAY)).toEqual(['10:00', '10:30']);
    await plan(WEDNESDAY, ['14:00', '15:00']);
    expect(await offeredTimes(world, hall, WEDNESDAY)).toEqual(['14:00', '14:30']);
    const { exceptions } = await calendar();
    expect(exceptions).toHaveLength(1);
  });

  it('is booked by citizens and staff also where the queue has no rules, and without it nothing can be booked', async () => {
    await save([]);
    const at = { itemId: hall.a.itemId, hallId: hall.hallId };
    await expect(world.client().booking.listDays(at)).rejects.toMatchObject({ code: 'BOOKING_NOT_BOOKABLE' });
    const { exception } = await plan(SATURDAY, ['10:00', '11:00']);
    const { items } = await world.client().booking.listDays(at);
    expect(items.filter(({ status }) => status === 'open').map(({ day }) => day)).toEqual([SATURDAY]);
    const person = await newPerson(world);
    const { id: slotId } = await slotAt(world, { ...at, day: SATURDAY, time: '10:00' });
    const own = { requestId: requestId(), itemId: at.itemId, slotId };
    expect(await person.api.booking.reserve(own)).toMatchObject({ day: SATURDAY, state: 'confirmed' });
    const staffSlots = await manager.api.hallBookings.slots({ itemId: at.itemId, day: SATURDAY });
    expect(staffSlots.items.length).toBeGreaterThan(0);
    await manager.api.calendar.removeOverride({ exceptionId: exception?.id ?? '', reason: '不开了' });
    await expect(world.client().booking.listDays(at)).rejects.toMatchObject({ code: 'BOOKING_NOT_BOOKABLE' });
  });

  it('is taken back, and the rules hold again', async () => {
    const before = await offeredTimes(world, hall, WEDNESDAY);
    const { exception } = await plan(WEDNESDAY, ['10:00', '11:00']);
    await manager.api.calendar.removeOverride({ exceptionId: exception?.id ?? '', reason: '按平时办理' });
    expect(await offeredTimes(world, hall, WEDNESDAY)).toEqual(before);
    const actions = (await manager.api.calendar.listChanges({})).items.map(({ action }) => action);
    expect(actions).toEqual(['override_removed', 'override']);
  });

  it('counts all who lose their time or have to be rung, also those who are not listed any more', async () => {
    const { booking } = await bookAt(world, hall, WEDNESDAY, '09:30');
    const row = await world.dataSource.manager.findOneByOrFail(BookingEntity, { id: booking.id });
    const unknown = { ...row, citizenId: null };
    const shown = await world
      .get(CalendarAffected)
      .show([
        ...Array.from({ length: 200 }, (): Hit => ({ booking: row, cause: 'regridded' })),
        { booking: row, cause: 'closed' },
        { booking: unknown, cause: 'closed' },
        { booking: unknown, cause: 'regridded' },
      ]);
    expect(shown.affected).toHaveLength(200);
    expect(shown).toMatchObject({ affectedCount: 203, closedCount: 2, ringCount: 1 });
  });

  it('is only tried in a dry run, and is not made for a day that is over', async () => {
    await bookAt(world, hall, WEDNESDAY, '09:30');
    const tried = await plan(WEDNESDAY, ['10:00', '11:00'], { dryRun: true });
    expect(tried).toMatchObject({ exception: null, affectedCount: 1, told: 1 });
    expect(await offeredTimes(world, hall, WEDNESDAY)).toContain('09:30');
    await expect(plan('2026-07-13', ['10:00', '11:00'])).rejects.toMatchObject({ code: 'CALENDAR_DAY_PAST' });
  });
});

describe('the use of capacity', () => {
  it('is counted by day and by hour, with what was taken and who did not come', async () => {
    const { person, booking } = await bookAt(world, hall, TUESDAY, '11:00');
    await bookAt(world, hall, TUESDAY, '10:30');
    const cancelled = await bookAt(world, hall, WEDNESDAY, '15:00');
    await cancelled.person.api.booking.cancel({ bookingId: cancelled.booking.id });
    world.clock.set('2026-07-14T02:50:00Z');
    await person.api.queue.checkIn({ bookingId: booking.id });
    world.clock.set('2026-07-14T08:00:00Z');
    await world.runRepeat('booking.mark-no-shows');
    world.clock.set('2026-07-14T01:30:00Z');
    const use = await manager.api.calendar.use({ from: TUESDAY, to: WEDNESDAY, queueId: hall.a.queueId });
    expect(use.days).toHaveLength(2);
    expect(use.days[0]).toMatchObject({ day: TUESDAY, public: 2, came: 1, noShows: 1, cancelled: 0 });
    expect(use.days[1]).toMatchObject({ day: WEDNESDAY, public: 0, cancelled: 1 });
    expect(use.hours.find(({ hour }) => hour === 11)).toMatchObject({ came: 1 });
    expect(use.hours.find(({ hour }) => hour === 10)).toMatchObject({ noShows: 1 });
    // 13 slots of three places a day, two of them for the public.
    expect(use.days[1]).toMatchObject({ capacity: 39, publicCapacity: 26 });
    expect(use.total.public).toBe(use.days[0]?.public);
  });

  it('counts missed places as it counts taken ones: each person in each slot, by the slot’s hour', async () => {
    const person = await newPerson(world);
    const itemId = hall.a.longItemId;
    const { id: slotId } = await slotAt(world, {
      hallId: hall.hallId,
      itemId,
      day: WEDNESDAY,
      time: '10:30',
    });
    await person.api.booking.reserve({ requestId: requestId(), itemId, slotId, persons: 2 });
    world.clock.set('2026-07-15T09:00:00Z');
    await world.runRepeat('booking.mark-no-shows');
    world.clock.set('2026-07-14T01:30:00Z');
    const use = await manager.api.calendar.use({ from: WEDNESDAY, to: WEDNESDAY, queueId: hall.a.queueId });
    expect(use.total).toMatchObject({ public: 4, noShows: 1, missedPlaces: 4 });
    for (const at of [10, 11])
      expect(use.hours.find(({ hour }) => hour === at)).toMatchObject({ public: 2, missedPlaces: 2 });
  });
});
