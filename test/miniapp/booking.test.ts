import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '../../apps/api/src/common/id.js';
import { GuideService } from '../../apps/api/src/guide/guide.service.js';
import { HallEntity } from '../../apps/api/src/guide/hall.entity.js';
import { ItemPlaceEntity } from '../../apps/api/src/guide/service-item.entity.js';
import { newHall, requestId, slotAt, type TestHall } from '../support/builders/booking.js';
import { closeAt } from '../support/builders/calendar.js';
import { newCitizen, type TestCitizen } from '../support/builders/citizen.js';
import { authorise } from '../support/builders/people.js';
import { newFullDay, tick } from '../support/builders/waitlist.js';
import { newWorld, type World } from '../support/world.js';
import { spokenOf } from './support/aria.js';
import type { WeappHost } from './support/host.js';
import { signedIn } from './support/person.js';
import { buildWeapp } from './support/weapp.js';

const NOW = '2026-07-14T01:30:00Z';
const DAY = '2026-07-15';
let world: World;
let hall: TestHall;
let host: WeappHost;
beforeAll(async () => {
  await buildWeapp();
  world = await newWorld({ jobs: false });
  hall = await newHall(world, { places: 1 });
}, 240_000);
beforeEach(() => world.clock.set(NOW));
afterAll(() => world.close());
afterEach(() => {
  expect(host.errors).toEqual([]);
  // Largest update of whatever the test did: it crosses from one thread of the phone to the other.
  expect(Math.max(...host.updates)).toBeLessThan(64 * 1024);
  host.close();
});

const place = () => `itemId=${hall.a.itemId}&hallId=${hall.hallId}`;
const slot = (time: string) => slotAt(world, { itemId: hall.a.itemId, hallId: hall.hallId, day: DAY, time });

async function book({ client }: TestCitizen, time: string) {
  const { id } = await slot(time);
  return client.booking.reserve({ requestId: requestId(), itemId: hall.a.itemId, slotId: id });
}

async function openDay(): Promise<void> {
  host.open(`pages/booking/days/index?${place()}&day=${DAY}`);
  await host.shows('个时段可以约');
}

describe('a time that is held', () => {
  it('is counted down with small updates, and free again once the person goes back', async () => {
    host = await signedIn(world, await newCitizen(world));
    await openDay();
    const { id } = await slot('09:00');
    await host.tap(`slot-${id}`);
    await host.tap('act-go-on');
    await host.shows('为您保留 0');
    const before = host.updates.length;
    await host.until('a few seconds', () => host.updates.length >= before + 3);
    expect(Math.max(...host.updates.slice(before))).toBeLessThan(400);
    expect((await slot('09:00')).remaining).toBe(0);
    host.pop();
    await host.until('the place', () =>
      host.wx.callsOf('request').some(({ url }) => /release$/.test(String(url))),
    );
    host.page.onShow?.();
    for (let tries = 0; (await slot('09:00')).remaining === 0 && tries < 400; tries += 1)
      await new Promise((done) => setTimeout(done, 40));
    expect((await slot('09:00')).remaining).toBe(1);
  });
});

describe('days and times', () => {
  it('tell a screen reader what each is, how full, whether it is chosen and whether it can be', async () => {
    await book(await newCitizen(world), '16:00');
    host = await signedIn(world, await newCitizen(world));
    await openDay();
    const said = (id: string) => spokenOf(host.find(id));
    const [free, full] = [`slot-${(await slot('16:30')).id}`, `slot-${(await slot('16:00')).id}`];
    expect(said(`day-${DAY}`)).toEqual({
      ...{ role: 'radio', checked: true, disabled: false },
      label: expect.stringMatching(/^明天 7月15日 周三 余 \d+ (较空|适中|紧张)$/),
    });
    expect(said('day-2026-07-16')).toMatchObject({ role: 'radio', checked: false, disabled: false });
    expect(said('day-2026-07-18')).toMatchObject({ role: 'radio', checked: false, disabled: true });
    expect(said(free)).toEqual({ role: 'radio', checked: false, disabled: false, label: '16:30 余 1' });
    expect(said(full)).toEqual({ role: 'radio', checked: false, disabled: true, label: '16:00 满' });
    await host.tap(full);
    await host.tap(free);
    await host.until('the choice', () => said(free).checked === true);
    expect(said(full)).toMatchObject({ checked: false, disabled: true });
    await host.tap('day-2026-07-16');
    await host.until('the other day', () => said('day-2026-07-16').checked === true);
    expect(said(`day-${DAY}`)).toMatchObject({ checked: false });
    const isGroup = (name: string) => () =>
      host.elements().some((each) => {
        const { role, label } = spokenOf(each);
        return role === 'radiogroup' && label === name;
      });
    await host.until('the group of days', isGroup('选择日期'));
    await host.until('the group of times', isGroup('选择时间'));
  });
});

describe('a visit', () => {
  it('takes one more item and two persons, and all of it is booked together', async () => {
    const citizen = await newCitizen(world);
    const wide = await newHall(world, { places: 2 });
    host = await signedIn(world, citizen);
    host.open(`pages/booking/days/index?itemId=${wide.a.itemId}&hallId=${wide.hallId}&day=${DAY}`);
    await host.shows('个时段可以约');
    await host.tap('act-visit');
    await host.shows('这次怎么办');
    await host.tap('act-one-more');
    await host.shows('长事项');
    await host.tap(`add-${wide.a.longItemId}`);
    await host.tap('persons-more');
    await host.tap('act-close-sheet');
    await host.shows('办 2 件事');
    // The times for this visit, not those that were there for a shorter one.
    await host.shows('10:00余 1');
    await host.tap('act-soonest');
    await host.shows('预约 今天');
    await host.tap('act-go-on');
    await host.shows('为您保留');
    await host.tap('act-reserve');
    await host.shows('预约成功');
    const { items } = await citizen.client.booking.listMine({ state: 'confirmed' });
    expect(items).toMatchObject([{ persons: 2, items: [{ files: 1 }, { itemId: wide.a.longItemId }] }]);
  });

  it('is made for a parent who gave an authorisation', async () => {
    const parent = await newCitizen(world);
    const agent = await newCitizen(world);
    const { id } = await authorise(parent, agent);
    host = await signedIn(world, agent);
    await openDay();
    await host.tap(`slot-${(await slot('09:30')).id}`);
    await host.tap('act-go-on');
    await host.shows('为您保留');
    await host.until('the choice', () => host.find(`who-${id}`));
    await host.tap(`who-${id}`);
    await host.until('the other hold', () => !host.find('act-reserve')?.cl?.includes('busy'));
    await host.tap('act-reserve');
    await host.shows('预约成功');
    const { items } = await agent.client.booking.listMine({ state: 'confirmed' });
    expect(items[0]?.forName).toBe('林*');
  });
});

describe('the halls that do an item', () => {
  it('are put in order of distance by WeChat’s rough position, which no request carries', async () => {
    const far = await newHall(world, { places: 1 });
    const em = world.dataSource.manager;
    const there = await em.findOneByOrFail(ItemPlaceEntity, { itemId: hall.a.itemId });
    await em.insert(ItemPlaceEntity, { ...there, id: newId(), hallId: far.hallId, queueId: far.a.queueId });
    await em.update(HallEntity, { id: far.hallId }, { latitude: 26.5, longitude: 119.5 });
    world.get(GuideService).invalidate();
    host = await signedIn(world, await newCitizen(world), {
      answers: { getFuzzyLocation: () => ({ latitude: 26.4875, longitude: 119.4875 }) },
    });
    await openDay();
    await host.tap('act-branches');
    await host.shows('最快能约到的在前');
    await host.tap('act-by-distance');
    await host.shows('离您近的在前');
    const halls = host.elements().filter(({ uid }) => uid?.startsWith('hall-'));
    expect(halls.map(({ uid }) => uid)).toEqual([`hall-${far.hallId}`, `hall-${hall.hallId}`]);
    for (const { url } of host.wx.callsOf('request')) expect(String(url)).not.toMatch(/26\.48|latitude/);
    await host.tap(halls[0]);
    await host.until('the other hall', () => !host.text().includes('去哪个大厅都能办'));
    await host.shows('个时段可以约');
  });
});

describe('the card of a booking', () => {
  it('goes into the phone’s calendar with a reminder an hour before', async () => {
    const citizen = await newCitizen(world);
    const { id, code } = await book(citizen, '10:00');
    host = await signedIn(world, citizen, { answers: { addPhoneCalendar: () => ({}) } });
    host.open(`pages/booking/detail/index?id=${id}`);
    await host.shows('加到手机日历');
    await host.tap('act-calendar');
    await host.until('the toast', () => host.wx.callsOf('showToast').length > 0);
    const [event] = host.wx.callsOf('addPhoneCalendar');
    expect(event).toMatchObject({
      startTime: Date.parse('2026-07-15T02:00:00Z') / 1_000,
      alarm: true,
      alarmOffset: 3_600,
      description: expect.stringContaining(code),
    });
  });

  it('leads to another time, which is compared and taken in one act', async () => {
    const citizen = await newCitizen(world);
    const { id } = await book(citizen, '11:00');
    host = await signedIn(world, citizen);
    host.open(`pages/booking/detail/index?id=${id}`);
    await host.shows('改时间');
    await host.tap('act-move');
    await host.shows('正在改 明天 11:00 的预约');
    await host.tap(`slot-${(await slot('11:30')).id}`);
    await host.shows('改到 明天 11:30');
    await host.tap('act-go-on');
    await host.shows('先不改');
    await host.tap('act-confirm-move');
    await host.until('the card', () => host.page.route === 'pages/booking/detail/index');
    await host.shows('明天 11:30');
    expect((await slot('11:00')).remaining).toBe(1);
  });

  it('offers other times where the hall has closed, and one tap takes one', async () => {
    const citizen = await newCitizen(world);
    const { id, slotId } = await book(citizen, '14:00');
    await closeAt(world, hall, DAY, ['14:00', '14:30']);
    host = await signedIn(world, citizen);
    host.open(`pages/booking/detail/index?id=${id}&offers=1`);
    await host.shows('大厅这个时间不开放了');
    await host.tap(host.elements().find(({ uid }) => uid?.startsWith('act-offer-')));
    await host.until('the move', () => !host.text().includes('不开放了'));
    expect((await citizen.client.booking.getMine({ bookingId: id })).slotId).not.toBe(slotId);
  });

  it('takes the answer to a reminder: I am coming, or the place goes to others', async () => {
    const citizen = await newCitizen(world);
    const { id } = await book(citizen, '15:00');
    world.clock.set('2026-07-14T12:00:00Z');
    host = await signedIn(world, citizen);
    host.open(`pages/booking/detail/index?id=${id}`);
    await host.shows('您能来吗');
    await host.tap('act-coming');
    await host.shows('您已回复“我会来”');
    expect((await citizen.client.booking.getMine({ bookingId: id })).reply).toBe('coming');
  });
});

describe('a full day', () => {
  it('is waited for by one tap, and the place that comes free is taken from the card with the countdown', async () => {
    const full = await newFullDay(world);
    const citizen = await newCitizen(world);
    host = await signedIn(world, citizen);
    const { hallId, a } = full.hall;
    host.open(`pages/booking/days/index?itemId=${a.itemId}&hallId=${hallId}&day=${full.day}`);
    await host.shows('约满了，可以排候补');
    await host.tap('part-morning');
    await host.tap('act-join-waitlist');
    await host.shows('已排上候补');
    expect(host.wx.callsOf('requestSubscribeMessage')).toHaveLength(1);
    const [holder] = full.holders;
    await holder?.person.api.booking.cancel({ bookingId: holder.booking.id });
    await tick(world);
    const { items } = await citizen.client.waitlist.listMine({});
    host.open(`pages/booking/detail/index?id=${items[0]?.offer?.bookingId ?? ''}`);
    await host.shows('这个名额正为您保留');
    await host.shows('为您保留 09:5');
    await host.tap('act-reserve');
    await host.shows('已预约');
  });
});
