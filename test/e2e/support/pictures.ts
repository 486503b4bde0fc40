import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { root } from './built-pages.js';

const artifacts = join(root, 'test/artifacts');
const docs = join(root, 'docs/screenshots');

/** Waits until a page is there, with its letters. */
export async function settled(page: Page): Promise<void> {
  const phone = (await page.locator('.taro_router').count()) > 0;
  if (phone) await page.locator('.taro_page').filter({ visible: true }).first().waitFor();
  await page.evaluate(() => document.fonts.ready);
}

/** Keeps what a person sees now as test/artifacts/`name`.png. */
export async function keepPicture(page: Page, name: string): Promise<Buffer> {
  mkdirSync(artifacts, { recursive: true });
  await settled(page);
  const picture = await page.screenshot({ animations: 'disabled', caret: 'hide' });
  writeFileSync(join(artifacts, `${name}.png`), picture);
  return picture;
}

/** The same, and with UPDATE_SCREENSHOTS=1 as docs/screenshots/`name`.png for the README, `width` pixels wide. */
export async function publishPicture(page: Page, name: string, width: number): Promise<void> {
  const picture = await keepPicture(page, name);
  if (!process.env.UPDATE_SCREENSHOTS) return;
  const browser = page.context().browser();
  if (!browser) throw new Error('This page has no browser');
  // The browser scales better than anything that we have installed.
  const studio = await browser.newPage({ viewport: { width, height: 100 } });
  const source = `data:image/png;base64,${picture.toString('base64')}`;
  await studio.setContent(
    `<body style="margin:0"><img src="${source}" style="display:block;width:${width}px"></body>`,
  );
  const scaled = await studio.locator('img').screenshot();
  await studio.close();
  mkdirSync(docs, { recursive: true });
  writeFileSync(join(docs, `${name}.png`), scaled);
}
