import { MemoryTokenStore, WechatClient } from '@haoban/wechat';
import type { SubscribeMessage, TokenStore } from '@haoban/wechat';
import type { Behaviour, Received } from './loopback.js';
import { json, loopback } from './loopback.js';

export const APPID = 'wx0123456789abcdef';
export const SECRET = 'the-app-secret-0123456789';
export const MESSAGE: SubscribeMessage = {
  openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
  templateId: 'template-1',
  page: 'pages/progress/index?id=1',
  data: { thing1: '户口迁移', time2: new Date('2026-11-22T01:30:00Z') },
};

/** WeChat with tokens T1, T2 …; `valid` is the only one that it takes. */
export async function wechat(answer: (request: Received, token: string) => Behaviour, expiresIn = 7200) {
  const state = { issued: 0, valid: '' };
  const { url, received } = await loopback((request) => {
    if (request.url.startsWith('/cgi-bin/stable_token')) {
      state.valid ||= `T${++state.issued}`;
      return json({ access_token: state.valid, expires_in: expiresIn });
    }
    const token = new URLSearchParams(request.url.split('?')[1]).get('access_token') ?? '';
    const isStale = token !== '' && token !== state.valid;
    return isStale ? json({ errcode: 40001, errmsg: 'invalid credential' }) : answer(request, token);
  });
  return { url, received, state };
}

export const newClient = (
  baseUrl: string,
  tokenStore: TokenStore = new MemoryTokenStore(),
  now: () => Date = () => new Date(),
) =>
  new WechatClient({
    appid: APPID,
    secret: SECRET,
    baseUrl,
    fetch: (url, init) => fetch(url, init),
    tokenStore,
    timeoutMs: 10_000,
    now,
  });

export const paths = (received: Received[]): string[] => received.map(({ url }) => url.split('?')[0] ?? '');
