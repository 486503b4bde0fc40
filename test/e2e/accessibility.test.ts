import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { demoPassword } from '../../apps/api/src/db/demo/index.js';
import { signIn } from '../hall/support/site.js';
import { axeViolations } from './support/axe.js';
import { bookToday, checkIn, findItem, signUp } from './support/citizen-acts.js';
import { citizenThread } from './support/citizen-thread.js';
import { HallActs } from './support/hall-acts.js';
import { Phone } from './support/phone.js';
import { devices, newStage, type Stage } from './support/stage.js';

let stage: Stage;
let phone: Phone;
const found: Record<string, string[]> = {};

async function hold(page: Page, name: string): Promise<void> {
  const violations = await axeViolations(page);
  if (violations.length > 0) found[name] = violations;
}

beforeAll(async () => {
  stage = await newStage();
  const { page } = await stage.screen(devices.phone);
  phone = await Phone.of(stage, page, (name) => hold(page, `phone ${name}`));
}, 300_000);
afterAll(() => stage?.close());

describe('axe finds nothing serious', () => {
  it('on any page of the thread on the phone', async () => {
    const hall = new HallActs(stage.world);
    await hall.openDesk();
    await citizenThread(phone, hall);
    await hall.closeDesk();
    expect(found).toEqual({});
  }, 120_000);

  it('on the phone’s other pages, in both modes, with and without a person signed in', async () => {
    const others = [
      ['pages/home/index', '取号'],
      ['pages/queue/take/index', /^存量房买卖转移登记/],
      ['pages/cases/look-up/index', '查进度'],
      ['pages/account/privacy/index', /隐私/],
      ['pages/account/about/index', /榕城市/],
      ['pages/progress/index', '凭编号查进度'],
      ['pages/mine/index', /用户协议和隐私政策/],
    ] as const;
    for (const mode of ['usual', 'elder']) {
      for (const [address, words] of others) {
        await phone.open(address);
        await phone.words(words).waitFor();
        await phone.arrived(`${mode} ${address}`);
      }
      const stranger = await Phone.of(stage, (await stage.screen(devices.phone)).page);
      if (mode === 'elder') await stranger.tap('长辈版');
      for (const [address, words] of others) {
        await stranger.open(address);
        await stranger.words(words).waitFor();
        await hold(stranger.page, `stranger ${mode} ${address}`);
      }
      await stranger.page.context().close();
      if (mode === 'usual') await phone.tap(/^(长辈版|开启)/);
    }
    await phone.tap(/^已开启/);
    expect(found).toEqual({});
  }, 120_000);
});

describe('a clerk without a mouse', () => {
  it('calls, serves, takes papers, finds the case in the list and closes the desk, always seeing where the focus is', async () => {
    const visitor = await Phone.of(stage, (await stage.screen(devices.phone)).page);
    await signUp(visitor);
    await findItem(visitor);
    await bookToday(visitor);
    const label = await checkIn(visitor);
    const { page } = await stage.screen(devices.desk);
    const { keyboard } = page;
    await signIn(page, stage.world.baseUrl, 'clerk05', demoPassword);
    await page.getByLabel('窗口号').waitFor();
    await keyboard.type('15');
    await keyboard.press('Enter');
    await page.locator('.desk-bar').waitFor();
    for (let called = ''; called !== label;) {
      await keyboard.press('Space');
      called = await page.locator('.current .ticket-number', { hasText: /^A/ }).innerText();
      await keyboard.press('s');
      await page.getByText('办理中').waitFor();
      if (called !== label) await keyboard.press('F2');
      if (called !== label) await page.getByText('窗口空闲').waitFor();
    }
    await keyboard.press('F4');
    await page.getByText('还缺必需材料').waitFor();
    await keyboard.press('a');
    await page.getByText('材料齐了').waitFor();
    await keyboard.press('F4');
    await page.getByRole('heading', { name: '经过' }).waitFor();
    await keyboard.press('Escape');
    await page.getByRole('heading', { name: '经过' }).waitFor({ state: 'detached' });
    await keyboard.press('F2');
    await page.getByText('窗口空闲').waitFor();

    await tabTo(page, 'a', '办件');
    await keyboard.press('Enter');
    await page.waitForURL('**/hall/cases');
    await page.getByRole('row', { name: /受理/ }).first().waitFor();
    await tabTo(page, 'tr', '受理');
    await keyboard.press('Enter');
    await page.getByRole('heading', { name: '经过' }).waitFor();
    expect(stage.complaints()).toEqual([]);
  }, 120_000);
});

/** Goes on with Tab until an element with these words has the focus; the browser must show it there. */
async function tabTo(page: Page, tag: string, words: string): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement;
      const { outlineStyle, boxShadow } = getComputedStyle(element);
      return {
        tag: element.tagName.toLowerCase(),
        text: element.textContent,
        ring: outlineStyle !== 'none' || boxShadow !== 'none',
      };
    });
    if (at.tag !== tag || !at.text.includes(words)) continue;
    expect(at.ring).toBe(true);
    return;
  }
  throw new Error(`Tab never came to ${tag} “${words}”`);
}
