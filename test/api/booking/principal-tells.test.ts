import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { BookingConfirmedJobs } from '../../../apps/api/src/booking/booking-confirmed.jobs.js';
import { OutboxEntry } from '../../../apps/api/src/outbox/outbox.entity.js';
import type { Tell } from '../../../apps/api/src/outbox/topics.js';
import { newHall, requestId, slotAt, staffOf, type TestHall } from '../../support/builders/booking.js';
import { bookAt, managerOf } from '../../support/builders/calendar.js';
import { newCitizen, idNumberOf, type TestCitizen } from '../../support/builders/citizen.js';
import { authorise, authoriseByDesk } from '../../support/builders/people.js';
import { newStaff } from '../../support/builders/staff.js';
import { newWorld, type World } from '../../support/world.js';

// The clock stands at Tuesday 2026-07-14, 09:30.
const NOW = '2026-07-14T01:30:00Z';
const WEDNESDAY = '2026-07-15';
let world: World;
let hall: TestHall;
let agent: TestCitizen;
let principal: TestCitizen;
let authorisationId: string;
beforeAll(async () => {
  world = await newWorld();
});
beforeEach(async () => {
  world.clock.set(NOW);
  hall = await newHall(world);
  agent = await newCitizen(world, { name: '周建国' });
  principal = await newCitizen(world);
  authorisationId = (await authorise(principal, agent)).id;
});
afterAll(() => world.close());

const at = async (time: string, day = WEDNESDAY) =>
  (await slotAt(world, { hallId: hall.hallId, itemId: hall.a.itemId, day, time })).id;
const bookFor = async (by: TestCitizen, authorisation: string, time = '10:00') =>
  by.client.booking.reserve({
    requestId: requestId(),
    itemId: hall.a.itemId,
    slotId: await at(time),
    authorisationId: authorisation,
  });
/** About bookings, oldest first, as the phone shows them. */
async function inbox({ client }: TestCitizen) {
  await world.drain();
  const { items } = await client.notifications.listInbox({});
  return items.filter(({ template }) => template.startsWith('booking_')).reverse();
}
async function tellsTo({ id }: TestCitizen): Promise<Tell[]> {
  const rows = await world.dataSource.getRepository(OutboxEntry).findBy({ topic: 'notifications.tell' });
  return rows.map(({ payload }) => payload as Tell).filter(({ citizenId }) => citizenId === id);
}

describe('somebody for whom an agent books', () => {
  it('is told who booked what, when and where, and opens what this phone can open', async () => {
    const booking = await bookFor(agent, authorisationId);
    const [told, ...more] = await inbox(principal);
    expect(more).toEqual([]);
    expect(told).toMatchObject({
      template: 'booking_confirmed',
      title: '有人替您预约了',
      page: 'pages/account/family/index',
    });
    expect(told?.body).toContain('周**替您预约了 7月15日 周三 10:00 到测试');
    for (const part of ['短事项', '一层 A 区', booking.code]) expect(told?.body).toContain(part);
    expect((await inbox(agent)).map(({ title }) => title)).toEqual(['预约成功']);
  });

  it('is told once of a booking that the agent held first, and once however often the job runs', async () => {
    const held = await agent.client.booking.hold({
      requestId: requestId(),
      itemId: hall.a.itemId,
      slotId: await at('10:00'),
      authorisationId,
    });
    expect(await inbox(principal)).toEqual([]);
    await agent.client.booking.confirm({ bookingId: held.id });
    await agent.client.booking.confirm({ bookingId: held.id });
    await world.get(BookingConfirmedJobs).tell({ bookingIds: [held.id] });
    expect(await inbox(principal)).toHaveLength(1);
    expect(await inbox(agent)).toHaveLength(1);
  });

  it('is told that the agent cancelled', async () => {
    const booking = await bookFor(agent, authorisationId);
    await world.drain();
    await agent.client.booking.cancel({ bookingId: booking.id });
    await agent.client.booking.cancel({ bookingId: booking.id });
    const [, told, ...more] = await inbox(principal);
    expect(more).toEqual([]);
    expect(told).toMatchObject({ template: 'booking_cancelled', title: '替您约的预约已取消' });
    expect(told?.body).toMatch(
      /^周\*\*取消了替您约的 7月15日 周三 10:00 在测试\d+号服务中心办理“短事项”的预约/,
    );
  });

  it.each(['cancels', 'moves'] as const)(
    'leaves a place that the agent %s to others: the agent gets it for nobody',
    async (how) => {
      const { id } = await bookFor(agent, authorisationId);
      if (how === 'cancels') await agent.client.booking.cancel({ bookingId: id });
      else
        await agent.client.booking.reschedule({
          bookingId: id,
          requestId: requestId(),
          slotId: await at('14:00'),
        });
      const ask = { itemId: hall.a.itemId, slotId: await at('10:00') };
      const own = agent.client.booking.reserve({ requestId: requestId(), ...ask });
      await expect(own).rejects.toMatchObject({ code: 'SLOT_GIVEN_BACK' });
      const second = await newCitizen(world);
      const forSecond = bookFor(agent, (await authorise(second, agent)).id);
      await expect(forSecond).rejects.toMatchObject({ code: 'SLOT_GIVEN_BACK' });
      const stranger = await newCitizen(world);
      const taken = await stranger.client.booking.reserve({ requestId: requestId(), ...ask });
      expect(taken.state).toBe('confirmed');
    },
  );

  it('is told of each new time that the agent chose', async () => {
    const booking = await bookFor(agent, authorisationId);
    await world.drain();
    for (const time of ['14:00', '15:30']) {
      const slotId = await at(time);
      const request = requestId();
      await agent.client.booking.reschedule({ bookingId: booking.id, requestId: request, slotId });
      await agent.client.booking.reschedule({ bookingId: booking.id, requestId: request, slotId });
    }
    const bodies = (await inbox(principal)).slice(1).map(({ body }) => body);
    expect(bodies).toHaveLength(2);
    expect(bodies[0]).toContain('替您约的 7月15日 周三 10:00');
    expect(bodies[0]).toContain('已由周**改到 7月15日 周三 14:00');
    expect(bodies[1]).toContain('15:30');
  });

  it('is told what the hall did with the booking, and why', async () => {
    const booking = await bookFor(agent, authorisationId);
    await world.drain();
    const office = world.client(staffOf(hall.hallId, 'manager'));
    const [bookingId, reason] = [booking.id, '窗口检修'];
    await office.hallBookings.move({ bookingId, requestId: requestId(), slotId: await at('15:30'), reason });
    await world.drain();
    await office.hallBookings.cancel({ bookingId, reason });
    const told = (await inbox(principal)).slice(1);
    expect(told.map(({ title }) => title)).toEqual(['替您约的预约已改期', '替您约的预约已取消']);
    for (const { body } of told) expect(body).toContain('原因：窗口检修');
    expect(told[0]?.body).toContain('已由大厅改到 7月15日 周三 15:30');
  });

  it('is told when the hall closed the day and nobody chose another', async () => {
    await bookFor(agent, authorisationId);
    await world.drain();
    await managerOf(world, hall.hallId).api.calendar.addClosure({
      requestId: requestId(),
      queueId: hall.a.queueId,
      days: [WEDNESDAY],
      reason: '停电',
    });
    world.clock.set('2026-07-15T01:59:00Z');
    await world.runRepeat('booking.settle-disruptions');
    await world.runRepeat('booking.settle-disruptions');
    const cancelled = (await inbox(principal)).filter(({ template }) => template === 'booking_cancelled');
    expect(cancelled).toHaveLength(1);
    expect(cancelled[0]?.body).toContain('已由大厅取消，原因：停电');
  });

  it('still hears of a booking whose authorisation has ended', async () => {
    const booking = await bookFor(agent, authorisationId);
    await world.drain();
    await principal.client.people.endAuthorisation({ authorisationId });
    await agent.client.booking.cancel({ bookingId: booking.id });
    expect((await inbox(principal)).map(({ template }) => template)).toEqual([
      'booking_confirmed',
      'booking_cancelled',
    ]);
  });

  it('never sees the agent’s name, phone or ID number in clear', async () => {
    const booking = await bookFor(agent, authorisationId);
    await world.drain();
    await agent.client.booking.reschedule({
      bookingId: booking.id,
      requestId: requestId(),
      slotId: await at('14:00'),
    });
    await agent.client.booking.cancel({ bookingId: booking.id });
    const text = JSON.stringify([await inbox(principal), await tellsTo(principal)]);
    for (const secret of [agent.name, agent.phone, agent.idNumber, principal.idNumber, principal.name])
      expect(text).not.toContain(secret);
    // What leaves through WeChat carries no name at all, masked or not.
    for (const { data } of await tellsTo(principal)) expect(JSON.stringify(data)).not.toContain('周*');
  });
});

describe('nobody but the agent is told', () => {
  it('of a booking for a principal without an account', async () => {
    const clerk = await newStaff(world, { hallId: hall.hallId });
    const mother = { name: '林秀英', idNumber: idNumberOf(941, '19450312') };
    const { id } = await authoriseByDesk(clerk, agent, mother);
    const before = (await world.dataSource.getRepository(OutboxEntry).findBy({ topic: 'notifications.tell' }))
      .length;
    await bookFor(agent, id);
    expect((await inbox(agent)).map(({ title }) => title)).toEqual(['预约成功']);
    const after = await world.dataSource.getRepository(OutboxEntry).findBy({ topic: 'notifications.tell' });
    expect(after).toHaveLength(before + 1);
  });

  it('of what people book for themselves', async () => {
    const own = await bookAt(world, hall, WEDNESDAY, '11:00');
    await world.drain();
    const all = await world.dataSource.getRepository(OutboxEntry).findBy({ topic: 'notifications.tell' });
    const about = all.filter(({ payload }) => JSON.stringify(payload).includes(own.booking.id));
    expect(about).toHaveLength(1);
  });
});
