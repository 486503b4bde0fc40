import type { RateLimitRule } from '../common/rate-limit.js';

/** Under this name those who try too often are counted for the manager's signals. */
export const PLACE_TALLY = 'booking.place';

/**
 * For every way to a place together: a person picks a time now and then, a script tries every second, and by turns. Counted for the account,
 * which is one real person, also where it acts for others.
 */
export const placeLimits: readonly RateLimitRule[] = [
  { points: 30, seconds: 60, by: 'actor', shared: PLACE_TALLY, tally: PLACE_TALLY },
];
