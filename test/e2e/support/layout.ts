import type { Page } from 'playwright-core';

export interface LayoutWishes {
  /** CSS pixels. */
  readonly smallestType?: number;
  /** Height of what one taps, CSS pixels. */
  readonly smallestTarget: number;
}

/** What is wrong with the page that is seen, in words; empty where nothing is. Sheets of the simulated WeChat are not looked at. */
export function layoutFaults(page: Page, wishes: LayoutWishes): Promise<string[]> {
  return page.evaluate(({ smallestType = 0, smallestTarget }) => {
    const TAPPED = '[role=button], [role=radio], [role=checkbox], button';
    const faults: string[] = [];
    const shown = (element: Element) => element.checkVisibility({ visibilityProperty: true });
    const name = (element: Element) =>
      (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 20);
    const pages = [...document.querySelectorAll('.page')].filter(
      // One that was left stands beside the screen for a moment.
      (element) => shown(element) && element.getBoundingClientRect().left < innerWidth,
    );
    const root = pages.at(-1);
    if (!root) return ['There is no page'];
    const inside = <T extends Element>(selector: string) =>
      [...root.querySelectorAll<T>(selector)].filter(shown);
    const scrollsSideways = (element: Element) => {
      for (let at: Element | null = element; at && at !== root; at = at.parentElement) {
        if (/auto|scroll/.test(getComputedStyle(at).overflowX)) return true;
      }
      return false;
    };

    for (const element of [document.documentElement, root]) {
      if (element.scrollWidth > element.clientWidth + 1)
        faults.push(`scrolls sideways: ${element.scrollWidth} > ${element.clientWidth}`);
    }

    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      const text = node.textContent?.trim();
      // Words for the reader's voice are not seen.
      if (!text || !element || !shown(element) || element.closest('.only-said')) continue;
      const style = getComputedStyle(element);
      const size = Number.parseFloat(style.fontSize);
      if (size < smallestType) faults.push(`${size} px: “${text.slice(0, 20)}”`);
      range.selectNodeContents(node);
      const box = range.getBoundingClientRect();
      if (box.width === 0) continue;
      if (!scrollsSideways(element) && (box.right > innerWidth + 1 || box.left < -1))
        faults.push(`beyond the edge: “${text.slice(0, 20)}”`);
      for (let at: Element | null = element; at && at !== root; at = at.parentElement) {
        const { overflowX, overflowY } = getComputedStyle(at);
        if (/auto|scroll/.test(overflowX + overflowY)) break;
        const frame = at.getBoundingClientRect();
        const cutX =
          /hidden|clip/.test(overflowX) && (box.right > frame.right + 1 || box.left < frame.left - 1);
        const cutY = /hidden|clip/.test(overflowY) && box.bottom > frame.bottom + 2;
        if (cutX || cutY) faults.push(`cut: “${text.slice(0, 20)}”`);
      }
    }

    // What stays at the thumb lies over the rest on purpose.
    const layer = (element: Element) => element.closest('.page__footer, .sheet, .top-bar');
    const targets = inside<HTMLElement>(TAPPED + ', input, textarea');
    const boxes = targets.map((element) => ({
      element,
      box: element.getBoundingClientRect(),
      layer: layer(element),
    }));
    for (const { element, box } of boxes) {
      if (box.width === 0 || element.closest(TAPPED) !== element) continue;
      if (element.classList.contains('sheet__shade')) continue;
      if (box.height < smallestTarget - 0.5)
        faults.push(`${Math.round(box.height)} px high: “${name(element)}”`);
    }
    boxes.forEach((one, index) => {
      for (const other of boxes.slice(index + 1)) {
        if (one.layer !== other.layer) continue;
        if (one.element.contains(other.element) || other.element.contains(one.element)) continue;
        const width = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        const height = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
        if (width > 1 && height > 1) faults.push(`“${name(one.element)}” over “${name(other.element)}”`);
      }
    });
    return [...new Set(faults)];
  }, wishes);
}
