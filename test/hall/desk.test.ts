import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { demoPassword } from '../../apps/api/src/db/demo/index.js';
import { newCitizen } from '../support/builders/citizen.js';
import { cityIds, seedCity } from '../support/builders/city.js';
import { requestId } from '../support/builders/booking.js';
import { newWorld, type World } from '../support/world.js';
import { builtHall, newScreen, openBrowser, signIn } from './support/site.js';

const ITEM = 'mortgage';
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

const number = (page: Page, label: string) => page.locator('.ticket-number', { hasText: label }).waitFor();

describe('signing in', () => {
  it('says what is wrong, and opens the page of the role', async () => {
    const { page, complaints } = await newScreen(browser);
    await signIn(page, world.baseUrl, 'courier01', 'not-the-password');
    await page.getByRole('alert').getByText('账号或密码不正确').waitFor();
    await page.getByLabel('密码', { exact: true }).fill(demoPassword);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/hall/parcels');
    expect(await page.getByRole('link', { name: '窗口', exact: true }).count()).toBe(0);
    expect(complaints).toEqual([]);
  }, 60_000);

  it('keeps the session over a reload, and ends it in this tab by signing out', async () => {
    const { page } = await newScreen(browser);
    await signIn(page, world.baseUrl, 'manager01', demoPassword);
    await page.waitForURL('**/hall/overview');
    await page.reload();
    await page.getByText('正在等候').waitFor();
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
    await page.getByRole('button', { name: /沈丽君/ }).click();
    await page.getByText('退出登录').click();
    await page.waitForURL('**/hall/sign-in');
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
  }, 60_000);
});

describe('a session', () => {
  it('is renewed once, however many calls notice that the token has run out', async () => {
    const { page, complaints } = await newScreen(browser);
    await signIn(page, world.baseUrl, 'manager01', demoPassword);
    await page.getByText('正在等候').waitFor();
    const renewals: string[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/api/session/refresh')) renewals.push(request.url());
    });
    // Away from the page, so that none of its own calls meets the new time before all of them do.
    const address = page.url();
    await page.goto('about:blank');
    world.clock.advance(16 * 60_000);
    await page.goto(address);
    await page.getByText('共 20 个窗口').waitFor();
    await page.getByText('未评价的不算满意').waitFor();
    expect(renewals).toHaveLength(1);
    expect(complaints).toEqual([]);
  }, 60_000);
});

describe('the desk by keyboard alone', () => {
  it('opens, calls, recalls, starts, opens a case, decides it, finishes and pauses', async () => {
    for (let i = 0; i < 2; i++) {
      const citizen = await newCitizen(world);
      await citizen.client.queue.takeTicket({
        requestId: requestId(),
        hallId: cityIds.hall('RC-SM'),
        itemId: cityIds.item(ITEM),
      });
    }
    const { page, complaints } = await newScreen(browser);
    const press = (key: string) => page.keyboard.press(key);
    await signIn(page, world.baseUrl, 'clerk04', demoPassword);
    await page.getByLabel('窗口号').waitFor();
    await page.keyboard.type('13');
    await press('Enter');
    await page.locator('.next-number', { hasText: 'A001' }).waitFor();

    await press('Space');
    await number(page, 'A001');
    await page.getByText('呼叫中').waitFor();
    await press('r');
    await page.getByText('第 2 次').waitFor();
    await press('s');
    await page.getByText('办理中').waitFor();

    await press('F4');
    await page.getByText('还缺必需材料').waitFor();
    await press('a');
    await page.getByText('材料齐了').waitFor();
    await press('F4');
    await page.getByRole('heading', { name: '经过' }).waitFor();
    await press('a');
    await page.getByRole('button', { name: '进入决定' }).waitFor();
    await press('a');
    await page.getByRole('button', { name: '准予' }).waitFor();
    await press('d');
    await page.getByText('这一步不能撤销').waitFor();
    // The dialog takes the focus once it has come in.
    await page.locator('.ant-modal-confirm .ant-btn-primary:focus').waitFor();
    await press('Enter');
    await page.getByRole('button', { name: '制发证照' }).waitFor();
    await page.getByText('这一步不能撤销').waitFor({ state: 'hidden' });
    await press('z');
    await page.getByLabel('份数').waitFor();
    await press('Control+Enter');
    await page.getByText('在窗口，待领取或寄出').waitFor();
    await press('Escape');
    await page.getByRole('heading', { name: '经过' }).waitFor({ state: 'detached' });

    await press('F2');
    await page.getByText('窗口空闲').waitFor();
    await press('Space');
    await number(page, 'A002');
    await press('n');
    await page.locator('.ant-modal-confirm-title', { hasText: '过号 A002？' }).waitFor();
    await page.locator('.ant-modal-confirm .ant-btn-primary:focus').waitFor();
    await press('Enter');
    await page.getByText('窗口空闲').waitFor();
    await press('F8');
    await page.getByText('窗口已暂停').waitFor();

    const view = await world.client().queue.display({ hallId: cityIds.hall('RC-SM') });
    expect(view.servedToday).toBe(1);
    expect(complaints).toEqual([]);
  }, 120_000);

  it('issues a number by pinyin initials', async () => {
    const { page, complaints } = await newScreen(browser);
    await signIn(page, world.baseUrl, 'clerk01', demoPassword);
    await page.getByLabel('窗口号').waitFor();
    await page.keyboard.type('16');
    await page.keyboard.press('Enter');
    await page.locator('.desk-bar').waitFor();
    await page.keyboard.press('F9');
    await page.getByRole('option').first().waitFor();
    await page.keyboard.type('bdcdyq');
    await page.getByRole('option', { name: /不动产抵押权首次登记/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.locator('[role=option][aria-selected=true]').waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.issued-number', { hasText: /^A\d{3}$/ }).waitFor();
    expect(complaints).toEqual([]);
  }, 60_000);
});
