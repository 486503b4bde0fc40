import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { demoPassword } from '../../apps/api/src/db/demo/index.js';
import { simPost } from '../support/builders/payment.js';
import { seedCity } from '../support/builders/city.js';
import { newWorld, type World } from '../support/world.js';
import { builtHall, newScreen, openBrowser, signIn, type Screen } from './support/site.js';

let world: World;
let browser: Browser;
beforeAll(async () => {
  world = await newWorld({ simulators: true, jobs: false, pages: await builtHall() });
  await seedCity(world);
  browser = await openBrowser();
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await world?.close();
});

async function codesPage(): Promise<Screen> {
  const screen = await newScreen(browser, { reducedMotion: 'reduce' });
  await signIn(screen.page, world.baseUrl, 'manager01', demoPassword);
  await screen.page.getByRole('link', { name: '预约', exact: true }).click();
  await screen.page.getByRole('link', { name: '预约码' }).click();
  return screen;
}

const poster = (page: Page, what: string) => page.getByRole('img', { name: `${what} 的预约码海报` });

/** Sizes of the pages of a PDF, in points. */
function pagesOf(pdf: Buffer): number[][] {
  const text = pdf.toString('latin1');
  return [...text.matchAll(/\/MediaBox\s*\[\s*([\d.\s]+)\]/g)].map(([, box = '']) =>
    box.trim().split(/\s+/).map(Number),
  );
}

describe('the posters', () => {
  it('show the hall’s own code at once, and are kept as one page of A4', async () => {
    const { page, complaints } = await codesPage();
    await poster(page, '市民服务中心').waitFor();
    const coming = page.waitForEvent('download');
    await page.getByRole('button', { name: '下载 PDF' }).click();
    const download = await coming;
    expect(download.suggestedFilename()).toMatch(/^预约码 .*市民服务中心\.pdf$/);
    const pdf = readFileSync(await download.path());
    expect(pdf.subarray(0, 5).toString('latin1')).toBe('%PDF-');
    expect(pdf.length).toBeGreaterThan(100_000);
    const [box, ...more] = pagesOf(pdf);
    expect(more).toEqual([]);
    expect(box?.map(Math.round)).toEqual([0, 0, 595, 842]);
    expect(complaints).toEqual([]);
  }, 90_000);

  it('are made for an item and for a window with the keyboard alone, and printed as one page of A4', async () => {
    const { page, complaints } = await codesPage();
    await poster(page, '市民服务中心').waitFor();
    await page.getByRole('radio', { name: '整个大厅' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.getByText('请先选择事项').waitFor();
    await page.getByRole('combobox', { name: '选择事项' }).focus();
    await page.keyboard.type('居住证');
    await page.keyboard.press('Enter');
    await page.getByRole('img', { name: /居住证.* 的预约码海报$/ }).waitFor();

    await page.getByRole('radio', { name: '一个事项' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.getByText('请先选择窗口').waitFor();
    await page.getByRole('combobox', { name: '选择窗口' }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('img', { name: /窗.* 的预约码海报$/ }).waitFor();
    expect(complaints).toEqual([]);

    // Printed: the sheet alone, whatever was open on the screen.
    const printed = await page.pdf({ preferCSSPageSize: true, printBackground: true });
    expect(pagesOf(printed).map((box) => box.map(Math.round))).toEqual([[0, 0, 595, 842]]);
  }, 90_000);

  it('say what is wrong when WeChat can’t be reached, and try again on request', async () => {
    const { page } = await codesPage();
    await poster(page, '市民服务中心').waitFor();
    await simPost(world.simulators.wechat.url, '/_sim/fault', { route: 'wxacode', mode: 'html502' });
    await page.getByText('一个事项', { exact: true }).click();
    await page.getByRole('combobox', { name: '选择事项' }).focus();
    await page.keyboard.type('身份证');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('暂时连接不上微信').waitFor();
    await page.getByRole('button', { name: '再试一次' }).click();
    await page.getByRole('img', { name: /身份证.* 的预约码海报$/ }).waitFor();
  }, 90_000);
});
