/** Browsers allow it only after the person touched the page, and iPhones never. */
export function vibrate(): void {
  if (typeof navigator.vibrate === 'function') navigator.vibrate([400, 200, 400]);
}
