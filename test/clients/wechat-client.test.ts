import { afterEach, describe, expect, it } from '@jest/globals';
import { closeLoopbacks, failureOf, json } from './support/loopback.js';
import { APPID, MESSAGE, newClient, SECRET, wechat } from './support/wechat-party.js';

afterEach(closeLoopbacks);

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
