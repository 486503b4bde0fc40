import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { demoPassword } from '../../apps/api/src/db/demo/index.js';
import { requestId } from '../support/builders/booking.js';
import { idNumberOf, newCitizen } from '../support/builders/citizen.js';
import { cityIds, seedCity } from '../support/builders/city.js';
import { newWorld, type World } from '../support/world.js';
import { builtHall, newScreen, openBrowser, signIn } from './support/site.js';

let world: World;
let browser: Browser;
beforeAll(async () => {
  world = await newWorld({ pages: await builtHall() });
  await seedCity(world);
  browser = await openBrowser();
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await world?.close();
});

/** Goes on by Tab until what has the focus is it. */
async function tabTo(page: Page, name: RegExp | string): Promise<void> {
  for (let steps = 0; steps < 40; steps++) {
    const here = await page.evaluate(() => {
      const at = document.activeElement;
      const labels = at instanceof HTMLInputElement ? [...(at.labels ?? [])] : [];
      const own = at?.matches('a,button') ? at.textContent : '';
      return [at?.getAttribute('aria-label'), ...labels.map((label) => label.textContent), own].join(' ');
    });
    if (typeof name === 'string' ? here.includes(name) : name.test(here)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never came to ${String(name)}`);
}

describe('bookings by keyboard alone', () => {
  it('are made on the telephone, found, moved with a reason, exported and cancelled', async () => {
    const { page, complaints } = await newScreen(browser, { acceptDownloads: true });
    const press = (key: string) => page.keyboard.press(key);
    await signIn(page, world.baseUrl, 'manager01', demoPassword);
    await page.waitForURL('**/hall/overview');
    await tabTo(page, '预约');
    await press('Enter');
    await page.getByText('没有这样的预约').waitFor();

    await press('F3');
    await page.getByLabel('身份证号').waitFor();
    await press('Control+Enter');
    await page.getByText('还差：').waitFor();
    await page.keyboard.type(idNumberOf(77));
    await page.getByText('请把预约码念给他').waitFor();
    await tabTo(page, '姓名');
    await page.keyboard.type('林秀英');
    await press('Tab');
    await page.keyboard.type('15400005678');
    await press('Tab');
    await page.keyboard.type('bdcdyq');
    await page
      .getByRole('option', { name: /不动产抵押权首次登记/ })
      .first()
      .waitFor({ state: 'attached' });
    await press('Enter');
    await page.getByRole('radio', { name: /余/ }).first().waitFor({ state: 'attached' });
    await tabTo(page, /余 \d+/);
    await press('ArrowRight');
    await page.getByRole('radiogroup', { name: /的时间/ }).waitFor();
    await tabTo(page, / 到 /);
    await press('Space');
    await press('ArrowDown');
    await press('Control+Enter');
    await page.getByText('约好了').waitFor();
    const code = (await page.locator('.booked-code').innerText()).replaceAll(' ', '');
    expect(code).toMatch(/^[0-9A-Z]{6}$/);
    await press('Enter');
    await page.locator('.booked').waitFor({ state: 'detached' });
    await page.getByText('共 1 条').waitFor();

    await press('/');
    await page.keyboard.type('5678');
    await press('Enter');
    await page.getByText('共 1 条').waitFor();
    await press('ArrowDown');
    await press('Enter');
    await page.getByText('打电话预约了').waitFor();
    await press('g');
    await page.getByRole('radiogroup', { name: /的时间/ }).waitFor();
    await tabTo(page, /余 \d+/);
    await press('ArrowRight');
    await page.getByText('时间：7月16日 周四').waitFor();
    await page.getByRole('radio', { name: /09:30 到/ }).waitFor({ state: 'attached' });
    await tabTo(page, / 到 /);
    await press('Space');
    await press('ArrowRight');
    await tabTo(page, '原因');
    await page.keyboard.type('本人来电，那天有事');
    await press('Control+Enter');
    await page
      .locator('.ant-modal-confirm-title', { hasText: '把 林** 的预约改到 7月16日 周四 09:30–10:00？' })
      .waitFor();
    await page.getByText('本人没有手机账号，收不到通知，请打电话告知。').waitFor();
    await page.locator('.ant-modal-confirm .ant-btn-primary:focus').waitFor();
    await press('Enter');
    await page.getByText('已改时间，本人没有手机账号，请打电话告知。').waitFor();
    await page.getByText('沈丽君：本人来电，那天有事').waitFor();

    await press('x');
    await page.getByText('取消 林** 7月16日 周四 09:30–10:00 的预约？').waitFor();
    await press('Control+Enter');
    await page.getByText('请写明原因').waitFor();
    await page.keyboard.type('本人来电取消');
    await press('Control+Enter');
    await page.getByText('已取消，本人没有手机账号，请打电话告知。').waitFor();
    await press('Escape');
    await page.getByText('变动记录').waitFor({ state: 'detached' });
    await page.getByText('已取消').first().waitFor();

    await tabTo(page, '导出表格');
    const coming = page.waitForEvent('download');
    await press('Enter');
    const file = await coming;
    expect(file.suggestedFilename()).toBe('预约-2026-07-14.xlsx');
    expect(
      readFileSync(await file.path())
        .subarray(0, 2)
        .toString('latin1'),
    ).toBe('PK');
    await page.getByText('已导出 1 条').waitFor();
    expect(complaints).toEqual([]);
  }, 120_000);

  it('are made at the desk without leaving it, and found there in the list of the day', async () => {
    const { page, complaints } = await newScreen(browser);
    const press = (key: string) => page.keyboard.press(key);
    await signIn(page, world.baseUrl, 'clerk04', demoPassword);
    await page.getByLabel('窗口号').waitFor();
    await page.keyboard.type('13');
    await press('Enter');
    await page.locator('.desk-bar').waitFor();
    await press('F3');
    await page.getByLabel('身份证号').waitFor();
    await page.keyboard.type(idNumberOf(78));
    await tabTo(page, '姓名');
    await page.keyboard.type('陈阿水');
    await tabTo(page, '事项');
    await page.keyboard.type('bdcdyq');
    await page.getByRole('option').first().waitFor({ state: 'attached' });
    await press('Enter');
    await page.getByRole('radio', { name: /15:00 到/ }).waitFor({ state: 'attached' });
    await tabTo(page, / 到 /);
    await press('Space');
    await press('Control+Enter');
    await page.locator('.booked-code').waitFor();
    // What was typed, although Enter came as soon as there was anything to take.
    await page.locator('.booked').getByText('不动产抵押权首次登记').waitFor();
    expect(await page.getByText('没有留电话').isVisible()).toBe(true);
    await press('Enter');
    await page.locator('.booked-code').waitFor({ state: 'detached' });
    await press('3');
    await page.getByText('陈**').waitFor();
    expect(complaints).toEqual([]);
  }, 90_000);

  it('give the focus back to the row that was opened, and leave each day as it was typed', async () => {
    const at = { itemId: cityIds.item('mortgage'), hallId: cityIds.hall('RC-SM') };
    const free = async (day: string) => {
      const { items } = await world.client().booking.listSlots({ ...at, day });
      return items.find(({ remaining }) => remaining > 0)?.id ?? '';
    };
    for (const day of ['2026-07-17', '2026-07-20', '2026-07-21']) {
      const { client } = await newCitizen(world);
      await client.booking.reserve({ requestId: requestId(), itemId: at.itemId, slotId: await free(day) });
    }
    const { page, complaints } = await newScreen(browser, { locale: 'zh-CN' });
    const press = (key: string) => page.keyboard.press(key);
    await signIn(page, world.baseUrl, 'manager01', demoPassword);
    await page.waitForURL('**/hall/overview');
    await page.goto(`${world.baseUrl}/hall/bookings`);
    const row = (day: string) => page.locator('.row-open', { hasText: day });
    await row('7月21日').waitFor();

    const [from, to] = [page.getByLabel('从哪天'), page.getByLabel('到哪天')];
    await tabTo(page, '到哪天');
    // As this Chromium has it: month, day, year; it changes with every digit.
    await page.keyboard.type('07202026');
    await row('7月21日').waitFor({ state: 'detached' });
    await row('7月20日').waitFor();
    expect([await from.inputValue(), await to.inputValue()]).toEqual(['2026-07-14', '2026-07-20']);
    for (const key of ['ArrowLeft', 'ArrowLeft']) await press(key);
    await page.keyboard.type('07102026');
    await press('Enter');
    await page.getByRole('alert').getByText('“到哪天”不能早于“从哪天”').waitFor();
    expect([await from.inputValue(), await to.inputValue()]).toEqual(['2026-07-14', '2026-07-10']);
    await row('7月20日').waitFor();

    await tabTo(page, '今后全部');
    await press('/');
    await press('ArrowDown');
    const focused = page.locator('.row-open:focus');
    for (let rows = 0; rows < 10 && !(await focused.innerText()).includes('7月20日'); rows++)
      await press('ArrowDown');
    const opened = await focused.innerText();
    expect(opened).not.toBe(await page.locator('.row-open').first().innerText());
    await press('Enter');
    await page.locator('.timeline li').first().waitFor();
    await press('x');
    await page.getByLabel('原因（群众会看到）').and(page.locator(':focus')).waitFor();
    await press('Escape');
    await page.getByLabel('原因（群众会看到）').waitFor({ state: 'detached' });
    await press('Escape');
    await page.getByText('变动记录').waitFor({ state: 'detached' });
    await focused.waitFor();
    expect(await focused.innerText()).toBe(opened);
    await press('ArrowUp');
    await page.locator('.row-open:focus', { hasText: '7月17日' }).waitFor();
    expect(complaints).toEqual([]);
  }, 90_000);

  it('keep what was typed until one says that it may go', async () => {
    const { page, complaints } = await newScreen(browser);
    await signIn(page, world.baseUrl, 'clerk01', demoPassword);
    await page.getByLabel('窗口号').waitFor();
    await page.goto(`${world.baseUrl}/hall/bookings`);
    await page.getByRole('button', { name: '代约' }).waitFor();
    expect(await page.getByRole('button', { name: '导出表格' }).count()).toBe(0);
    await page.keyboard.press('F3');
    await page.getByLabel('身份证号').waitFor();
    await page.keyboard.type('3599');
    await page.keyboard.press('Escape');
    await page.locator('.ant-modal-confirm-title', { hasText: '不约了？' }).waitFor();
    await page.getByRole('button', { name: '接着填' }).click();
    expect(await page.getByLabel('身份证号').inputValue()).toBe('3599');
    expect(complaints).toEqual([]);
  }, 60_000);
});
