import { WechatError } from './errors.js';

/** The part of the platform's `fetch` that the client uses. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface Answer {
  status: number;
  contentType: string;
  body: Buffer;
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

/** The system code of a failed fetch. Errors may come from another realm, so they are read by property. */
function codeOf(error: unknown): string {
  let current = error;
  for (let depth = 0; depth < 4 && typeof current === 'object' && current !== null; depth++) {
    const { name, code, cause, errors } = current as Record<string, unknown>;
    if (name === 'TimeoutError' || name === 'AbortError') return 'TIMEOUT';
    if (typeof code === 'string') return code;
    current = cause ?? (Array.isArray(errors) ? (errors as unknown[])[0] : undefined);
  }
  return 'NETWORK';
}

/**
 * One request with a time-out that also covers reading the body. Redirects are not followed: they would carry the
 * token elsewhere. The cause is not attached to the error, because messages of fetch may hold the URL and so the secret.
 */
export async function send(
  fetch: Fetch,
  url: string,
  init: RequestInit,
  timeoutMs: number,
  action: string,
): Promise<Answer> {
  try {
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const body = Buffer.from(await response.arrayBuffer());
    return { status: response.status, contentType: response.headers.get('content-type') ?? '', body };
  } catch (error) {
    const code = codeOf(error);
    throw new WechatError(NOT_SENT.has(code) ? 'unavailable' : 'unknown', code, action);
  }
}

/** The answer's JSON object; anything else leaves the outcome unknown. */
export function readJson(answer: Answer, action: string): Record<string, unknown> {
  if (answer.status === 429) throw new WechatError('unavailable', 'HTTP_429', action);
  if (answer.status !== 200) throw new WechatError('unknown', `HTTP_${answer.status}`, action);
  let parsed: unknown;
  try {
    parsed = JSON.parse(answer.body.toString('utf8'));
  } catch {
    throw new WechatError('unknown', 'BAD_BODY', action);
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new WechatError('unknown', 'BAD_BODY', action);
  }
  return parsed as Record<string, unknown>;
}
