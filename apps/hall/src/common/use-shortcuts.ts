import { useEffect, useRef } from 'react';

/** `event.key` (letters in upper case) → what it does; undefined where it does nothing now. */
export type Shortcuts = Readonly<Record<string, (() => void) | undefined>>;

const typing = (element: Element | null) =>
  element instanceof HTMLElement &&
  (element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName)) &&
  !/^(checkbox|radio)$/.test(element.getAttribute('type') ?? '');

/**
 * Keys of a page or a drawer. Letters and the space bar keep still while somebody types, and the space bar also where it presses
 * the focused button; function keys always work. With `enabled` false, as under an open dialog, none does.
 */
export function useShortcuts(shortcuts: Shortcuts, enabled = true): void {
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  useEffect(() => {
    if (!enabled) return undefined;
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
      const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
      if (!(key in latest.current)) return;
      const target = document.activeElement;
      const functionKey = /^F\d+$/.test(key);
      if (!functionKey && typing(target)) return;
      if (key === ' ' && target?.closest('button,a,[role=button],[role=tab],[role=checkbox],input,summary'))
        return;
      // Also where it does nothing now: F-keys would reload or search, the space bar would scroll.
      event.preventDefault();
      if (!event.repeat) latest.current[key]?.();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [enabled]);
}
