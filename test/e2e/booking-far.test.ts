import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { demoPassword } from '../../apps/api/src/db/demo/index.js';
import { signIn } from '../hall/support/site.js';
import { cityIds } from '../support/builders/city.js';
import { idNumberOf, newCitizen } from '../support/builders/citizen.js';
import { demoStaff } from '../support/builders/staff.js';
import { Looks } from './support/looks.js';
import { keepPicture } from './support/pictures.js';
import { phoneOf } from './support/signed-in.js';
import { devices, newStage, type Stage } from './support/stage.js';

// Tuesday 2026-07-14, 09:30. Weddings can be booked 30 days ahead: until Thursday, 13 August.
const hallId = cityIds.hall('RC-SM');
const daysPage = `pages/booking/days/index?itemId=${cityIds.item('marriage')}&hallId=${hallId}`;

let stage: Stage;
const looks = new Looks('far');
beforeAll(async () => {
  stage = await newStage();
}, 300_000);
afterAll(() => stage?.close());

const strip = (page: Page) => page.getByRole('radiogroup', { name: '选择日期' }).filter({ visible: true });
const focused = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
/** Whether all of it is on the screen, as far as the strip has been scrolled. */
const isInView = (page: Page, id: string) =>
  page
    .locator(`#${id}`)
    .last()
    .evaluate((cell) => {
      const { left, right } = cell.getBoundingClientRect();
      return left >= 0 && right <= innerWidth;
    });

async function openDays(): Promise<Page> {
  const phone = await phoneOf(stage, await newCitizen(stage.world), devices.phone);
  await phone.open(daysPage);
  await strip(phone.page).waitFor();
  return phone.page;
}

async function widen(windowToDays: number): Promise<void> {
  const { client } = demoStaff(stage.world, 'manager01');
  const queueId = cityIds.queue('SM-G');
  const { rules, version } = await client.calendar.getCalendar({ queueId });
  const wider = rules.map((rule) => ({ ...rule, windowToDays }));
  await client.calendar.saveRules({ queueId, version, rules: wider, reason: '半年内都可以约' });
}

describe('days far ahead, on the phone', () => {
  it('stand in one strip that marks the next month, scrolls, and is gone through by arrows', async () => {
    const page = await openDays();
    expect(await strip(page).getByRole('radio').count()).toBe(31);
    expect(await strip(page).getByText('8月', { exact: true }).count()).toBe(1);
    await keepPicture(page, 'far-strip-first');
    await strip(page).locator('[tabindex="0"]').focus();
    await page.keyboard.press('End');
    expect(await focused(page)).toMatch(/^8月13日 周四 余 \d+/);
    expect(await isInView(page, 'day-2026-08-13')).toBe(true);
    await page.keyboard.press('Enter');
    await page.getByText('8月13日 周四', { exact: true }).filter({ visible: true }).first().waitFor();
    await keepPicture(page, 'far-strip-last');
    await page.locator('#day-2026-07-31').last().scrollIntoViewIfNeeded();
    await keepPicture(page, 'far-strip-month');
    await looks.at(page, 'strip');
    expect(looks.found).toEqual({});
  }, 120_000);

  it('are turned month by month where they are many', async () => {
    await widen(180);
    const page = await openDays();
    const months = page.getByRole('radiogroup', { name: '选择月份' });
    expect(await months.getByRole('radio').allInnerTexts()).toEqual([
      '7月',
      '8月',
      '9月',
      '10月',
      '11月',
      '12月',
      '1月',
    ]);
    expect(await strip(page).getByRole('radio').count()).toBe(18);
    await months.getByRole('radio', { name: '12月' }).click();
    await page.locator('#day-2026-12-01').waitFor();
    expect(await strip(page).getByRole('radio').count()).toBe(31);
    expect(await isInView(page, 'day-2026-12-01')).toBe(true);
    await keepPicture(page, 'far-months');
    await page.locator('#day-2026-12-02').click();
    await page.getByText('12月2日 周三', { exact: true }).filter({ visible: true }).first().waitFor();
    await looks.at(page, 'months');
    expect(looks.found).toEqual({});
  }, 120_000);
});

describe('days far ahead, at the desk', () => {
  it('are a grid of a week a row, month by month', async () => {
    await widen(180);
    const { page } = await stage.screen(devices.desk);
    await signIn(page, stage.world.baseUrl, 'manager01', demoPassword);
    await page.waitForURL('**/hall/overview');
    await page.goto(`${stage.world.baseUrl}/hall/bookings`);
    await page.getByText('没有这样的预约').waitFor();
    await page.keyboard.press('F3');
    await page.getByLabel('身份证号').waitFor();
    await page.keyboard.type(idNumberOf(78));
    await page.getByLabel(/^事项（/).fill('结婚登记');
    await page
      .getByRole('option', { name: /结婚登记/ })
      .first()
      .waitFor({ state: 'attached' });
    await page.keyboard.press('Enter');
    const months = page.getByRole('radiogroup', { name: '月份' });
    await months.getByText('9月', { exact: true }).click();
    const grid = page.getByRole('radiogroup', { name: '日期' });
    await grid.getByRole('radio', { name: /^9月1日 周二，余/ }).waitFor({ state: 'attached' });
    expect(await grid.getByRole('radio').count()).toBe(30);
    await keepPicture(page, 'far-desk');
    await grid.getByRole('radio', { name: /^9月1日 周二/ }).check({ force: true });
    await page.getByText('时间：9月1日 周二').waitFor();
  }, 120_000);
});
