import type { Page } from 'playwright-core';
import { axeViolations } from './axe.js';
import { layoutFaults, type LayoutWishes } from './layout.js';
import { keepPicture } from './pictures.js';

const TALLEST = 2400;

interface Way {
  readonly kind: string;
  readonly wishes: LayoutWishes;
  /** Width and height of the screen, where it is not the phone's own. */
  readonly screen?: { readonly width: number; readonly height: number };
  readonly elder?: boolean;
  readonly type?: '200%';
}

const ways: readonly Way[] = [
  { kind: 'usual', wishes: { smallestTarget: 44 } },
  { kind: 'elder', elder: true, wishes: { smallestType: 18, smallestTarget: 60 } },
  {
    kind: 'large-type',
    type: '200%',
    screen: { width: 320, height: 640 },
    wishes: { smallestTarget: 44 },
  },
];

/** What is wrong with the pages that were looked at, by page and way of looking. */
export class Looks {
  readonly found: Record<string, string[]> = {};

  constructor(private readonly prefix: string) {}

  /** Looks at what the page shows as it is, as 长辈版 draws it, and with type of 200 % on a screen of 320 px. */
  async at(page: Page, name: string): Promise<void> {
    const own = page.viewportSize();
    // A passing message is pale while it comes and goes.
    await page.locator('.taro__toast p').filter({ visible: true }).waitFor({ state: 'hidden' });
    for (const { kind, wishes, screen, elder, type } of ways) {
      if (elder) await asElder(page, true);
      if (screen) await page.setViewportSize(screen);
      const style = type && (await page.addStyleTag({ content: `html { font-size: ${type} !important; }` }));
      const faults = [...(await layoutFaults(page, wishes)), ...(await axeViolations(page))];
      if (faults.length > 0) this.found[`${kind} ${name}`] = faults;
      await keepAllOfIt(page, `${this.prefix}-${name}-${kind}`);
      if (own) await page.setViewportSize(own);
      await style?.evaluate((element) => (element as Element).remove());
      if (elder) await asElder(page, false);
    }
  }
}

/** With what lies below the screen, on a screen that is high enough. */
async function keepAllOfIt(page: Page, name: string): Promise<void> {
  const height = await page.evaluate(() => {
    const heights = [...document.querySelectorAll('.page')].map((each) =>
      each.checkVisibility() ? each.scrollHeight : 0,
    );
    return Math.max(...heights, innerHeight);
  });
  const width = page.viewportSize()?.width ?? 0;
  await page.setViewportSize({ width, height: Math.min(height, TALLEST) });
  await keepPicture(page, name);
}

/** All that 长辈版 changes on a page without tabs is this class (ui/page.tsx). */
async function asElder(page: Page, on: boolean): Promise<void> {
  await page.evaluate((elder) => {
    for (const each of document.querySelectorAll('.page')) each.classList.toggle('page--elder', elder);
  }, on);
}
