import { randomBytes } from 'node:crypto';
import { json } from '../common/http-server.js';
import type { Answer, SimRequest } from '../common/http-server.js';
import { text } from '../common/json.js';
import { wechatError } from './errors.js';
import { CODE_LIFE_MS, phoneOf, rememberCode } from './state.js';
import type { WechatWorld } from './state.js';

/** `code2Session` and `getPhoneNumber`. Source: developers.weixin.qq.com, 小程序登录, 获取手机号. */

const LOGINS_PER_MINUTE = 100;
const MINUTE_MS = 60_000;
const DEMO_CODE = /^demo-([^#]{1,64})(#.+)?$/u;

export class LoginDesk {
  /** openid → times of the last minute's logins */
  private readonly recent = new Map<string, number[]>();

  constructor(private readonly world: WechatWorld) {}

  code2Session(query: URLSearchParams): Answer {
    const { config, store } = this.world;
    if (query.get('appid') !== config.appid) throw wechatError(40013, 'invalid appid');
    if (query.get('secret') !== config.secret) throw wechatError(40125, 'invalid appsecret');
    if (query.get('grant_type') !== 'authorization_code') throw wechatError(40002, 'invalid grant_type');
    const code = query.get('js_code') ?? '';
    if (code === '') throw wechatError(41008, 'missing code');
    const openid = this.redeem(code);
    this.assertRate(openid);
    const phone = store.state.phones.get(openid);
    if (phone) phone.lastLoginAt = new Date().toISOString();
    store.changed();
    // The real one leaves errcode out on success.
    return json({ session_key: randomBytes(16).toString('base64'), openid });
  }

  private redeem(code: string): string {
    const { loginCodes } = this.world.store.state;
    const known = loginCodes.get(code);
    if (known) {
      if (known.used) throw wechatError(40029, 'invalid code, code been used');
      if (known.expiresAt < new Date().toISOString()) throw wechatError(40029, 'invalid code');
      known.used = true;
      return known.openid;
    }
    // A browser preview has no wx.login: its residents sign in as demo-<name>, and with #<nonce> only once.
    const demo = DEMO_CODE.exec(code);
    if (demo?.[1] === undefined) throw wechatError(40029, 'invalid code');
    const { openid } = phoneOf(this.world, demo[1]);
    if (demo[2] !== undefined) {
      const expiresAt = new Date(Date.now() + CODE_LIFE_MS).toISOString();
      rememberCode(loginCodes, code, { openid, expiresAt, used: true });
    }
    return openid;
  }

  private assertRate(openid: string): void {
    const since = Date.now() - MINUTE_MS;
    const times = (this.recent.get(openid) ?? []).filter((at) => at > since);
    if (times.length >= LOGINS_PER_MINUTE)
      throw wechatError(45011, 'api minute-quota reach limit, must slower');
    times.push(Date.now());
    this.recent.set(openid, times);
  }
}

export function getPhoneNumber(world: WechatWorld, body: unknown, request: SimRequest): Answer {
  const code = text(body, 'code') ?? '';
  const known = world.store.state.phoneCodes.get(code);
  if (known === undefined || known.used || known.expiresAt < new Date().toISOString()) {
    throw wechatError(40029, 'invalid code');
  }
  known.used = true;
  world.store.changed();
  // A foreign watermark is how a phone number of another app would look.
  const appid = request.fault?.mode === 'badSignature' ? 'wx0000000000000000' : world.config.appid;
  return json({
    errcode: 0,
    errmsg: 'ok',
    phone_info: {
      phoneNumber: known.phoneNumber,
      purePhoneNumber: known.phoneNumber,
      countryCode: '86',
      watermark: { timestamp: Math.floor(Date.now() / 1000), appid },
    },
  });
}
