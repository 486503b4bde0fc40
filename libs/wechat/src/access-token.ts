import { WechatError, kindOfErrcode } from './errors.js';
import type { Fetch } from './http.js';
import { readJson, send } from './http.js';
import type { TokenStore } from './token-store.js';

interface Source {
  appid: string;
  secret: string;
  baseUrl: string;
  fetch: Fetch;
  tokenStore: TokenStore;
  timeoutMs: number;
  now: () => Date;
}

/** Renewed this long before the end, so that a call on its way does not meet the end. */
const MARGIN_S = 120;

/**
 * The stable access token (POST /cgi-bin/stable_token): repeated calls return the same token, and WeChat renews it
 * five minutes before its end while the old one stays valid. `force_refresh` is never used: it kills the token that
 * other processes hold and is limited to 20 a day; it is for a leaked token, by hand.
 * Source: developers.weixin.qq.com, 获取稳定版接口调用凭据.
 */
export class AccessToken {
  private readonly key: string;
  private renewing: { rejected: string | undefined; token: Promise<string> } | undefined;

  constructor(private readonly source: Source) {
    this.key = `wechat:access-token:${source.appid}`;
  }

  async get(): Promise<string> {
    return (await this.usable(undefined)) ?? this.renew(undefined);
  }

  /** After WeChat said 40001 or 42001: what another process stored meanwhile, else a new one. */
  replace(rejected: string): Promise<string> {
    return this.renew(rejected);
  }

  private async usable(rejected: string | undefined): Promise<string | undefined> {
    const stored = await this.source.tokenStore.get(this.key);
    if (!stored || stored.token === rejected) return undefined;
    return stored.useUntilMs > this.source.now().getTime() ? stored.token : undefined;
  }

  /** Single flight in this process; the store's lock makes it one across processes. */
  private renew(rejected: string | undefined): Promise<string> {
    if (this.renewing && this.renewing.rejected === rejected) return this.renewing.token;
    const token = this.source.tokenStore.withLock(
      this.key,
      async () => (await this.usable(rejected)) ?? this.fetchToken(),
    );
    const flight = { rejected, token };
    this.renewing = flight;
    const done = (): void => {
      if (this.renewing === flight) this.renewing = undefined;
    };
    token.then(done, done);
    return token;
  }

  private async fetchToken(): Promise<string> {
    const { appid, secret, baseUrl, fetch, timeoutMs, tokenStore, now } = this.source;
    const action = 'stable_token';
    const asked = now().getTime();
    const answer = await send(
      fetch,
      `${baseUrl}/cgi-bin/stable_token`,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ grant_type: 'client_credential', appid, secret, force_refresh: false }),
      },
      timeoutMs,
      action,
    );
    const { access_token: token, expires_in: seconds, errcode } = readJson(answer, action);
    if (errcode !== undefined && errcode !== 0) {
      throw new WechatError(kindOfErrcode(String(errcode)), String(errcode), action);
    }
    if (typeof token !== 'string' || token === '' || typeof seconds !== 'number' || seconds <= 0) {
      throw new WechatError('unknown', 'BAD_BODY', action);
    }
    const useForS = Math.max(seconds - MARGIN_S, seconds / 2);
    await tokenStore.set(this.key, { token, useUntilMs: asked + useForS * 1000 });
    return token;
  }
}
