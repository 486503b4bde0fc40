import { afterEach, describe, expect, it } from '@jest/globals';
import { MemoryTokenStore, WechatClient } from '@haoban/wechat';
import type { SubscribeMessage, TokenStore } from '@haoban/wechat';
import type { Behaviour, Received } from './support/loopback.js';
import { closeLoopbacks, failureOf, json, loopback } from './support/loopback.js';

const APPID = 'wx0123456789abcdef';
const SECRET = 'the-app-secret-0123456789';
const MESSAGE: SubscribeMessage = {
  openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
  templateId: 'template-1',
  page: 'pages/progress/index?id=1',
  data: { thing1: '户口迁移', time2: new Date('2026-11-22T01:30:00Z') },
};

afterEach(closeLoopbacks);

/** WeChat with tokens T1, T2 …; `valid` is the only one that it takes. */
async function wechat(answer: (request: Received, token: string) => Behaviour, expiresIn = 7200) {
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

const newClient = (
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
    timeoutMs: 2000,
    now,
  });

const paths = (received: Received[]): string[] => received.map(({ url }) => url.split('?')[0] ?? '');

describe('signing in', () => {
  it('gives the openid, whose answer carries no errcode, and keeps the session key to itself', async () => {
    const { url, received } = await wechat(() => json({ openid: 'o1', session_key: 'k', unionid: 'u1' }));
    expect(await newClient(url).code2Session('code 1&x')).toEqual({ openid: 'o1', unionid: 'u1' });
    const query = new URL(`http://x${received[0]?.url}`).searchParams;
    expect(Object.fromEntries(query)).toEqual({
      appid: APPID,
      secret: SECRET,
      js_code: 'code 1&x',
      grant_type: 'authorization_code',
    });
  });

  it.each([
    [40029, 'refused'],
    [40226, 'refused'],
    [45011, 'unavailable'],
    [-1, 'unavailable'],
  ])('with errcode %i is %s', async (errcode, kind) => {
    const { url } = await wechat(() => json({ errcode, errmsg: `invalid code ${SECRET}` }));
    const failure = await failureOf(newClient(url).code2Session('c'));
    expect(failure).toMatchObject({ kind, code: String(errcode) });
    expect((failure as Error).message).not.toContain(SECRET);
  });
});

describe('the access token', () => {
  const ok = () => json({ errcode: 0, errmsg: 'ok' });

  it('is asked for once by twenty calls at the same moment, and never with force_refresh', async () => {
    const { url, received } = await wechat(ok);
    const client = newClient(url);
    const results = await Promise.all(Array.from({ length: 20 }, () => client.sendSubscribeMessage(MESSAGE)));
    expect(results.every(({ outcome }) => outcome === 'sent')).toBe(true);
    const asked = received.filter(({ url: path }) => path.startsWith('/cgi-bin/stable_token'));
    expect(asked).toHaveLength(1);
    expect(JSON.parse(asked[0]?.body ?? '')).toEqual({
      grant_type: 'client_credential',
      appid: APPID,
      secret: SECRET,
      force_refresh: false,
    });
  });

  it('is asked for once by several processes that share a store', async () => {
    const { url, received } = await wechat(ok);
    const store = new MemoryTokenStore();
    await Promise.all(Array.from({ length: 5 }, () => newClient(url, store).sendSubscribeMessage(MESSAGE)));
    expect(paths(received).filter((path) => path === '/cgi-bin/stable_token')).toHaveLength(1);
  });

  it('rejected with 40001 is taken anew and the call repeated once', async () => {
    const { url, state, received } = await wechat(ok);
    const client = newClient(url);
    await client.sendSubscribeMessage(MESSAGE);
    state.valid = '';
    expect(await client.sendSubscribeMessage(MESSAGE)).toEqual({ outcome: 'sent' });
    expect(state.issued).toBe(2);
    expect(paths(received)).toHaveLength(5);
  });

  it('rejected, but replaced in the store by another process, is read from there', async () => {
    const { url, state, received } = await wechat(ok);
    const store = new MemoryTokenStore();
    const [client, other] = [newClient(url, store), newClient(url, store)];
    await client.sendSubscribeMessage(MESSAGE);
    state.valid = '';
    await Promise.all([client.sendSubscribeMessage(MESSAGE), other.sendSubscribeMessage(MESSAGE)]);
    expect(state.issued).toBe(2);
    expect(paths(received).filter((path) => path === '/cgi-bin/stable_token')).toHaveLength(2);
  });

  it('rejected twice is given up: later, and nothing was sent', async () => {
    const { url, received } = await wechat(() => json({ errcode: 42001, errmsg: 'expired' }));
    expect(await newClient(url).sendSubscribeMessage(MESSAGE)).toEqual({
      outcome: 'retry',
      code: '42001',
      maybeSent: false,
    });
    expect(paths(received).filter((path) => path.endsWith('/send'))).toHaveLength(2);
  });

  it('is renewed before its end, and used when its life is short', async () => {
    const { url, received, state } = await wechat(ok, 300);
    let now = new Date('2026-11-22T00:00:00Z');
    const client = newClient(url, new MemoryTokenStore(), () => now);
    await client.sendSubscribeMessage(MESSAGE);
    now = new Date(now.getTime() + 179_000);
    await client.sendSubscribeMessage(MESSAGE);
    expect(paths(received).filter((path) => path === '/cgi-bin/stable_token')).toHaveLength(1);
    now = new Date(now.getTime() + 2_000);
    await client.sendSubscribeMessage(MESSAGE);
    expect(paths(received).filter((path) => path === '/cgi-bin/stable_token')).toHaveLength(2);
    expect(state.issued).toBe(1);
  });

  it('that cannot be had is asked for again by the next call', async () => {
    let isDown = true;
    const { url } = await loopback(() => {
      if (isDown) return { status: 502, body: '<html>' };
      return json({ access_token: 'T', expires_in: 7200, errcode: 0 });
    });
    const client = newClient(url);
    expect(await client.sendSubscribeMessage(MESSAGE)).toMatchObject({ outcome: 'retry' });
    isDown = false;
    expect(await client.sendSubscribeMessage(MESSAGE)).toEqual({ outcome: 'sent' });
  });

  it('refused for our address (40164) or secret (40125) is refused', async () => {
    const { url } = await loopback(() => json({ errcode: 40164, errmsg: 'invalid ip 1.2.3.4' }));
    expect(await failureOf(newClient(url).getPhoneNumber('c'))).toMatchObject({
      kind: 'refused',
      code: '40164',
    });
  });
});

describe('the phone number', () => {
  const info = (appid: string) =>
    json({
      errcode: 0,
      errmsg: 'ok',
      phone_info: {
        phoneNumber: '13800000000',
        purePhoneNumber: '13800000000',
        countryCode: '86',
        watermark: { timestamp: 1, appid },
      },
    });

  it('is given for its code', async () => {
    const { url, received } = await wechat(() => info(APPID));
    expect(await newClient(url).getPhoneNumber('c1')).toEqual({
      phoneNumber: '13800000000',
      purePhoneNumber: '13800000000',
      countryCode: '86',
    });
    expect(JSON.parse(received.at(-1)?.body ?? '')).toEqual({ code: 'c1' });
  });

  it('of another app is refused', async () => {
    const { url } = await wechat(() => info('wxother'));
    expect(await failureOf(newClient(url).getPhoneNumber('c1'))).toMatchObject({ code: 'FOREIGN_WATERMARK' });
  });
});

describe('a subscribe message', () => {
  it('sends its values as an object in their fitted form', async () => {
    const { url, received } = await wechat(() => json({ errcode: 0 }));
    await newClient(url).sendSubscribeMessage(MESSAGE);
    expect(JSON.parse(received.at(-1)?.body ?? '')).toEqual({
      touser: MESSAGE.openid,
      template_id: 'template-1',
      page: MESSAGE.page,
      data: { thing1: { value: '户口迁移' }, time2: { value: '2026年11月22日 09:30' } },
      miniprogram_state: 'formal',
      lang: 'zh_CN',
    });
  });

  it('that does not fit is invalid and is not sent', async () => {
    const { url, received } = await wechat(() => json({ errcode: 0 }));
    const result = await newClient(url).sendSubscribeMessage({
      ...MESSAGE,
      data: { phrase1: 'not Chinese' },
    });
    expect(result).toMatchObject({ outcome: 'invalid', field: 'phrase1' });
    expect(received).toHaveLength(0);
  });

  it.each([
    [43101, { outcome: 'refused', code: '43101' }],
    [40003, { outcome: 'refused', code: '40003' }],
    [40037, { outcome: 'invalid', code: '40037', reason: 'refused by WeChat' }],
    [41030, { outcome: 'invalid', code: '41030', reason: 'refused by WeChat' }],
    [-1, { outcome: 'retry', code: '-1', maybeSent: false }],
    [45009, { outcome: 'retry', code: '45009', maybeSent: false }],
  ])('answered with %i is told apart', async (errcode, result) => {
    const { url } = await wechat(() => json({ errcode, errmsg: 'x' }));
    expect(await newClient(url).sendSubscribeMessage(MESSAGE)).toEqual(result);
  });

  it('answered with 47003 names the field that WeChat names', async () => {
    const { url } = await wechat(() =>
      json({ errcode: 47003, errmsg: 'argument invalid! data.thing1.value invalid rid: 5f' }),
    );
    expect(await newClient(url).sendSubscribeMessage(MESSAGE)).toMatchObject({
      outcome: 'invalid',
      field: 'thing1',
    });
  });

  it('whose answer is lost may have been sent', async () => {
    const { url } = await wechat(() => 'drop');
    expect(await newClient(url).sendSubscribeMessage(MESSAGE)).toMatchObject({
      outcome: 'retry',
      maybeSent: true,
    });
  });
});

describe('the mini-program code', () => {
  const png = Buffer.from([0x89, 0x50, 0x4e, 0x47]);

  it('is an image', async () => {
    const { url, received } = await wechat(() => ({ headers: { 'content-type': 'image/png' }, body: png }));
    const code = await newClient(url).getUnlimitedQrCode({ scene: 'h=1&w=12', page: 'pages/hall/index' });
    expect(code).toEqual({ contentType: 'image/png', image: png });
    expect(JSON.parse(received.at(-1)?.body ?? '')).toEqual({
      scene: 'h=1&w=12',
      page: 'pages/hall/index',
      check_path: true,
      env_version: 'release',
      width: 430,
    });
  });

  it('is not taken from JSON, which is how WeChat writes errors', async () => {
    const { url } = await wechat(() => json({ errcode: 41030, errmsg: 'invalid page' }));
    expect(await failureOf(newClient(url).getUnlimitedQrCode({ scene: 'a' }))).toMatchObject({
      code: '41030',
    });
  });

  it.each([
    ['scene', { scene: '' }],
    ['scene', { scene: 'x'.repeat(33) }],
    ['scene', { scene: 'a%20b' }],
    ['scene', { scene: '窗口' }],
    ['page', { scene: 'a', page: '/pages/hall/index' }],
    ['page', { scene: 'a', page: 'pages/hall/index?a=1' }],
    ['width', { scene: 'a', width: 100 }],
  ])('refuses a wrong %s before sending', async (field, request) => {
    const { url, received } = await wechat(() => json({}));
    expect(await failureOf(newClient(url).getUnlimitedQrCode(request))).toMatchObject({
      kind: 'refused',
      field,
    });
    expect(received).toHaveLength(0);
  });
});

describe('the text check', () => {
  it('gives the suggestion', async () => {
    const { url, received } = await wechat(() =>
      json({ errcode: 0, result: { suggest: 'risky', label: 20001 }, detail: [], trace_id: 't1' }),
    );
    const client = newClient(url);
    expect(await client.msgSecCheck({ openid: 'o1', content: '评语', scene: 'comment' })).toEqual({
      suggest: 'risky',
      label: 20001,
      traceId: 't1',
    });
    expect(JSON.parse(received.at(-1)?.body ?? '')).toEqual({
      version: 2,
      scene: 2,
      openid: 'o1',
      content: '评语',
    });
  });

  it('refuses more than 2500 characters', async () => {
    const { url } = await wechat(() => json({}));
    const check = newClient(url).msgSecCheck({ openid: 'o1', content: '字'.repeat(2501), scene: 'comment' });
    expect(await failureOf(check)).toMatchObject({ kind: 'refused', field: 'content' });
  });
});
