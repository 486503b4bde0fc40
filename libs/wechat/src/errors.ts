/**
 * - `refused`: WeChat (or our own check before sending) said no; the same call will be refused again.
 * - `unavailable`: nothing was done (not connected, busy, rate limit); the same call may be made again later.
 * - `unknown`: the call may have been carried out (time-out, broken or unreadable answer).
 */
export type FailureKind = 'refused' | 'unavailable' | 'unknown';

/** A failed WeChat call. `code` is WeChat's errcode as text, or one of our own such as TIMEOUT, HTTP_502, BAD_BODY. */
export class WechatError extends Error {
  override readonly name = 'WechatError';

  constructor(
    readonly kind: FailureKind,
    readonly code: string,
    readonly action: string,
    /** The field that was wrong, if known. */
    readonly field?: string,
  ) {
    super(`WeChat ${action} ${kind}: ${code}${field ? ` (${field})` : ''}`);
  }
}

/** WeChat's errcodes after which nothing was done and a later attempt can succeed. */
const LATER = new Set(['-1', '40001', '40014', '42001', '45009', '45011', '43108']);

export const kindOfErrcode = (code: string): FailureKind => (LATER.has(code) ? 'unavailable' : 'refused');
