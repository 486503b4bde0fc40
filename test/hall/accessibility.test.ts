import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { demoPassword } from '../../apps/api/src/db/demo/index.js';
import { requestId } from '../support/builders/booking.js';
import { idNumberOf, newCitizen } from '../support/builders/citizen.js';
import { cityIds, seedCity } from '../support/builders/city.js';
import { newWorld, type World } from '../support/world.js';
import { builtHall, newScreen, openBrowser, signIn } from './support/site.js';

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly where: string[];
}

const axe = readFileSync(
  createRequire(`${process.cwd()}/package.json`).resolve('axe-core/axe.min.js'),
  'utf8',
);
let world: World;
let browser: Browser;
beforeAll(async () => {
  world = await newWorld({ simulators: true, pages: await builtHall() });
  await seedCity(world);
  browser = await openBrowser();
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await world?.close();
});

/** What axe finds that keeps people out; at most for the page as it stands, so call it on each state. */
async function seriousFaults(page: Page): Promise<Violation[]> {
  await page.evaluate(axe);
  const found = await page.evaluate(
    // A string, for the compiled function would carry helpers of the test's own world.
    `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, impact, nodes }) => ({ id, impact, where: nodes.map(({ html }) => html) })))`,
  );
  return (found as Violation[]).filter(({ impact }) => impact === 'serious' || impact === 'critical');
}

describe('the hall for everybody', () => {
  it('has no serious fault on the sign-in page and the display', async () => {
    const { page } = await newScreen(browser, { reducedMotion: 'reduce' });
    await page.goto(`${world.baseUrl}/hall/`);
    await page.getByLabel('账号').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await page.goto(`${world.baseUrl}/hall/display/${cityIds.hall('RC-SM')}`);
    await page.locator('.wall-queues').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
  }, 60_000);

  it.each(['reduce', 'no-preference'] as const)(
    'opens a list where one can see it, however much may move: %s',
    async (reducedMotion) => {
      const { page } = await newScreen(browser, { reducedMotion });
      await signIn(page, world.baseUrl, 'manager01', demoPassword);
      await page.getByText('正在等候').waitFor();
      await page.goto(`${world.baseUrl}/hall/appeals`);
      await page.getByRole('heading', { name: '爽约申诉' }).waitFor();
      await page.locator('.page-head .ant-select').click();
      // Refuses what lies outside of the screen.
      await page.locator('.ant-select-item-option', { hasText: '未采纳' }).click();
      await page.locator('.page-head .ant-select', { hasText: '未采纳' }).waitFor();
    },
    60_000,
  );

  it('has none at the desk, with somebody being served and with each dialog', async () => {
    const citizen = await newCitizen(world);
    const ticket = { hallId: cityIds.hall('RC-SM'), itemId: cityIds.item('mortgage') };
    await citizen.client.queue.takeTicket({ requestId: requestId(), ...ticket });
    const { page } = await newScreen(browser, { reducedMotion: 'reduce' });
    await signIn(page, world.baseUrl, 'clerk04', demoPassword);
    await page.getByLabel('窗口号').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await page.keyboard.type('13');
    await page.keyboard.press('Enter');
    await page.locator('.next-number').waitFor();
    await page.keyboard.press('Space');
    await page.getByText('呼叫中').waitFor();
    await page.keyboard.press('s');
    await page.getByText('办理中').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    for (const [key, sign] of [
      ['F9', '现场发号'],
      ['F10', '预约签到'],
      ['F3', '代群众预约'],
      ['F4', '收到的材料'],
    ] as const) {
      await page.keyboard.press(key);
      await page.getByRole('dialog').getByText(sign).first().waitFor();
      await page.waitForTimeout(400);
      expect({ key, faults: await seriousFaults(page) }).toEqual({ key, faults: [] });
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
    }
  }, 90_000);

  it('has none in the calendar, with its rules, dates and dialogs', async () => {
    const { page } = await newScreen(browser, { reducedMotion: 'reduce' });
    await signIn(page, world.baseUrl, 'manager01', demoPassword);
    await page.getByText('正在等候').waitFor();
    await page.goto(`${world.baseUrl}/hall/calendar?tab=rules`);
    await page
      .getByRole('button', { name: /^编辑 / })
      .first()
      .click();
    await page.getByLabel('结束', { exact: true }).fill('11:00');
    await page.getByText('已改').waitFor();
    await page
      .getByText(/取消 \d/)
      .first()
      .waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await page.getByRole('tab', { name: '特殊日期' }).click();
    for (const [button, dialog] of [
      ['停办', '停办'],
      ['单独安排一天', /^单独安排一天/],
    ] as const) {
      await page.getByRole('tabpanel').getByRole('button', { name: button, exact: true }).click();
      await page
        .getByRole('dialog', { name: dialog })
        .getByText(/没有预约受影响|个预约受影响/)
        .waitFor();
      expect({ button, faults: await seriousFaults(page) }).toEqual({ button, faults: [] });
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
    }
    await page.getByRole('tab', { name: '变更记录' }).click();
    await page.getByRole('heading', { name: '变更记录' }).waitFor();
    expect(await seriousFaults(page)).toEqual([]);
  }, 90_000);

  it('has none on any page of any role', async () => {
    for (const username of ['clerk01', 'courier01', 'manager01', 'admin']) {
      const { page, complaints } = await newScreen(browser, { reducedMotion: 'reduce' });
      await signIn(page, world.baseUrl, username, demoPassword);
      /** Through a link, and only when its page is drawn: the address changes first, and the one before has another second row. */
      const visit = async (link: Locator) => {
        const href = await link.getAttribute('href');
        await link.click();
        await page.locator(`nav a[aria-current][href="${href}"]`).first().waitFor();
        await page.locator('.ant-skeleton').first().waitFor({ state: 'detached' });
        const at = `${username} ${new URL(page.url()).pathname}`;
        expect({ at, faults: await seriousFaults(page) }).toEqual({ at, faults: [] });
      };
      const links = page.getByRole('navigation', { name: '页面', exact: true }).locator('a:not([target])');
      const beside = page.getByRole('navigation', { name: '本栏页面' }).getByRole('link');
      await links.first().waitFor();
      for (let i = 0; i < (await links.count()); i++) {
        await visit(links.nth(i));
        for (let j = 1; j < (await beside.count()); j++) await visit(beside.nth(j));
      }
      expect(complaints).toEqual([]);
    }
  }, 180_000);

  it('has none where bookings are made, looked at, moved and cancelled', async () => {
    const { page, complaints } = await newScreen(browser, { reducedMotion: 'reduce' });
    await signIn(page, world.baseUrl, 'manager01', demoPassword);
    await page.waitForURL('**/hall/overview');
    await page.goto(`${world.baseUrl}/hall/bookings`);
    await page.getByRole('button', { name: '代约' }).waitFor();
    const faultless = async (where: string) => {
      await page.waitForTimeout(300);
      expect({ where, faults: await seriousFaults(page) }).toEqual({ where, faults: [] });
    };
    await page.keyboard.press('F3');
    await page.getByLabel('身份证号').waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByText('还差：').waitFor();
    await faultless('the form with what is missing');
    await page.keyboard.type(idNumberOf(901));
    await page.getByLabel('姓名').fill('林秀英');
    await page.getByLabel(/^事项/).focus();
    await page.keyboard.type('bdcdyq');
    await page.getByRole('option').first().waitFor({ state: 'attached' });
    await page.keyboard.press('Enter');
    await page.getByRole('radio', { name: / 到 / }).first().focus();
    await page.keyboard.press('Space');
    await page.getByText('本中心的预约次数和规则').click();
    await page.getByText('每人每天最多预约').waitFor();
    await faultless('the form filled in');
    await page.keyboard.press('Control+Enter');
    await page.locator('.booked-code').waitFor();
    await faultless('the card');
    await page.keyboard.press('Enter');
    await page.locator('.row-open').first().click();
    await page.getByRole('heading', { name: '变动记录' }).waitFor();
    await faultless('the booking');
    await page.keyboard.press('g');
    await page.getByRole('radio', { name: / 到 / }).first().waitFor({ state: 'attached' });
    await faultless('moving it');
    await page.keyboard.press('Escape');
    await page.getByText('改到').waitFor({ state: 'detached' });
    await page.keyboard.press('x');
    await page.getByLabel(/^原因/).waitFor();
    await faultless('cancelling it');
    expect(complaints).toEqual([]);
  }, 90_000);
});
