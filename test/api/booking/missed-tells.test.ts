import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { BookingEntity } from '../../../apps/api/src/booking/booking.entity.js';
import { BookingOutcomes } from '../../../apps/api/src/booking/booking-outcomes.service.js';
import { newId } from '../../../apps/api/src/common/id.js';
import { GuideService } from '../../../apps/api/src/guide/guide.service.js';
import { HallDayEntity } from '../../../apps/api/src/guide/hall.entity.js';
import { newHall, newItem, requestId, slotAt, type TestHall } from '../../support/builders/booking.js';
import { newCitizen, type TestCitizen } from '../../support/builders/citizen.js';
import { authorise } from '../../support/builders/people.js';
import { newStaff } from '../../support/builders/queue.js';
import { newWorld, type World } from '../../support/world.js';

// Tuesday, 09:30.
const NOW = '2026-07-14T01:30:00Z';
const TUESDAY = '2026-07-14';
let world: World;
let hall: TestHall;
beforeAll(async () => {
  world = await newWorld();
});
beforeEach(async () => {
  world.clock.set(NOW);
  hall = await newHall(world, { places: 9 });
});
afterAll(() => world.close());

const endDue = () => world.runRepeat('booking.mark-no-shows');

async function book({ client }: TestCitizen, day: string, authorisationId?: string): Promise<string> {
  const itemId = hall.a.itemId;
  const { id: slotId } = await slotAt(world, { hallId: hall.hallId, itemId, day, time: '11:00' });
  const whose = authorisationId ? { authorisationId } : {};
  return (await client.booking.reserve({ requestId: requestId(), itemId, slotId, ...whose })).id;
}

/** Of bookings that were missed or called off, oldest first, as the phone shows them. */
async function inbox({ client }: TestCitizen) {
  await world.drain();
  const { items } = await client.notifications.listInbox({});
  return items
    .filter(({ template }) => template === 'booking_closed' || template === 'booking_cancelled')
    .reverse();
}

async function shutHall(day: string): Promise<void> {
  const shut = { id: newId(), hallId: hall.hallId, day, periods: [], note: '线路检修' };
  await world.dataSource.manager.insert(HallDayEntity, shut);
  world.get(GuideService).invalidate();
}

describe('a booking that nobody came to', () => {
  it('tells its owner which it was and until when it can be appealed, once, and leads there', async () => {
    const person = await newCitizen(world);
    const bookingId = await book(person, TUESDAY);
    world.clock.set(`${TUESDAY}T12:01:00+08:00`);
    await Promise.all([endDue(), endDue()]);
    await endDue();
    const [told, ...more] = await inbox(person);
    expect(more).toEqual([]);
    expect(told).toMatchObject({
      title: '预约未到，记为爽约',
      page: `pages/booking/standing/index?hallId=${hall.hallId}&bookingId=${bookingId}`,
    });
    expect(told?.body).toMatch(/^您 7月14日 周二 11:00 在测试\d+号服务中心办理“短事项”的预约，没有到场签到/);
    expect(told?.body).toContain('申诉，最晚 8月13日 周四');
    expect(told?.body).not.toContain('暂停');
    const clerk = await newStaff(world, hall.hallId);
    const { items } = await clerk.api.hallBookings.history({ bookingId });
    expect(items.filter(({ action }) => action === 'missed')).toEqual([
      expect.objectContaining({ by: 'system', name: null, text: '没有到场签到，记为未到' }),
    ]);
  });

  it('says from when on one may book again where it is the one that suspends', async () => {
    const person = await newCitizen(world);
    for (const day of [TUESDAY, '2026-07-15', '2026-07-16']) {
      world.clock.set(`${day}T08:00:00+08:00`);
      await book(person, day);
      world.clock.set(`${day}T18:00:00+08:00`);
      await endDue();
    }
    const told = await inbox(person);
    expect(told.map(({ title }) => title)).toEqual([
      '预约未到，记为爽约',
      '预约未到，记为爽约',
      '预约未到，网上预约暂停',
    ]);
    const { suspendedUntil } = await person.client.people.standing({ hallId: hall.hallId });
    expect(suspendedUntil).toBe('2026-08-16');
    expect(told[2]?.body).toContain('您的网上预约现已暂停，8月16日 周日起恢复');
  });

  it('says so of the last where one run marks all of them', async () => {
    const person = await newCitizen(world);
    for (const day of [TUESDAY, '2026-07-15', '2026-07-16']) await book(person, day);
    world.clock.set('2026-07-16T18:00:00+08:00');
    await endDue();
    const told = await inbox(person);
    expect(told.filter(({ title }) => title.includes('暂停')).map(({ body }) => body)).toEqual([
      expect.stringContaining('7月16日 周四 11:00'),
    ]);
  });

  it('tells the principal, whom it counts against, too, and each on a page of their own', async () => {
    const agent = await newCitizen(world, { name: '周建国' });
    const principal = await newCitizen(world);
    const authorisationId = (await authorise(principal, agent)).id;
    const bookingId = await book(agent, TUESDAY, authorisationId);
    world.clock.set(`${TUESDAY}T12:01:00+08:00`);
    await endDue();
    const page = `pages/booking/standing/index?hallId=${hall.hallId}&bookingId=${bookingId}`;
    const [agents] = await inbox(agent);
    const [theirs] = await inbox(principal);
    expect(agents?.page).toBe(`${page}&for=${authorisationId}`);
    expect(agents?.body).toContain('已记为委托人的一次爽约');
    expect(theirs?.page).toBe(page);
    expect(theirs?.body).toContain('周**替您约的');
    expect(theirs?.body).toContain('已记为您的一次爽约');
    const { hallId } = hall;
    const shown = [
      await agent.client.people.standing({ hallId, authorisationId }),
      await principal.client.people.standing({ hallId }),
    ];
    for (const { noShows } of shown) expect(noShows.map((each) => each.bookingId)).toEqual([bookingId]);
  });

  it('says nothing of whoever checked in after the job had looked', async () => {
    const person = await newCitizen(world);
    const bookingId = await book(person, TUESDAY);
    const booking = await world.dataSource.manager.findOneByOrFail(BookingEntity, { id: bookingId });
    world.clock.set(`${TUESDAY}T11:05:00+08:00`);
    await person.client.queue.checkIn({ bookingId });
    await world.get(BookingOutcomes).endAll([{ booking, outcome: 'missed' }]);
    expect((await person.client.booking.getMine({ bookingId })).state).toBe('checked_in');
    expect(await inbox(person)).toEqual([]);
  });
});

describe('a call that staff recorded as not reached', () => {
  it('tells the owner so, with the appeal', async () => {
    const rule = {
      ...{ weekdays: [2], from: 660, to: 720, slotMinutes: 30, desksPublic: 5, desksInternal: 5 },
      ...{ windowFromDays: 0, windowToDays: 13, kind: 'phone' as const },
    };
    hall = await newHall(world, { moreRules: [rule] });
    const { hallId, departmentId, a } = hall;
    const kinds: 'phone'[] = ['phone'];
    const itemId = await newItem(world, {
      hallId,
      departmentId,
      queueId: a.queueId,
      name: '电话咨询',
      kinds,
    });
    world.get(GuideService).invalidate();
    const person = await newCitizen(world);
    const asked = { hallId, itemId, day: TUESDAY, kind: 'phone' as const };
    const [slot] = (await person.client.booking.listSlots(asked)).items;
    const input = { requestId: requestId(), itemId, slotId: slot?.id ?? '' };
    const { id: bookingId } = await person.client.booking.reserve(input);
    const clerk = await newStaff(world, hallId);
    world.clock.set(`${TUESDAY}T11:10:00+08:00`);
    await clerk.api.hallBookings.notReached({ bookingId });
    await clerk.api.hallBookings.notReached({ bookingId });
    const [told, ...more] = await inbox(person);
    expect(more).toEqual([]);
    expect(told?.body).toContain('工作人员没有联系上人，已记为您的一次爽约');
    expect(told?.body).toContain('最晚 8月13日 周四');
  });
});

describe('a booking whose hall turned out to be shut', () => {
  it('is called off with a word to the owner and the principal, and is no no-show', async () => {
    const agent = await newCitizen(world);
    const principal = await newCitizen(world);
    const bookingId = await book(agent, TUESDAY, (await authorise(principal, agent)).id);
    await shutHall(TUESDAY);
    world.clock.set(`${TUESDAY}T12:01:00+08:00`);
    await endDue();
    await endDue();
    expect((await agent.client.booking.getMine({ bookingId })).state).toBe('cancelled');
    const [told, ...more] = await inbox(agent);
    expect(more).toEqual([]);
    expect(told?.body).toContain('原因：中心在预约时间临时不对外服务。已代您取消，不算爽约');
    const [theirs] = await inbox(principal);
    expect(theirs?.body).toContain('已由大厅取消，原因：中心在预约时间临时不对外服务');
  });
});
