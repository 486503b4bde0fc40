import { AccessToken } from './access-token.js';
import { WechatError, kindOfErrcode } from './errors.js';
import type { Answer, Fetch } from './http.js';
import { readJson, send } from './http.js';
import type { TemplateValue } from './template-data.js';
import { fitTemplateData } from './template-data.js';
import type { TokenStore } from './token-store.js';

export interface WechatConfig {
  appid: string;
  secret: string;
  /** `https://api.weixin.qq.com`, or a simulator. */
  baseUrl: string;
  fetch: Fetch;
  tokenStore: TokenStore;
  /** Per request, milliseconds; default 5000. */
  timeoutMs?: number;
  now?: () => Date;
}

export interface WechatSession {
  openid: string;
  unionid?: string;
}

export interface WechatPhone {
  /** With country code outside China. */
  phoneNumber: string;
  purePhoneNumber: string;
  countryCode: string;
}

export interface SubscribeMessage {
  openid: string;
  templateId: string;
  /** Opened on a tap; without a leading slash, may have a query. */
  page?: string;
  data: Readonly<Record<string, TemplateValue>>;
  miniprogramState?: 'developer' | 'trial' | 'formal';
}

/**
 * - `sent`: accepted by WeChat; one grant is used up.
 * - `refused`: this person cannot be told this way (43101: no grant left, so set the count to zero; 40003: openid).
 * - `invalid`: our message or template is wrong (`field` if known); do not repeat.
 * - `retry`: later; `maybeSent` when the message may have gone out already.
 */
export type SubscribeResult =
  | { outcome: 'sent' }
  | { outcome: 'refused'; code: string }
  | { outcome: 'invalid'; code: string; field?: string; reason: string }
  | { outcome: 'retry'; code: string; maybeSent: boolean };

export interface QrCodeRequest {
  /** At most 32 of ``0-9A-Za-z!#$&'()*+,/:;=?@-._~``; the phone must apply decodeURIComponent to it. */
  scene: string;
  /** Without leading slash and query. */
  page?: string;
  /** Default true: the page must be in the released version. */
  checkPath?: boolean;
  envVersion?: 'release' | 'trial' | 'develop';
  /** 280 to 1280 pixels, default 430. */
  width?: number;
}

export interface SecCheckRequest {
  /** Must have used the mini-program in the last two hours. */
  openid: string;
  /** At most 2500 characters. */
  content: string;
  scene: 'profile' | 'comment' | 'forum' | 'social_log';
  title?: string;
  nickname?: string;
}

export interface SecCheckResult {
  suggest: 'pass' | 'review' | 'risky';
  /** 100 is normal. */
  label: number;
  traceId: string;
}

const SCENES = { profile: 1, comment: 2, forum: 3, social_log: 4 } as const;
const SCENE_TEXT = /^[0-9A-Za-z!#$&'()*+,/:;=?@\-._~]{1,32}$/;
const TOKEN_REJECTED = new Set(['40001', '40014', '42001']);
/** Codes about the person, not about the message: 43101 refused or no grant, 40003 openid, 43107 messages banned. */
const PERSON_REFUSED = new Set(['43101', '43107', '40003']);

/** Server calls of a mini-program. Every method throws WechatError unless it says otherwise. */
export class WechatClient {
  private readonly config: Required<WechatConfig>;
  private readonly token: AccessToken;

  constructor(config: WechatConfig) {
    const filled = { timeoutMs: 5000, now: () => new Date(), ...config };
    this.config = { ...filled, baseUrl: config.baseUrl.replace(/\/+$/, '') };
    this.token = new AccessToken(this.config);
  }

  /**
   * The person behind a `wx.login` code, which works once and for five minutes. The session key is not handed out:
   * nothing of ours decrypts with it. A used or old code is `refused` with 40029.
   */
  async code2Session(code: string): Promise<WechatSession> {
    const { appid, secret } = this.config;
    const query = new URLSearchParams({ appid, secret, js_code: code, grant_type: 'authorization_code' });
    const action = 'code2Session';
    const body = this.accept(
      readJson(await this.request(`/sns/jscode2session?${query}`, undefined, action), action),
      action,
    );
    if (typeof body.openid !== 'string' || body.openid === '')
      throw new WechatError('unknown', 'BAD_BODY', action);
    return {
      openid: body.openid,
      ...(typeof body.unionid === 'string' && body.unionid ? { unionid: body.unionid } : {}),
    };
  }

  /** The number behind a code of `<button open-type="getPhoneNumber">`; the code works once. Each call is charged. */
  async getPhoneNumber(code: string): Promise<WechatPhone> {
    const action = 'getPhoneNumber';
    const body = await this.call('/wxa/business/getuserphonenumber', { code }, action);
    const info = asRecord(body.phone_info);
    const { phoneNumber, purePhoneNumber, countryCode } = info;
    if (typeof phoneNumber !== 'string' || typeof purePhoneNumber !== 'string') {
      throw new WechatError('unknown', 'BAD_BODY', action);
    }
    if (asRecord(info.watermark).appid !== this.config.appid) {
      throw new WechatError('refused', 'FOREIGN_WATERMARK', action);
    }
    return { phoneNumber, purePhoneNumber, countryCode: String(countryCode ?? '') };
  }

  /** Sends one subscribe message; never throws for an answer of WeChat or the network, see SubscribeResult. */
  async sendSubscribeMessage(message: SubscribeMessage): Promise<SubscribeResult> {
    const fitted = fitTemplateData(message.data);
    if (!fitted.ok) {
      return { outcome: 'invalid', code: 'INVALID_INPUT', field: fitted.field, reason: fitted.reason };
    }
    try {
      await this.call(
        '/cgi-bin/message/subscribe/send',
        {
          touser: message.openid,
          template_id: message.templateId,
          ...(message.page ? { page: message.page } : {}),
          data: fitted.data,
          miniprogram_state: message.miniprogramState ?? 'formal',
          lang: 'zh_CN',
        },
        'subscribe/send',
      );
      return { outcome: 'sent' };
    } catch (error) {
      if (!(error instanceof WechatError)) throw error;
      return toSubscribeResult(error);
    }
  }

  /** A mini-program code as image bytes. WeChat answers errors as JSON on the same address: told by content type. */
  async getUnlimitedQrCode(request: QrCodeRequest): Promise<{ contentType: string; image: Buffer }> {
    const action = 'getwxacodeunlimit';
    const { scene, page, checkPath = true, envVersion = 'release', width = 430 } = request;
    if (!SCENE_TEXT.test(scene)) throw new WechatError('refused', 'INVALID_INPUT', action, 'scene');
    if (page !== undefined && !/^[^/?#][^?#]*$/.test(page)) {
      throw new WechatError('refused', 'INVALID_INPUT', action, 'page');
    }
    if (!Number.isInteger(width) || width < 280 || width > 1280) {
      throw new WechatError('refused', 'INVALID_INPUT', action, 'width');
    }
    const body = {
      scene,
      check_path: checkPath,
      env_version: envVersion,
      width,
      ...(page === undefined ? {} : { page }),
    };
    return this.withToken(action, async (query) => {
      const answer = await this.request(`/wxa/getwxacodeunlimit?${query}`, body, action);
      const isImage = answer.status === 200 && /^image\//i.test(answer.contentType) && answer.body.length > 0;
      if (isImage) return { contentType: answer.contentType, image: answer.body };
      this.accept(readJson(answer, action), action);
      throw new WechatError('unknown', 'BAD_BODY', action);
    });
  }

  /** Checks text that others will read. 61010 (`refused`): the person has not used the mini-program for two hours. */
  async msgSecCheck(request: SecCheckRequest): Promise<SecCheckResult> {
    const action = 'msg_sec_check';
    const { openid, content, scene, title, nickname } = request;
    if (content === '' || content.length > 2500) {
      throw new WechatError('refused', 'INVALID_INPUT', action, 'content');
    }
    const body = await this.call(
      '/wxa/msg_sec_check',
      {
        version: 2,
        scene: SCENES[scene],
        openid,
        content,
        ...(title ? { title } : {}),
        ...(nickname ? { nickname } : {}),
      },
      action,
    );
    const { suggest, label } = asRecord(body.result);
    if (suggest !== 'pass' && suggest !== 'review' && suggest !== 'risky') {
      throw new WechatError('unknown', 'BAD_BODY', action);
    }
    return {
      suggest,
      label: Number(label),
      traceId: typeof body.trace_id === 'string' ? body.trace_id : '',
    };
  }

  private call(path: string, body: object, action: string): Promise<Record<string, unknown>> {
    return this.withToken(action, async (query) =>
      this.accept(readJson(await this.request(`${path}?${query}`, body, action), action), action),
    );
  }

  /** Runs `work`, and once more with a newer token if WeChat rejects the first. */
  private async withToken<T>(action: string, work: (query: string) => Promise<T>): Promise<T> {
    const token = await this.token.get();
    const run = (value: string): Promise<T> => work(new URLSearchParams({ access_token: value }).toString());
    try {
      return await run(token);
    } catch (error) {
      if (!(error instanceof WechatError) || error.action !== action || !TOKEN_REJECTED.has(error.code))
        throw error;
    }
    return run(await this.token.replace(token));
  }

  private request(pathAndQuery: string, body: object | undefined, action: string): Promise<Answer> {
    const init: RequestInit = body
      ? { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
      : { method: 'GET' };
    return send(
      this.config.fetch,
      `${this.config.baseUrl}${pathAndQuery}`,
      init,
      this.config.timeoutMs,
      action,
    );
  }

  /** Success may come without errcode at all. */
  private accept(body: Record<string, unknown>, action: string): Record<string, unknown> {
    const { errcode, errmsg } = body;
    if (errcode === undefined || errcode === 0) return body;
    const code = String(errcode);
    // Only the field name of 47003 is of use; other texts may repeat what was sent.
    const field = code === '47003' ? /data\.([a-z_]+\d+)/.exec(String(errmsg))?.[1] : undefined;
    throw new WechatError(kindOfErrcode(code), code, action, field);
  }
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function toSubscribeResult(error: WechatError): SubscribeResult {
  const { code, kind, field } = error;
  if (kind !== 'refused') return { outcome: 'retry', code, maybeSent: kind === 'unknown' };
  if (PERSON_REFUSED.has(code)) return { outcome: 'refused', code };
  return { outcome: 'invalid', code, reason: 'refused by WeChat', ...(field ? { field } : {}) };
}
