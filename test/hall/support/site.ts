import { execFile } from 'node:child_process';
import { existsSync, openSync, closeSync, writeFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import type { PageFolders } from '../../../apps/api/src/meta/pages.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Where `newWorld({ pages })` finds the built hall. */
export const hallPages: PageFolders = { h5: '/nonexistent', hall: join(root, 'apps/hall/dist') };

/** Builds the hall if it is stale, once per run of jest however many files ask. */
export async function builtHall(): Promise<PageFolders> {
  const done = join(process.env.HAOBAN_TEST_RUN ?? root, 'hall-built');
  try {
    closeSync(openSync(`${done}.lock`, 'wx'));
  } catch {
    for (let waited = 0; !existsSync(done); waited += 100) {
      if (waited > 120_000) throw new Error('The hall was not built within two minutes');
      await pause(100);
    }
    const failure = readFileSync(done, 'utf8');
    if (failure) throw new Error(failure);
    return hallPages;
  }
  try {
    await promisify(execFile)(process.execPath, ['tools/build.mjs', '--hall'], { cwd: root });
    writeFileSync(done, '');
  } catch (error) {
    writeFileSync(done, String(error));
    throw error;
  }
  return hallPages;
}

export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
}

export interface Screen {
  readonly page: Page;
  /** What the browser complained about; refusals that the test caused on purpose are left out. */
  readonly complaints: string[];
}

/** A page of its own, as another computer would have it. */
export async function newScreen(browser: Browser, options: BrowserContextOptions = {}): Promise<Screen> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error.stack)));
  page.on('console', (message) => {
    const refusal = /^Failed to load resource: .* status of 4\d\d/.test(message.text());
    if (message.type() === 'error' && !refusal) complaints.push(message.text());
  });
  return { page, complaints };
}

/** With the keyboard only. */
export async function signIn(page: Page, baseUrl: string, username: string, password: string): Promise<void> {
  await page.goto(`${baseUrl}/hall/`);
  await page.getByLabel('账号').waitFor();
  await page.keyboard.type(username);
  await page.keyboard.press('Tab');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
}
