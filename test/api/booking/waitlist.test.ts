import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SlotReturnJobs } from '../../../apps/api/src/booking/slot-return.jobs.js';
import { SlotEntity } from '../../../apps/api/src/booking/slot.entity.js';
import { OutboxEntry } from '../../../apps/api/src/outbox/outbox.entity.js';
import type { Tell } from '../../../apps/api/src/outbox/topics.js';
import { newPerson, requestId, slotAt, type Person } from '../../support/builders/booking.js';
import { entryOf, joinWaitlist, newFullDay, tick, type FullDay } from '../../support/builders/waitlist.js';
import { newWorld, type World } from '../../support/world.js';

const NOW = '2026-07-14T01:30:00Z';
const MINUTE = 60_000;
let world: World;
beforeAll(async () => {
  world = await newWorld({ jobs: false });
});
beforeEach(() => world.clock.set(NOW));
afterAll(() => world.close());

const cancel = ({ holders }: FullDay, index = 0) => {
  const holder = holders[index];
  if (!holder) throw new Error(`Nobody holds place ${index}`);
  return holder.person.api.booking.cancel({ bookingId: holder.booking.id });
};

async function tells(citizenId: string): Promise<Tell[]> {
  const rows = await world.dataSource.getRepository(OutboxEntry).findBy({ topic: 'notifications.tell' });
  return rows.map(({ payload }) => payload as Tell).filter((tell) => tell.citizenId === citizenId);
}

const remainingAt = async ({ hall, day }: FullDay, time: string) =>
  (await slotAt(world, { hallId: hall.hallId, itemId: hall.a.itemId, day, time })).remaining;

describe('joining', () => {
  it('tells the place in line, and who joined first stands first', async () => {
    const full = await newFullDay(world);
    const first = await joinWaitlist(world, full);
    const second = await joinWaitlist(world, full);
    expect(first.entry).toMatchObject({ state: 'waiting', ahead: 0, passed: 0, actions: ['leave'] });
    expect(first.entry.lineText).toBe('前面没有人，您排在第一位');
    expect(second.entry).toMatchObject({ ahead: 1, lineText: '前面还有 1 人', part: 'any' });
  });

  it('counts only those who may be after the same time', async () => {
    const full = await newFullDay(world, { times: ['10:00', '14:00'] });
    await joinWaitlist(world, full, { part: 'morning' });
    expect((await joinWaitlist(world, full, { part: 'afternoon' })).entry.ahead).toBe(0);
    expect((await joinWaitlist(world, full)).entry.ahead).toBe(2);
  });

  it('is refused while a place is free, and names it', async () => {
    const full = await newFullDay(world, { times: ['10:00', '14:00'] });
    await cancel(full, 1);
    await expect(joinWaitlist(world, full)).rejects.toMatchObject({
      code: 'WAITLIST_PLACES_FREE',
      details: { slotId: full.holders[1]?.slotId },
    });
    expect((await joinWaitlist(world, full, { part: 'morning' })).entry.state).toBe('waiting');
  });

  it('is proposed for a part of the day that is full, exactly where it is taken', async () => {
    const full = await newFullDay(world, {
      times: ['09:00', '09:30', '14:00', '14:30'],
      policy: { offerMinutes: 20 },
    });
    const { hallId, a } = full.hall;
    const proposed = async (itemId: string) => {
      const days = await world.client().booking.listDays({ hallId, itemId });
      expect(days.offerMinutes).toBe(20);
      return days.fullParts.filter(({ day }) => day === full.day).map(({ part }) => part);
    };
    // All of it is full: that is the day's own state.
    expect(await proposed(a.itemId)).toEqual([]);
    await cancel(full, 2);
    world.clock.advance(60 * MINUTE);
    await tick(world);
    expect(await proposed(a.itemId)).toEqual(['morning']);
    // Twice as long: one half of the afternoon is not enough, so the whole day is full.
    expect(await proposed(a.longItemId)).toEqual([]);
    await cancel(full, 3);
    world.clock.advance(60 * MINUTE);
    await tick(world);
    expect(await proposed(a.longItemId)).toEqual(['morning']);
    await expect(joinWaitlist(world, full, { part: 'afternoon' })).rejects.toMatchObject({
      code: 'WAITLIST_PLACES_FREE',
    });
    const { entry } = await joinWaitlist(world, full, { part: 'morning', itemId: a.longItemId });
    expect(entry.state).toBe('waiting');
  });

  it('is refused twice for one matter and day, for a day that is not open, and for who has a booking', async () => {
    const full = await newFullDay(world);
    const { person } = await joinWaitlist(world, full);
    await expect(joinWaitlist(world, full, { person })).rejects.toMatchObject({
      code: 'WAITLIST_ALREADY_JOINED',
    });
    for (const day of ['2026-07-18', '2026-09-01', '2026-07-13']) {
      await expect(joinWaitlist(world, { ...full, day })).rejects.toMatchObject({
        code: 'WAITLIST_DAY_NOT_OPEN',
      });
    }
    const [holder] = full.holders;
    await expect(joinWaitlist(world, full, { person: holder?.person as Person })).rejects.toMatchObject({
      code: 'BOOKING_LIMIT_REACHED',
    });
    const stranger = await newPerson(world, { realName: false });
    await expect(joinWaitlist(world, full, { person: stranger })).rejects.toMatchObject({
      code: 'REAL_NAME_REQUIRED',
    });
  });

  it('gives the first answer to a retry and refuses another content under the same request id', async () => {
    const full = await newFullDay(world, { times: ['10:00', '14:00'] });
    const person = await newPerson(world);
    const input = {
      requestId: requestId(),
      hallId: full.hall.hallId,
      itemId: full.hall.a.itemId,
      day: full.day,
    };
    const answers = await Promise.all(Array.from({ length: 5 }, () => person.api.waitlist.join(input)));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    await expect(person.api.waitlist.join({ ...input, day: '2026-07-16' })).rejects.toMatchObject({
      code: 'REQUEST_ID_REUSED',
    });
  });

  it('is open to five matters at once', async () => {
    const person = await newPerson(world);
    for (let n = 0; n < 5; n++) await joinWaitlist(world, await newFullDay(world), { person });
    await expect(joinWaitlist(world, await newFullDay(world), { person })).rejects.toMatchObject({
      code: 'WAITLIST_LIMIT_REACHED',
    });
  });
});

describe('a freed place', () => {
  it('is kept for the first in line for ten minutes, told with the time, and shown to nobody else', async () => {
    const full = await newFullDay(world);
    const first = await joinWaitlist(world, full);
    const second = await joinWaitlist(world, full);
    await cancel(full);
    expect(await remainingAt(full, '10:00')).toBe(0);
    await tick(world);
    const offered = await entryOf(first.person);
    const until = new Date(world.now.getTime() + 10 * MINUTE).toISOString();
    expect(offered).toMatchObject({
      state: 'offered',
      offer: { startTime: '10:00', until },
      actions: ['accept', 'decline', 'leave'],
    });
    expect(await entryOf(second.person)).toMatchObject({ state: 'waiting', ahead: 0 });
    expect(await remainingAt(full, '10:00')).toBe(0);
    const told = (await tells(first.person.citizenId)).find(
      ({ template }) => template === 'waitlist_offered',
    );
    expect(told?.page).toBe(`pages/booking/detail/index?id=${offered.offer?.bookingId}`);
    expect(told?.body).toContain('10:00');
    const thief = await newPerson(world);
    const { itemId } = full.hall.a;
    const slotId = full.holders[0]?.slotId ?? '';
    await expect(thief.api.booking.reserve({ requestId: requestId(), itemId, slotId })).rejects.toMatchObject(
      { code: 'SLOT_FULL' },
    );
  });

  it('is booked by confirming, which ends the waiting', async () => {
    const full = await newFullDay(world);
    const { person } = await joinWaitlist(world, full);
    await cancel(full);
    await tick(world);
    const bookingId = (await entryOf(person)).offer?.bookingId ?? '';
    world.clock.advance(10 * MINUTE - 1);
    expect((await person.api.booking.confirm({ bookingId })).state).toBe('confirmed');
    // At once, and after the job has seen it.
    expect(await entryOf(person)).toMatchObject({ state: 'booked', bookingId, actions: [] });
    await tick(world);
    expect(await entryOf(person)).toMatchObject({ state: 'booked', bookingId, actions: [] });
  });

  it('goes to the next when the ten minutes are over, to the millisecond, without any delay', async () => {
    const full = await newFullDay(world);
    const first = await joinWaitlist(world, full);
    const second = await joinWaitlist(world, full);
    await cancel(full);
    await tick(world);
    const bookingId = (await entryOf(first.person)).offer?.bookingId ?? '';
    world.clock.advance(10 * MINUTE - 1);
    await tick(world);
    expect((await entryOf(second.person)).state).toBe('waiting');
    world.clock.advance(1);
    await expect(first.person.api.booking.confirm({ bookingId })).rejects.toMatchObject({
      code: 'HOLD_EXPIRED',
    });
    await tick(world);
    expect((await entryOf(second.person)).state).toBe('offered');
    expect(await entryOf(first.person)).toMatchObject({ state: 'waiting', passed: 1, ahead: 0 });
  });

  it('goes to the next when it is declined, and is not offered to the same person again', async () => {
    const full = await newFullDay(world);
    const first = await joinWaitlist(world, full);
    const second = await joinWaitlist(world, full);
    await cancel(full);
    await tick(world);
    const declined = await first.person.api.waitlist.decline({ entryId: first.entry.id });
    expect(declined).toMatchObject({ state: 'waiting', passed: 1, offer: null });
    await tick(world);
    expect((await entryOf(second.person)).state).toBe('offered');
    await second.person.api.waitlist.decline({ entryId: second.entry.id });
    await tick(world);
    expect((await entryOf(first.person)).state).toBe('waiting');
    expect(await remainingAt(full, '10:00')).toBe(1);
  });

  it('is given up on the booking page just as well', async () => {
    const full = await newFullDay(world);
    const first = await joinWaitlist(world, full);
    const second = await joinWaitlist(world, full);
    await cancel(full);
    await tick(world);
    await first.person.api.booking.release({
      bookingId: (await entryOf(first.person)).offer?.bookingId ?? '',
    });
    expect(await remainingAt(full, '10:00')).toBe(0);
    await tick(world);
    expect((await entryOf(second.person)).state).toBe('offered');
  });

  it('goes to those who let fewer offers pass', async () => {
    const full = await newFullDay(world, { times: ['10:00', '14:00'] });
    const first = await joinWaitlist(world, full);
    await cancel(full);
    await tick(world);
    const second = await joinWaitlist(world, full);
    await first.person.api.waitlist.decline({ entryId: first.entry.id });
    await tick(world);
    expect((await entryOf(second.person)).state).toBe('offered');
    await cancel(full, 1);
    await tick(world);
    expect((await entryOf(first.person)).offer?.startTime).toBe('14:00');
  });

  it('never goes back to whoever cancelled it', async () => {
    const full = await newFullDay(world, { times: ['10:00', '14:00'] });
    const first = await joinWaitlist(world, full);
    const [early, late] = full.holders;
    await cancel(full);
    // The canceller waits for the same day and is even the only one left.
    const again = await joinWaitlist(world, full, { person: early?.person as Person });
    await tick(world);
    expect((await entryOf(first.person)).state).toBe('offered');
    await first.person.api.waitlist.leave({ entryId: first.entry.id });
    await tick(world);
    expect((await entryOf(again.person)).state).toBe('waiting');
    expect(await remainingAt(full, '10:00')).toBe(1);
    await expect(
      early?.person.api.booking.reserve({
        requestId: requestId(),
        itemId: full.hall.a.itemId,
        slotId: early.slotId,
      }),
    ).rejects.toMatchObject({ code: 'SLOT_GIVEN_BACK' });
    // Another place is another matter.
    await late?.person.api.booking.cancel({ bookingId: late.booking.id });
    await tick(world);
    expect((await entryOf(again.person)).offer?.startTime).toBe('14:00');
  });

  it('goes past those for whom the part of the day or the length does not suit', async () => {
    const full = await newFullDay(world, { times: ['10:00', '14:00', '14:30'] });
    const long = await joinWaitlist(world, full, { itemId: full.hall.a.longItemId });
    const late = await joinWaitlist(world, full, { part: 'afternoon' });
    const any = await joinWaitlist(world, full);
    await cancel(full);
    await tick(world);
    expect((await entryOf(long.person)).state).toBe('waiting');
    expect((await entryOf(late.person)).state).toBe('waiting');
    expect((await entryOf(any.person)).state).toBe('offered');
    await cancel(full, 1);
    await cancel(full, 2);
    await tick(world);
    expect((await entryOf(long.person)).offer).toMatchObject({ startTime: '14:00', endTime: '15:00' });
    expect((await entryOf(late.person)).state).toBe('waiting');
  });

  it('goes past those whose own limit is reached, who are told why', async () => {
    const full = await newFullDay(world);
    const busy = await newPerson(world);
    const { entry } = await joinWaitlist(world, full, { person: busy });
    const next = await joinWaitlist(world, full);
    for (const day of ['2026-07-16', '2026-07-17', '2026-07-20']) {
      const other = await newFullDay(world, { day });
      await cancel(other);
      await busy.api.booking.reserve({
        requestId: requestId(),
        itemId: other.hall.a.itemId,
        slotId: other.holders[0]?.slotId ?? '',
      });
    }
    await cancel(full);
    await tick(world);
    expect((await entryOf(next.person)).state).toBe('offered');
    expect(await entryOf(busy)).toMatchObject({
      id: entry.id,
      state: 'waiting',
      skipped: { code: 'BOOKING_LIMIT_REACHED' },
    });
  });

  it('opens to all where nobody waits', async () => {
    const full = await newFullDay(world);
    await cancel(full);
    expect(await remainingAt(full, '10:00')).toBe(1);
  });

  it('is kept for whoever waits, too, when a hold that filled the last place runs out', async () => {
    const full = await newFullDay(world);
    await cancel(full);
    const slow = await newPerson(world);
    const { itemId } = full.hall.a;
    const slotId = full.holders[0]?.slotId ?? '';
    await slow.api.booking.hold({ requestId: requestId(), itemId, slotId });
    const { person } = await joinWaitlist(world, full);
    world.clock.advance(5 * MINUTE);
    const thief = await newPerson(world);
    // Sweeps the hold on its way, and still does not get the place.
    await expect(thief.api.booking.reserve({ requestId: requestId(), itemId, slotId })).rejects.toMatchObject(
      { code: 'SLOT_FULL' },
    );
    await tick(world);
    expect((await entryOf(person)).state).toBe('offered');
  });
});

describe('waiting for somebody else', () => {
  it('needs an authorisation in force, counts for the principal, and ends with it', async () => {
    const full = await newFullDay(world);
    const [agent, principal] = [await newPerson(world), await newPerson(world)];
    const join = (authorisationId: string) =>
      agent.api.waitlist.join({
        requestId: requestId(),
        hallId: full.hall.hallId,
        itemId: full.hall.a.itemId,
        day: full.day,
        authorisationId,
      });
    await expect(join(full.hall.hallId)).rejects.toMatchObject({ code: 'AUTHORISATION_NOT_VALID' });
    const { code } = await principal.api.people.makeCode({});
    const { id } = await agent.api.people.acceptCode({ code, relation: 'parent' });
    expect(await join(id)).toMatchObject({ state: 'waiting', forName: '陈**' });
    await expect(joinWaitlist(world, full, { person: principal })).rejects.toMatchObject({
      code: 'WAITLIST_ALREADY_JOINED',
    });
    const next = await joinWaitlist(world, full);
    await principal.api.people.endAuthorisation({ authorisationId: id });
    await cancel(full);
    await tick(world);
    expect((await entryOf(next.person)).state).toBe('offered');
    expect((await entryOf(agent)).skipped?.code).toBe('AUTHORISATION_NOT_VALID');
  });
});

describe('the green channel', () => {
  it('is waited for with evidence only; its places go to those who have it, first come first served', async () => {
    const full = await newFullDay(world);
    const slotId = full.holders[0]?.slotId ?? '';
    const slots = world.dataSource.getRepository(SlotEntity);
    await slots.update({ id: slotId }, { greenCapacity: 1, greenTaken: 1, internalCapacity: 3 });
    const elder = (person: Person) =>
      person.api.waitlist.join({
        requestId: requestId(),
        hallId: full.hall.hallId,
        itemId: full.hall.a.itemId,
        day: full.day,
        green: true,
      });
    const young = await joinWaitlist(world, full);
    await expect(elder(await newPerson(world))).rejects.toMatchObject({ code: 'GREEN_EVIDENCE_REQUIRED' });
    const old = await newPerson(world, { born: '19500101' });
    expect(await elder(old)).toMatchObject({ green: true, ahead: 1 });
    await slots.update({ id: slotId }, { greenTaken: 0 });
    await tick(world);
    expect((await entryOf(old)).state).toBe('offered');
    expect((await entryOf(young.person)).state).toBe('waiting');
    expect(await slots.findOneByOrFail({ id: slotId })).toMatchObject({ greenTaken: 1, taken: 1 });
  });
});

describe('waiting', () => {
  it('ends when the person leaves; a kept place goes to the next', async () => {
    const full = await newFullDay(world);
    const first = await joinWaitlist(world, full);
    const second = await joinWaitlist(world, full);
    await cancel(full);
    await tick(world);
    const left = await first.person.api.waitlist.leave({ entryId: first.entry.id });
    expect(left).toMatchObject({ state: 'left', offer: null, actions: [] });
    expect((await first.person.api.waitlist.leave({ entryId: first.entry.id })).state).toBe('left');
    await tick(world);
    expect((await entryOf(second.person)).state).toBe('offered');
    // And one may join again.
    expect((await joinWaitlist(world, full, { person: first.person })).entry.state).toBe('waiting');
  });

  it('can no longer be left or declined once the place is booked', async () => {
    const full = await newFullDay(world);
    const { person, entry } = await joinWaitlist(world, full);
    await expect(person.api.waitlist.decline({ entryId: entry.id })).rejects.toMatchObject({
      code: 'WAITLIST_STATE',
    });
    await cancel(full);
    await tick(world);
    await person.api.booking.confirm({ bookingId: (await entryOf(person)).offer?.bookingId ?? '' });
    for (const act of ['leave', 'decline'] as const) {
      await expect(person.api.waitlist[act]({ entryId: entry.id })).rejects.toMatchObject({
        code: 'WAITLIST_STATE',
      });
    }
  });

  it('ends when the person has a booking for the matter and day in another way', async () => {
    const full = await newFullDay(world, { times: ['10:00', '14:00'] });
    const { person } = await joinWaitlist(world, full, { part: 'morning' });
    await cancel(full, 1);
    await tick(world);
    await person.api.booking.reserve({
      requestId: requestId(),
      itemId: full.hall.a.itemId,
      slotId: full.holders[1]?.slotId ?? '',
    });
    await world.get(SlotReturnJobs).endWaiting();
    expect(await entryOf(person)).toMatchObject({ state: 'ended', endReason: 'booked_otherwise' });
  });

  it('ends with the last time of the day that would do', async () => {
    const full = await newFullDay(world, { times: ['10:00', '14:00'] });
    const morning = await joinWaitlist(world, full, { part: 'morning' });
    const any = await joinWaitlist(world, full);
    world.clock.set('2026-07-15T01:59:59.999Z');
    await world.get(SlotReturnJobs).endWaiting();
    expect((await entryOf(morning.person)).state).toBe('waiting');
    world.clock.set('2026-07-15T02:00:00Z');
    await world.get(SlotReturnJobs).endWaiting();
    expect(await entryOf(morning.person)).toMatchObject({ state: 'ended', endReason: 'day_over' });
    expect((await entryOf(any.person)).state).toBe('waiting');
    world.clock.set('2026-07-16T01:00:00Z');
    await world.get(SlotReturnJobs).endWaiting();
    expect(await entryOf(any.person)).toMatchObject({ state: 'ended', endReason: 'day_over', actions: [] });
  });

  it('is asked no more for times nearer than the notice', async () => {
    const full = await newFullDay(world);
    const { person } = await joinWaitlist(world, full);
    world.clock.set('2026-07-14T23:59:00Z');
    await cancel(full);
    world.clock.set('2026-07-15T01:31:00Z');
    await tick(world);
    expect((await entryOf(person)).state).toBe('waiting');
  });
});
