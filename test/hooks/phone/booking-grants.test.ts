/** @jest-environment ./test/hooks/support/page-environment.cjs */
import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { useBooking } from '../../../apps/miniapp/src/pages/booking/detail/use-booking';
import { useKept } from '../../../apps/miniapp/src/pages/booking/detail/use-kept';
import { useWaitlist } from '../../../apps/miniapp/src/pages/booking/waitlist/use-waitlist';
import { SlotEntity } from '../../../apps/api/src/booking/slot.entity.js';
import { GuideService } from '../../../apps/api/src/guide/guide.service.js';
import { ItemPlaceEntity, ServiceQueueEntity } from '../../../apps/api/src/guide/service-item.entity.js';
import { CitizenProfileService } from '../../../apps/api/src/identity/citizen-profile.service.js';
import { newHall, requestId, slotAt } from '../../support/builders/booking.js';
import { idNumberOf, newCitizen, type TestCitizen } from '../../support/builders/citizen.js';
import { joinWaitlist, newFullDay, tick, type FullDay } from '../../support/builders/waitlist.js';
import { newWorld } from '../../support/world.js';
import { network } from '../support/network.js';
import { press, until } from '../support/page.js';
import { lastVisit, openHook, openPhone, signInAs } from '../support/phone.js';

const phone = openPhone(() => newWorld({ simulators: true }));
const NOW = '2026-07-14T01:30:00Z';
beforeAll(() => {
  const { wechat, pay, ems } = phone.world.simulators;
  window.__HAOBAN__ = { sims: { wechat: wechat.url, pay: pay.url, ems: ems.url } };
});
beforeEach(() => phone.world.clock.set(NOW));

const BOOKED = ['booking_closed', 'booking_confirmed', 'booking_reminder'];

/** What the person allowed, newest last, each answer's keys in order. */
function granted(): string[][] {
  return network.sent
    .filter(({ path }) => path.endsWith('/notifications/grants'))
    .map(({ body }) => (body as { results: { key: string }[] }).results.map(({ key }) => key).sort());
}

/** WeChat asks, the person allows. */
async function allow(): Promise<void> {
  const before = granted().length;
  await press('允许');
  await until(() => granted().length > before);
}

async function waitFor(citizen: TestCitizen, full: FullDay): Promise<void> {
  await joinWaitlist(phone.world, full, {
    person: { kind: 'citizen', citizenId: citizen.id, api: citizen.client },
  });
}

/** The place that comes free first is offered to whoever waits. */
async function free({ holders: [holder] }: FullDay): Promise<void> {
  await holder?.person.api.booking.cancel({ bookingId: holder.booking.id });
  await tick(phone.world);
}

async function offered() {
  const full = await newFullDay(phone.world);
  const citizen = await newCitizen(phone.world);
  await signInAs(citizen);
  await waitFor(citizen, full);
  await free(full);
  return citizen;
}

async function waitlistPage() {
  const page = openHook(useWaitlist);
  const list = await until(() => (page.now.entries.kind === 'ready' ? page.now.entries.data : undefined));
  const [entry] = list.items;
  if (!entry) throw new Error('Nothing is waited for');
  await network.idle();
  return { page, entry };
}

async function cardPage(id: string) {
  const page = openHook(
    () => {
      const form = useBooking();
      const data = form.booking.kind === 'ready' ? form.booking.data : undefined;
      return { ...form, data, kept: useKept(data, form.booking.replace) };
    },
    { id },
  );
  await until(() => page.now.data);
  await network.idle();
  return page;
}

describe('a place from the waitlist', () => {
  it('is taken with leave to tell of it, to remind and to say when the hall has to close', async () => {
    const { client } = await offered();
    const { page, entry } = await waitlistPage();
    page.now.accept.run(entry);
    await allow();
    await until(() => lastVisit());
    expect(lastVisit()).toContain(entry.offer?.bookingId);
    expect(granted()).toEqual([BOOKED]);
    expect((await client.booking.listMine({ state: 'confirmed' })).items).toHaveLength(1);
  });

  it('is taken on its own page with the same leave', async () => {
    await offered();
    const { entry } = await waitlistPage();
    const page = await cardPage(entry.offer?.bookingId ?? '');
    page.now.kept.accept.run();
    await allow();
    await until(() => page.now.data?.state === 'confirmed');
    expect(granted()).toEqual([BOOKED]);
  });

  it('is passed on with leave to tell of the next', async () => {
    await offered();
    const { page, entry } = await waitlistPage();
    page.now.decline.run(entry);
    await allow();
    await until(
      () => page.now.entries.kind === 'ready' && page.now.entries.data.items[0]?.state === 'waiting',
    );
    expect(granted()).toEqual([['waitlist_offered']]);
  });

  it('is passed on from its own page in the same way', async () => {
    const { client } = await offered();
    const { entry } = await waitlistPage();
    const page = await cardPage(entry.offer?.bookingId ?? '');
    page.now.kept.decline.run();
    await allow();
    await until(() => page.now.data?.state === 'expired');
    expect(granted()).toEqual([['waitlist_offered']]);
    expect((await client.waitlist.listMine({ open: 'true' })).items).toMatchObject([{ passed: 1 }]);
  });

  it('that ran out leaves the person in line, who may be told of the next', async () => {
    const { client } = await offered();
    const { page, entry } = await waitlistPage();
    const card = await cardPage(entry.offer?.bookingId ?? '');
    phone.world.clock.advance(11 * 60_000);
    await tick(phone.world);
    card.now.kept.ranOut();
    await until(() => card.now.kept.over);
    expect(card.now.kept.waits).toBe(true);
    card.now.kept.stay.run();
    await allow();
    await until(() => lastVisit() === '/pages/booking/waitlist/index');
    page.now.remind.run();
    await allow();
    expect(granted()).toEqual([['waitlist_offered'], ['waitlist_offered']]);
    expect((await client.waitlist.listMine({ open: 'true' })).items).toMatchObject([
      { state: 'waiting', passed: 1 },
    ]);
  });

  it('for a call is not taken before the number is there, where none is registered', async () => {
    const { world } = phone;
    const full = await newFullDay(world);
    await byPhoneOnly(full);
    const citizen = await newCitizen(world, { upTo: 'consented' });
    const profile = { name: '林无号', idNumber: idNumberOf(901) };
    await world.get(CitizenProfileService).setRealName(citizen.actor, profile);
    await signInAs(citizen);
    const { hallId, a } = full.hall;
    const wish = { requestId: requestId(), hallId, itemId: a.itemId, day: full.day, kind: 'phone' as const };
    await citizen.client.waitlist.join(wish);
    await free(full);
    const { page, entry } = await waitlistPage();
    page.now.accept.run(entry);
    await until(() => lastVisit());
    expect(lastVisit()).toBe(`/pages/booking/detail/index?id=${entry.offer?.bookingId}`);
    const card = await cardPage(entry.offer?.bookingId ?? '');
    expect(card.now.kept.contact.needsPhone).toBe(true);
    card.now.kept.accept.run();
    await until(() => card.now.kept.contact.wrong.phone);
    card.now.kept.contact.change({ phone: '15400004321' });
    await until(() => card.now.kept.contact.value.phone);
    card.now.kept.accept.run();
    await allow();
    await until(() => card.now.data?.state === 'confirmed');
  });
});

/** From now on the day's matters are done by a call. */
async function byPhoneOnly({ hall: { a } }: FullDay): Promise<void> {
  const em = phone.world.dataSource.manager;
  await em.update(ItemPlaceEntity, { itemId: a.itemId }, { kinds: ['phone'] });
  await em.update(SlotEntity, { queueId: a.queueId }, { kind: 'phone' });
  const queue = await em.findOneByOrFail(ServiceQueueEntity, { id: a.queueId });
  const bookingRules = queue.bookingRules.map((rule) => ({ ...rule, kind: 'phone' as const }));
  await em.update(ServiceQueueEntity, { id: a.queueId }, { bookingRules });
  phone.world.get(GuideService).invalidate();
}

describe('the answer to a reminder', () => {
  async function booked() {
    const citizen = await newCitizen(phone.world);
    await signInAs(citizen);
    const { hallId, a } = await newHall(phone.world, { places: 1 });
    const at = { itemId: a.itemId, hallId, day: '2026-07-15', time: '10:00' };
    const { id: slotId } = await slotAt(phone.world, at);
    return citizen.client.booking.reserve({ requestId: requestId(), itemId: a.itemId, slotId });
  }

  it('of the evening before brings leave for the one in the last hour', async () => {
    const { id } = await booked();
    phone.world.clock.set('2026-07-14T12:00:00Z');
    const page = await cardPage(id);
    page.now.reply.run();
    await allow();
    await until(() => page.now.data?.reply === 'coming');
    expect(granted()).toEqual([['booking_reminder']]);
  });

  it('in the last hour asks for nothing: no more of them come', async () => {
    const { id } = await booked();
    phone.world.clock.set('2026-07-15T01:10:00Z');
    const page = await cardPage(id);
    page.now.reply.run();
    await until(() => page.now.data?.reply === 'coming');
    expect(granted()).toEqual([]);
  });
});
