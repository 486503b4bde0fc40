import type { IPayRequest } from 'wechatpay-node-v3/dist/lib/pay-request.interface.js';
import type { Output } from 'wechatpay-node-v3/dist/lib/interface-v2.js';
import { WechatPayError, codeOfNetworkError, kindOfNetworkError } from './errors.js';
import type { Keyring } from './signature.js';
import { faultOfSignature, isSigned } from './signature.js';

/** The part of the platform's `fetch` that the client uses. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** The library writes this host into every address and takes it off again for the path that it signs. */
export const LIBRARY_HOST = 'https://api.mch.weixin.qq.com';
/** Bills are downloaded from here; alone of all answers, they are not signed. */
export const BILL_PATH = '/v3/billdownload/';

export interface TransportConfig {
  baseUrl: string;
  fetch: Fetch;
  keyring: Keyring;
  timeoutMs: number;
  now: () => Date;
}

interface Answer {
  status: number;
  headers: Headers;
  body: Buffer;
}

/**
 * What wechatpay-node-v3 sends its requests with (its createHttp hook). The library itself has no time-out, a fixed
 * host, and does not verify answers. Here every failure is thrown as WechatPayError and a 2xx counts only if WeChat
 * Pay signed it.
 */
export class Transport implements IPayRequest {
  constructor(private readonly config: TransportConfig) {}

  /** Written with JSON.stringify exactly once, because the signature covers JSON.stringify of the same object. */
  async post(url: string, params: object, headers: Record<string, string>): Promise<Output> {
    return this.exchange(url, headers, { method: 'POST', body: JSON.stringify(params) });
  }

  async get(url: string, headers: Record<string, string>): Promise<Output> {
    return this.exchange(url, headers, { method: 'GET' });
  }

  upload(url: string): Promise<Output> {
    return Promise.reject(new WechatPayError('refused', 'NOT_SUPPORTED', this.actionOf('POST', url)));
  }

  private async exchange(
    url: string,
    headers: Record<string, string>,
    init: { method: string; body?: string },
  ): Promise<Output> {
    const action = this.actionOf(init.method, url);
    const answer = await this.send(url, headers, init, action);
    if (answer.status < 200 || answer.status > 299) throw this.failure(answer, action);
    if (url.startsWith(LIBRARY_HOST + BILL_PATH)) return { status: answer.status, data: answer.body };
    const fault = this.faultOf(answer);
    if (fault) throw new WechatPayError('unknown', 'BAD_SIGNATURE', action, fault);
    // 202: accepted, result not known yet.
    if (answer.status === 202) throw new WechatPayError('unknown', 'HTTP_202', action);
    if (answer.status === 204) return { status: 204, data: {} };
    const data = parseObject(answer.body);
    if (!data) throw new WechatPayError('unknown', 'BAD_BODY', action);
    return { status: answer.status, data };
  }

  private async send(
    url: string,
    headers: Record<string, string>,
    init: RequestInit,
    action: string,
  ): Promise<Answer> {
    const { baseUrl, fetch, timeoutMs, keyring } = this.config;
    // Asks for answers signed with the 微信支付公钥 where we hold it.
    const publicKeyId = [...keyring.keys()].find((serial) => serial.startsWith('PUB_KEY_ID_'));
    try {
      const response = await fetch(baseUrl + url.slice(LIBRARY_HOST.length), {
        ...init,
        // The library's Accept-Encoding is left to fetch, which then also unpacks.
        headers: { ...withoutEncoding(headers), ...(publicKeyId ? { 'Wechatpay-Serial': publicKeyId } : {}) },
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
      });
      const body = Buffer.from(await response.arrayBuffer());
      return { status: response.status, headers: response.headers, body };
    } catch (error) {
      const code = codeOfNetworkError(error);
      throw new WechatPayError(kindOfNetworkError(code), code, action);
    }
  }

  /** A refusal counts if it is WeChat Pay's JSON and, where it carries a signature, if that is right. */
  private failure(answer: Answer, action: string): WechatPayError {
    const { status } = answer;
    const code = parseObject(answer.body)?.code;
    if (status === 429) return new WechatPayError('unavailable', 'FREQUENCY_LIMITED', action);
    if (typeof code !== 'string' || code === '')
      return new WechatPayError('unknown', `HTTP_${status}`, action);
    const fault = isSigned(answer.headers) ? this.faultOf(answer) : undefined;
    if (fault) return new WechatPayError('unknown', 'BAD_SIGNATURE', action, fault);
    if (status < 400 || status > 499) return new WechatPayError('unknown', code, action);
    return new WechatPayError(LATER.has(code) ? 'unavailable' : 'refused', code, action);
  }

  private faultOf({ headers, body }: Answer): string | undefined {
    return faultOfSignature({ headers, rawBody: body, keyring: this.config.keyring, now: this.config.now() });
  }

  /** Method and path without our numbers and the bill's token. */
  private actionOf(method: string, url: string): string {
    const path = url.slice(LIBRARY_HOST.length).split('?')[0] ?? '';
    return `${method} ${path.replace(/\/(id|out-trade-no|refunds)\/[^/]+/, '/$1/…')}`;
  }
}

/** Refusals that pass by themselves. */
const LATER = new Set(['FREQUENCY_LIMITED', 'RATELIMIT_EXCEEDED', 'STATEMENT_CREATING']);

const withoutEncoding = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'accept-encoding'));

function parseObject(body: Buffer): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(body.toString('utf8'));
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) {
      return parsed as Record<string, unknown>;
    }
  } catch {
    // Not JSON: the caller names the failure.
  }
  return undefined;
}
