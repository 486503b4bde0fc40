import type { Locator, Page } from 'playwright-core';
import type { Stage } from './stage.js';

export type Tab = '首页' | '办事' | '进度' | '我的';

/** A hand that holds the phone: it taps what has a name, types into what has a label, and reads. */
export class Phone {
  constructor(
    readonly page: Page,
    private readonly baseUrl: string,
  ) {}

  static async of(stage: Stage, page: Page): Promise<Phone> {
    const phone = new Phone(page, stage.world.baseUrl);
    await phone.open('');
    await phone.button('预约').waitFor();
    return phone;
  }

  /** @param address such as `pages/mine/index`; empty for where the app starts */
  async open(address: string): Promise<void> {
    await this.page.goto(`${this.baseUrl}/${address && `#/${address}`}`);
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: true }).filter({ visible: true }).first();
  }

  tap(name: string | RegExp): Promise<void> {
    return this.button(name).tap();
  }

  /** Pages below the one that is seen stay in the document. */
  words(text: string | RegExp): Locator {
    return this.page.getByText(text).filter({ visible: true }).first();
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

  /** The tab bar: WeChat's own, which Taro draws in the browser, or ours in elder mode. */
  async toTab(name: Tab): Promise<void> {
    const own = this.page.locator('.weui-tabbar__label', { hasText: name }).filter({ visible: true });
    await own
      .or(
        this.page.locator('.elder-tabs').getByRole('button', { name, exact: true }).filter({ visible: true }),
      )
      .first()
      .tap();
  }
}
