import { useRef } from 'react';
import type { RadioState } from './types';

type Attributes = Record<string, unknown>;

const named = (label: string | undefined) => (label === undefined ? {} : { ariaLabel: label });

/** What tells a screen reader that a view can be tapped. */
export function buttonRole(label?: string, disabled = false): Attributes {
  return { ariaRole: 'button', ariaDisabled: disabled, ...named(label) };
}

/** A button that stays pressed, such as a filter: WeChat knows no pressed button, a checkbox says the same. */
export function toggleRole(on: boolean, disabled = false): Attributes {
  return { ariaRole: 'checkbox', ariaChecked: on, ariaDisabled: disabled };
}

export function foldRole(_isOpen: boolean): Attributes {
  return buttonRole();
}

export function checkboxRole(checked: boolean, label?: string): Attributes {
  return { ariaRole: 'checkbox', ariaChecked: checked, ...named(label) };
}

/** A few of which one is chosen. */
export function radioGroupRole(label: string): Attributes {
  return { ariaRole: 'radiogroup', ariaLabel: label };
}

export function radioRole({ label, checked, disabled = false }: RadioState): Attributes {
  return { ariaRole: 'radio', ariaChecked: checked, ariaDisabled: disabled, ariaLabel: label };
}

export function liveRole(): Attributes {
  return { ariaRole: 'alert' };
}

/** News that waits until the reader has finished its sentence. */
export function statusRole(): Attributes {
  return { ariaLive: 'polite' };
}

/** What the eye reads and the reader should not, because it is said elsewhere. */
export function hiddenRole(): Attributes {
  return { ariaHidden: true };
}

export function imageRole(label: string): Attributes {
  return { ariaRole: 'img', ariaLabel: label };
}

export function mainRole(): Attributes {
  return {};
}

export function dialogRole(title: string): Attributes {
  return { ariaRole: 'dialog', ariaLabel: title };
}

/** Fingers have no focus to keep. */
export function useDialogFocus(_onClose: () => void): (panel: unknown) => void {
  return useRef(() => undefined).current;
}

/** Fields are named by their `ariaLabel` already. */
export function fieldLabel(_label: string): undefined {
  return undefined;
}

export function setUpKeyboard(): void {
  // Phones only.
}
