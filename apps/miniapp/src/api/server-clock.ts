/**
 * The hall's time, not the phone's: a phone may be hours off, and the demo city moves its clock to opening hours. Every answer
 * tells the server's time.
 */
let offsetMs = 0;

/** Under this the difference is the way of the answer, not a wrong clock. */
const NOTICED_MS = 5_000;

export function noteServerTime(text: string | undefined): void {
  const at = text === undefined ? Number.NaN : Date.parse(text);
  if (Number.isNaN(at)) return;
  const difference = at - Date.now();
  if (Math.abs(difference - offsetMs) > NOTICED_MS)
    offsetMs = Math.abs(difference) > NOTICED_MS ? difference : 0;
}

export function serverNow(): Date {
  return new Date(Date.now() + offsetMs);
}
