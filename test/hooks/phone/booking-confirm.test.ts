/** @jest-environment ./test/hooks/support/page-environment.cjs */
import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { useConfirm } from '../../../apps/miniapp/src/pages/booking/confirm/use-confirm';
import { placesSettled } from '../../../apps/miniapp/src/pages/booking/leaving';
import { minutesAndSeconds, useCountdown } from '../../../apps/miniapp/src/pages/booking/use-countdown';
import { newHall, newPeople, requestId, slotAt, type TestHall } from '../../support/builders/booking.js';
import { newCitizen, type TestCitizen } from '../../support/builders/citizen.js';
import { tick } from '../../support/builders/waitlist.js';
import { newWorld } from '../../support/world.js';
import { network } from '../support/network.js';
import { until } from '../support/page.js';
import { lastVisit, openHook, openPhone, signInAs } from '../support/phone.js';

const phone = openPhone(() => newWorld());
const DAY = '2026-07-15';
const NOW = '2026-07-14T04:00:00Z';
let hall: TestHall;
beforeAll(async () => {
  hall = await newHall(phone.world, { places: 1 });
});
beforeEach(() => phone.world.clock.set(NOW));

const place = () => ({ itemId: hall.a.itemId, hallId: hall.hallId });
const slot = (time: string) => slotAt(phone.world, { ...place(), day: DAY, time });

async function signedIn(): Promise<TestCitizen> {
  const citizen = await newCitizen(phone.world);
  await signInAs(citizen);
  return citizen;
}

/** The page that asks whether this slot is meant. */
async function confirmPage(time: string) {
  const { id: slotId } = await slot(time);
  return openHook(useConfirm, { ...place(), day: DAY, slotId });
}

async function heldPage(time: string) {
  const page = await confirmPage(time);
  await until(() => page.now.hold.held);
  return page;
}

const holds = /bookings\/hold$/;

describe('a chosen time', () => {
  it('is kept for the person as soon as the page opens, and becomes the booking that is shown', async () => {
    const { client } = await signedIn();
    const page = await heldPage('09:00');
    const { held } = page.now.hold;
    expect(held).toMatchObject({ state: 'held', holdUntil: '2026-07-14T04:05:00.000Z' });
    expect((await slot('09:00')).remaining).toBe(0);
    page.now.confirm.run();
    await until(() => lastVisit());
    expect(lastVisit()).toBe(`/pages/booking/detail/index?id=${held?.id}&new=1`);
    page.leave();
    await placesSettled();
    expect(await client.booking.getMine({ bookingId: held?.id ?? '' })).toMatchObject({ state: 'confirmed' });
  });

  it('is free again once the person left the page without confirming', async () => {
    await signedIn();
    const page = await heldPage('09:30');
    page.leave();
    await placesSettled();
    expect((await slot('09:30')).remaining).toBe(1);
  });

  it('is free again where the answer came after the person had left', async () => {
    await signedIn();
    const page = await confirmPage('09:30');
    await until(() => network.sent.some(({ path }) => holds.test(path)));
    page.leave();
    await network.idle();
    await placesSettled();
    expect((await slot('09:30')).remaining).toBe(1);
  });

  it('is not asked for before somebody signed in, and then at once', async () => {
    const page = await confirmPage('10:00');
    await until(() => page.now.slot);
    await network.idle();
    expect(network.requestIds(holds)).toEqual([]);
    await signedIn();
    await until(() => page.now.hold.held);
    page.leave();
    await placesSettled();
  });

  it('is held once where the answer got lost and the person tried again', async () => {
    const { client } = await signedIn();
    network.loseAnswers(holds);
    const page = await confirmPage('10:00');
    await until(() => page.now.hold.take.problem);
    network.restore();
    page.now.hold.again();
    await until(() => page.now.hold.held);
    const [first, ...again] = network.requestIds(holds);
    expect(again).toEqual([first]);
    page.now.confirm.run();
    await until(() => lastVisit());
    expect((await client.booking.listMine()).items).toHaveLength(1);
  });

  it('is booked once where the answer to the confirmation got lost', async () => {
    const { client } = await signedIn();
    const page = await heldPage('10:30');
    network.loseAnswers(/confirm$/);
    page.now.confirm.run();
    await until(() => page.now.confirm.problem);
    network.restore();
    page.now.confirm.run();
    await until(() => lastVisit());
    const { items } = await client.booking.listMine({ state: 'confirmed' });
    expect(items).toHaveLength(1);
  });

  it('is replaced by the nearest that is free where it has just gone, and the page says so', async () => {
    const { client } = await signedIn();
    const other = await newCitizen(phone.world);
    const { id } = await slot('14:30');
    await other.client.booking.reserve({ requestId: requestId(), itemId: hall.a.itemId, slotId: id });
    const page = openHook(useConfirm, { ...place(), day: DAY, slotId: id });
    await until(() => page.now.hold.held);
    expect(page.now.moved).toMatch(/^14:30 刚刚约满了，为您找到最近的 1[45]:00。$/);
    expect(page.now.hold.take.problem).toBeUndefined();
    expect(new Set(network.requestIds(holds)).size).toBe(2);
    page.now.confirm.run();
    await until(() => lastVisit());
    expect((await client.booking.listMine()).items[0]?.start).toBe(page.now.slot?.start);
  });

  it('stays the page’s own while it is kept, though the list leaves it out as taken', async () => {
    await signedIn();
    const { hallId, a } = await newHall(phone.world, { places: 1 });
    const at = { itemId: a.longItemId, hallId, day: DAY };
    const { id } = await slotAt(phone.world, { ...at, time: '10:00' });
    const page = openHook(useConfirm, { ...at, slotId: id });
    const { id: heldId } = await until(() => page.now.hold.held);
    // The guide was read, and the page is there again.
    page.show();
    await network.idle();
    await until(() => page.now.found.kind === 'ready' && !page.now.found.data.slot);
    expect(page.now.slot?.id).toBe(id);
    expect(page.now.hold.held?.id).toBe(heldId);
    expect(network.requestIds(holds)).toHaveLength(1);
    page.now.confirm.run();
    await until(() => lastVisit());
    expect(lastVisit()).toContain(heldId);
  });

  it('that has gone is not replaced by one that this person gave back, but by the next', async () => {
    const { client } = await signedIn();
    const { hallId, a } = await newHall(phone.world, { places: 1 });
    const at = { itemId: a.itemId, hallId, day: DAY };
    const [near, wished, far] = await Promise.all(
      ['10:00', '10:30', '11:00'].map((time) => slotAt(phone.world, { ...at, time })),
    );
    const take = (who: TestCitizen['client'], slotId = '') =>
      who.booking.reserve({ requestId: requestId(), itemId: at.itemId, slotId });
    const { id: bookingId } = await take(client, near?.id);
    await client.booking.cancel({ bookingId });
    await take((await newCitizen(phone.world)).client, wished?.id);
    phone.world.clock.advance(60 * 60_000);
    await tick(phone.world);
    expect((await slotAt(phone.world, { ...at, time: '10:00' })).remaining).toBe(1);
    const page = openHook(useConfirm, { ...at, slotId: wished?.id });
    await until(() => page.now.hold.held);
    expect(page.now.slot?.id).toBe(far?.id);
    expect(page.now.moved).toBe('10:30 刚刚约满了，为您找到最近的 11:00。');
    // Whoever chose it hears the reason.
    const again = openHook(useConfirm, { ...at, slotId: near?.id });
    const problem = await until(() => again.now.hold.take.problem);
    expect(problem.code).toBe('SLOT_GIVEN_BACK');
    expect(again.now.moved).toBeUndefined();
    for (const each of [page, again]) each.leave();
    await placesSettled();
  });

  it('leaves the server’s reason where nothing else of the day is free, too', async () => {
    const full = await newHall(phone.world, { places: 1 });
    const at = { itemId: full.a.itemId, hallId: full.hallId, day: DAY };
    const { items } = await phone.world.client().booking.listSlots(at);
    const people = await newPeople(phone.world, items.length);
    for (const [n, { id }] of items.entries())
      await people[n]?.api.booking.reserve({ requestId: requestId(), itemId: at.itemId, slotId: id });
    await signedIn();
    const page = openHook(useConfirm, { ...at, slotId: items[0]?.id });
    const problem = await until(() => page.now.hold.take.problem);
    expect(problem.code).toBe('SLOT_FULL');
    expect(page.now.moved).toBeUndefined();
  });

  it('that ran out is said so, and held anew by one tap', async () => {
    await signedIn();
    const page = await heldPage('15:00');
    const first = page.now.hold.held?.id;
    phone.world.clock.advance(5 * 60_000);
    page.now.confirm.run();
    await until(() => page.now.hold.over);
    expect(page.now.confirm.problem).toMatchObject({ code: 'HOLD_EXPIRED' });
    page.now.hold.again();
    await until(() => !page.now.hold.over && page.now.hold.held?.id !== first);
    expect(page.now.hold.held).toMatchObject({ state: 'held' });
    expect(new Set(network.requestIds(holds)).size).toBe(2);
    page.leave();
    await placesSettled();
  });

  it('sends a person whose session has ended to the sign-in', async () => {
    const { session, client } = await signedIn();
    await client.identity.logout({ refreshToken: session.refreshToken });
    phone.world.clock.advance(16 * 60_000);
    const page = await confirmPage('11:30');
    const problem = await until(() => page.now.hold.take.problem);
    expect(problem.signIn).toBe(true);
    expect(page.now.session.kind).toBe('signed-out');
  });
});

describe('the countdown', () => {
  it('follows the server’s clock, not the phone’s, and tells its end once', async () => {
    await signedIn();
    const page = await heldPage('15:30');
    const until_ = page.now.hold.held?.holdUntil ?? '';
    let ends = 0;
    const clock = openHook(() => useCountdown(until_, () => (ends += 1)));
    expect(clock.now).toBeGreaterThan(290);
    expect(clock.now).toBeLessThanOrEqual(300);
    phone.world.clock.advance(240_000);
    await page.now.found.reload();
    await until(() => clock.now > 0 && clock.now <= 60);
    expect(ends).toBe(0);
    phone.world.clock.advance(61_000);
    await page.now.found.reload();
    await until(() => clock.now === 0 && ends === 1);
    clock.close();
  });

  it('is written as minutes and seconds', () => {
    expect([300, 272, 60, 9, 0].map(minutesAndSeconds)).toEqual([
      '05:00',
      '04:32',
      '01:00',
      '00:09',
      '00:00',
    ]);
  });
});
