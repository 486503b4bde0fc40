import { inflateSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Simulators } from '@haoban/simulators';
import qrcode from 'qrcode-generator';
import { appid, newSimulators, send, sim } from './support.js';

const templates = {
  tplTicket: {
    title: '叫号提醒',
    fields: { thing1: '事项', character_string2: '号码', phrase3: '状态', time4: '时间' },
  },
};
const good = {
  thing1: { value: '居住证换领' },
  character_string2: { value: 'A012' },
  phrase3: { value: '已叫号' },
  time4: { value: '2026年3月2日 09:30' },
};

let world: Simulators;
let base: string;

beforeAll(async () => {
  world = await newSimulators({ wechat: { templates } });
  base = world.wechat.url;
});
afterAll(() => world.close());
beforeEach(() => sim(base, 'reset'));

const codeToSession = (code: string, changes: Record<string, string> = {}) =>
  send(
    `${base}/sns/jscode2session?${new URLSearchParams({ appid, secret: 'wechat-secret', js_code: code, grant_type: 'authorization_code', ...changes }).toString()}`,
    'GET',
  );
const token = async (changes: object = {}) =>
  send(`${base}/cgi-bin/stable_token`, 'POST', {
    grant_type: 'client_credential',
    appid,
    secret: 'wechat-secret',
    ...changes,
  });
const accessToken = async () => String((await token()).body.access_token);
const login = async (user: string) =>
  (await sim(base, 'login', { user })).body as { code: string; openid: string };
const subscribe = async (openid: string, data: unknown, changes: object = {}) =>
  send(`${base}/cgi-bin/message/subscribe/send?access_token=${await accessToken()}`, 'POST', {
    touser: openid,
    template_id: 'tplTicket',
    miniprogram_state: 'formal',
    lang: 'zh_CN',
    data,
    ...changes,
  });

describe('sign-in', () => {
  it('gives a session for a code, without errcode, and refuses the code a second time', async () => {
    const { code, openid } = await login('zhang');
    const first = await codeToSession(code);
    expect(first.body.openid).toBe(openid);
    expect(Buffer.from(String(first.body.session_key), 'base64')).toHaveLength(16);
    expect(first.body).not.toHaveProperty('errcode');
    expect((await codeToSession(code)).body.errcode).toBe(40029);
  });

  it('knows the same person again', async () => {
    expect((await login('li')).openid).toBe((await login('li')).openid);
    expect((await login('li')).openid).not.toBe((await login('wang')).openid);
  });

  it('takes demo codes of residents, each with a nonce only once', async () => {
    const first = await codeToSession('demo-zhang#1');
    expect(first.body.openid).toBe((await login('zhang')).openid);
    expect((await codeToSession('demo-zhang#1')).body.errcode).toBe(40029);
    expect((await codeToSession('demo-zhang#2')).body.openid).toBe(first.body.openid);
    expect((await codeToSession('demo-zhang')).body.openid).toBe(first.body.openid);
  });

  it('refuses a foreign app, a wrong secret and an invented code', async () => {
    const { code } = await login('zhang');
    expect((await codeToSession(code, { appid: 'wxother' })).body.errcode).toBe(40013);
    expect((await codeToSession(code, { secret: 'x' })).body.errcode).toBe(40125);
    expect((await codeToSession('never-issued')).body.errcode).toBe(40029);
  });

  it('slows a person down after 100 sign-ins in a minute', async () => {
    for (let nth = 0; nth < 100; nth += 1) await codeToSession(`demo-fast#${nth}`);
    expect((await codeToSession('demo-fast#100')).body.errcode).toBe(45011);
    expect((await codeToSession('demo-slow#1')).body).toHaveProperty('openid');
  });

  it('gives a phone number for its own kind of code, once', async () => {
    const { code } = (await sim(base, 'phone-code', { phoneNumber: '13800001111' })).body;
    const url = `${base}/wxa/business/getuserphonenumber?access_token=${await accessToken()}`;
    const first = await send(url, 'POST', { code });
    expect(first.body.phone_info).toMatchObject({ purePhoneNumber: '13800001111', watermark: { appid } });
    expect((await send(url, 'POST', { code })).body.errcode).toBe(40029);
    expect((await send(url, 'POST', { code: (await login('zhang')).code })).body.errcode).toBe(40029);
  });
});

describe('access token', () => {
  it('repeats the same token until it is forced, and then refuses the old one', async () => {
    const first = await token();
    expect(first.body.expires_in).toBeGreaterThan(7000);
    expect((await token()).body.access_token).toBe(first.body.access_token);
    const forced = await token({ force_refresh: true });
    expect(forced.body.access_token).not.toBe(first.body.access_token);
    const old = await send(
      `${base}/wxa/msg_sec_check?access_token=${String(first.body.access_token)}`,
      'POST',
      {},
    );
    expect(old.body.errcode).toBe(40001);
    expect((await token({ force_refresh: true })).body.errcode).toBe(45011);
  });

  it('refuses a missing token, a made-up one and wrong credentials', async () => {
    expect((await send(`${base}/cgi-bin/message/subscribe/send`, 'POST', {})).body.errcode).toBe(41001);
    const invented = await send(`${base}/cgi-bin/message/subscribe/send?access_token=x`, 'POST', {});
    expect(invented.body.errcode).toBe(40001);
    expect((await token({ secret: 'x' })).body.errcode).toBe(40125);
  });
});

describe('subscribe messages', () => {
  it('sends as many messages as the person accepted, then answers 43101', async () => {
    const { openid } = await login('zhang');
    await sim(base, 'grant', { openid, templateId: 'tplTicket', count: 2 });
    expect((await subscribe(openid, good)).body.errcode).toBe(0);
    expect((await subscribe(openid, good)).body.errcode).toBe(0);
    expect((await subscribe(openid, good)).body.errcode).toBe(43101);
    const shown = await send(`${base}/_sim/messages?openid=${openid}`, 'GET');
    expect(shown.body.messages).toHaveLength(2);
    expect(shown.body.messages).toMatchObject([
      { title: '叫号提醒', lines: [{ label: '事项', value: '居住证换领' }, {}, {}, {}] },
      {},
    ]);
  });

  it('keeps sending under a long-term subscription until it is refused', async () => {
    const { openid } = await login('zhang');
    await sim(base, 'grant', { openid, templateIds: ['tplTicket'], longTerm: true });
    for (let nth = 0; nth < 3; nth += 1) expect((await subscribe(openid, good)).body.errcode).toBe(0);
    await sim(base, 'refuse', { openid, templateId: 'tplTicket' });
    expect((await subscribe(openid, good)).body.errcode).toBe(43101);
  });

  it('refuses an unknown person and an unknown template', async () => {
    const { openid } = await login('zhang');
    expect((await subscribe('oNobody', good)).body.errcode).toBe(40003);
    expect((await subscribe(openid, good, { template_id: 'tplOther' })).body.errcode).toBe(40037);
    expect((await subscribe(openid, good, { page: '/pages/a' })).body.errcode).toBe(41030);
  });

  it.each([
    ['thing1', '二十一个字二十一个字二十一个字二十一个字长'],
    ['thing1', ''],
    ['character_string2', '号码A1'],
    ['phrase3', '六个汉字以上'],
    ['phrase3', 'OK'],
    ['time4', '明天上午'],
  ])('refuses %s = "%s" with 47003, names the field and keeps the quota', async (key, value) => {
    const { openid } = await login('zhang');
    await sim(base, 'grant', { openid, templateId: 'tplTicket' });
    const refused = await subscribe(openid, { ...good, [key]: { value } });
    expect(refused.body.errcode).toBe(47003);
    expect(refused.body.errmsg).toContain(`data.${key}.value`);
    expect((await subscribe(openid, good)).body.errcode).toBe(0);
  });

  it('refuses data as JSON text, a missing field and a field that the template does not have', async () => {
    const { openid } = await login('zhang');
    const missing: Record<string, unknown> = { ...good };
    delete missing.time4;
    expect((await subscribe(openid, JSON.stringify(good))).body.errcode).toBe(47003);
    expect((await subscribe(openid, missing)).body.errmsg).toContain('data.time4.value is empty');
    expect((await subscribe(openid, { ...good, thing9: { value: 'x' } })).body.errmsg).toContain(
      'data.thing9',
    );
  });
});

describe('codes and content', () => {
  it('answers a PNG for a good scene and JSON for a bad one', async () => {
    const url = `${base}/wxa/getwxacodeunlimit?access_token=${await accessToken()}`;
    const image = await fetch(url, {
      method: 'POST',
      body: JSON.stringify({ scene: 'hall=1', page: 'pages/home/index' }),
    });
    expect(image.headers.get('content-type')).toBe('image/png');
    expect(
      Buffer.from(await image.arrayBuffer())
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');
    expect((await send(url, 'POST', { scene: 'a%20b', page: 'pages/home/index' })).body.errcode).toBe(40129);
    expect((await send(url, 'POST', { scene: 'x'.repeat(33) })).body.errcode).toBe(40169);
    expect((await send(url, 'POST', { scene: 'ok', page: '/pages/home/index' })).body.errcode).toBe(41030);
  });

  describe('a mini-program code', () => {
    let shop: Simulators;
    beforeAll(async () => {
      shop = await newSimulators({
        wechat: { pages: ['pages/booking/enter/index'], appUrl: 'http://127.0.0.1:3000/' },
      });
    });
    afterAll(() => shop.close());

    const ask = async (body: object) => {
      const { body: issued } = await send(`${shop.wechat.url}/cgi-bin/stable_token`, 'POST', {
        grant_type: 'client_credential',
        appid,
        secret: 'wechat-secret',
      });
      return fetch(`${shop.wechat.url}/wxa/getwxacodeunlimit?access_token=${String(issued.access_token)}`, {
        method: 'POST',
        body: JSON.stringify(body),
      });
    };
    const page = 'pages/booking/enter/index';

    it('can be scanned: it carries the address of the page in the browser, with the scene', async () => {
      const image = Buffer.from(await (await ask({ scene: 'k=4&h~1', page, width: 640 })).arrayBuffer());
      expect([image.readUInt32BE(16), image.readUInt32BE(20)]).toEqual([640, 640]);
      const code = qrcode(0, 'M');
      code.addData(`http://127.0.0.1:3000/#/${page}?scene=k%3D4%26h~1`);
      code.make();
      expect(modulesOf(pixelsOf(image, 640), 640)).toEqual(
        Array.from({ length: code.getModuleCount() }, (_r, row) =>
          Array.from({ length: code.getModuleCount() }, (_c, column) => code.isDark(row, column)),
        ),
      );
    });

    it('is refused for a page that was not released, unless the check is off', async () => {
      const other = { scene: 'a', page: 'pages/booking/other/index' };
      expect(await (await ask(other)).json()).toMatchObject({ errcode: 41030 });
      expect((await ask({ ...other, check_path: false })).headers.get('content-type')).toBe('image/png');
      expect(await (await ask({ scene: 'a', page: `${page}?x=1` })).json()).toMatchObject({ errcode: 41030 });
      expect(await (await ask({ scene: '', page })).json()).toMatchObject({ errcode: 40169 });
      expect(await (await ask({ scene: 'a', page, width: 200 })).json()).toMatchObject({ errcode: 40097 });
    });

    it('is listed once on the page of the simulator, with a link that opens it', async () => {
      await ask({ scene: 'wall-7', page });
      await ask({ scene: 'wall-7', page, width: 300 });
      const shown = await (await fetch(`${shop.wechat.url}/`)).text();
      const link = `href="http://127.0.0.1:3000/#/${page}?scene=wall-7"`;
      expect(shown.split(link)).toHaveLength(2);
    });
  });

  it('checks a comment, but only of someone who used the app in the last two hours', async () => {
    const { openid, code } = await login('zhang');
    const url = `${base}/wxa/msg_sec_check?access_token=${await accessToken()}`;
    const check = (content: string) => send(url, 'POST', { version: 2, scene: 2, openid, content });
    expect((await check('很满意')).body.errcode).toBe(61010);
    await codeToSession(code);
    expect((await check('很满意')).body.result).toEqual({ suggest: 'pass', label: 100 });
    expect((await check('含违规测试词')).body.result).toMatchObject({ suggest: 'risky' });
  });
});

/** The grey pixels of a PNG with one IDAT whose rows are not filtered. */
function pixelsOf(png: Buffer, width: number): Buffer {
  const at = png.indexOf('IDAT', 0, 'latin1');
  const rows = inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)));
  return Buffer.concat(
    Array.from({ length: width }, (_row, y) => rows.subarray(y * (width + 1) + 1, (y + 1) * (width + 1))),
  );
}

/** The picture as a camera sees it: one truth per module, found by the first finder pattern, which is seven wide. */
function modulesOf(data: ArrayLike<number>, width: number): boolean[][] {
  const dark = (x: number, y: number) => data[y * width + x] === 0;
  const diagonal = Array.from({ length: width }, (_each, at) => dark(at, at));
  const start = diagonal.indexOf(true);
  const module = diagonal.indexOf(false, start) - start;
  const count = Math.round((width - 2 * start) / module);
  const middle = (index: number) => start + index * module + Math.floor(module / 2);
  return Array.from({ length: count }, (_row, row) =>
    Array.from({ length: count }, (_column, column) => dark(middle(column), middle(row))),
  );
}
