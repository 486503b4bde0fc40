import { useEffect } from 'react';

/**
 * Brings a child of a strip that scrolls sideways into sight. Taro's own `scrollIntoView` moves the whole page with it.
 * @returns what the strip is given
 */
export function useReveal(id: string | undefined): Record<string, unknown> {
  useEffect(() => {
    if (id === undefined) return;
    // Pages below the one that is seen stay in the document, with the same ids.
    const child = [...document.querySelectorAll<HTMLElement>(`[id="${id}"]`)].findLast((each) =>
      each.checkVisibility(),
    );
    const strip = child && scroller(child);
    if (!child || !strip) return;
    const [inner, outer] = [child.getBoundingClientRect(), strip.getBoundingClientRect()];
    if (inner.left < outer.left) strip.scrollLeft -= outer.left - inner.left;
    else if (inner.right > outer.right) strip.scrollLeft += inner.right - outer.right;
  }, [id]);
  return {};
}

function scroller(from: HTMLElement): HTMLElement | undefined {
  for (let at = from.parentElement; at; at = at.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(at).overflowX)) return at;
  }
  return undefined;
}
