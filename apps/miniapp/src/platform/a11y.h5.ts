import { useEffect, useRef } from 'react';
import type { RadioState } from './types';
import './focus.scss';

type Attributes = Record<string, unknown>;

const named = (label: string | undefined) => (label === undefined ? {} : { 'aria-label': label });

/** What tells a screen reader that a view can be tapped. */
export function buttonRole(label?: string, disabled = false): Attributes {
  return { role: 'button', tabIndex: 0, 'aria-disabled': String(disabled), ...named(label) };
}

/** A button that stays pressed, such as a filter. */
export function toggleRole(on: boolean, disabled = false): Attributes {
  return { ...buttonRole(undefined, disabled), 'aria-pressed': String(on) };
}

export function foldRole(isOpen: boolean): Attributes {
  return { ...buttonRole(), 'aria-expanded': String(isOpen) };
}

export function checkboxRole(checked: boolean, label?: string): Attributes {
  return { role: 'checkbox', tabIndex: 0, 'aria-checked': String(checked), ...named(label) };
}

/** A few of which one is chosen: the arrows go from one to the next, Enter and the space bar choose (see setUpKeyboard). */
export function radioGroupRole(label: string): Attributes {
  return { role: 'radiogroup', 'aria-label': label };
}

export function radioRole({ label, checked, disabled = false, stop }: RadioState): Attributes {
  return {
    role: 'radio',
    tabIndex: stop ? 0 : -1,
    'aria-checked': String(checked),
    'aria-disabled': String(disabled),
    'aria-label': label,
  };
}

export function liveRole(): Attributes {
  return { role: 'alert' };
}

/** News that waits until the reader has finished its sentence. */
export function statusRole(): Attributes {
  return { role: 'status', 'aria-live': 'polite' };
}

/** What the eye reads and the reader should not, because it is said elsewhere. */
export function hiddenRole(): Attributes {
  return { 'aria-hidden': 'true' };
}

export function imageRole(label: string): Attributes {
  // To the picture inside of Taro's element, which nothing else reaches.
  return { nativeProps: { alt: label } };
}

export function mainRole(): Attributes {
  return { role: 'main' };
}

export function dialogRole(title: string): Attributes {
  return { role: 'dialog', 'aria-modal': 'true', 'aria-label': title, tabIndex: -1 };
}

const REACHABLE = '[tabindex="0"], input, textarea, button';

/** Takes the focus into a panel while it is there, and gives it back; Escape closes. @returns the panel's ref */
export function useDialogFocus(onClose: () => void): (panel: unknown) => void {
  const panel = useRef<HTMLElement | undefined>(undefined);
  const latest = useRef(onClose);
  latest.current = onClose;
  const take = useRef((element: unknown) => {
    if (element instanceof HTMLElement) panel.current = element;
  });
  useEffect(() => {
    const before = document.activeElement;
    panel.current?.focus();
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') latest.current();
      if (event.key === 'Tab') keepInside(panel.current, event);
    };
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('keydown', onKey);
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return take.current;
}

function keepInside(panel: HTMLElement | undefined, event: KeyboardEvent): void {
  const inside = [...(panel?.querySelectorAll<HTMLElement>(REACHABLE) ?? [])].filter((each) =>
    each.checkVisibility(),
  );
  const [first, last] = [inside[0], inside.at(-1)];
  const now = document.activeElement;
  if (!first || !last || !panel) return;
  const leaves = event.shiftKey ? now === first || now === panel : now === last;
  if (!leaves) return;
  event.preventDefault();
  (event.shiftKey ? last : first).focus();
}

/** Names a field: Taro's element keeps the label to itself, the reader asks the input inside, which is drawn a moment later. */
export function fieldLabel(label: string): (field: unknown) => void {
  return (field) => {
    if (!(field instanceof HTMLElement)) return;
    const name = (tries: number) => {
      const inner = field.querySelector('input, textarea');
      if (inner) inner.setAttribute('aria-label', label);
      else if (tries > 0) setTimeout(() => name(tries - 1), 50);
    };
    name(40);
  };
}

const TAPPED_BY_KEY = ['button', 'checkbox', 'radio'];

/** Taro's elements know taps only: Enter and the space bar tap what has the focus, and the arrows go through a group of choices. */
export function setUpKeyboard(): void {
  document.addEventListener('click', (event) => {
    // The links of Taro's tab bar lead to such an address; our pages forbid it, and say so in the console at each tap.
    const link = event.target instanceof Element ? event.target.closest('a[href^="javascript:"]') : null;
    if (link) event.preventDefault();
  });
  document.addEventListener('keydown', (event) => {
    const target = event.target;
    if (!(target instanceof HTMLElement)) return;
    const role = target.getAttribute('role') ?? '';
    if (TAPPED_BY_KEY.includes(role) && (event.key === 'Enter' || event.key === ' ')) {
      event.preventDefault();
      target.click();
    } else if (role === 'radio') {
      const next = neighbour(target, event.key);
      if (!next) return;
      event.preventDefault();
      next.focus();
      next.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    }
  });
  // Tab leaves the group from wherever the arrows have come, and comes back there.
  document.addEventListener('focusin', ({ target }) => {
    if (!(target instanceof HTMLElement) || target.getAttribute('role') !== 'radio') return;
    for (const each of radiosAround(target)) each.tabIndex = each === target ? 0 : -1;
  });
}

function radiosAround(radio: HTMLElement): HTMLElement[] {
  const group = radio.closest('[role=radiogroup]');
  return [...(group?.querySelectorAll<HTMLElement>('[role=radio]') ?? [])];
}

/** Where an arrow leads: one on or back in reading order, or to the nearest in the row above or below. */
function neighbour(radio: HTMLElement, key: string): HTMLElement | undefined {
  const all = radiosAround(radio);
  const at = all.indexOf(radio);
  switch (key) {
    case 'ArrowRight':
      return all[at + 1];
    case 'ArrowLeft':
      return all[at - 1];
    case 'Home':
      return all[0];
    case 'End':
      return all.at(-1);
    case 'ArrowDown':
    case 'ArrowUp':
      return inNextRow(radio, all, key === 'ArrowDown') ?? all[at + (key === 'ArrowDown' ? 1 : -1)];
    default:
      return undefined;
  }
}

function inNextRow(radio: HTMLElement, all: readonly HTMLElement[], down: boolean): HTMLElement | undefined {
  const from = radio.getBoundingClientRect();
  const others = all
    .map((each) => ({ each, box: each.getBoundingClientRect() }))
    .filter(({ box }) => (down ? box.top >= from.bottom - 1 : box.bottom <= from.top + 1))
    .map(({ each, box }) => ({
      each,
      rows: Math.abs(box.top - from.top),
      columns: Math.abs(box.left - from.left),
    }));
  return others.sort((a, b) => a.rows - b.rows || a.columns - b.columns)[0]?.each;
}
