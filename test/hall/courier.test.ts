import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { demoPassword } from '../../apps/api/src/db/demo/index.js';
import { seedCity } from '../support/builders/city.js';
import { courierDesk, newCaseToSend, newOrderedDelivery } from '../support/builders/delivery.js';
import { ShiftedClock } from '../support/builders/payment.js';
import { newWorld, type World } from '../support/world.js';
import { builtHall, newScreen, openBrowser, signIn } from './support/site.js';

let world: World;
let browser: Browser;
beforeAll(async () => {
  world = await newWorld({ simulators: true, clock: new ShiftedClock(), pages: await builtHall() });
  await seedCity(world);
  browser = await openBrowser();
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await world?.close();
});

describe('the courier desk', () => {
  it('refuses a certificate that is not the waybill’s, big and at once, and hands over the right one', async () => {
    const delivery = await newOrderedDelivery(world, await newCaseToSend(world));
    const { client } = await courierDesk(world);
    const parcel = await client.delivery.getOfHall({ deliveryId: delivery.id });
    const { page, complaints } = await newScreen(browser);
    await signIn(page, world.baseUrl, 'courier01', demoPassword);
    await page.getByText('扫邮件号').waitFor();
    const scan = async (text: string) => {
      await page.keyboard.type(text);
      await page.keyboard.press('Enter');
    };

    await scan('123');
    await page.getByRole('alert').getByText('不是邮件号').waitFor();
    await scan(parcel.waybillNo ?? '');
    await page.getByText('请扫要装进去的证照编号').waitFor();
    await scan('SOMEBODY-ELSES');
    await page.getByRole('alert').getByText('证照与面单不是一件').waitFor();
    expect((await client.delivery.getOfHall({ deliveryId: delivery.id })).state).toBe('ordered');

    await scan(parcel.certificateNo);
    await page.getByText('配对一致，已交 EMS').waitFor();
    expect((await client.delivery.getOfHall({ deliveryId: delivery.id })).state).toBe('handed_over');
    expect(complaints).toEqual([]);
  }, 90_000);

  it('takes what a scanner types although the focus is elsewhere', async () => {
    const { page } = await newScreen(browser);
    await signIn(page, world.baseUrl, 'courier01', demoPassword);
    await page.getByText('扫邮件号').waitFor();
    await page.getByRole('button', { name: /余海波/ }).focus();
    await page.keyboard.type('EA1');
    expect(await page.locator('#scan-input').inputValue()).toBe('EA1');
  }, 60_000);
});
