import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { seedCity } from '../../support/builders/city.js';
import { newWorld, type World } from '../../support/world.js';
import { builtPages } from './built-pages.js';
import { moveToOpeningHours } from './opening-hours.js';
import { keepPicture } from './pictures.js';

/** What people hold in their hands or look at. */
export const devices = {
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
  oldPhone: { viewport: { width: 375, height: 667 }, hasTouch: true, isMobile: true },
  smallPhone: { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true },
  desk: { viewport: { width: 1280, height: 800 } },
  display: { viewport: { width: 1920, height: 1080 } },
} as const satisfies Record<string, BrowserContextOptions>;

/** A screen of its own, as another person's device would be. */
export interface Screen {
  readonly page: Page;
  /** What the browser complained about. Cut lines are left out while the test itself cuts them. */
  readonly complaints: string[];
  /** Complaints about the network are expected from here on. */
  readonly expectCutLines: () => void;
}

const cutLine = /ERR_INTERNET_DISCONNECTED|ERR_CONNECTION|ERR_NETWORK|WebSocket connection/;

/** The whole product on this machine, demo city and outside parties included, with a browser to look at it. */
export class Stage {
  private readonly screens: Screen[] = [];

  constructor(
    readonly world: World,
    readonly browser: Browser,
  ) {}

  async screen(device: BrowserContextOptions): Promise<Screen> {
    const context = await this.browser.newContext({
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      deviceScaleFactor: process.env.UPDATE_SCREENSHOTS && device.hasTouch ? 2 : 1,
      reducedMotion: 'reduce',
      ...device,
    });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    const complaints: string[] = [];
    let cut = false;
    const note = (text: string) => {
      if (!(cut && cutLine.test(text))) complaints.push(text);
    };
    page.on('pageerror', (error) => note(String(error.stack)));
    page.on('console', (message) => {
      // What a test asks for on purpose is refused, and a token that ran out is renewed.
      const refused = /status of 40[1349]/.test(message.text()) && message.location().url.includes('/api/');
      if (message.type() === 'error' && !refused) note(`${message.text()} ${message.location().url}`);
    });
    const screen = { page, complaints, expectCutLines: () => void (cut = true) };
    this.screens.push(screen);
    return screen;
  }

  /** Of every screen so far. */
  complaints(): string[] {
    return this.screens.flatMap(({ page, complaints }) => complaints.map((text) => `${page.url()} ${text}`));
  }

  /** What every screen shows, for somebody who wonders why a step failed. */
  async keepAll(): Promise<void> {
    const shots = this.screens.map(({ page }, index) =>
      keepPicture(page, `failed-${index}`).catch(() => undefined),
    );
    await Promise.all(shots);
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.world.close();
  }
}

export async function newStage(): Promise<Stage> {
  moveToOpeningHours();
  const pages = await builtPages();
  const { SystemClock } = await import('../../../apps/api/src/common/clock.js');
  const world = await newWorld({
    simulators: true,
    clock: new SystemClock(),
    pages,
    // Only a demo tells the phone in the browser where the simulators are.
    env: { APP_MODE: 'demo' },
  });
  await seedCity(world);
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      // As on a wall: nobody is there to tap before the first voice.
      '--autoplay-policy=no-user-gesture-required',
    ],
  });
  return new Stage(world, browser);
}
