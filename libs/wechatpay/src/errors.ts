/**
 * - `refused`: WeChat Pay (or our own check before sending) said no; nothing happened.
 * - `unavailable`: nothing was done (not connected, rate limit, bill not ready); the same call may be made later.
 * - `unknown`: it may have been carried out (time-out, 5xx, answer unreadable or not signed). Query, or repeat with
 *   the same numbers; never treat it as failed.
 */
export type FailureKind = 'refused' | 'unavailable' | 'unknown';

/** `code` is WeChat Pay's (ORDER_CLOSED …), or one of our own such as TIMEOUT, HTTP_502, BAD_BODY, BAD_SIGNATURE. */
export class WechatPayError extends Error {
  override readonly name = 'WechatPayError';

  constructor(
    readonly kind: FailureKind,
    readonly code: string,
    readonly action: string,
    /** The field that was wrong, if known. */
    readonly field?: string,
  ) {
    super(`WeChat Pay ${action} ${kind}: ${code}${field ? ` (${field})` : ''}`);
  }
}

/** The system code of a failed fetch. Errors may come from another realm, so they are read by property. */
export function codeOfNetworkError(error: unknown): string {
  let current = error;
  for (let depth = 0; depth < 4 && typeof current === 'object' && current !== null; depth++) {
    const { name, code, cause, errors } = current as Record<string, unknown>;
    if (name === 'TimeoutError' || name === 'AbortError') return 'TIMEOUT';
    if (typeof code === 'string') return code;
    current = cause ?? (Array.isArray(errors) ? (errors as unknown[])[0] : undefined);
  }
  return 'NETWORK';
}

/** Failures before the first byte of the request left us; after any other the outcome is not known. */
const NOT_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'ERR_INVALID_URL',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

export const kindOfNetworkError = (code: string): FailureKind =>
  NOT_SENT.has(code) ? 'unavailable' : 'unknown';
