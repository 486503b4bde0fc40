/** @jest-environment ./test/hooks/support/page-environment.cjs */
import { beforeAll, describe, expect, it } from '@jest/globals';
import { useConfirm } from '../../../apps/miniapp/src/pages/booking/confirm/use-confirm';
import { useDays } from '../../../apps/miniapp/src/pages/booking/days/use-days';
import { useBooking } from '../../../apps/miniapp/src/pages/booking/detail/use-booking';
import { newHall, newPeople, requestId, slotAt, type TestHall } from '../../support/builders/booking.js';
import { newCitizen, type TestCitizen } from '../../support/builders/citizen.js';
import { newWorld } from '../../support/world.js';
import { network } from '../support/network.js';
import { until } from '../support/page.js';
import { lastVisit, openHook, openPhone, signInAs } from '../support/phone.js';
import { edge } from '../support/taro.js';

const phone = openPhone(() => newWorld());
const DAY = '2026-07-15';
let hall: TestHall;
beforeAll(async () => {
  hall = await newHall(phone.world, { places: 1 });
});

const place = () => ({ itemId: hall.a.itemId, hallId: hall.hallId });
const slot = (time: string, day = DAY) => slotAt(phone.world, { ...place(), day, time });

async function signedIn(): Promise<TestCitizen> {
  const citizen = await newCitizen(phone.world);
  await signInAs(citizen);
  return citizen;
}

async function book({ client }: Pick<TestCitizen, 'client'>, time: string, day = DAY) {
  const { id } = await slot(time, day);
  return client.booking.reserve({ requestId: requestId(), itemId: hall.a.itemId, slotId: id });
}

/** The page that asks whether this slot is meant, with its facts there. */
async function confirmPage(time: string) {
  const { id: slotId } = await slot(time);
  const page = openHook(useConfirm, { ...place(), day: DAY, slotId });
  await until(() => page.now.slot);
  return page;
}

describe('choosing a day and a time', () => {
  it('offers the soonest open day with its times, morning and afternoon apart', async () => {
    const page = openHook(useDays, place());
    expect(page.now.days.kind).toBe('loading');
    await until(() => page.now.slots.kind === 'ready');
    expect(page.now.day).toBe('2026-07-14');
    expect(page.now.soonest).toBe('2026-07-14');
    const { slots } = page.now;
    if (slots.kind !== 'ready') throw new Error('not ready');
    expect(slots.data.morning.every(({ startTime }) => startTime < '12:30')).toBe(true);
    expect(slots.data.afternoon.map(({ startTime }) => startTime)[0]).toBe('13:30');
  });

  it('shows another day’s times, and forgets the time that was picked for the first', async () => {
    const page = openHook(useDays, place());
    const { slots } = await until(() => page.now.slots.kind === 'ready' && page.now);
    if (slots.kind !== 'ready') throw new Error('not ready');
    page.now.pickSlot(slots.data.afternoon[0]);
    await until(() => page.now.slot);
    page.now.pickDay(DAY);
    await until(() => page.now.slot === undefined && page.now.slots.kind === 'ready');
    expect(page.now.slots).toMatchObject({ data: { morning: [{ startTime: '09:00' }, {}, {}, {}, {}, {}] } });
  });

  it('goes on with what was picked only', async () => {
    const page = openHook(useDays, place());
    await until(() => page.now.slots.kind === 'ready');
    page.now.goOn();
    expect(edge.visits).toEqual([]);
    const { slots } = page.now;
    const picked = slots.kind === 'ready' ? slots.data.afternoon[0] : undefined;
    if (picked) page.now.pickSlot(picked);
    await until(() => page.now.slot);
    page.now.goOn();
    expect(lastVisit()).toContain(`hallId=${hall.hallId}&day=2026-07-14&slotId=${picked?.id}`);
  });

  it('says that there is no network, and loads once there is one again', async () => {
    network.cut();
    const page = openHook(useDays, place());
    await until(() => page.now.days.kind === 'error');
    expect(page.now.days).toMatchObject({ problem: { text: expect.stringContaining('网络不通') } });
    network.restore();
    await page.now.days.reload();
    await until(() => page.now.slots.kind === 'ready');
  });
});

describe('reserving', () => {
  it('leads to the new booking', async () => {
    const { client } = await signedIn();
    const page = await confirmPage('09:00');
    page.now.reserve.run();
    await until(() => lastVisit());
    const { items } = await client.booking.listMine();
    expect(lastVisit()).toBe(`/pages/booking/detail/index?id=${items[0]?.id}&new=1`);
  });

  it('books once where the answer got lost and the person tried again', async () => {
    const { client } = await signedIn();
    const page = await confirmPage('09:30');
    network.loseAnswers(/bookings$/);
    page.now.reserve.run();
    await until(() => page.now.reserve.problem);
    network.restore();
    page.now.reserve.run();
    await until(() => lastVisit());
    const [first, ...again] = network.requestIds(/bookings$/);
    expect(again).toEqual([first]);
    expect((await client.booking.listMine()).items).toHaveLength(1);
  });

  it('says that the time has just been filled and names the nearest that is free, under an id of its own', async () => {
    const { client } = await signedIn();
    const page = await confirmPage('10:30');
    await book(await newCitizen(phone.world), '10:30');
    page.now.reserve.run();
    await until(() => page.now.moved);
    expect(page.now.moved).toMatch(/^10:30 刚刚约满了，为您找到最近的 1[01]:00。$/);
    expect(page.now.reserve.problem).toBeUndefined();
    expect(lastVisit()).toBeUndefined();
    page.now.reserve.run();
    await until(() => lastVisit());
    const ids = network.requestIds(/bookings$/);
    expect(new Set(ids).size).toBe(2);
    expect((await client.booking.listMine()).items[0]?.start).toBe(page.now.slot?.start);
  });

  it('shows the server’s reason where nothing else is free, too', async () => {
    const full = await newHall(phone.world, { places: 1 });
    const at = { itemId: full.a.itemId, hallId: full.hallId, day: DAY };
    const { items } = await phone.world.client().booking.listSlots(at);
    await signedIn();
    const page = openHook(useConfirm, { ...at, slotId: items[0]?.id });
    await until(() => page.now.slot);
    const people = await newPeople(phone.world, items.length);
    for (const [n, { id }] of items.entries())
      await people[n]?.api.booking.reserve({ requestId: requestId(), itemId: at.itemId, slotId: id });
    page.now.reserve.run();
    const problem = await until(() => page.now.reserve.problem);
    expect(problem.code).toBe('SLOT_FULL');
    expect(page.now.moved).toBeUndefined();
  });

  it('sends a person whose session has ended to the sign-in', async () => {
    const { session, client } = await signedIn();
    await client.identity.logout({ refreshToken: session.refreshToken });
    phone.world.clock.advance(16 * 60_000);
    const page = await confirmPage('11:30');
    page.now.reserve.run();
    const problem = await until(() => page.now.reserve.problem);
    expect(problem.signIn).toBe(true);
    expect(page.now.session.kind).toBe('signed-out');
  });
});

describe('a booking', () => {
  it('is shown to its person, and shared as what the item needs', async () => {
    const citizen = await signedIn();
    const { id } = await book(citizen, '13:30');
    const page = openHook(useBooking, { id, new: '1' });
    await until(() => page.now.booking.kind === 'ready');
    expect(page.now.booking).toMatchObject({
      data: { id, state: 'confirmed', start: '2026-07-15T05:30:00.000Z' },
    });
    expect(page.now.isNew).toBe(true);
    expect(page.shareCard?.path).toBe(`/pages/guide/detail/index?id=${hall.a.itemId}`);
  });

  it('is cancelled after the person agreed, and shows so at once', async () => {
    const citizen = await signedIn();
    const { id } = await book(citizen, '14:00');
    const page = openHook(useBooking, { id });
    await until(() => page.now.booking.kind === 'ready');
    edge.agrees = false;
    page.now.cancel.run();
    await until(() => edge.questions.length === 1 && !page.now.cancel.busy);
    expect(page.now.booking).toMatchObject({ data: { state: 'confirmed' } });
    edge.agrees = true;
    page.now.cancel.run();
    await until(() => page.now.booking.kind === 'ready' && page.now.booking.data.state === 'cancelled');
    expect(edge.toasts).toEqual(['已取消预约']);
    expect((await slot('14:00')).remaining).toBe(1);
  });

  it('keeps what is shown while a quiet reload fails', async () => {
    const citizen = await signedIn();
    const { id } = await book(citizen, '14:30');
    const page = openHook(useBooking, { id });
    await until(() => page.now.booking.kind === 'ready');
    network.breakServer();
    page.pullDown();
    await until(() => edge.refreshesEnded === 1);
    expect(page.now.booking.kind).toBe('ready');
  });

  it('turns into a number at its time', async () => {
    const citizen = await signedIn();
    const { id } = await book(citizen, '15:00');
    phone.world.clock.set('2026-07-15T06:55:00Z');
    const page = openHook(useBooking, { id });
    await until(() => page.now.booking.kind === 'ready');
    page.now.checkIn.run();
    await until(() => lastVisit());
    const { items } = await citizen.client.queue.listMine();
    expect(lastVisit()).toBe(`/pages/queue/ticket/index?id=${items[0]?.id}`);
  });
});
