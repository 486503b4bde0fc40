/** What tells a screen reader that a view can be tapped. */
export function buttonRole(label?: string, disabled = false): Record<string, unknown> {
  return { ariaRole: 'button', ariaDisabled: disabled, ...(label === undefined ? {} : { ariaLabel: label }) };
}

export function liveRole(): Record<string, unknown> {
  return { ariaRole: 'alert' };
}

export function imageRole(label: string): Record<string, unknown> {
  return { ariaRole: 'img', ariaLabel: label };
}

export function mainRole(): Record<string, unknown> {
  return {};
}

/** Fields are named by their `ariaLabel` already. */
export function fieldLabel(_label: string): undefined {
  return undefined;
}

export function setUpKeyboard(): void {
  // Phones only.
}
