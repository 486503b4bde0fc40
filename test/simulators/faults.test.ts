import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Simulators } from '@haoban/simulators';
import {
  emsCall,
  isSignedByPlatform,
  jsapiBody,
  mchid,
  newReceiver,
  newSimulators,
  payCall,
  send,
  sim,
  until,
} from './support.js';

const notify = 'https://pay.example.com/notice';
const jsapi = '/v3/pay/transactions/jsapi';

describe('faults', () => {
  let world: Simulators;
  let pay: string;
  beforeAll(async () => {
    world = await newSimulators();
    pay = world.pay.url;
  });
  afterAll(() => world.close());
  beforeEach(() => sim(pay, 'reset'));

  const query = (no: string) => payCall(pay, 'GET', `/v3/pay/transactions/out-trade-no/${no}?mchid=${mchid}`);

  it('"fail" answers as busy as often as told, each party in its own words', async () => {
    await sim(pay, 'fault', { mode: 'fail', count: 2 });
    expect((await query('HB000001')).body.code).toBe('SYSTEM_ERROR');
    expect((await query('HB000001')).status).toBe(500);
    expect((await query('HB000001')).body.code).toBe('ORDER_NOT_EXIST');
    await sim(world.wechat.url, 'fault', { mode: 'fail' });
    expect((await send(`${world.wechat.url}/sns/jscode2session`, 'GET')).body.errcode).toBe(-1);
    await sim(world.ems.url, 'fault', { mode: 'fail', route: '040001' });
    expect((await emsCall(world.ems.url, '040001', { waybillNo: 'x' })).retMsg).toContain('繁忙');
  });

  it('strikes only the route that it names', async () => {
    await sim(pay, 'fault', { mode: 'fail', route: 'jsapi' });
    expect((await query('HB000001')).status).toBe(404);
    expect((await payCall(pay, 'POST', jsapi, jsapiBody('HB000001', notify))).status).toBe(500);
  });

  it('"loseReplyAfterApply" does the work but cuts the line', async () => {
    await sim(pay, 'fault', { mode: 'loseReplyAfterApply' });
    await expect(payCall(pay, 'POST', jsapi, jsapiBody('HB000002', notify))).rejects.toThrow();
    expect((await query('HB000002')).body.trade_state).toBe('NOTPAY');
  });

  it('"timeout" does no work and cuts the line after the time given', async () => {
    await sim(pay, 'fault', { mode: 'timeout', ms: 60 });
    const begun = Date.now();
    await expect(payCall(pay, 'POST', jsapi, jsapiBody('HB000003', notify))).rejects.toThrow();
    expect(Date.now() - begun).toBeGreaterThanOrEqual(55);
    expect((await query('HB000003')).status).toBe(404);
  });

  it('"delay", "html502" and "badSignature" do what they say', async () => {
    await sim(pay, 'fault', { mode: 'delay', ms: 80 });
    const begun = Date.now();
    await query('HB000004');
    expect(Date.now() - begun).toBeGreaterThanOrEqual(75);
    await sim(pay, 'fault', { mode: 'html502' });
    const broken = await query('HB000004');
    expect([broken.status, broken.headers.get('content-type')]).toEqual([502, 'text/html']);
    await sim(pay, 'fault', { mode: 'badSignature' });
    const reply = await query('HB000004');
    expect(reply.headers.get('wechatpay-signature')).toHaveLength(344);
    expect(isSignedByPlatform((name) => reply.headers.get(name), reply.text)).toBe(false);
  });

  it('are listed, taken back, and refused when they make no sense', async () => {
    await sim(pay, 'fault', { mode: 'fail', count: 9 });
    expect((await send(`${pay}/_sim/state`, 'GET')).body.faults).toEqual([{ mode: 'fail', count: 9 }]);
    await send(`${pay}/_sim/fault`, 'DELETE');
    expect((await query('HB000001')).status).toBe(404);
    expect((await sim(pay, 'fault', { mode: 'explode' })).status).toBe(400);
    expect((await sim(pay, 'fault', { mode: 'fail', count: 0 })).status).toBe(400);
  });
});

describe('a restart', () => {
  it('keeps orders, unsent notices, mails and messages, in files that are replaced whole', async () => {
    const stateDir = mkdtempSync(join(tmpdir(), 'simulators-'));
    let up = false;
    const receiver = await newReceiver(() => ({ status: up ? 204 : 500 }));
    const before = await newSimulators({ stateDir, pay: { ladderScale: 0.01 } });
    await payCall(before.pay.url, 'POST', jsapi, jsapiBody('HB000001', receiver.url));
    await sim(before.pay.url, 'pay', { outTradeNo: 'HB000001' });
    const { openid } = (await sim(before.wechat.url, 'login', { user: 'zhang' })).body;
    await sim(before.wechat.url, 'grant', { openid, templateId: 'any', count: 3 });
    await until(() => receiver.received.length === 1);
    await before.close();
    expect(readdirSync(stateDir).sort()).toEqual(['ems.json', 'pay.json', 'wechat.json']);

    up = true;
    const after = await newSimulators({ stateDir, pay: { ladderScale: 0.01 } });
    await until(() => receiver.received.length === 2);
    const url = `${after.pay.url}/v3/pay/transactions/out-trade-no/HB000001?mchid=${mchid}`;
    const reply = await payCall(after.pay.url, 'GET', url.slice(after.pay.url.length));
    expect(reply.body.trade_state).toBe('SUCCESS');
    const granted = await sim(after.wechat.url, 'grant', { openid, templateId: 'any' });
    expect(granted.body.quota).toBe(4);
    await after.close();
    await receiver.close();
    rmSync(stateDir, { recursive: true });
  });
});

describe('pages and control routes', () => {
  let world: Simulators;
  beforeAll(async () => {
    world = await newSimulators();
  });
  afterAll(() => world.close());

  it('show what came from outside as text, never as markup', async () => {
    const evil = '<img src=x onerror=alert(1)>';
    const { code } = (await sim(world.wechat.url, 'login', { user: evil })).body;
    expect(code).toBeDefined();
    const order = await payCall(
      world.pay.url,
      'POST',
      jsapi,
      jsapiBody('HB000009', notify, { description: evil }),
    );
    const cashier = `${world.pay.url}/_sim/cashier?prepay_id=${String(order.body.prepay_id)}&return=javascript:alert(1)`;
    for (const url of [world.wechat.url, world.pay.url, world.ems.url, cashier]) {
      const page = await send(url, 'GET');
      expect(page.status).toBe(200);
      expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
      expect(page.text).not.toContain('<img');
      expect(page.text).not.toContain('javascript:');
    }
  });

  it('have a cashier with the amount in yuan', async () => {
    const order = await payCall(world.pay.url, 'POST', jsapi, jsapiBody('HB000010', notify));
    const page = await send(`${world.pay.url}/_sim/cashier?prepay_id=${String(order.body.prepay_id)}`, 'GET');
    expect(page.text).toContain('¥12.00');
    expect(page.text).toContain('确认支付');
    expect((await send(`${world.pay.url}/_sim/cashier?prepay_id=none`, 'GET')).status).toBe(404);
  });

  it('serve browsers of this machine only', async () => {
    const from = (origin: string) =>
      send(`${world.wechat.url}/_sim/login`, 'POST', { user: 'zhang' }, { origin });
    const local = await from('http://localhost:10086');
    expect(local.headers.get('access-control-allow-origin')).toBe('http://localhost:10086');
    for (const origin of ['https://evil.example', 'http://localhost.evil.example', 'null']) {
      const foreign = await from(origin);
      expect(foreign.status).toBe(403);
      expect(foreign.headers.has('access-control-allow-origin')).toBe(false);
    }
  });

  it('do not show keys or tokens in the state', async () => {
    const { wechat } = world;
    const token = await send(`${wechat.url}/cgi-bin/stable_token`, 'POST', {
      grant_type: 'client_credential',
      appid: 'wx0123456789abcdef',
      secret: 'wechat-secret',
    });
    const state = await send(`${wechat.url}/_sim/state`, 'GET');
    expect(state.text).not.toContain(String(token.body.access_token));
    expect(state.text).not.toContain('wechat-secret');
  });
});
