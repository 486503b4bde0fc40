import type { FailureKind } from './errors.js';
import { EmsError } from './errors.js';
import { sealEnvelope } from './envelope.js';
import { beijingTime, isRecord, parseJson, readText } from './values.js';

/** The part of the platform's `fetch` that the client uses. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface EmsConfig {
  /** The whole address, `https://api.ems.com.cn/amp-prod-api/f/amp/api/open` (`…/test`), or a simulator's. */
  baseUrl: string;
  /** 协议客户号. */
  senderNo: string;
  /** Differs between test and production. */
  authorization: string;
  /** Base64 of 16 bytes. */
  signKey: string;
  fetch: Fetch;
  /** Per request, milliseconds; default 10000. */
  timeoutMs?: number;
  now?: () => Date;
}

const OK = '00000';

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
 * EMS publishes no codes but success, so passing troubles are known by their words: too many calls were not carried
 * out; "busy" may come after a part was.
 */
function kindOfRefusal(says: string): FailureKind {
  if (/频繁|限流|超过.*次数/.test(says)) return 'unavailable';
  return /繁忙|系统异常|稍后/.test(says) ? 'unknown' : 'refused';
}

/** EMS's words for people, without long numbers (phones, ID numbers) that it may repeat. */
const masked = (text: string): string => text.replace(/\d{7,}/g, '***').slice(0, 120);

/** One call of the open platform: the form, the envelope, the common part of the answer. */
export class Transport {
  private readonly config: Required<EmsConfig>;

  constructor(config: EmsConfig) {
    this.config = { timeoutMs: 10_000, now: () => new Date(), ...config };
  }

  /** The answer's retBody as it came. Throws EmsError unless retCode is 00000. */
  async call(apiCode: string, business: unknown, action: string): Promise<unknown> {
    const { senderNo, authorization, signKey, now } = this.config;
    const form = new URLSearchParams({
      apiCode,
      senderNo,
      authorization,
      timeStamp: beijingTime(now()),
      msgType: '0',
      version: 'V1.0.0',
      logitcsInterface: sealEnvelope(JSON.stringify(business), signKey),
    });
    const { status, text } = await this.post(form.toString(), action);
    if (status === 429) throw new EmsError('unavailable', 'HTTP_429', action);
    if (status !== 200) throw new EmsError('unknown', `HTTP_${status}`, action);
    const answer = parseJson(text);
    // Some gateways of EMS name the code `code` and its text `codeMessage`.
    const code = isRecord(answer) ? (readText(answer.retCode) ?? readText(answer.code)) : undefined;
    if (!isRecord(answer) || code === undefined) throw new EmsError('unknown', 'BAD_BODY', action);
    if (code !== OK || answer.success === false) {
      const says = readText(answer.retMsg) ?? readText(answer.codeMessage) ?? '';
      throw new EmsError(kindOfRefusal(says), code, action, masked(says));
    }
    return answer.retBody;
  }

  private async post(body: string, action: string): Promise<{ status: number; text: string }> {
    const { fetch, baseUrl, timeoutMs } = this.config;
    try {
      const response = await fetch(baseUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' },
        body,
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
      });
      return { status: response.status, text: await response.text() };
    } catch (error) {
      const code = codeOf(error);
      throw new EmsError(NOT_SENT.has(code) ? 'unavailable' : 'unknown', code, action);
    }
  }
}
