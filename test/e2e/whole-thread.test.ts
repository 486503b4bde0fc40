import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { demoPassword } from '../../apps/api/src/db/demo/index.js';
import { cityIds } from '../support/builders/city.js';
import { signIn } from '../hall/support/site.js';
import {
  ITEM,
  bookToday,
  checkIn,
  findItem,
  rate,
  readSpecimen,
  seesCall,
  sendHome,
  signUp,
} from './support/citizen-acts.js';
import { Phone } from './support/phone.js';
import { keepPicture, publishPicture } from './support/pictures.js';
import { fillHall } from './support/other-people.js';
import { devices, newStage, type Stage } from './support/stage.js';
import { steps } from './support/steps.js';

const PHONE = 468;
const DESK = 1280;
const DISPLAY = 1280;

let stage: Stage;
let phone: Phone;
let desk: Page;
let courier: Page;
let display: Page;
/** What one step leaves for later ones. */
const thread = { label: '', certificateNo: '', waybillNo: '' };

beforeAll(async () => {
  stage = await newStage();
  [{ page: desk }, { page: courier }, { page: display }] = await Promise.all([
    stage.screen(devices.desk),
    stage.screen(devices.desk),
    stage.screen(devices.display),
  ]);
  phone = await Phone.of(stage, (await stage.screen(devices.phone)).page);
  await Promise.all([
    display.goto(`${stage.world.baseUrl}/hall/display/${cityIds.hall('RC-SM')}`),
    signIn(courier, stage.world.baseUrl, 'courier01', demoPassword),
  ]);
}, 300_000);
afterAll(() => stage?.close());

describe('one thread, from the sofa to the letter box', () => {
  const step = steps(60_000, () => stage.keepAll());

  step('a newcomer signs in, agrees, and gives name and phone number', async () => {
    await signUp(phone);
    await phone.toTab('首页');
    await phone.sees('热门事项');
    await publishPicture(phone.page, 'phone-home', PHONE);
  });

  step('finds what to bring and a filled-in specimen', async () => {
    await findItem(phone);
    await publishPicture(phone.page, 'phone-guide', PHONE);
    await readSpecimen(phone);
  });

  step('books a slot of today and gets a card with code and QR', async () => {
    expect(await bookToday(phone)).toMatch(/^[0-9A-Z]{6}$/);
    await phone.page.getByRole('img', { name: /^预约码/ }).waitFor();
    await publishPicture(phone.page, 'phone-booking', PHONE);
  });

  step('the clerk signs in and opens the desk', async () => {
    await signIn(desk, stage.world.baseUrl, 'clerk04', demoPassword);
    await desk.getByLabel('窗口号').waitFor();
    await desk.keyboard.type('13');
    await desk.keyboard.press('Enter');
    await desk.getByText('现在没有人等候').waitFor();
  });

  step(
    'checks in: the ticket shows the place in the queue, the desk who is next, the display who waits',
    async () => {
      thread.label = await checkIn(phone);
      expect(thread.label).toMatch(/^A\d{3}$/);
      await phone.sees(/马上就到|分钟/);
      await publishPicture(phone.page, 'phone-ticket', PHONE);
      await desk.locator('.next-number', { hasText: thread.label }).waitFor();
      await display.getByRole('row', { name: /不动产登记.*等 1 人/ }).waitFor();
    },
  );

  step('one press of the space bar: the call fills the phone and stands on the display', async () => {
    await desk.keyboard.press('Space');
    await Promise.all([
      desk.getByText('呼叫中').waitFor(),
      seesCall(phone, thread.label, /^13 号/),
      display.locator('.call', { hasText: thread.label }).waitFor(),
    ]);
    await publishPicture(phone.page, 'phone-called', PHONE);
    await fillHall(stage.world);
    await display.getByRole('row', { name: /不动产登记.*等 4 人/ }).waitFor();
    await display.locator('.call', { hasText: 'C001' }).waitFor();
    await publishPicture(display, 'display', DISPLAY);
  });

  step('the clerk starts, takes the papers and opens the case', async () => {
    await desk.keyboard.press('s');
    await desk.getByText('办理中').waitFor();
    await phone.sees(/正在 13 号.*办理/);
    await publishPicture(desk, 'desk', DESK);
    await desk.keyboard.press('F4');
    await desk.getByText('还缺必需材料').waitFor();
    await desk.keyboard.press('a');
    await desk.getByText('材料齐了').waitFor();
    await keepPicture(desk, 'desk-open-case');
    await desk.keyboard.press('F4');
    await desk.getByRole('heading', { name: '经过' }).waitFor();
    await desk.keyboard.press('Escape');
    await desk.getByRole('heading', { name: '经过' }).waitFor({ state: 'detached' });
    await desk.keyboard.press('F2');
    await desk.getByText('窗口空闲').waitFor();
  });

  step('the visit is rated on the phone, and the display counts it', async () => {
    await phone.sees('已办完');
    await phone.tap('评价这次服务');
    await phone.sees('您对这次服务满意吗？');
    await rate(phone, '非常满意', '很快，讲得清楚');
    await phone.sees('已办完');
    await display.locator('.wall-facts').getByText('100%').waitFor();
    await display.locator('.wall-facts').getByText('1 件次').waitFor();
  });

  step('the case goes through review and decision to its certificate, and is closed', async () => {
    await desk.getByRole('link', { name: '办件' }).click();
    await desk.getByRole('row', { name: /林\*\*.*受理/ }).click();
    const press = async (key: string, button: string) => {
      await desk.getByRole('button', { name: button }).waitFor();
      await desk.keyboard.press(key);
    };
    await press('a', '进入审核');
    await press('a', '进入决定');
    await press('d', '准予');
    await desk.locator('.ant-modal-confirm .ant-btn-primary:focus').waitFor();
    await desk.keyboard.press('Enter');
    await desk.getByText('这一步不能撤销').waitFor({ state: 'hidden' });
    await press('z', '制发证照');
    await desk.getByLabel('份数').waitFor();
    await desk.keyboard.press('Control+Enter');
    await desk.getByText('在窗口，待领取或寄出').waitFor();
    await press('j', '办结');
    await desk.locator('.ant-modal-confirm .ant-btn-primary:focus').waitFor();
    await desk.keyboard.press('Enter');
    await desk.getByText('这一步不能撤销').waitFor({ state: 'hidden' });
    await keepPicture(desk, 'desk-case');
  });

  step('the phone follows it under 进度', async () => {
    await phone.toTab('进度');
    await phone.tap(new RegExp(`^${ITEM}`));
    await phone.sees(/承诺 1 ?个工作日内办结，已按时完成/);
    await phone.sees('不动产权证书');
    thread.certificateNo = await phone.page
      .locator('.fact', { hasText: '编号' })
      .filter({ visible: true })
      .last()
      .locator('.fact__value')
      .innerText();
    await publishPicture(phone.page, 'phone-case', PHONE);
  });

  step('address, fee and payment', async () => {
    await sendHome(phone);
    await phone.sees(/^EMS [A-Z]{2}/);
    const shown = await phone.words(/^EMS [A-Z]{2}/).innerText();
    thread.waybillNo = shown.replace(/^EMS|\s/g, '');
    expect(thread.waybillNo).toMatch(/^[A-Z]{2}\d{9}CN$/);
  });

  step('the courier desk refuses a wrong waybill, and hands over the right parcel', async () => {
    await courier.reload();
    await courier.getByRole('row', { name: new RegExp(thread.waybillNo.slice(-5, -2)) }).waitFor();
    const scan = async (text: string) => {
      await courier.keyboard.type(text);
      await courier.keyboard.press('Enter');
    };
    await scan(`${thread.waybillNo.slice(0, 10)}${(Number(thread.waybillNo[10]) + 1) % 10}CN`);
    await courier.getByRole('alert').getByText('不是邮件号').waitFor();
    await scan(thread.waybillNo);
    await courier.getByText('请扫要装进去的证照编号').waitFor();
    await scan('别人的证');
    await courier.getByRole('alert').getByText('证照与面单不是一件').waitFor();
    await keepPicture(courier, 'courier-desk-refuses');
    await scan(thread.certificateNo);
    await courier.getByText('配对一致，已交 EMS').waitFor();
    await publishPicture(courier, 'courier-desk', DESK);
  });

  step('EMS scans it on its way, and the phone shows it delivered', async () => {
    await scanToTheEnd();
    await phone.toTab('进度');
    await phone.tap('寄递');
    await phone.tap(/^不动产权证书/);
    await phone.sees('已签收');
    await publishPicture(phone.page, 'phone-delivered', PHONE);
    await phone.tap(new RegExp(`^${ITEM}`));
    await phone.sees('已送达');
    await keepPicture(phone.page, 'phone-case-delivered');
  });

  step('the case is rated, too', async () => {
    await phone.tap('评价');
    await rate(phone, '满意');
  });

  step('the inbox has every message and counts the unread', async () => {
    await phone.toTab('我的');
    await phone.tap(/^消息 \d+ 条未读/);
    for (const words of [/预约/, /叫号|请到/, /办结/, /支付/, /寄|EMS/]) await phone.sees(words);
    await keepPicture(phone.page, 'phone-inbox');
    await phone.tap('全部标为已读');
    await phone.words('未读').waitFor({ state: 'hidden' });
  });

  step('no screen complained', () => {
    expect(stage.complaints()).toEqual([]);
  });
});

/** On the simulator's own page, as somebody who tries the product would. */
async function scanToTheEnd(): Promise<void> {
  const { page } = await stage.screen(devices.desk);
  await page.goto(stage.world.simulators.ems.url);
  await page.getByText(thread.waybillNo).first().click();
  const next = page.getByRole('button', { name: /^下一步/ });
  await next.waitFor();
  for (;;) {
    // After the last scan there is none.
    const before = await next.innerText({ timeout: 3_000 }).catch(() => undefined);
    if (before === undefined) return;
    await page.getByRole('button', { name: before }).click();
    await page.waitForFunction(
      (text) => ![...document.querySelectorAll('button')].some((each) => each.textContent.trim() === text),
      before,
    );
  }
}
