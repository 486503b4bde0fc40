import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SlotReturnJobs } from '../../../apps/api/src/booking/slot-return.jobs.js';
import { WaitlistEntryEntity } from '../../../apps/api/src/booking/waitlist.entity.js';
import { Outbox } from '../../../apps/api/src/outbox/outbox.service.js';
import { newPerson, requestId, slotAt, type Person } from '../../support/builders/booking.js';
import { managerOf } from '../../support/builders/calendar.js';
import { entryOf, joinWaitlist, newFullDay, tick, type FullDay } from '../../support/builders/waitlist.js';
import { newWorld, type World } from '../../support/world.js';

// The clock stands at Tuesday 2026-07-14, 09:30; full days are the Wednesday after it.
const NOW = '2026-07-14T01:30:00Z';
const NEXT_MORNING = '2026-07-16T01:00:00Z';
const MINUTE = 60_000;
let world: World;
beforeAll(async () => {
  world = await newWorld();
});
beforeEach(() => world.clock.set(NOW));
afterAll(() => world.close());

const end = () => world.get(SlotReturnJobs).endWaiting();
const cancel = async ({ holders: [holder] }: FullDay) =>
  holder?.person.api.booking.cancel({ bookingId: holder.booking.id });
/** What the phone shows about the end of the waiting. */
async function endings({ api }: Person) {
  await world.drain();
  const { items } = await api.notifications.listInbox({});
  return items.filter(({ title }) => title.startsWith('候补已结束'));
}
const close = ({ hall, day }: FullDay, more: { from?: string; to?: string } = {}) =>
  managerOf(world, hall.hallId).api.calendar.addClosure({
    requestId: requestId(),
    queueId: hall.a.queueId,
    days: [day],
    reason: '停电',
    ...more,
  });

describe('whoever waited until the day was over', () => {
  it('is told once that no place came, and what to do now', async () => {
    const full = await newFullDay(world);
    const { person } = await joinWaitlist(world, full);
    await end();
    expect(await endings(person)).toEqual([]);
    world.clock.set(NEXT_MORNING);
    await Promise.all([end(), end()]);
    await end();
    const [told, ...more] = await endings(person);
    expect(more).toEqual([]);
    const { hallId, a } = full.hall;
    expect(told).toMatchObject({
      template: 'booking_closed',
      title: '候补已结束：没有等到名额',
      page: `pages/booking/days/index?itemId=${a.itemId}&hallId=${hallId}`,
    });
    expect(told?.body).toMatch(/^您候补的“短事项”（7月15日 周三，测试\d+号服务中心）没有等到名额/);
    expect(told?.body).toContain('另选一天预约或候补');
    expect(told?.body).toContain('到现场取号');
    expect(await entryOf(person)).toMatchObject({ state: 'ended', endReason: 'day_over' });
  });

  it('is told when the last time of the wished part has begun', async () => {
    const full = await newFullDay(world, { times: ['10:00', '14:00'] });
    const { person } = await joinWaitlist(world, full, { part: 'morning' });
    world.clock.set('2026-07-15T02:00:00Z');
    await end();
    expect((await endings(person)).map(({ body }) => body)).toEqual([
      expect.stringContaining('（7月15日 周三上午，'),
    ]);
  });

  it('is reminded of the place that was kept and let pass', async () => {
    const full = await newFullDay(world);
    const { person } = await joinWaitlist(world, full);
    await cancel(full);
    await tick(world);
    world.clock.advance(10 * MINUTE);
    await tick(world);
    world.clock.set(NEXT_MORNING);
    await end();
    expect((await endings(person))[0]?.body).toContain('曾为您保留过名额，但没有确认');
  });

  it('goes on waiting where the message could not be written with the end', async () => {
    const full = await newFullDay(world);
    const { person, entry } = await joinWaitlist(world, full);
    world.clock.set(NEXT_MORNING);
    const outbox = world.get(Outbox);
    const write = outbox.addMany.bind(outbox);
    outbox.addMany = () => Promise.reject(new Error('The power failed'));
    await expect(end()).rejects.toThrow('The power failed');
    outbox.addMany = write;
    const row = { id: entry.id };
    const stored = () => world.dataSource.getRepository(WaitlistEntryEntity).findOneByOrFail(row);
    expect((await stored()).state).toBe('waiting');
    await end();
    expect((await stored()).state).toBe('ended');
    expect(await endings(person)).toHaveLength(1);
  });

  it('is led to the days of the one for whom it was', async () => {
    const full = await newFullDay(world);
    const [agent, principal] = [await newPerson(world), await newPerson(world)];
    const { code } = await principal.api.people.makeCode({});
    const { id } = await agent.api.people.acceptCode({ code, relation: 'parent' });
    const { hallId, a } = full.hall;
    const at = { hallId, itemId: a.itemId, day: full.day, authorisationId: id };
    await agent.api.waitlist.join({ requestId: requestId(), ...at });
    world.clock.set(NEXT_MORNING);
    await end();
    const [told] = await endings(agent);
    expect(told?.page).toContain(`&for=${id}`);
    expect(told?.body).not.toContain('陈');
  });
});

describe('whoever waits for a day that the hall closes', () => {
  it('is told at once, not only when the day is over', async () => {
    const full = await newFullDay(world);
    const { person } = await joinWaitlist(world, full);
    await close(full);
    await end();
    await end();
    const [told, ...more] = await endings(person);
    expect(more).toEqual([]);
    expect(told?.title).toBe('候补已结束：这天不再放号');
    expect(told?.body).toContain('大厅调整了办理时间，不再放号');
    expect(await entryOf(person)).toMatchObject({ state: 'ended', endReason: 'day_closed', actions: [] });
    world.clock.set(NEXT_MORNING);
    await end();
    expect(await endings(person)).toHaveLength(1);
  });

  it('goes on waiting while a time that would do is left', async () => {
    const full = await newFullDay(world, { times: ['10:00', '14:00'] });
    const morning = await joinWaitlist(world, full, { part: 'morning' });
    const afternoon = await joinWaitlist(world, full, { part: 'afternoon' });
    const any = await joinWaitlist(world, full);
    await close(full, { from: '09:00', to: '12:00' });
    await end();
    expect(await entryOf(morning.person)).toMatchObject({ state: 'ended', endReason: 'day_closed' });
    expect(await endings(morning.person)).toHaveLength(1);
    for (const { person } of [afternoon, any]) {
      expect((await entryOf(person)).state).toBe('waiting');
      expect(await endings(person)).toEqual([]);
    }
  });
});

describe('nobody is told', () => {
  it('who left', async () => {
    const full = await newFullDay(world);
    const { person, entry } = await joinWaitlist(world, full);
    await person.api.waitlist.leave({ entryId: entry.id });
    world.clock.set(NEXT_MORNING);
    await end();
    expect(await endings(person)).toEqual([]);
  });

  it('who took the place that was kept', async () => {
    const full = await newFullDay(world);
    const { person } = await joinWaitlist(world, full);
    await cancel(full);
    await tick(world);
    const bookingId = (await entryOf(person)).offer?.bookingId ?? '';
    await person.api.booking.confirm({ bookingId });
    world.clock.set(NEXT_MORNING);
    await tick(world);
    await end();
    expect(await endings(person)).toEqual([]);
  });

  it('who has a booking for the matter by now, on that day or another', async () => {
    const full = await newFullDay(world, { times: ['10:00', '14:00'] });
    const sameDay = await joinWaitlist(world, full, { part: 'morning' });
    const otherDay = await joinWaitlist(world, full, { part: 'morning' });
    const { hallId, a } = full.hall;
    const book = async ({ api }: Person, slotId: string) =>
      api.booking.reserve({ requestId: requestId(), itemId: a.itemId, slotId });
    const late = full.holders[1];
    await late?.person.api.booking.cancel({ bookingId: late.booking.id });
    await tick(world);
    await book(sameDay.person, late?.slotId ?? '');
    const friday = { hallId, itemId: a.itemId, day: '2026-07-17', time: '10:00' };
    await book(otherDay.person, (await slotAt(world, friday)).id);
    world.clock.set(NEXT_MORNING);
    await end();
    expect(await entryOf(sameDay.person)).toMatchObject({ endReason: 'booked_otherwise' });
    expect(await entryOf(otherDay.person)).toMatchObject({ endReason: 'day_over' });
    for (const { person } of [sameDay, otherDay]) expect(await endings(person)).toEqual([]);
  });
});
