import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { requestId, slotAt } from '../support/builders/booking.js';
import { cityIds } from '../support/builders/city.js';
import { idNumberOf, newCitizen, type TestCitizen } from '../support/builders/citizen.js';
import { authorise, newCreditCode } from '../support/builders/people.js';
import { demoStaff } from '../support/builders/staff.js';
import { Looks } from './support/looks.js';
import { letPassUntil } from './support/opening-hours.js';
import { devices, newStage, type Stage } from './support/stage.js';
import { phoneOf } from './support/signed-in.js';
import { flows } from './support/steps.js';

const hallId = cityIds.hall('RC-SM');
const itemId = cityIds.item('id-card-renew');

let stage: Stage;
const looks = new Looks('people');
beforeAll(async () => {
  stage = await newStage();
}, 300_000);
afterAll(() => stage?.close());

async function book({ client }: TestCitizen, day: string, time: string) {
  const { id: slotId } = await slotAt(stage.world, { hallId, itemId, day, time });
  return client.booking.reserve({ requestId: requestId(), itemId, slotId });
}

describe('whoever books', () => {
  const flow = flows(120_000, () => stage.keepAll());

  flow('books for a parent who said a code, and the parent can end it', async () => {
    const [parent, child] = [await newCitizen(stage.world), await newCitizen(stage.world)];
    const own = await phoneOf(stage, parent);
    await own.open('pages/mine/index');
    await own.tap(/^家人和单位授权/);
    await own.button('生成授权码').waitFor();
    await looks.at(own.page, 'family-none');
    await own.tap('生成授权码');
    await own.button('换一个授权码').waitFor();
    await looks.at(own.page, 'family-code');
    const code = await own.page.locator('#own-code').innerText();

    const phone = await phoneOf(stage, child);
    await phone.open('pages/account/family/index');
    await phone.tap(/^加一位有手机的家人/);
    await phone.tap('提交');
    await phone.sees('授权码是 6 位字母和数字');
    await looks.at(phone.page, 'family-form-code');
    await phone.fill('授权码', code.toLowerCase());
    await phone.tap('提交');
    await phone.button('结束授权').waitFor();
    await looks.at(phone.page, 'family-agent');

    await phone.open(`pages/booking/days/index?itemId=${itemId}&hallId=${hallId}&day=2026-07-15`);
    await phone.tap(/^办 1 件事/);
    await phone.tap(/^林\*，父母$/);
    await looks.at(phone.page, 'visit-for');
    await phone.tap('好了');
    await phone.button(/替别人办/).waitFor();
    await phone.tap(/^明天 7月15日 周三 余/);
    await phone.tap(/^10:00 余/);
    await phone.tap('预约 明天 10:00');
    await phone.sees(/^为您保留/);
    await looks.at(phone.page, 'confirm-for');
    await phone.tap('确认预约');
    await phone.tap('不用了');
    await phone.sees('预约成功');
    await looks.at(phone.page, 'card-for');
    expect((await child.client.booking.listMine({})).items).toMatchObject([{ forName: '林*' }]);

    await own.open('pages/home/index');
    await own.open('pages/account/family/index');
    await own.tap('结束授权');
    await own.page.getByRole('dialog', { name: '结束授权' }).waitFor();
    await looks.at(own.page, 'family-end');
    await own.page.getByRole('dialog').getByRole('button', { name: '结束授权' }).tap();
    await own.button('结束授权').waitFor({ state: 'detached' });
    await looks.at(own.page, 'family-ended');
    const { asAgent } = await child.client.people.listAuthorisations({});
    expect(asAgent).toMatchObject([{ state: 'ended', usable: false }]);
  });

  flow(
    'declares the papers of a parent for the green channel on the way, and nothing for oneself',
    async () => {
      const { world } = stage;
      const parent = await newCitizen(world, { idNumber: idNumberOf(881, '19700101') });
      const child = await newCitizen(world, { idNumber: idNumberOf(882, '19950101') });
      const { id: authorisationId, principalName } = await authorise(parent, child);
      const phone = await phoneOf(stage, child, devices.phone);
      await phone.open(`pages/booking/days/index?itemId=${itemId}&hallId=${hallId}&day=2026-07-17`);
      await phone.tap(/^办 1 件事/);
      await phone.tap(`${principalName}，父母`);
      await phone.tap(/^走绿色通道/);
      await phone.sees(`${principalName}还没有有效的登记`);
      await looks.at(phone.page, 'visit-green-for');
      await phone.tap(`去替 ${principalName} 登记`);
      await phone.sees(`登记 ${principalName} 的情况`);
      await looks.at(phone.page, 'green-for');
      await phone.tap('重病或行动不便');
      await phone.fill('证件号或证明名称', '市一医院诊断证明');
      await phone.tap('登记');
      await phone.button('撤回登记').waitFor();
      await looks.at(phone.page, 'green-for-declared');
      await phone.tap(/^本人/);
      await phone.sees('登记我的情况');
      await phone.button('撤回登记').waitFor({ state: 'detached' });
      await looks.at(phone.page, 'green-for-own');
      await phone.tap('返回');
      await phone.sees(`${principalName}可以预约绿色通道`);
      await looks.at(phone.page, 'visit-green-for-open');
      expect(await child.client.people.getGreen({})).toMatchObject({ mayUse: false, items: [] });

      await parent.client.people.endAuthorisation({ authorisationId });
      await phone.open('pages/home/index');
      await phone.open(`pages/account/green/index?for=${authorisationId}`);
      await phone.sees(/^您现在不能替这位家人登记/);
      await looks.at(phone.page, 'green-for-ended');
      await phone.tap('改为登记本人的情况');
      await phone.sees('登记我的情况');
      await world.drain();
      const { items } = await parent.client.notifications.listInbox({});
      expect(items.map(({ title }) => title)).toContain('有人替您登记了绿色通道');
    },
  );

  flow(
    'asks to book for a company and for a relative without a phone, which a desk has to check',
    async () => {
      const phone = await phoneOf(stage, await newCitizen(stage.world));
      await phone.open('pages/account/family/index');
      await phone.tap(/^加一个单位/);
      await phone.fill('单位名称', '榕城市云山榕树纪念品经营有限责任公司');
      await phone.fill('统一社会信用代码', '91350100MA0000001X');
      await phone.tap('提交');
      await phone.sees('统一社会信用代码有误，请对照营业执照检查');
      await looks.at(phone.page, 'family-form-company');
      await phone.fill('统一社会信用代码', newCreditCode());
      await phone.tap('提交');
      await phone.button('结束授权').waitFor();
      await looks.at(phone.page, 'family-pending');
      await phone.tap(/^加一位没有手机的家人/);
      await phone.fill('家人姓名', '林老');
      await phone.tap('提交');
      await phone.sees('身份证号有误，请对照身份证检查');
      await looks.at(phone.page, 'family-form-family');
      await phone.tap('先不加');
      await phone.button('结束授权').waitFor();
    },
  );

  flow('did not come, appeals, and sees that it no longer counts', async () => {
    const citizen = await newCitizen(stage.world);
    const { id } = await book(citizen, '2026-07-14', '15:00');
    letPassUntil('2026-07-14 17:30');
    await stage.world.runRepeat('booking.mark-no-shows');
    const phone = await phoneOf(stage, citizen);
    await phone.open(`pages/booking/detail/index?id=${id}`);
    await phone.button('有特殊情况？申诉这次爽约').waitFor();
    await looks.at(phone.page, 'card-missed');
    await phone.tap('有特殊情况？申诉这次爽约');
    await phone.tap('提交申诉');
    await phone.sees('请写明那天为什么没能到场');
    await looks.at(phone.page, 'standing-form');
    await phone.fill('那天为什么没能到场', '那天早上孩子发高烧，送去医院了，有挂号单。');
    await phone.tap('提交申诉');
    await phone.button('提交申诉').waitFor({ state: 'detached' });
    await looks.at(phone.page, 'standing-sent');
    const [appeal] = (await citizen.client.people.listAppeals({})).items;
    const { people } = demoStaff(stage.world, 'manager01').client;
    await people.decideAppeal({ appealId: appeal?.id ?? '', result: 'granted', reason: '有挂号单' });
    await phone.open('pages/home/index');
    await phone.open(`pages/booking/standing/index?hallId=${hallId}`);
    await phone.sees('已撤销');
    await looks.at(phone.page, 'standing-excused');
  });

  flow('is reminded the evening before and answers in one tap', async () => {
    const [coming, absent] = [await newCitizen(stage.world), await newCitizen(stage.world)];
    const [first, second] = [
      await book(coming, '2026-07-16', '10:00'),
      await book(absent, '2026-07-16', '10:00'),
    ];
    letPassUntil('2026-07-15 18:01');
    await stage.world.runRepeat('booking.remind');
    await stage.world.drain();
    const phone = await phoneOf(stage, coming);
    await phone.open('pages/inbox/list/index');
    await phone.tap(/^预约提醒/);
    await phone.button('我会来').waitFor();
    await looks.at(phone.page, 'reminder');
    await phone.tap('我会来');
    await phone.tap('不用了');
    await phone.sees('您已回复“我会来”，大厅会等您。');
    await looks.at(phone.page, 'reminder-coming');
    expect(await coming.client.booking.getMine({ bookingId: first.id })).toMatchObject({ reply: 'coming' });

    const other = await phoneOf(stage, absent);
    await other.open('pages/inbox/list/index');
    await other.tap(/^预约提醒/);
    await other.tap('放弃名额');
    const question = other.page.getByRole('dialog');
    await question.waitFor();
    await looks.at(other.page, 'reminder-question');
    await question.getByRole('button', { name: '放弃名额' }).tap();
    await other.sees('已取消');
    expect(await absent.client.booking.getMine({ bookingId: second.id })).toMatchObject({
      state: 'cancelled',
    });
  });

  it('can read, reach and tap all of it, in each way of looking', () => {
    expect(looks.found).toEqual({});
    expect(stage.complaints()).toEqual([]);
  });
});
