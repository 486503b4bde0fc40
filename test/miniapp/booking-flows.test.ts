import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '../../apps/api/src/common/id.js';
import { GuideService } from '../../apps/api/src/guide/guide.service.js';
import { ItemMaterialEntity } from '../../apps/api/src/guide/service-item.entity.js';
import { newHall, newItem, requestId, slotAt, staffOf, type TestHall } from '../support/builders/booking.js';
import { newCitizen } from '../support/builders/citizen.js';
import { authoriseForCompany } from '../support/builders/people.js';
import { newStaff } from '../support/builders/staff.js';
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
  hall = await newHall(world, {
    places: 1,
    rule: { desksGreen: 1 },
    moreRules: [
      {
        weekdays: [1, 2, 3, 4, 5],
        kind: 'home',
        from: 840,
        to: 1020,
        slotMinutes: 60,
        desksPublic: 1,
        desksInternal: 1,
        windowFromDays: 0,
        windowToDays: 13,
      },
    ],
  });
}, 240_000);
beforeEach(() => world.clock.set(NOW));
afterAll(() => world.close());
afterEach(() => {
  expect(host.errors).toEqual([]);
  host.close();
});

const daysOf = (itemId: string) =>
  `pages/booking/days/index?itemId=${itemId}&hallId=${hall.hallId}&day=${DAY}`;
const slot = (time: string) => slotAt(world, { itemId: hall.a.itemId, hallId: hall.hallId, day: DAY, time });

/** A paper that the short item asks for from now on. */
async function newPaper(): Promise<{ materialId: string; name: string }> {
  const [materialId, name] = [newId(), '居民户口簿'];
  await world.dataSource.manager.insert(ItemMaterialEntity, {
    ...{ id: materialId, itemId: hall.a.itemId, position: 1, name, originals: 1, copies: 0 },
    ...{ form: 'paper', required: true, note: null, sample: null },
  });
  world.get(GuideService).invalidate();
  return { materialId, name };
}

/** A place that was given back is on offer again after a while, so that nobody can pass it on. */
async function placesComeBack(): Promise<void> {
  world.clock.advance(11 * 60_000);
  await tick(world);
}

describe('on WeChat’s side of the phone', () => {
  it('a hold that ran out is said to be over, and held again by one tap', async () => {
    const citizen = await newCitizen(world);
    host = await signedIn(world, citizen);
    host.open(daysOf(hall.a.itemId));
    await host.shows('个时段可以约');
    await host.tap(`slot-${(await slot('09:00')).id}`);
    await host.tap('act-go-on');
    await host.shows('为您保留 0');
    world.clock.advance(5 * 60_000 + 1);
    await host.tap('act-reserve');
    await host.shows('保留的时间过了');
    await host.tap('act-hold-again');
    await host.shows('为您保留 0');
    await host.tap('act-reserve');
    await host.shows('预约成功');
    expect((await citizen.client.booking.listMine({ state: 'confirmed' })).items).toHaveLength(1);
  });

  it('a visit at home takes the address from WeChat’s book', async () => {
    const { hallId, departmentId } = hall;
    const { queueId } = hall.a;
    const kinds = ['window', 'home'] as const;
    const itemId = await newItem(world, {
      ...{ hallId, departmentId, queueId, name: '上门事项' },
      kinds: [...kinds],
    });
    world.get(GuideService).invalidate();
    const citizen = await newCitizen(world);
    host = await signedIn(world, citizen, {
      answers: {
        chooseAddress: () => ({
          ...{ userName: '林', telNumber: '15400000000' },
          ...{ provinceName: '榕江省', cityName: '榕城市', countyName: '云山区', detailInfo: '书院路 8 号' },
        }),
      },
    });
    host.open(daysOf(itemId));
    await host.until('the ways', () => host.find('kind-home'));
    await host.tap('kind-home');
    await host.shows('工作人员到您家里办理');
    // Not those of the window, which are there until the others have come.
    await host.until('its times', () => /15:00/.test(host.text()) && !/14:30/.test(host.text()));
    await host.tap(host.elements().find(({ uid }) => uid?.startsWith('slot-')));
    await host.shows('预约 今天 14:00');
    await host.tap('act-go-on');
    await host.shows('为您保留');
    await host.tap('act-reserve');
    await host.shows('请填写详细地址');
    await host.tap('act-choose-address');
    await host.until('the address', () => JSON.stringify(host.page.data).includes('云山区书院路'));
    await host.tap('act-reserve');
    await host.shows('预约成功');
    const { items } = await citizen.client.booking.listMine({ state: 'confirmed' });
    expect(items).toMatchObject([{ kind: 'home' }]);
  });

  it('evidence for the green channel is declared and opens green places', async () => {
    const citizen = await newCitizen(world);
    host = await signedIn(world, citizen);
    host.open('pages/account/green/index');
    await host.until('the form', () => host.find('act-declare'));
    await host.tap('act-declare');
    await host.shows('请填写证件号，或医院证明的名称');
    await host.tap('reason-pregnant');
    await host.type('document', '市妇幼保健院孕检证明');
    await host.tap('act-declare');
    await host.shows('已登记，到场核对');
    expect((await citizen.client.people.getGreen({})).mayUse).toBe(true);
  });

  it('a code from one phone lets another book, until it is ended', async () => {
    const [parent, child] = [await newCitizen(world), await newCitizen(world)];
    host = await signedIn(world, parent);
    host.open('pages/account/family/index');
    await host.until('the page', () => host.find('act-make-code'));
    await host.tap('act-make-code');
    await host.until('the code', () => host.find('own-code'));
    const code = host.text(host.find('own-code'));
    host.close();
    host = await signedIn(world, child);
    host.open('pages/account/family/index');
    await host.until('the page', () => host.find('act-add-code'));
    await host.tap('act-add-code');
    await host.type('code', code.toLowerCase());
    await host.tap('relation-parent');
    await host.tap('act-submit');
    await host.shows('结束授权');
    const [made] = (await child.client.people.listAuthorisations({})).asAgent;
    expect(made).toMatchObject({ usable: true, relation: 'parent' });
    await host.tap(`act-end-${made?.id ?? ''}`);
    await host.shows('已结束');
    expect(host.wx.callsOf('showModal')[0]).toMatchObject({ title: '结束授权' });
  });

  it('an offer of the waitlist is passed on from the list of what is waited for', async () => {
    const full = await newFullDay(world);
    const citizen = await newCitizen(world);
    const { hallId, a } = full.hall;
    const wish = { requestId: requestId(), hallId, itemId: a.itemId, day: full.day };
    const { id } = await citizen.client.waitlist.join(wish);
    const [holder] = full.holders;
    await holder?.person.api.booking.cancel({ bookingId: holder.booking.id });
    await tick(world);
    host = await signedIn(world, citizen);
    host.open('pages/booking/waitlist/index');
    await host.shows('有名额了');
    await host.tap(`act-decline-${id}`);
    await host.shows('等候名额');
    await host.tap(`act-leave-${id}`);
    await host.shows('已退出');
  });

  it('what is ticked off while packing stays ticked, on the card and when it is opened again', async () => {
    const citizen = await newCitizen(world);
    const { materialId, name } = await newPaper();
    const tick = `paper-${materialId}`;
    const isTicked = () => spokenOf(host.find(tick)).checked === true;
    host = await signedIn(world, citizen);
    host.open(daysOf(hall.a.itemId));
    await host.shows('个时段可以约');
    await host.tap(`slot-${(await slot('11:00')).id}`);
    await host.tap('act-go-on');
    await host.shows('为您保留');
    await host.shows(name);
    await host.shows('还差 1 样');
    expect(spokenOf(host.find(tick))).toMatchObject({ role: 'checkbox', checked: false });
    await host.tap(tick);
    await host.shows('必带的材料都带上了');
    await host.tap('act-reserve');
    await host.shows('预约成功');
    await host.until('the tick on the card', isTicked);
    const [booked] = (await citizen.client.booking.listMine({ state: 'confirmed' })).items;
    host.open(`pages/booking/detail/index?id=${booked?.id ?? ''}`);
    await host.until('the tick on a card that is opened later', isTicked);
    expect(host.text()).toContain('必带的材料都带上了');
  });

  it('a booking for a company says which one', async () => {
    const citizen = await newCitizen(world);
    const company = '榕城青禾商贸有限公司';
    const clerk = await newStaff(world, { hallId: hall.hallId });
    const { id } = await authoriseForCompany(clerk, citizen, company);
    host = await signedIn(world, citizen);
    host.open(daysOf(hall.a.itemId));
    await host.shows('个时段可以约');
    await host.tap('act-visit');
    await host.shows('这次怎么办');
    await host.shows(company);
    await host.tap(`who-${id}`);
    await host.tap('act-close-sheet');
    await host.shows('替别人办');
    // Another visit has other days and times: both are chosen anew.
    await host.tap(`day-${DAY}`);
    await host.tap(`slot-${(await slot('11:30')).id}`);
    await host.tap('act-go-on');
    await host.shows('为您保留');
    await host.tap('act-reserve');
    await host.shows('预约成功');
    await host.shows(company);
    const { items } = await citizen.client.booking.listMine({ state: 'confirmed' });
    expect(items).toMatchObject([{ forName: company }]);
  });

  it('a place that is given up as the answer to a reminder goes to whoever waits for it', async () => {
    const { hall: other, day, holders } = await newFullDay(world);
    const at = { hallId: other.hallId, itemId: other.a.itemId, day };
    const [citizen, waiting] = [await newCitizen(world), await newCitizen(world)];
    // The only place of the day changes hands, to somebody who has a phone.
    await holders[0]?.person.api.booking.cancel({ bookingId: holders[0].booking.id });
    await placesComeBack();
    const { id: slotId } = await slotAt(world, { ...at, time: '10:00' });
    const wish = { requestId: requestId(), itemId: at.itemId, slotId };
    const { id } = await citizen.client.booking.reserve(wish);
    await waiting.client.waitlist.join({ requestId: requestId(), ...at });
    world.clock.set('2026-07-14T12:00:00Z');
    host = await signedIn(world, citizen);
    host.open(`pages/booking/detail/index?id=${id}`);
    await host.shows('您能来吗');
    await host.tap('act-give-up');
    await host.shows('已取消');
    expect(host.wx.callsOf('showModal')).toMatchObject([{ title: '放弃 明天 10:00 的名额' }]);
    await placesComeBack();
    expect(host.errors).toEqual([]);
    host.close();
    host = await signedIn(world, waiting);
    host.open('pages/booking/waitlist/index');
    await host.shows('有名额了');
    await host.shows('就约 10:00');
  });

  it('a missed booking leads to its appeal', async () => {
    const citizen = await newCitizen(world);
    const slotId = (await slot('10:00')).id;
    const booked = await citizen.client.booking.reserve({
      ...{ requestId: requestId(), itemId: hall.a.itemId, slotId },
    });
    world.clock.set('2026-07-15T09:30:00Z');
    await world.runRepeat('booking.mark-no-shows');
    host = await signedIn(world, citizen);
    host.open(`pages/booking/detail/index?id=${booked.id}`);
    await host.until('the way', () => host.find('act-appeal'));
    await host.tap('act-appeal');
    await host.until('the form', () => host.find('appeal-text'));
    await host.tap('act-send-appeal');
    await host.shows('请写明那天为什么没能到场');
    await host.type('appeal-text', '那天早上孩子发高烧，送去医院了。');
    await host.tap('act-send-appeal');
    await host.until('it is sent', () => !host.find('act-send-appeal'));
    const manager = world.client(staffOf(hall.hallId, 'manager'));
    const [appeal] = (await manager.people.listHallAppeals({})).items;
    expect(appeal).toMatchObject({ bookingId: booked.id, state: 'open' });
  });
});
