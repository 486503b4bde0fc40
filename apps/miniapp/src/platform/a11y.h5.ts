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
  return { role: 'img', 'aria-label': label };
}

/** Taro's elements know taps only: Enter and the space bar tap what has the focus. */
export function setUpKeyboard(): void {
  document.addEventListener('keydown', (event) => {
    const target = event.target;
    if (!(target instanceof HTMLElement) || target.getAttribute('role') !== 'button') return;
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    target.click();
  });
}
