import type { Locator, Page } from 'playwright-core';
import { idNumberOf } from '../../support/builders/citizen.js';
import { settled } from './pictures.js';
import type { Stage } from './stage.js';

/** How often a tap is tried, for two seconds each. */
const TAPS = 10;
const addresses: Record<Tab, string> = { 首页: 'home', 办事: 'items', 进度: 'progress', 我的: 'mine' };

export interface Person {
  readonly name: string;
  readonly idNumber: string;
  readonly phone: string;
}

let people = 0;

/** Nobody's: the region is not allotted, nor is the number range. The phone number is the one that the demo's sheet offers. */
function newPerson(): Person {
  people += 1;
  return { name: '林晓月', idNumber: idNumberOf(400 + people, '19930621'), phone: '15400591099' };
}

export type Tab = '首页' | '办事' | '进度' | '我的';

/** A hand that holds the phone: it taps what has a name, types into what has a label, and reads. */
export class Phone {
  constructor(
    readonly page: Page,
    private readonly baseUrl: string,
    readonly person: Person,
    private readonly look: (name: string) => Promise<void>,
  ) {}

  /** @param look what to do on each page where the thread arrives, such as to check it */
  static async of(
    stage: Stage,
    page: Page,
    look: (name: string) => Promise<void> = () => Promise.resolve(),
  ): Promise<Phone> {
    const phone = new Phone(page, stage.world.baseUrl, newPerson(), look);
    await phone.open('');
    await phone.button('预约').waitFor();
    return phone;
  }

  /** @param address such as `pages/mine/index`; empty for where the app starts */
  async open(address: string): Promise<void> {
    await this.page.goto(`${this.baseUrl}/${address && `#/${address}`}`);
    if (address) await this.shown(address.replace(/\?.*/, ''));
  }

  /** Tells that a page is there, with all that it shows. */
  async arrived(name: string): Promise<void> {
    await settled(this.page);
    await this.look(name);
  }

  /** All that is tapped: buttons, and the choices of a group. */
  buttons(name: string | RegExp): Locator {
    const named = { name, exact: true };
    return this.page
      .getByRole('button', named)
      .or(this.page.getByRole('radio', named))
      .or(this.page.getByRole('checkbox', named))
      .filter({ visible: true });
  }

  /** The last: pages below the one that is seen stay in the document, and while it slides in both can be seen. */
  button(name: string | RegExp): Locator {
    return this.buttons(name).last();
  }

  /** Looks anew after a while: what had this name at first may have been on a page that was being left. */
  async tap(name: string | RegExp): Promise<void> {
    for (let tries = 1; tries < TAPS; tries += 1) {
      const done = await this.button(name)
        .tap({ timeout: 2_000 })
        .then(
          () => true,
          () => false,
        );
      if (done) return;
    }
    await this.button(name).tap({ timeout: 2_000 });
  }

  words(text: string | RegExp): Locator {
    return this.page.getByText(text).filter({ visible: true }).last();
  }

  sees(text: string | RegExp): Promise<void> {
    return this.words(text).waitFor();
  }

  field(label: string): Locator {
    return this.page
      .locator(`[aria-label="${label}"] input, [aria-label="${label}"] textarea`)
      .filter({ visible: true });
  }

  async fill(label: string, text: string): Promise<void> {
    await this.field(label).fill(text);
  }

  /** Back to the tabs, then by the tab bar: WeChat's own, which Taro draws in the browser, or ours in elder mode. */
  async toTab(name: Tab): Promise<void> {
    const back = this.button('返回');
    for (let left = 0; left < 6; left += 1) {
      await settled(this.page);
      if ((await back.count()) === 0) break;
      await back.tap();
    }
    const own = this.page.locator('.weui-tabbar__label', { hasText: name }).filter({ visible: true });
    await own
      .or(
        this.page.locator('.elder-tabs').getByRole('button', { name, exact: true }).filter({ visible: true }),
      )
      .first()
      .tap();
    await this.shown(`pages/${addresses[name]}/`);
  }

  /** The address changes at once, the page only when its code is there; until then taps reach the one before. */
  private async shown(path: string): Promise<void> {
    await this.page.locator(`.taro_page[id^="/${path}"]`).filter({ visible: true }).first().waitFor();
  }
}
