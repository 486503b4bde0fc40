/**
 * How long a place is kept that nobody has confirmed yet. To the instant, as ZMS's clean-up of reserved appointments: within its minutes a
 * hold is kept, at their end it is anybody's.
 */
import { addMinutes } from './time.js';

/** The first instant at which the place is no longer kept: a time that has begun can't be booked any more. */
export function holdUntil(heldAt: Date, minutes: number, startsAt: Date): Date {
  const until = addMinutes(heldAt, minutes);
  return until < startsAt ? until : startsAt;
}

/** @param until null for what is no hold */
export function isHeld(until: Date | null, now: Date): boolean {
  return until !== null && now < until;
}
