import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { requestId, slotAt } from '../support/builders/booking.js';
import { cityIds } from '../support/builders/city.js';
import { idNumberOf, newCitizen, type TestCitizen } from '../support/builders/citizen.js';
import { demoStaff, type TestStaff } from '../support/builders/staff.js';
import { fillDay } from './support/full-days.js';
import { Looks } from './support/looks.js';
import { letPass } from './support/opening-hours.js';
import { newStage, type Stage } from './support/stage.js';
import { phoneOf } from './support/signed-in.js';
import { flows } from './support/steps.js';

const hallId = cityIds.hall('RC-SM');
const idCard = cityIds.item('id-card-renew');
const daysOf = (itemId: string, day: string) =>
  `pages/booking/days/index?itemId=${itemId}&hallId=${hallId}&day=${day}`;

let stage: Stage;
let manager: TestStaff;
const looks = new Looks('flow');
beforeAll(async () => {
  stage = await newStage();
  manager = demoStaff(stage.world, 'manager01');
}, 300_000);
afterAll(() => stage?.close());

const slotOf = (itemId: string, day: string, time: string) =>
  slotAt(stage.world, { hallId, itemId, day, time });

async function book(citizen: TestCitizen, itemId: string, day: string, time: string) {
  const { id: slotId } = await slotOf(itemId, day, time);
  return citizen.client.booking.reserve({ requestId: requestId(), itemId, slotId });
}

/** In WeChat's place: no message may be sent. */
const NO_MESSAGES = '不用了';

describe('the citizen’s booking', () => {
  const flow = flows(120_000, () => stage.keepAll());

  flow('of a time whose hold ran out is held again and confirmed in one tap each', async () => {
    const citizen = await newCitizen(stage.world);
    const phone = await phoneOf(stage, citizen);
    const { page } = phone;
    await page.clock.install();
    await phone.open(daysOf(idCard, '2026-07-16'));
    await phone.tap(/^7月16日 周四 余/);
    await phone.tap(/^14:00 余/);
    await phone.tap('预约 7月16日 周四 14:00');
    await phone.sees(/^为您保留 04:5\d$/);
    letPass(4.2);
    await page.clock.fastForward(4.2 * 60_000);
    await phone.sees('快到时间了');
    await page.getByRole('status').filter({ hasText: '还剩不到 1 分钟' }).waitFor();
    await looks.at(page, 'hold-soon');
    letPass(1);
    await page.clock.fastForward(60_000);
    await phone.sees('保留的时间过了，名额已经放出。还想要的话，点下面的按钮再留一次。');
    await looks.at(page, 'hold-over');
    await phone.tap('再留一次这个时间');
    await phone.sees(/^为您保留 0[45]:\d\d$/);
    await phone.tap('确认预约');
    await phone.tap(NO_MESSAGES);
    await phone.sees('预约成功');
    const { items } = await citizen.client.booking.listMine({});
    expect(items.map(({ state }) => state)).toEqual(['confirmed']);
  });

  flow(
    'at home asks for the address, says what is missing, and has a card without a number to take',
    async () => {
      const itemId = cityIds.item('social-security-card');
      const citizen = await newCitizen(stage.world);
      const phone = await phoneOf(stage, citizen);
      await phone.open(daysOf(itemId, '2026-07-16'));
      await phone.tap('上门');
      await phone.sees('工作人员到您家里办理，请留好详细地址。');
      await phone.tap(/^7月16日 周四 余/);
      await phone.tap(/^14:00 余/);
      await looks.at(phone.page, 'days-home');
      await phone.tap('预约 7月16日 周四 14:00');
      await phone.sees(/^为您保留/);
      await phone.tap('确认预约');
      await phone.sees('请填写详细地址，到门牌号。');
      await looks.at(phone.page, 'confirm-home');
      await phone.fill('上门地址', '云山区书院路 8 号 2 座 301 室');
      await phone.tap('确认预约');
      await phone.tap(NO_MESSAGES);
      await phone.sees(/^预约成功，预约码/);
      await looks.at(phone.page, 'card-home');
      expect((await citizen.client.booking.listMine({})).items).toMatchObject([
        { kind: 'home', state: 'confirmed' },
      ]);
    },
  );

  flow('takes a green place once the evidence is declared', async () => {
    const citizen = await newCitizen(stage.world, { idNumber: idNumberOf(880, '19880808') });
    const phone = await phoneOf(stage, citizen);
    await phone.open(daysOf(idCard, '2026-07-17'));
    await phone.tap(/^办 1 件事/);
    await phone.tap(/^走绿色通道/);
    await phone.button('去登记').waitFor();
    await looks.at(phone.page, 'visit-green');
    await phone.tap('去登记');
    await phone.button('登记').waitFor();
    await looks.at(phone.page, 'green');
    await phone.tap('登记');
    await phone.sees('请填写证件号，或医院证明的名称');
    await phone.tap('孕期或哺乳期');
    await phone.fill('证件号或证明名称', '市妇幼保健院孕检证明');
    await phone.tap('登记');
    await phone.button('撤回登记').waitFor();
    await looks.at(phone.page, 'green-declared');
    await phone.tap('返回');
    await phone.tap('好了');
    await phone.button(/绿色通道/).waitFor();
    await phone.tap(/^7月17日 周五 余/);
    await phone.tap(/^10:00 余/);
    await phone.tap('预约 7月17日 周五 10:00');
    await phone.sees('是，请带上证明');
    await phone.tap('确认预约');
    await phone.tap(NO_MESSAGES);
    await phone.sees('预约成功');
    await looks.at(phone.page, 'card-green');
    expect((await citizen.client.booking.listMine({})).items).toMatchObject([{ contingent: 'green' }]);
  });

  flow('goes to another hall that does the same', async () => {
    const citizen = await newCitizen(stage.world);
    const phone = await phoneOf(stage, citizen);
    await phone.open(daysOf(cityIds.item('income-tax-annual'), '2026-07-16'));
    await phone.tap(/换大厅$/);
    await phone.button(/^榕城市市民服务中心/).waitFor();
    await looks.at(phone.page, 'branches');
    await phone.tap(/^榕城市行政服务中心/);
    await phone.tap(/^7月16日 周四 余/);
    await phone.tap(/^10:00 余/);
    await phone.tap('预约 7月16日 周四 10:00');
    await phone.tap('确认预约');
    await phone.tap(NO_MESSAGES);
    await phone.sees('预约成功');
    expect((await citizen.client.booking.listMine({})).items).toMatchObject([
      { hallId: cityIds.hall('RC-XZ'), state: 'confirmed' },
    ]);
  });

  flow('keeps its old time where the new one has just gone to somebody else', async () => {
    const citizen = await newCitizen(stage.world);
    const { id, code } = await book(citizen, idCard, '2026-07-20', '09:00');
    const phone = await phoneOf(stage, citizen);
    await phone.open(`pages/booking/detail/index?id=${id}`);
    await phone.tap('改时间');
    await phone.tap(/^7月21日 周二 余/);
    await phone.tap(/^09:00 余/);
    await phone.tap('改到 7月21日 周二 09:00');
    for (let left = (await slotOf(idCard, '2026-07-21', '09:00')).remaining; left > 0; left -= 1)
      await book(await newCitizen(stage.world), idCard, '2026-07-21', '09:00');
    await looks.at(phone.page, 'move');
    await phone.tap(/^确认改到/);
    await phone.sees('没有改成，您原来 7月20日 周一 09:00 的预约还在。');
    await looks.at(phone.page, 'move-failed');
    expect(await citizen.client.booking.getMine({ bookingId: id })).toMatchObject({
      state: 'confirmed',
      code,
      day: '2026-07-20',
    });
  });

  flow('on a full day is waited for, offered for ten minutes, and taken', async () => {
    const day = '2026-07-22';
    const itemId = cityIds.item('marriage');
    const [holding] = await fillDay(stage.world, { hallId, itemId, day, times: ['10:00'] });
    const citizen = await newCitizen(stage.world);
    const phone = await phoneOf(stage, citizen);
    await phone.open(daysOf(itemId, day));
    await phone.tap(/^7月22日 周三 已约满/);
    await phone.sees('7月22日 周三 约满了，可以排候补');
    await looks.at(phone.page, 'days-full');
    await phone.tap('排候补');
    await phone.tap(NO_MESSAGES);
    await phone.sees(/^已排上候补/);
    await looks.at(phone.page, 'waitlist-joined');
    await phone.tap('看我的候补');
    await phone.sees('等候名额');
    await looks.at(phone.page, 'waitlist-waiting');
    await holding?.citizen.client.booking.cancel({ bookingId: holding.booking.id });
    letPass(11);
    await stage.world.runRepeat('booking.reopen-places');
    await stage.world.drain();
    await phone.open('pages/inbox/list/index');
    await phone.tap(/候补/);
    await phone.sees('这个名额正为您保留，确认了才算约上');
    await looks.at(phone.page, 'waitlist-offer-card');
    await phone.open('pages/booking/waitlist/index');
    await phone.sees('有名额了');
    await looks.at(phone.page, 'waitlist-offered');
    await phone.tap('就约 10:00');
    await phone.tap(NO_MESSAGES);
    await phone.sees('预约成功');
    expect((await citizen.client.booking.listMine({})).items).toMatchObject([{ day, state: 'confirmed' }]);
  });

  flow('at a time that the hall closes is moved to a near one by one tap on the message’s page', async () => {
    const day = '2026-07-23';
    const citizen = await newCitizen(stage.world);
    const { id, code } = await book(citizen, idCard, day, '10:00');
    await manager.client.calendar.addClosure({
      requestId: requestId(),
      queueId: cityIds.queue('SM-C'),
      days: [day],
      reason: '设备检修',
    });
    await stage.world.drain();
    const phone = await phoneOf(stage, citizen);
    await phone.open('pages/inbox/list/index');
    await phone.tap(/设备检修/);
    await phone.sees('大厅这个时间不开放了，请改个时间');
    await looks.at(phone.page, 'closed');
    await phone
      .buttons(/^改到 7月2[24]日/)
      .first()
      .tap();
    await phone.sees(/^已改到/);
    await phone.words('自己选时间').waitFor({ state: 'hidden' });
    await looks.at(phone.page, 'closed-moved');
    const moved = await citizen.client.booking.getMine({ bookingId: id });
    expect(moved).toMatchObject({ state: 'confirmed', code });
    expect(moved.day).not.toBe(day);
  });

  flow('begins at a mini-program code on the wall', async () => {
    const citizen = await newCitizen(stage.world);
    const { page, scene } = await manager.client.entryCodes.issue({ kind: 'item', targetId: idCard });
    const phone = await phoneOf(stage, citizen);
    await phone.open(`${page}?scene=${encodeURIComponent(scene)}`);
    await phone.button(/^今天 .*余/).waitFor();
    const desk = await manager.client.entryCodes.issue({
      kind: 'window',
      targetId: cityIds.desk('RC-SM', 5),
    });
    await phone.open(`${desk.page}?scene=${encodeURIComponent(desk.scene)}`);
    await phone.button('约个时间来').waitFor();
    await looks.at(phone.page, 'entry-window');
    await phone.open(`${desk.page}?scene=34679ACD`);
    await phone.sees(/^这个码已失效/);
    await looks.at(phone.page, 'entry-unknown');
  });

  it('can be read, reached and tapped on every one of these pages, in each way of looking', () => {
    expect(looks.found).toEqual({});
    expect(stage.complaints()).toEqual([]);
  });
});
