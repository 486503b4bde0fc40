import type { VisitKind } from '@haoban/domain';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AuditEntity } from '../../../apps/api/src/audit/audit.entity.js';
import { GuideService } from '../../../apps/api/src/guide/guide.service.js';
import {
  newHall,
  newItem,
  newPerson,
  requestId,
  type Person,
  type TestHall,
} from '../../support/builders/booking.js';
import { managerOf, stretchOf } from '../../support/builders/calendar.js';
import { newStaff } from '../../support/builders/queue.js';
import { newWorld, type World } from '../../support/world.js';

// Tuesday, 09:30.
const NOW = '2026-07-14T01:30:00Z';
const DAY = '2026-07-15';
const START = `${DAY}T10:00:00+08:00`;
const NEXT_DAY = '2026-07-16T00:00:00+08:00';
const remote = ['phone', 'video', 'home'] as const;
const rule = {
  weekdays: [1, 2, 3, 4, 5],
  from: 540,
  to: 720,
  slotMinutes: 30,
  desksPublic: 9,
  desksInternal: 9,
  windowFromDays: 0,
  windowToDays: 13,
};

let world: World;
let hall: TestHall;
let itemId: string;
beforeAll(async () => {
  world = await newWorld();
});
beforeEach(async () => {
  world.clock.set(NOW);
  const moreRules = remote.map((kind) => ({ ...rule, id: kind, kind }));
  hall = await newHall(world, { places: 9, moreRules });
  const { hallId, departmentId, a } = hall;
  const kinds: VisitKind[] = ['window', ...remote];
  itemId = await newItem(world, { hallId, departmentId, queueId: a.queueId, name: '养老认证', kinds });
  world.get(GuideService).invalidate();
});
afterAll(() => world.close());

async function book(
  kind: VisitKind,
  { day = DAY, time = '10:00', by }: { day?: string; time?: string; by?: Person } = {},
) {
  const person = by ?? (await newPerson(world));
  const { items } = await person.api.booking.listSlots({ hallId: hall.hallId, itemId, day, kind });
  const slotId = items.find(({ startTime }) => startTime === time)?.id ?? '';
  const address = kind === 'home' ? { address: '江滨区望江大道 88 号' } : {};
  const { id } = await person.api.booking.hold({ requestId: requestId(), itemId, slotId });
  await person.api.booking.confirm({ bookingId: id, ...address });
  return { person, bookingId: id };
}
const stateOf = async ({ person, bookingId }: Awaited<ReturnType<typeof book>>) =>
  (await person.api.booking.getMine({ bookingId })).state;
const endDue = () => world.runRepeat('booking.mark-no-shows');

describe('a booking by phone, video or at home of which nobody recorded anything', () => {
  it.each(remote)('%s: counts as held once its day is over, and never against the person', async (kind) => {
    const booked = await book(kind);
    world.clock.set(new Date(Date.parse(NEXT_DAY) - 1));
    await endDue();
    expect(await stateOf(booked)).toBe('confirmed');
    world.clock.set(NEXT_DAY);
    await endDue();
    expect(await stateOf(booked)).toBe('checked_in');
    const { noShows } = await booked.person.api.people.standing({ hallId: hall.hallId });
    expect(noShows).toEqual([]);
    const clerk = await newStaff(world, hall.hallId);
    const { items } = await clerk.api.hallBookings.history({ bookingId: booked.bookingId });
    expect(items.at(-1)).toMatchObject({
      action: 'served',
      by: 'system',
      text: '当天没有记录结果，按已办理处理',
    });
  });

  it('suspends nobody after three of them', async () => {
    const person = await newPerson(world);
    for (const day of ['2026-07-14', '2026-07-15', '2026-07-16']) {
      world.clock.set(`${day}T08:00:00+08:00`);
      await book('phone', { day, by: person });
      world.clock.set(`${day}T18:00:00+08:00`);
      await endDue();
    }
    world.clock.set('2026-07-17T08:00:00+08:00');
    await endDue();
    await book('window', { day: '2026-07-17', by: person });
  });

  it('is not called off where only calls were planned on a holiday', async () => {
    // Dragon Boat Festival lies behind; a Saturday is as shut as a holiday.
    const saturday = '2026-07-18';
    await managerOf(world, hall.hallId).api.calendar.addOverride({
      requestId: requestId(),
      queueId: hall.a.queueId,
      day: saturday,
      plan: [stretchOf('10:00', '11:00', { kind: 'phone' })],
      reason: '周末电话咨询',
    });
    const booked = await book('phone', { day: saturday });
    world.clock.set('2026-07-19T00:00:00+08:00');
    await endDue();
    expect(await stateOf(booked)).toBe('checked_in');
  });
});

describe('staff record how a visit by phone, video or at home went', () => {
  it('as done, once, with an audit entry and a line in its history', async () => {
    const booked = await book('phone');
    const { bookingId } = booked;
    const clerk = await newStaff(world, hall.hallId);
    world.clock.set(START);
    expect((await clerk.api.hallBookings.get({ bookingId })).actions).toEqual(['serve', 'not_reached']);
    expect((await booked.person.api.booking.getMine({ bookingId })).actions).toEqual([]);
    expect(await clerk.api.hallBookings.serve({ bookingId })).toMatchObject({
      state: 'checked_in',
      actions: [],
    });
    expect(await clerk.api.hallBookings.serve({ bookingId })).toMatchObject({ state: 'checked_in' });
    await expect(clerk.api.hallBookings.notReached({ bookingId })).rejects.toMatchObject({
      code: 'BOOKING_STATE',
    });
    const { items } = await clerk.api.hallBookings.history({ bookingId });
    expect(items.filter(({ action }) => action === 'served')).toEqual([
      expect.objectContaining({ by: 'staff', name: clerk.name, text: '记录为已办理', reason: null }),
    ]);
    const audited = await world.dataSource.manager.findBy(AuditEntity, { subjectId: bookingId });
    expect(audited.filter(({ action }) => action === 'booking.serve')).toHaveLength(1);
    world.clock.set(NEXT_DAY);
    await endDue();
    expect((await clerk.api.hallBookings.history({ bookingId })).items).toHaveLength(items.length);
  });

  it('as not reached, which counts like every no-show and can be appealed', async () => {
    const booked = await book('home');
    const { bookingId, person } = booked;
    const manager = await newStaff(world, hall.hallId, 'manager');
    world.clock.set('2026-07-15T10:20:00+08:00');
    const note = '10:05、10:15 两次敲门无人应';
    expect(await manager.api.hallBookings.notReached({ bookingId, note })).toMatchObject({
      state: 'no_show',
    });
    const { items } = await manager.api.hallBookings.history({ bookingId });
    expect(items.at(-1)).toMatchObject({ action: 'missed', by: 'staff', text: '上门无人', reason: note });
    const audited = await world.dataSource.manager.findBy(AuditEntity, { subjectId: bookingId });
    expect(audited.map(({ action }) => action)).toContain('booking.not-reached');
    expect((await person.api.booking.getMine({ bookingId })).actions).toEqual(['appeal']);
    const { noShows } = await person.api.people.standing({ hallId: hall.hallId });
    expect(noShows.map((each) => each.bookingId)).toEqual([bookingId]);
    const text = '我一直在家，门铃坏了没有听见';
    expect(await person.api.people.appeal({ bookingId, text })).toMatchObject({ state: 'open' });
  });

  it('not before its time, and not of a visit at the hall', async () => {
    const { bookingId } = await book('video');
    const clerk = await newStaff(world, hall.hallId);
    world.clock.set(new Date(Date.parse(START) - 1));
    expect((await clerk.api.hallBookings.get({ bookingId })).actions).toEqual(['move', 'cancel']);
    for (const act of ['serve', 'notReached'] as const)
      await expect(clerk.api.hallBookings[act]({ bookingId })).rejects.toMatchObject({
        code: 'BOOKING_NOT_BEGUN',
      });
    world.clock.set(NOW);
    const window = await book('window');
    world.clock.set(START);
    expect((await clerk.api.hallBookings.get(window)).actions).toEqual([]);
    await expect(clerk.api.hallBookings.serve(window)).rejects.toMatchObject({ code: 'BOOKING_IN_HALL' });
  });

  it('by two at once as one of both', async () => {
    const { bookingId, person } = await book('phone');
    const clerk = await newStaff(world, hall.hallId);
    world.clock.set(START);
    const acts = await Promise.allSettled([
      clerk.api.hallBookings.serve({ bookingId }),
      clerk.api.hallBookings.notReached({ bookingId }),
      clerk.api.hallBookings.serve({ bookingId }),
    ]);
    expect(acts.some(({ status }) => status === 'fulfilled')).toBe(true);
    const { items } = await clerk.api.hallBookings.history({ bookingId });
    expect(items.filter(({ action }) => action === 'served' || action === 'missed')).toHaveLength(1);
    expect(['checked_in', 'no_show']).toContain(await stateOf({ person, bookingId }));
  });
});

describe('a check-in at the hall', () => {
  it('is neither offered nor possible for a visit that does not come there', async () => {
    const { bookingId, person } = await book('phone');
    const clerk = await newStaff(world, hall.hallId);
    world.clock.set('2026-07-15T09:50:00+08:00');
    const mine = await person.api.booking.getMine({ bookingId });
    expect(mine.actions).not.toContain('check_in');
    await expect(person.api.queue.checkIn({ bookingId })).rejects.toMatchObject({ code: 'BOOKING_REMOTE' });
    await expect(clerk.api.queue.checkInAtDesk({ code: mine.code })).rejects.toMatchObject({
      code: 'BOOKING_REMOTE',
    });
  });
});
