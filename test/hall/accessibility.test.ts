import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { demoPassword } from '../../apps/api/src/db/demo/index.js';
import { requestId } from '../support/builders/booking.js';
import { newCitizen } from '../support/builders/citizen.js';
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

  it('has none on any page of any role', async () => {
    for (const username of ['clerk01', 'courier01', 'manager01', 'admin']) {
      const { page, complaints } = await newScreen(browser, { reducedMotion: 'reduce' });
      await signIn(page, world.baseUrl, username, demoPassword);
      const links = page.getByRole('navigation').locator('a:not([target])');
      await links.first().waitFor();
      for (let i = 0; i < (await links.count()); i++) {
        await links.nth(i).click();
        await page.locator('.ant-skeleton').first().waitFor({ state: 'detached' });
        const at = `${username} ${new URL(page.url()).pathname}`;
        expect({ at, faults: await seriousFaults(page) }).toEqual({ at, faults: [] });
      }
      expect(complaints).toEqual([]);
    }
  }, 120_000);
});
