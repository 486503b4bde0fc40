import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { demoPassword } from '../../apps/api/src/db/demo/index.js';
import { requestId } from '../support/builders/booking.js';
import { newCitizen } from '../support/builders/citizen.js';
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

/** Presses Tab until what is looked for has the focus: whoever works by keyboard has to come there. */
async function tabTo(page: Page, role: string, name: string | RegExp): Promise<void> {
  for (let i = 0; i < 120; i++) {
    const focused = page.getByRole(role as 'button', { name, exact: true }).and(page.locator(':focus'));
    if ((await focused.count()) > 0) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`The Tab key never comes to ${role} ${String(name)}`);
}

async function openCalendar() {
  const screen = await newScreen(browser, { reducedMotion: 'reduce', locale: 'zh-CN' });
  const { page } = screen;
  await signIn(page, world.baseUrl, 'manager01', demoPassword);
  await page.getByText('正在等候').waitFor();
  await tabTo(page, 'link', '预约');
  await page.keyboard.press('Enter');
  await tabTo(page, 'link', '日历');
  await page.keyboard.press('Enter');
  await page.getByRole('gridcell', { name: /^7月14日 周二 今天 \d+ 个时段 余 \d+$/ }).waitFor();
  return screen;
}

describe('the calendar by keyboard alone', () => {
  it('walks through the month, each day saying what it offers', async () => {
    const { page, complaints } = await openCalendar();
    const day = (name: RegExp) => page.locator(':focus').and(page.getByRole('button', { name }));
    await tabTo(page, 'button', /^7月14日/);
    await page.keyboard.press('ArrowRight');
    await day(/^7月15日 周三 .*个时段 余 \d+$/).waitFor();
    await page.getByRole('heading', { name: '7月15日 周三' }).waitFor();
    await page.keyboard.press('End');
    await day(/^7月19日 周日/).waitFor();
    await page.keyboard.press('PageDown');
    await day(/^8月19日 周三/).waitFor();
    await page.getByRole('heading', { name: '2026年8月' }).waitFor();
    expect(complaints).toEqual([]);
  }, 90_000);

  it('edits a rule, shows what comes of it, and saves it with a reason', async () => {
    const { page, complaints } = await openCalendar();
    await tabTo(page, 'tab', /月历$/);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.getByRole('tab', { name: /放号规则$/, selected: true }).waitFor();
    const preview = page.getByRole('region', { name: '预览' });
    await preview.getByText(/时段 \d+，名额 \d+$/).waitFor();
    await tabTo(page, 'button', /^编辑 /);
    await page.keyboard.press('Enter');
    await page.getByLabel('名称').and(page.locator(':focus')).waitFor();
    await tabTo(page, 'textbox', '结束');
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('1130');
    await preview
      .getByText(/取消 1/)
      .first()
      .waitFor();
    await page.getByText('已改').waitFor();
    await tabTo(page, 'textbox', '修改原因');
    await page.keyboard.type('午间培训');
    await preview.getByText(/时段 \d+ → \d+/).waitFor();
    await page.keyboard.press('Enter');
    await page
      .locator(':focus')
      .getByText(/^已保存/)
      .waitFor();
    await page.reload();
    await page.getByText('09:00–11:30 每 30 分钟').waitFor();
    expect(complaints).toEqual([]);
  }, 120_000);

  it('closes a day for which somebody has booked, after naming what will happen', async () => {
    const citizen = await newCitizen(world);
    const at = { itemId: cityIds.item('mortgage'), hallId: cityIds.hall('RC-SM') };
    const { items } = await citizen.client.booking.listSlots({ ...at, day: '2026-07-16' });
    const slot = items.find(({ remaining }) => remaining > 0);
    if (!slot) throw new Error('Nothing is free on Thursday');
    await citizen.client.booking.reserve({ requestId: requestId(), itemId: at.itemId, slotId: slot.id });

    const { page, complaints } = await openCalendar();
    await tabTo(page, 'button', /^7月14日/);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.getByRole('heading', { name: '7月16日 周四' }).waitFor();
    await tabTo(page, 'button', '停办');
    await page.keyboard.press('Enter');
    const drawer = page.getByRole('dialog', { name: '停办' });
    await drawer.waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: '停办', exact: true }).and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Enter');
    await drawer.getByText('1 个预约受影响').waitFor();
    await tabTo(page, 'textbox', '原因（市民会看到）');
    await page.keyboard.type('系统升级');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: /^确定停办 7月16日 周四 全天 .*？$/ }).waitFor();
    await tabTo(page, 'button', '停办并通知 1 人');
    await page.keyboard.press('Enter');
    await page
      .locator(':focus')
      .getByText(/^已停办 7月16日 周四/)
      .waitFor();
    await page.getByRole('button', { name: /^7月16日 周四 停办 系统升级$/ }).waitFor();
    expect(complaints).toEqual([]);
  }, 120_000);
});

describe('the calendar’s neighbours', () => {
  it('show what citizens will read of the rules, and how far capacity is used', async () => {
    const { page, complaints } = await openCalendar();
    await page.getByRole('link', { name: '预约规则' }).click();
    await page.getByRole('radio', { name: /^严格/ }).check();
    await page.getByRole('region', { name: '市民会读到' }).getByText('改动').first().waitFor();
    await page.getByLabel('修改原因').fill('名额紧张');
    await page.getByRole('button', { name: '保存预约规则' }).click();
    await page.getByText(/^已保存/).waitFor();
    await page.getByRole('link', { name: '用量' }).click();
    await page.getByRole('img', { name: /^按天：共 \d+ 个名额，已约 \d+/ }).waitFor();
    await page.getByText('看表格').first().click();
    await page.getByRole('table', { name: '按天的用量' }).getByText('7月14日 周二').waitFor();
    expect(complaints).toEqual([]);
  }, 90_000);

  it('cut no text, at the size of a desk’s screen and of a large one', async () => {
    for (const viewport of [
      { width: 1280, height: 800 },
      { width: 1920, height: 1080 },
    ]) {
      const { page } = await newScreen(browser, { viewport, reducedMotion: 'reduce', locale: 'zh-CN' });
      await signIn(page, world.baseUrl, 'manager01', demoPassword);
      await page.getByText('正在等候').waitFor();
      for (const path of ['calendar', 'calendar?tab=rules', 'calendar?tab=exceptions', 'policy', 'use']) {
        await page.goto(`${world.baseUrl}/hall/${path}`);
        await page.locator('.page h2').first().waitFor();
        await page.locator('.ant-skeleton').first().waitFor({ state: 'detached' });
        const wide = await page.evaluate(
          `[...document.querySelectorAll('main, .page *:not(svg *):not(.visually-hidden):not(.ant-input-number-action)')].filter((e) => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline').map((e) => e.className + ' ' + e.textContent.slice(0, 40))`,
        );
        expect({ path, viewport, wide }).toEqual({ path, viewport, wide: [] });
      }
    }
  }, 120_000);
});
