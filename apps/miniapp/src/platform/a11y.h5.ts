/** What tells a screen reader that a view can be tapped. */
export function buttonRole(label?: string, disabled = false): Record<string, unknown> {
  return {
    role: 'button',
    tabIndex: 0,
    'aria-disabled': String(disabled),
    ...(label === undefined ? {} : { 'aria-label': label }),
  };
}

export function liveRole(): Record<string, unknown> {
  return { role: 'alert' };
}

export function imageRole(label: string): Record<string, unknown> {
  // To the picture inside of Taro's element, which nothing else reaches.
  return { nativeProps: { alt: label } };
}

export function mainRole(): Record<string, unknown> {
  return { role: 'main' };
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

/** Taro's elements know taps only: Enter and the space bar tap what has the focus. */
export function setUpKeyboard(): void {
  document.addEventListener('click', (event) => {
    // The links of Taro's tab bar lead to such an address; our pages forbid it, and say so in the console at each tap.
    const link = event.target instanceof Element ? event.target.closest('a[href^="javascript:"]') : null;
    if (link) event.preventDefault();
  });
  document.addEventListener('keydown', (event) => {
    const target = event.target;
    if (!(target instanceof HTMLElement) || target.getAttribute('role') !== 'button') return;
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    target.click();
  });
}
