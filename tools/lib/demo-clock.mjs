import { createRequire } from 'node:module';
import { UserError } from './log.mjs';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const BEIJING = 8 * HOUR;
/** Both halls are open then, with time left to walk through a visit. */
const openHours = [
  [9 * HOUR, 11 * HOUR],
  [14 * HOUR, 15.5 * HOUR],
];
const starts = [9.5 * HOUR, 14 * HOUR];

/**
 * How far the demo city's clock goes before the real one, in milliseconds. `DEMO_CLOCK` is `auto` (the default: not at
 * all while the halls are open, else to their next half past nine or two o'clock), `off`, or an instant to begin at.
 */
export function clockShift(setting = 'auto', now = Date.now()) {
  if (setting === 'off') return 0;
  if (setting !== 'auto') {
    const start = Date.parse(setting);
    if (Number.isNaN(start))
      throw new UserError(`DEMO_CLOCK is "${setting}": use auto, off or 2026-07-14T09:30+08:00.`);
    return start - now;
  }
  // Only here: the package may not be installed yet when this file is loaded.
  const { isWorkday } = createRequire(import.meta.url)('chinese-days');
  for (let midnight = Math.floor((now + BEIJING) / DAY) * DAY - BEIJING; ; midnight += DAY) {
    if (!isWorkday(new Date(midnight + BEIJING).toISOString().slice(0, 10))) continue;
    const time = now - midnight;
    if (openHours.some(([from, to]) => time >= from && time < to)) return 0;
    const start = starts.find((each) => each > time);
    if (start !== undefined) return start - time;
  }
}

/** `2026-11-23 09:30`, in Beijing. */
export const beijing = (instant) => new Date(instant + BEIJING).toISOString().slice(0, 16).replace('T', ' ');
