import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page, WebSocketRoute } from 'playwright-core';
import { newHall, type TestHall } from '../support/builders/booking.js';
import { newOpenDesk, takeTicket, type TestDesk } from '../support/builders/queue.js';
import { newWorld, type World } from '../support/world.js';
import { builtHall, newScreen, openBrowser } from './support/site.js';

let world: World;
let browser: Browser;
let hall: TestHall;
let desks: TestDesk[];
beforeAll(async () => {
  world = await newWorld({ jobs: false, pages: await builtHall() });
  browser = await openBrowser();
  hall = await newHall(world);
  desks = [];
  for (let i = 0; i < 3; i++) desks.push(await newOpenDesk(world, hall.hallId, [hall.a.queueId]));
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await world?.close();
});

/** What the screen announces, in the order in which it first shows, with how long it stood there. */
async function recordAnnouncements(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen: { text: string; from: number; to: number }[] = [];
    Object.assign(window, { seen });
    // The same words after they were gone are a recall, not the same announcement going on.
    let gone = true;
    setInterval(() => {
      const text = document.querySelector('.announced')?.textContent?.replace(/\s/g, '');
      const last = seen.at(-1);
      if (text && last?.text === text && !gone) last.to = Date.now();
      else if (text) seen.push({ text, from: Date.now(), to: Date.now() });
      gone = !text;
    }, 50);
  });
}

const announcements = (page: Page) =>
  page.evaluate(() =>
    (window as unknown as { seen: { text: string; from: number; to: number }[] }).seen.map(
      ({ text, from, to }) => ({ text, ms: to - from }),
    ),
  );

async function announced(page: Page, count: number): Promise<void> {
  await page.waitForFunction(
    (wanted) => (window as unknown as { seen: unknown[] }).seen.length >= wanted,
    count,
    // Not by frame: a wall that stands still may draw none.
    { timeout: 30_000, polling: 100 },
  );
}

async function display(options: { width: number; height: number }) {
  const screen = await newScreen(browser, { viewport: options });
  await screen.page.goto(`${world.baseUrl}/hall/display/${hall.hallId}`);
  await screen.page.locator('.wall-queues').waitFor();
  return screen;
}

describe('the display', () => {
  it('announces every one of several calls at once, one after the other for six seconds each, and repeats a recall', async () => {
    const { page, complaints } = await display({ width: 1920, height: 1080 });
    await recordAnnouncements(page);
    for (let i = 0; i < 2; i++) await takeTicket(world, hall);
    await Promise.all([desks[0]?.next(), desks[1]?.next()]);
    await announced(page, 2);
    await page.locator('.announced').waitFor({ state: 'detached', timeout: 15_000 });
    world.clock.advance(1_000);
    await desks[0]?.recall();
    await announced(page, 3);
    const said = await announcements(page);
    expect(
      said
        .slice(0, 2)
        .map(({ text }) => text.slice(1, 5))
        .sort(),
    ).toEqual(['A001', 'A002']);
    for (const { ms } of said.slice(0, 2)) expect(ms).toBeGreaterThan(4_000);
    expect(said).toHaveLength(3);
    expect(complaints).toEqual([]);
  }, 60_000);

  it('fits its screen in full HD, in 4K and in portrait, with no line cut off', async () => {
    for (const size of [
      { width: 1920, height: 1080 },
      { width: 3840, height: 2160 },
      { width: 1080, height: 1920 },
    ]) {
      const { page } = await display(size);
      const cut = await page.evaluate(() =>
        [...document.querySelectorAll('.call, .wall-head, .wall-queues, .wall-facts')]
          .filter((element) => {
            const box = element.getBoundingClientRect();
            return (
              element.scrollWidth > element.clientWidth + 1 ||
              box.bottom > innerHeight + 1 ||
              box.right > innerWidth + 1
            );
          })
          .map(({ className }) => className),
      );
      expect({ size, cut }).toEqual({ size, cut: [] });
    }
  }, 60_000);

  it('comes back by itself after the line broke, and says what was called meanwhile', async () => {
    const { page } = await newScreen(browser, { viewport: { width: 1920, height: 1080 } });
    const lines: WebSocketRoute[] = [];
    await page.routeWebSocket(/\/api\/live$/, (line) => {
      line.connectToServer();
      lines.push(line);
    });
    await page.goto(`${world.baseUrl}/hall/display/${hall.hallId}`);
    await page.locator('.wall-queues').waitFor();
    await page.context().setOffline(true);
    await lines[0]?.close({ code: 1001 });
    await page.getByText('网络断开，正在重连').waitFor();
    await takeTicket(world, hall);
    world.clock.advance(1_000);
    const view = await desks[2]?.next();
    await page.context().setOffline(false);
    await page
      .locator('.announced', { hasText: view?.current?.label ?? 'nobody' })
      .waitFor({ timeout: 30_000 });
    await page.getByText('网络断开，正在重连').waitFor({ state: 'detached', timeout: 30_000 });
    expect(lines.length).toBeGreaterThan(1);
  }, 90_000);

  it('carries nothing of the desk’s components', async () => {
    const { page } = await newScreen(browser);
    let bytes = 0;
    page.on('response', (response) => {
      if (!response.url().endsWith('.js')) return;
      void response.body().then((body) => (bytes += body.length));
    });
    await page.goto(`${world.baseUrl}/hall/display/${hall.hallId}`);
    await page.locator('.wall-queues').waitFor();
    expect(bytes).toBeGreaterThan(0);
    expect(bytes).toBeLessThan(260_000);
  }, 30_000);
});
