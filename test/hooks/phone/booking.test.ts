/** @jest-environment ./test/hooks/support/page-environment.cjs */
import { beforeAll, describe, expect, it } from '@jest/globals';
import { useDays } from '../../../apps/miniapp/src/pages/booking/days/use-days';
import { usePacked } from '../../../apps/miniapp/src/pages/booking/use-packed';
import { useBooking } from '../../../apps/miniapp/src/pages/booking/detail/use-booking';
import { newHall, requestId, slotAt, type TestHall } from '../../support/builders/booking.js';
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

describe('choosing a day and a time', () => {
  it('offers the soonest open day with its times, morning and afternoon apart', async () => {
    const page = openHook(useDays, place());
    expect(page.now.days.kind).toBe('loading');
    await until(() => page.now.slots.kind === 'ready');
    expect(page.now.day).toBe('2026-07-14');
    expect(page.now.soonest).toMatchObject({ day: '2026-07-14', startTime: '10:00' });
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

  it('lets a full morning be waited for beside a free afternoon, but not by whoever moves a booking', async () => {
    const full = await newHall(phone.world, { places: 1 });
    const at = { itemId: full.a.itemId, hallId: full.hallId };
    const day = '2026-07-16';
    const { items } = await phone.world.client().booking.listSlots({ ...at, day });
    for (const { id } of items.filter(({ startTime }) => startTime < '12:00')) {
      const { client } = await newCitizen(phone.world);
      await client.booking.reserve({ requestId: requestId(), itemId: at.itemId, slotId: id });
    }
    const page = openHook(useDays, at);
    await until(() => page.now.days.kind === 'ready');
    expect(page.now.waitFor).toBeUndefined();
    page.now.pickDay(day);
    await until(() => page.now.waitFor);
    expect(page.now).toMatchObject({ waitFor: 'morning', offerMinutes: 10, dayFacts: { status: 'open' } });
    const moving = openHook(useDays, { ...at, day, move: 'somebody’s' });
    await until(() => moving.now.slots.kind === 'ready');
    expect(moving.now.waitFor).toBeUndefined();
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

  it('takes a suggestion in one tap: its day and its time', async () => {
    await book(await newCitizen(phone.world), '11:00', '2026-07-14');
    const page = openHook(useDays, place());
    const { quietest } = await until(() => page.now.quietest && page.now);
    if (!quietest) throw new Error('nothing suggested');
    page.now.pickHint(quietest);
    await until(() => page.now.day === quietest.day && page.now.slot);
    expect(page.now.slot).toEqual({ id: quietest.slotId, startTime: quietest.startTime });
    page.now.goOn();
    expect(lastVisit()).toContain(`day=${quietest.day}&slotId=${quietest.slotId}`);
  });

  it('asks anew for what a longer visit needs, and hands the visit on', async () => {
    const page = openHook(useDays, place());
    const first = await until(() => page.now.slots.kind === 'ready' && page.now.slots.data);
    page.now.pickSlot(first.afternoon[0]);
    await until(() => page.now.slot);
    page.now.changeVisit({ files: 2, also: [{ itemId: hall.a.longItemId, files: 1 }] });
    await until(() => page.now.slot === undefined && page.now.slots.kind === 'ready');
    expect(page.now.minutes).toBe(120);
    const { slots } = page.now;
    // Four slots in a row: of the afternoon's seven only four begin one.
    const starts = slots.kind === 'ready' ? slots.data.afternoon : [];
    expect(starts.filter(({ remaining }) => remaining > 0)).toHaveLength(4);
    page.now.pickSlot(starts[0]);
    await until(() => page.now.slot);
    page.now.goOn();
    expect(lastVisit()).toContain(`&files=2&also=${hall.a.longItemId}`);
  });

  it('says so where the visit as it was put together is not possible', async () => {
    const page = openHook(useDays, { ...place(), files: '9' });
    await until(() => page.now.days.kind === 'error');
    expect(page.now.days).toMatchObject({ problem: { code: 'VISIT_TOO_LONG' } });
    page.now.changeVisit({ files: 1 });
    await until(() => page.now.slots.kind === 'ready');
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

  it('keeps the ticks of what is packed on the phone, each booking its own', async () => {
    const one = openHook(() => usePacked('booking-1'));
    one.now.pack('paper-1', true);
    one.now.pack('paper-2', true);
    one.now.pack('paper-1', false);
    await until(() => one.now.packed.length === 1);
    one.close();
    const again = openHook(() => usePacked('booking-1'));
    await until(() => again.now.packed.length === 1);
    expect(again.now.packed).toEqual(['paper-2']);
    const other = openHook(() => usePacked('booking-2'));
    expect(other.now.packed).toEqual([]);
  });

  it('keeps what is shown while a quiet reload fails', async () => {
    const citizen = await signedIn();
    const { id } = await book(citizen, '14:30');
    const page = openHook(useBooking, { id });
    await until(() => page.now.booking.kind === 'ready');
    network.breakServer();
    page.pullDown();
    await until(() => edge.refreshesEnded > 0);
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
