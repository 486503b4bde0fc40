import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { cityIds } from '../support/builders/city.js';
import { newCitizen, type TestCitizen } from '../support/builders/citizen.js';
import { axeViolations } from './support/axe.js';
import { layoutFaults } from './support/layout.js';
import { Phone } from './support/phone.js';
import { keepPicture } from './support/pictures.js';
import { devices, newStage, type Stage } from './support/stage.js';

let stage: Stage;
beforeAll(async () => {
  stage = await newStage();
}, 300_000);
afterAll(() => stage?.close());

const itemId = cityIds.item('id-card-renew');
const hallId = cityIds.hall('RC-SM');
const daysPage = `pages/booking/days/index?itemId=${itemId}&hallId=${hallId}`;

/** A phone in whose browser this person has signed in before. */
async function phoneOf({ client, session }: TestCitizen, elder = false): Promise<Phone> {
  const { page } = await stage.screen(devices.phone);
  const kept = { session, citizen: await client.identity.me() };
  await page.addInitScript(
    ([text, inElderMode]) => {
      // A window that goes elsewhere has no storage of ours.
      if (location.protocol !== 'http:' || localStorage.getItem('hb:session')) return;
      localStorage.setItem('hb:session', text);
      localStorage.setItem('hb:preferences', JSON.stringify({ data: { elder: inElderMode } }));
    },
    [JSON.stringify({ data: kept }), elder] as const,
  );
  return Phone.of(stage, page);
}

/** What the focus is on: role, name, state, and whether the ring around it can be seen. */
function focus(page: Page) {
  return page.evaluate(() => {
    const element = document.activeElement;
    const ring = element ? getComputedStyle(element).outlineStyle !== 'none' : false;
    const attribute = (name: string) => element?.getAttribute(name) ?? null;
    return {
      role: attribute('role'),
      name: attribute('aria-label') ?? element?.textContent ?? '',
      checked: attribute('aria-checked'),
      disabled: attribute('aria-disabled'),
      ring,
    };
  });
}

async function tabTo(page: Page, role: string, name: RegExp): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab');
    const at = await focus(page);
    if (at.role !== role || !name.test(at.name)) continue;
    expect(at.ring).toBe(true);
    return;
  }
  throw new Error(`Tab never came to ${role} ${name.source}`);
}

const group = (page: Page, name: string) => page.getByRole('radiogroup', { name }).filter({ visible: true });

describe('days and times without a finger', () => {
  it('are two groups of choices: arrows go through them, Enter and the space bar choose, each says its state', async () => {
    const citizen = await newCitizen(stage.world);
    const phone = await phoneOf(citizen);
    const { page } = phone;
    await phone.open(daysPage);
    await group(page, '选择时间').waitFor();

    await tabTo(page, 'radio', /^今天 7月14日 周二 余 \d+ /);
    expect(await focus(page)).toMatchObject({ checked: 'true', disabled: 'false' });
    await page.keyboard.press('ArrowRight');
    expect(await focus(page)).toMatchObject({ role: 'radio', checked: 'false', ring: true });
    expect((await focus(page)).name).toMatch(/^明天 7月15日 周三 余 \d+ (较空|适中|紧张)$/);
    await page.keyboard.press('End');
    const last = await focus(page);
    await page.keyboard.press('ArrowRight');
    expect(await focus(page)).toEqual(last);
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.getByText('明天 7月15日 周三').first().waitFor();
    await page
      .getByRole('status')
      .filter({ hasText: /^还有 \d+ 个时段可以约。$/ })
      .waitFor();
    expect(await focus(page)).toMatchObject({ checked: 'true' });

    // Tab leaves the days as one stop, and the times are one stop, too.
    await tabTo(page, 'radio', /^09:00 余 \d+$/);
    await page.keyboard.press('ArrowRight');
    expect((await focus(page)).name).toMatch(/^09:15 余/);
    await page.keyboard.press('ArrowDown');
    const below = (await focus(page)).name;
    expect(below).toMatch(/^10:\d\d 余/);
    await page.keyboard.press('ArrowUp');
    expect((await focus(page)).name).toMatch(/^09:15 余/);
    await page.keyboard.press('Space');
    expect(await focus(page)).toMatchObject({ checked: 'true' });

    await tabTo(page, 'button', /^预约 明天 09:15$/);
    await page.keyboard.press('Enter');
    await page.getByText(/^为您保留 04:5\d$/).waitFor();
    await tabTo(page, 'button', /^确认预约$/);
    expect(await axeViolations(page)).toEqual([]);
  }, 60_000);

  it('a panel takes the focus, keeps it, and gives it back on Escape', async () => {
    const phone = await phoneOf(await newCitizen(stage.world));
    const { page } = phone;
    await phone.open(daysPage);
    await group(page, '选择时间').waitFor();
    await tabTo(page, 'button', /^办 1 件事/);
    await page.keyboard.press('Enter');
    const panel = page.getByRole('dialog', { name: '这次怎么办' });
    await panel.waitFor();
    expect(await axeViolations(page)).toEqual([]);
    for (let presses = 0; presses < 15; presses += 1) {
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.closest('[role=dialog]') !== null)).toBe(true);
    }
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
    expect((await focus(page)).name).toMatch(/^办 1 件事/);
  }, 60_000);
});

describe('a time that is held', () => {
  it('counts down by the hall’s clock and is free again for others when the person goes back', async () => {
    const citizen = await newCitizen(stage.world);
    const phone = await phoneOf(citizen);
    await phone.open(`${daysPage}&day=2026-07-16`);
    const before = (await phone.button(/^14:00 余 \d+$/).getAttribute('aria-label')) ?? '';
    await phone.tap(before);
    await phone.tap(/^预约 7月16日 周四 14:00$/);
    await phone.sees(/^为您保留 04:5\d$/);
    await phone.sees(/^为您保留 04:4\d$/);
    expect((await citizen.client.booking.listMine({})).items).toMatchObject([{ state: 'held' }]);
    await phone.tap('返回');
    // The page is back at once; the place a moment later.
    const held = async () => (await citizen.client.booking.listMine({ state: 'held' })).items.length;
    for (let tries = 0; (await held()) > 0 && tries < 150; tries += 1)
      await new Promise((done) => setTimeout(done, 100));
    expect((await citizen.client.booking.listMine({})).items).toEqual([]);
    await phone.button(before).waitFor();
  }, 60_000);

  it('is given back by the last word of a window that is closed', async () => {
    const citizen = await newCitizen(stage.world);
    const phone = await phoneOf(citizen);
    await phone.open(`${daysPage}&day=2026-07-16`);
    await phone.tap(/^15:00 余 \d+$/);
    await phone.tap(/^预约 7月16日 周四 15:00$/);
    await phone.sees(/^为您保留/);
    await phone.page.goto('about:blank');
    const held = async () => (await citizen.client.booking.listMine({ state: 'held' })).items.length;
    for (let tries = 0; (await held()) > 0 && tries < 150; tries += 1)
      await new Promise((done) => setTimeout(done, 100));
    expect(await held()).toBe(0);
  }, 60_000);
});

describe('a booking from suggestion to another time', () => {
  for (const elder of [false, true]) {
    it(`is made, packed for, moved and cancelled${elder ? ' in 长辈版' : ''}`, async () => {
      const citizen = await newCitizen(stage.world);
      const phone = await phoneOf(citizen, elder);
      const { page } = phone;
      const wishes = elder ? { smallestType: 18, smallestTarget: 60 } : { smallestTarget: 44 };
      const found: Record<string, string[]> = {};
      const look = async (name: string) => {
        const faults = [...(await layoutFaults(page, wishes)), ...(await axeViolations(page))];
        if (faults.length > 0) found[name] = faults;
        await keepPicture(page, `booking-${elder ? 'elder-' : ''}${name}`);
      };
      await phone.open(`${daysPage}&day=2026-07-17`);
      await phone.tap(/^办 1 件事/);
      await phone.tap('再加一件事');
      await phone.tap(/^往来港澳通行证.*加上$/);
      await look('visit');
      await phone.tap('好了');
      await phone.button(/^办 2 件事/).waitFor();
      await phone.tap(/^最快 /);
      await look('days');
      await phone.tap(/^7月17日 周五 余/);
      await phone.tap(/^10:00 余/);
      await phone.tap(/^预约 7月17日 周五 10:00$/);
      await phone.sees(/^为您保留/);
      await phone.tap(/^居民户口簿/);
      await phone.sees(/还差 \d+ 样/);
      await look('confirm');
      await phone.tap('确认预约');
      await phone.tap('不用了');
      await phone.sees('预约成功');
      // Ticked while confirming, still ticked on the card.
      await page
        .getByRole('checkbox', { name: /^居民户口簿/, checked: true })
        .last()
        .waitFor();
      await look('card');
      const code = await page.locator('#booking-code').last().innerText();
      await phone.tap('改时间');
      await phone.sees(/^正在改 7月17日 周五 10:00 的预约/);
      await phone.tap(/^14:00 余/);
      await phone.tap(/^改到 7月17日 周五 14:00$/);
      await look('move');
      await phone.tap(/^确认改到/);
      await phone.button('取消预约').waitFor();
      await phone.words('7月17日 周五 14:00').waitFor();
      expect(await page.locator('#booking-code').last().innerText()).toBe(code);
      await phone.tap('取消预约');
      const question = page.getByRole('dialog', { name: '取消 7月17日 周五 14:00 的预约' });
      await question.getByRole('button', { name: '取消预约' }).tap();
      await phone.sees('已取消');
      expect(found).toEqual({});
    }, 90_000);
  }

  it('leaves no complaint of the browser', () => {
    expect(stage.complaints()).toEqual([]);
  });
});
