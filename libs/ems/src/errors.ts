/**
 * - `refused`: EMS (or our own check before sending) said no; nothing happened.
 * - `unavailable`: nothing was done (not connected, rate limit); the same call may be made later.
 * - `unknown`: it may have been carried out (time-out, 5xx, unreadable answer). EMS documents no idempotency: after an
 *   unknown createOrder repeat only with the same order number, and look before making another.
 */
export type FailureKind = 'refused' | 'unavailable' | 'unknown';

/** `code` is EMS's retCode, or one of our own such as TIMEOUT, HTTP_502, BAD_BODY, INVALID_INPUT. */
export class EmsError extends Error {
  override readonly name = 'EmsError';

  constructor(
    readonly kind: FailureKind,
    readonly code: string,
    /** The method's name. */
    readonly action: string,
    /** The field that was wrong, or EMS's retMsg with numbers masked. */
    readonly detail?: string,
  ) {
    super(`EMS ${action} ${kind}: ${code}${detail ? ` (${detail})` : ''}`);
  }
}
