import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AuditEntity } from '../../../apps/api/src/audit/audit.entity.js';
import { ReopenDraw } from '../../../apps/api/src/booking/slot-ledger.js';
import { SlotEntity, SlotReturnEntity } from '../../../apps/api/src/booking/slot.entity.js';
import {
  newHall,
  newPerson,
  requestId,
  slotAt,
  staffOf,
  type Person,
} from '../../support/builders/booking.js';
import {
  entryOf,
  joinWaitlist,
  newFullDay,
  tick,
  usePolicy,
  type FullDay,
} from '../../support/builders/waitlist.js';
import { newWorld, type World } from '../../support/world.js';

const NOW = '2026-07-14T01:30:00Z';
const MINUTE = 60_000;
const policy = {
  reopen: { minMinutes: 5, maxMinutes: 90 },
  drip: { atOpening: 0.5, overHours: 24 },
};
let world: World;
beforeAll(async () => {
  world = await newWorld({ jobs: false });
});
beforeEach(() => world.clock.set(NOW));
afterAll(() => world.close());

/** The delay that comes next, in place of the random one. */
const draw = (minutes: number) => {
  world.get(ReopenDraw).at = (returnedAt) => new Date(returnedAt.getTime() + minutes * MINUTE);
};
const cancel = async ({ holders: [holder] }: FullDay) => {
  await holder?.person.api.booking.cancel({ bookingId: holder.booking.id });
  return world.now;
};
const managerOf = ({ hall }: FullDay) => world.client(staffOf(hall.hallId, 'manager'));
const remainingAt = async ({ hall, day }: FullDay) =>
  (await slotAt(world, { hallId: hall.hallId, itemId: hall.a.itemId, day, time: '10:00' })).remaining;
const returnsOf = ({ holders }: FullDay) =>
  world.dataSource.getRepository(SlotReturnEntity).findBy({ slotId: holders[0]?.slotId ?? '' });

describe('a cancelled place', () => {
  it('re-opens after a delay within the range of the policy, evenly spread', async () => {
    const drawn = Array.from(
      { length: 500 },
      () => new ReopenDraw().at(world.now, { minMinutes: 5, maxMinutes: 90 }).getTime() - world.now.getTime(),
    );
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(5 * MINUTE);
    expect(Math.max(...drawn)).toBeLessThanOrEqual(90 * MINUTE);
    // Not on the minute, where a script would look.
    expect(new Set(drawn).size).toBeGreaterThan(490);
    const tenths = new Set(drawn.map((ms) => Math.floor((ms / MINUTE - 5) / 8.5)));
    expect(tenths.size).toBeGreaterThanOrEqual(10);
  });

  it('is out of sight until the moment that was drawn, then open to all', async () => {
    const full = await newFullDay(world, { policy });
    draw(42);
    const at = await cancel(full);
    world.clock.set(new Date(at.getTime() + 42 * MINUTE - 1));
    await tick(world);
    expect(await remainingAt(full)).toBe(0);
    world.clock.advance(1);
    await tick(world);
    expect(await remainingAt(full)).toBe(1);
    expect(await returnsOf(full)).toMatchObject([{ wentTo: 'all', places: 1 }]);
    await tick(world);
    const slot = await world.dataSource
      .getRepository(SlotEntity)
      .findOneByOrFail({ id: full.holders[0]?.slotId ?? '' });
    expect(slot).toMatchObject({ taken: 0, heldBack: 0, waited: false });
  });

  it('goes to the waitlist at that moment, not before; when the offer runs out, on to the next without another delay', async () => {
    const full = await newFullDay(world, { policy });
    const first = await joinWaitlist(world, full);
    const second = await joinWaitlist(world, full);
    draw(30);
    const at = await cancel(full);
    world.clock.set(new Date(at.getTime() + 30 * MINUTE - 1));
    await tick(world);
    expect((await entryOf(first.person)).state).toBe('waiting');
    world.clock.advance(1);
    await tick(world);
    expect((await entryOf(first.person)).state).toBe('offered');
    world.clock.advance(10 * MINUTE);
    await tick(world);
    expect((await entryOf(second.person)).state).toBe('offered');
    await second.person.api.waitlist.decline({ entryId: second.entry.id });
    await tick(world);
    expect(await remainingAt(full)).toBe(1);
    // Who let it run out may still have it, now that it is open to all.
    const { itemId } = full.hall.a;
    const slotId = full.holders[0]?.slotId ?? '';
    const booking = await first.person.api.booking.reserve({ requestId: requestId(), itemId, slotId });
    expect(booking.state).toBe('confirmed');
  });

  it('is no longer for whoever cancelled it, also when it is open to all', async () => {
    const full = await newFullDay(world, { policy });
    draw(5);
    await cancel(full);
    world.clock.advance(5 * MINUTE);
    await tick(world);
    const [holder] = full.holders;
    const { itemId } = full.hall.a;
    await expect(
      holder?.person.api.booking.reserve({ requestId: requestId(), itemId, slotId: holder.slotId }),
    ).rejects.toMatchObject({ code: 'SLOT_GIVEN_BACK' });
  });

  it.each([
    ['opens to others at once but not to whoever cancelled it', false],
    ['may be had again where it was the hall that called it off', true],
  ])('in a hall without delay %s', async (_, byStaff) => {
    const full = await newFullDay(world, { policy: { reopen: { minMinutes: 0, maxMinutes: 0 } } });
    const [holder] = full.holders;
    if (!holder) throw new Error('A full day has a holder');
    const { booking, slotId } = holder;
    const itemId = full.hall.a.itemId;
    const reserve = (person: Person) =>
      person.api.booking.reserve({ requestId: requestId(), itemId, slotId });
    if (byStaff) {
      const reason = '窗口设备检修';
      await managerOf(full).hallBookings.cancel({ bookingId: booking.id, reason });
      expect((await reserve(holder.person)).state).toBe('confirmed');
    } else {
      expect((await holder.person.api.booking.getMine({ bookingId: booking.id })).returnIsFinal).toBe(true);
      await cancel(full);
      await expect(reserve(holder.person)).rejects.toMatchObject({ code: 'SLOT_GIVEN_BACK' });
      expect((await reserve(await newPerson(world))).state).toBe('confirmed');
    }
  });

  it('comes back as part of a group’s places, the rest a moment later to all', async () => {
    const full = await newFullDay(world, { policy, places: 3 });
    draw(5);
    for (const { person, booking } of full.holders)
      await person.api.booking.cancel({ bookingId: booking.id });
    const group = await joinWaitlist(world, full, { persons: 2 });
    world.clock.advance(5 * MINUTE);
    await tick(world);
    expect((await entryOf(group.person)).state).toBe('offered');
    expect(await remainingAt(full)).toBe(1);
    const rows = await returnsOf(full);
    const went = (to: string) => rows.filter(({ wentTo }) => wentTo === to).length;
    expect([went('waitlist'), went('all')]).toEqual([2, 1]);
  });
});

describe('what the manager sees', () => {
  it('has the returns with the moment they re-open, masked', async () => {
    const full = await newFullDay(world, { policy });
    draw(20);
    const at = await cancel(full);
    const { returns, rules } = await managerOf(full).waitlist.releases({ day: full.day });
    expect(returns).toMatchObject([
      {
        startTime: '10:00',
        personName: '陈**',
        places: 1,
        reopenAt: new Date(at.getTime() + 20 * MINUTE).toISOString(),
        reopenedAt: null,
        wentTo: null,
      },
    ]);
    expect(rules.join('')).toContain('5 至 90 分钟');
    expect(rules.join('')).toContain('50%');
  });

  it('has the schedule of every slot, which is what the public can book of it', async () => {
    const hall = await newHall(world, { places: 6 });
    await usePolicy(world, hall.hallId, policy);
    // Opens on the last day of the window at the first time of the day: 14 July 09:00 for 27 July.
    const day = '2026-07-27';
    const at = { hallId: hall.hallId, itemId: hall.a.itemId, day, time: '10:00' };
    const manager = world.client(staffOf(hall.hallId, 'manager'));
    const shown = await slotAt(world, at);
    const { slots } = await manager.waitlist.releases({ day, queueId: hall.a.queueId });
    const slot = slots.find(({ slotId }) => slotId === shown.id);
    expect(slot?.moments[0]).toEqual({ at: '2026-07-14T01:00:00.000Z', total: 3 });
    expect(slot?.moments.at(-1)?.total).toBe(6);
    expect(shown.remaining).toBe(slot?.released);
    for (const { at: moment, total } of slot?.moments ?? []) {
      world.clock.set(moment);
      expect((await slotAt(world, at)).remaining).toBe(total);
    }
    expect(new Set(slots.map(({ moments }) => moments[1]?.at)).size).toBeGreaterThan(1);
  });

  it('lets a return out before its time, to the waitlist first, with the reason in the audit', async () => {
    const full = await newFullDay(world, { policy });
    const { person } = await joinWaitlist(world, full);
    draw(60);
    await cancel(full);
    const manager = managerOf(full);
    const [held] = (await manager.waitlist.releases({ day: full.day })).returns;
    const input = { returnId: held?.id ?? '', reason: '群众在现场等候' };
    expect(await manager.waitlist.reopenNow(input)).toMatchObject({
      wentTo: 'waitlist',
      reopenedAt: world.now.toISOString(),
    });
    expect((await entryOf(person)).state).toBe('offered');
    expect(await manager.waitlist.reopenNow(input)).toMatchObject({ wentTo: 'waitlist' });
    const audits = await world.dataSource
      .getRepository(AuditEntity)
      .findBy({ action: 'slot_return.reopen', subjectId: input.returnId });
    expect(audits).toMatchObject([{ after: { reason: '群众在现场等候' } }]);
  });

  it('has the waitlist in the order in which people are asked, masked, with whoever has an offer first', async () => {
    const full = await newFullDay(world, { policy });
    const people = [];
    for (let n = 0; n < 3; n++) people.push(await joinWaitlist(world, full));
    draw(5);
    await cancel(full);
    world.clock.advance(5 * MINUTE);
    await tick(world);
    await people[1]?.person.api.waitlist.leave({ entryId: people[1].entry.id });
    const { items } = await managerOf(full).waitlist.listOfHall({ day: full.day });
    expect(items.map(({ id, state }) => [id, state])).toEqual([
      [people[0]?.entry.id, 'offered'],
      [people[2]?.entry.id, 'waiting'],
      [people[1]?.entry.id, 'left'],
    ]);
    expect(items[0]).toMatchObject({ personName: '陈**', phone: '154****1234', agentName: null });
    expect(items[0]?.offer?.startTime).toBe('10:00');
    const open = await managerOf(full).waitlist.listOfHall({ day: full.day, open: 'true' });
    expect(open.items).toHaveLength(2);
  });
});

describe('a place that is offered shortly before it begins', () => {
  it('is kept until its beginning and no longer', async () => {
    const full = await newFullDay(world, {
      policy: { noticeMinutes: 0, cancelHoursBefore: 0, reopen: { minMinutes: 0, maxMinutes: 0 } },
    });
    const { person } = await joinWaitlist(world, full);
    world.clock.set('2026-07-15T01:56:00Z');
    await cancel(full);
    await tick(world);
    expect((await entryOf(person)).offer?.until).toBe('2026-07-15T02:00:00.000Z');
  });
});
