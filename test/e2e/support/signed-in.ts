import type { BrowserContextOptions } from 'playwright-core';
import type { TestCitizen } from '../../support/builders/citizen.js';
import { Phone } from './phone.js';
import { devices, type Stage } from './stage.js';

/** A phone in whose browser this person has signed in before; its page is still empty. */
export async function phoneOf(
  stage: Stage,
  { client, session }: TestCitizen,
  device: BrowserContextOptions = devices.oldPhone,
): Promise<Phone> {
  const { page } = await stage.screen(device);
  const kept = JSON.stringify({ data: { session, citizen: await client.identity.me() } });
  await page.addInitScript((text) => {
    if (!localStorage.getItem('hb:session')) localStorage.setItem('hb:session', text);
  }, kept);
  return Phone.of(stage, page);
}
