import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { AuditEntity } from '../../apps/api/src/audit/audit.entity.js';
import { demoPassword } from '../../apps/api/src/db/demo/index.js';
import { requestId, staffOf } from '../support/builders/booking.js';
import { idNumberOf } from '../support/builders/citizen.js';
import { cityIds, seedCity } from '../support/builders/city.js';
import { newWorld, type World } from '../support/world.js';
import { builtHall, newScreen, openBrowser, signIn } from './support/site.js';

const HOME = '江滨区望江大道 88 号 3 栋 502';
const axe = readFileSync(
  createRequire(`${process.cwd()}/package.json`).resolve('axe-core/axe.min.js'),
  'utf8',
);
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

/** Somebody without an account, booked by telephone for the first free time of such a visit. */
async function called(slug: string, kind: 'window' | 'home', person: number, phone: string) {
  const hallId = cityIds.hall('RC-SM');
  const itemId = cityIds.item(slug);
  const desk = world.client(staffOf(hallId));
  const { items: days } = await desk.hallBookings.days({ itemId, kind });
  // Not today's: a closure takes the whole day.
  const day = days.filter(({ status }) => status === 'open')[1]?.day ?? '';
  const { items } = await desk.hallBookings.slots({ itemId, kind, day });
  const slotId = items.find(({ remaining }) => remaining > 0)?.id ?? '';
  return desk.hallBookings.book({
    requestId: requestId(),
    slotId,
    itemId,
    channel: 'call',
    person: { name: '林秀英', idNumber: idNumberOf(person), phone },
    ...(kind === 'home' && { address: HOME }),
  });
}

const looks = (bookingId: string) =>
  world.dataSource.manager.countBy(AuditEntity, { action: 'booking.read-contact', subjectId: bookingId });

async function faults(page: Page): Promise<unknown> {
  await page.evaluate(axe);
  return page.evaluate(
    `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => ({ id, where: nodes.map(({ html }) => html) })))`,
  );
}

async function managersScreen() {
  const screen = await newScreen(browser, { reducedMotion: 'reduce', locale: 'zh-CN' });
  await signIn(screen.page, world.baseUrl, 'manager01', demoPassword);
  await screen.page.getByText('正在等候').waitFor();
  return screen;
}

describe('phone and address of a booking', () => {
  it('come by one key in its drawer, say that the look is recorded, and are gone when it closes', async () => {
    const booking = await called('social-security-card', 'home', 931, '15400005678');
    const { page, complaints } = await managersScreen();
    await page.goto(`${world.baseUrl}/hall/bookings`);
    const openDrawer = () => page.locator('.row-open', { hasText: booking.code }).press('Enter');
    await openDrawer();
    await page.getByText('上门地址已登记，按「查看联系方式」显示').waitFor();
    const contact = page.locator('.contact').getByRole('status');
    expect(await page.getByText(HOME).count()).toBe(0);
    expect(await looks(booking.id)).toBe(0);

    await page.keyboard.press('l');
    await contact.getByText('154 0000 5678').waitFor();
    await contact.getByText(HOME).waitFor();
    await contact.getByText('林秀英').waitFor();
    await contact.getByText('这次查看已记录，收起或关闭后重新隐藏。').waitFor();
    await page.getByRole('button', { name: '收起联系方式', expanded: true }).waitFor();
    expect(await looks(booking.id)).toBe(1);
    expect(await faults(page)).toEqual([]);

    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await page.getByText('154 0000 5678').count()).toBe(0);
    await openDrawer();
    await page.getByRole('button', { name: '查看联系方式', expanded: false }).waitFor();
    expect(await page.getByText(HOME).count()).toBe(0);

    await page.route('**/contact', (route) => route.abort());
    await page.keyboard.press('l');
    await contact.getByText('连接不上服务器，请检查网络，稍后再试。').waitFor();
    await page.unroute('**/contact');
    await contact.getByRole('button', { name: '再试一次' }).press('Enter');
    await contact.getByText(HOME).waitFor();
    expect(complaints.filter((text) => !text.includes('net::ERR_FAILED'))).toEqual([]);
  }, 90_000);

  it('stand beside whoever has to be rung because a day was closed, hidden until asked for', async () => {
    const booking = await called('mortgage', 'window', 932, '15400008765');
    const { page, complaints } = await managersScreen();
    await page.goto(`${world.baseUrl}/hall/calendar?queue=${booking.queueId}&tab=month&day=${booking.day}`);
    await page.getByRole('tabpanel').getByRole('button', { name: '停办', exact: true }).click();
    const drawer = page.getByRole('dialog', { name: '停办' });
    await drawer.getByText('要打电话告知').waitFor();
    // Nothing has happened yet: nobody is to be rung.
    expect(await drawer.getByRole('button', { name: /联系方式/ }).count()).toBe(0);
    await drawer.getByLabel('原因（市民会看到）').fill('系统升级');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^停办/ }).last().press('Enter');
    await page.getByText('1 人收不到消息，请打电话告知').waitFor();
    const told = page.getByRole('group', { name: '要打电话告知的预约' });
    expect(await page.getByText('154 0000 8765').count()).toBe(0);
    await told.getByRole('button', { name: '查看联系方式 林**', expanded: false }).press('Enter');
    await told.getByText('154 0000 8765').waitFor();
    expect(await faults(page)).toEqual([]);
    await page.getByRole('tab', { name: '特殊日期' }).click();
    const waiting = page.getByRole('region', { name: '待答复的预约' });
    const button = waiting.getByRole('button', { name: '查看联系方式 林**' });
    await button.press('Space');
    await waiting.getByText('154 0000 8765').waitFor();
    expect(await looks(booking.id)).toBe(2);
    expect(await faults(page)).toEqual([]);
    expect(complaints).toEqual([]);
  }, 90_000);
});
