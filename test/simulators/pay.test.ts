import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { gunzipSync } from 'node:zlib';
import type { Simulators } from '@haoban/simulators';
import {
  isSignedByPlatform,
  jsapiBody,
  merchantSerial,
  mchid,
  newReceiver,
  newSimulators,
  pause,
  payCall,
  payParams,
  send,
  sha1,
  sim,
  until,
} from './support.js';
import type { Tricks } from './support.js';

const jsapi = '/v3/pay/transactions/jsapi';
const refunds = '/v3/refund/domestic/refunds';

let world: Simulators;
let base: string;
let receiver: Awaited<ReturnType<typeof newReceiver>>;
let nth = 0;

beforeAll(async () => {
  world = await newSimulators();
  base = world.pay.url;
  receiver = await newReceiver(() => ({ status: 204 }));
});
afterAll(async () => {
  await world.close();
  await receiver.close();
});
beforeEach(() => sim(base, 'reset'));

const newNo = () => `HB${Date.now()}${(nth += 1)}`;
const order = (no: string, changes: Record<string, unknown> = {}, tricks: Tricks = {}) =>
  payCall(base, 'POST', jsapi, jsapiBody(no, receiver.url, changes), tricks);
const query = (no: string) => payCall(base, 'GET', `/v3/pay/transactions/out-trade-no/${no}?mchid=${mchid}`);
const close = (no: string) =>
  payCall(base, 'POST', `/v3/pay/transactions/out-trade-no/${no}/close`, { mchid });
const paidOrder = async () => {
  const no = newNo();
  await order(no);
  await sim(base, 'pay', { outTradeNo: no });
  return no;
};
const refund = (no: string, outRefundNo: string, fen: number, changes: object = {}) =>
  payCall(base, 'POST', refunds, {
    out_trade_no: no,
    out_refund_no: outRefundNo,
    amount: { refund: fen, total: 1200, currency: 'CNY' },
    ...changes,
  });

describe('trust', () => {
  it('takes a correctly signed request, whatever the case of the serial, and signs its answer', async () => {
    const reply = await order(newNo(), {}, { serial: merchantSerial.toLowerCase() });
    expect(reply.status).toBe(200);
    expect(reply.body.prepay_id).toMatch(/^wx\d{14}[0-9a-f]{20}$/);
    expect(isSignedByPlatform((name) => reply.headers.get(name), reply.text)).toBe(true);
  });

  it.each<[string, Tricks]>([
    ['a signature by another key', { strangerKey: true }],
    ['a body changed after signing', { tamperedBody: '{"amount":{"total":1}}' }],
    ['a foreign serial', { serial: '00AA' }],
    ['a foreign merchant', { mchid: '1900000002' }],
    ['a timestamp ten minutes old', { timestamp: Math.floor(Date.now() / 1000) - 600 }],
    ['a timestamp ten minutes ahead', { timestamp: Math.floor(Date.now() / 1000) + 600 }],
    ['no authorization', { headers: { authorization: '' } }],
    ['another scheme', { headers: { authorization: 'WECHATPAY2-SM2-WITH-SM3 mchid="1"' } }],
  ])('refuses %s with 401 and a signed answer', async (_what, tricks) => {
    const reply = await order(newNo(), {}, tricks);
    expect(reply.status).toBe(401);
    expect(reply.body.code).toBe('SIGN_ERROR');
    expect(isSignedByPlatform((name) => reply.headers.get(name), reply.text)).toBe(true);
  });

  it('tells what it would have signed when the signature does not match', async () => {
    const reply = await order(newNo(), {}, { strangerKey: true });
    expect(reply.body.detail).toMatchObject({
      field: 'signature',
      location: 'authorization',
      detail: { issue: 'sign not match' },
      sign_information: { method: 'POST', url: jsapi },
    });
  });

  it('refuses a nonce that was used before', async () => {
    const tricks = { nonce: 'once-only', timestamp: Math.floor(Date.now() / 1000) };
    expect((await order(newNo(), {}, tricks)).status).toBe(200);
    expect((await order(newNo(), {}, tricks)).status).toBe(401);
  });

  it('refuses a request that expects answers signed by another platform key', async () => {
    const reply = await order(newNo(), {}, { headers: { 'wechatpay-serial': 'PUB_KEY_ID_other' } });
    expect(reply.body.code).toBe('PARAM_ERROR');
  });
});

describe('orders', () => {
  it.each<[string, Record<string, unknown>]>([
    ['/amount/total', { amount: { total: 12.5, currency: 'CNY' } }],
    ['/amount/total', { amount: { total: 0, currency: 'CNY' } }],
    ['/amount/currency', { amount: { total: 1, currency: 'USD' } }],
    ['/description', { description: '长'.repeat(128) }],
    ['/out_trade_no', { out_trade_no: '短号' }],
    ['/out_trade_no', { out_trade_no: '含中文的订单号' }],
    ['/notify_url', { notify_url: 'http://example.com/notice' }],
    ['/notify_url', { notify_url: 'https://example.com/notice?a=1' }],
    ['/notify_url', { notify_url: 'https://192.168.1.2/notice' }],
    ['/payer/openid', { payer: {} }],
    ['/time_expire', { time_expire: '2026-01-01 10:00' }],
    ['/attach', { attach: 'x'.repeat(129) }],
  ])('refuses a bad %s and names it (%j)', async (pointer, changes) => {
    const reply = await order(newNo(), changes);
    expect(reply.status).toBe(400);
    expect(reply.body).toMatchObject({ code: 'PARAM_ERROR', detail: { field: pointer, location: 'body' } });
  });

  it('takes a public https address', async () => {
    expect((await order(newNo(), { notify_url: 'https://pay.example.com/notice' })).status).toBe(200);
  });

  it('refuses an app that is not bound to the merchant', async () => {
    expect((await order(newNo(), { appid: 'wxother' })).body.code).toBe('APPID_MCHID_NOT_MATCH');
  });

  it('gives a fresh prepay_id for the same order and refuses another order under its number', async () => {
    const no = newNo();
    const first = await order(no);
    const again = await order(no);
    expect(again.status).toBe(200);
    expect(again.body.prepay_id).not.toBe(first.body.prepay_id);
    const other = await order(no, { amount: { total: 1300, currency: 'CNY' } });
    expect([other.status, other.body.code]).toEqual([403, 'OUT_TRADE_NO_USED']);
  });

  it('is NOTPAY until the payer confirms, then SUCCESS with amount and payer', async () => {
    const no = newNo();
    await order(no, { attach: 'delivery' });
    expect((await query(no)).body).toMatchObject({ trade_state: 'NOTPAY', amount: { total: 1200 } });
    await sim(base, 'pay', { outTradeNo: no });
    const paid = await query(no);
    expect(paid.body).toMatchObject({
      trade_state: 'SUCCESS',
      trade_type: 'JSAPI',
      attach: 'delivery',
      payer: { openid: 'oTestOpenid' },
      amount: { total: 1200, payer_total: 1200 },
    });
    const byId = await payCall(
      base,
      'GET',
      `/v3/pay/transactions/id/${String(paid.body.transaction_id)}?mchid=${mchid}`,
    );
    expect(byId.body.out_trade_no).toBe(no);
    expect((await order(no)).body.code).toBe('ORDER_PAID');
    expect((await close(no)).body.code).toBe('ORDER_PAID');
  });

  it('answers 404 for an order that it does not know, also for names of JavaScript', async () => {
    for (const no of ['HB404404', '__proto__', 'constructor']) {
      const reply = await query(no);
      expect([reply.status, reply.body.code]).toEqual([404, 'ORDER_NOT_EXIST']);
    }
  });

  it('closes with a signed empty 204, and then nobody can pay', async () => {
    const no = newNo();
    await order(no);
    const closed = await close(no);
    expect(closed.status).toBe(204);
    expect(isSignedByPlatform((name) => closed.headers.get(name), '')).toBe(true);
    expect((await sim(base, 'pay', { outTradeNo: no })).body.code).toBe('ORDER_CLOSED');
    expect((await close(no)).body.code).toBe('ORDER_CLOSED');
    expect((await order(no)).body.code).toBe('ORDER_CLOSED');
  });
});

describe('the payer', () => {
  it('pays with correctly signed parameters only', async () => {
    const id = String((await order(newNo())).body.prepay_id);
    const other = String((await order(newNo())).body.prepay_id);
    const swapped = payParams(other, { package: `prepay_id=${id}` });
    expect((await sim(base, 'pay', { payParams: swapped })).body.code).toBe('PAY_SIGN_ERROR');
    const md5 = payParams(id, { signType: 'MD5' });
    expect((await sim(base, 'pay', { payParams: md5 })).body.code).toBe('PAY_SIGN_ERROR');
    const paid = await sim(base, 'pay', { payParams: payParams(id) });
    expect(paid.body).toMatchObject({ tradeState: 'SUCCESS', errMsg: 'requestPayment:ok' });
    expect((await sim(base, 'pay', { prepayId: id })).body.code).toBe('ORDER_PAID');
  });

  it('may cancel, which changes nothing', async () => {
    const no = newNo();
    await order(no);
    const reply = await sim(base, 'pay', { outTradeNo: no, outcome: 'cancel' });
    expect(reply.body.errMsg).toBe('requestPayment:fail cancel');
    expect((await query(no)).body.trade_state).toBe('NOTPAY');
  });
});

describe('refunds', () => {
  it('is PROCESSING at first and SUCCESS after a while; the order becomes REFUND', async () => {
    const no = await paidOrder();
    const asked = await refund(no, `R${no}`, 1200);
    expect(asked.body).toMatchObject({ status: 'PROCESSING', amount: { refund: 1200, total: 1200 } });
    await until(async () => (await payCall(base, 'GET', `${refunds}/R${no}`)).body.status === 'SUCCESS');
    expect((await query(no)).body.trade_state).toBe('REFUND');
  });

  it('refunds once for a repeated number and refuses the number for another amount', async () => {
    const no = await paidOrder();
    const first = await refund(no, `R${no}`, 500);
    expect((await refund(no, `R${no}`, 500)).body.refund_id).toBe(first.body.refund_id);
    expect((await refund(no, `R${no}`, 600)).body.code).toBe('INVALID_REQUEST');
  });

  it('never gives back more than was paid', async () => {
    const no = await paidOrder();
    await refund(no, `R1${no}`, 800);
    await pause(200);
    expect((await refund(no, `R2${no}`, 401)).body.code).toBe('INVALID_REQUEST');
    expect((await refund(no, `R3${no}`, 400)).status).toBe(200);
  });

  it('refuses unknown and unpaid orders, a wrong total, and an empty account', async () => {
    const no = newNo();
    expect((await refund('HB404404', 'R1', 1)).body.code).toBe('RESOURCE_NOT_EXISTS');
    await order(no);
    expect((await refund(no, `R1${no}`, 1)).body.code).toBe('INVALID_REQUEST');
    const paid = await paidOrder();
    const total = { amount: { refund: 1, total: 1300, currency: 'CNY' } };
    expect((await refund(paid, `R1${paid}`, 1, total)).body.code).toBe('INVALID_REQUEST');
    await sim(base, 'balance', { availableFen: 0 });
    const empty = await refund(paid, `R2${paid}`, 1200);
    expect([empty.status, empty.body.code]).toEqual([403, 'NOT_ENOUGH']);
    await sim(base, 'balance', { availableFen: null });
    expect((await refund(paid, `R2${paid}`, 1200)).status).toBe(200);
    expect((await payCall(base, 'GET', `${refunds}/R404`)).body.code).toBe('RESOURCE_NOT_EXISTS');
  });
});

describe('bills', () => {
  const day = (back: number) =>
    new Date(Date.now() + 8 * 3_600_000 - back * 86_400_000).toISOString().slice(0, 10);
  const apply = (date: string, more = '') =>
    payCall(base, 'GET', `/v3/bill/tradebill?bill_date=${date}${more}`);
  const download = (url: unknown) => {
    const { origin, pathname, search } = new URL(String(url));
    return payCall(origin, 'GET', pathname + search);
  };

  it('lists a past day in yuan, with BOM and backticks, and its SHA1', async () => {
    const no = await paidOrder();
    await refund(no, `R${no}`, 300);
    await sim(base, 'backdate', { days: 2 });
    const bill = await apply(day(2));
    const file = await fetch(String(bill.body.download_url));
    expect(file.status).toBe(401);
    const { text, bytes, headers } = await download(bill.body.download_url);
    expect(headers.has('wechatpay-signature')).toBe(false);
    expect(text.startsWith('\uFEFF交易时间,')).toBe(true);
    expect(sha1(bytes)).toBe(bill.body.hash_value);
    const lines = text.split('\r\n');
    expect(lines).toHaveLength(6);
    expect(lines[1]).toContain(`\`${no}`);
    expect(lines[1]).toContain('`12.00');
    expect(lines[2]).toContain('`3.00');
    expect(lines[4]).toBe('`2,`12.00,`3.00,`0.00,`0.00000,`12.00,`3.00');
    const columns = lines.slice(0, 3).map((line) => line.split(',').length);
    expect(new Set(columns).size).toBe(1);
  });

  it('packs with GZIP but hashes the file before', async () => {
    await paidOrder();
    await sim(base, 'backdate', { days: 2 });
    const bill = await apply(day(2), '&bill_type=SUCCESS&tar_type=GZIP');
    const { bytes } = await download(bill.body.download_url);
    expect(sha1(gunzipSync(bytes))).toBe(bill.body.hash_value);
  });

  it('refuses today, an empty day, and days of long ago', async () => {
    expect((await apply(day(0))).body.code).toBe('NO_STATEMENT_EXIST');
    expect((await apply(day(3))).body.code).toBe('NO_STATEMENT_EXIST');
    expect((await apply(day(120))).body.code).toBe('PARAM_ERROR');
    expect((await apply('2026-02-30')).body.code).toBe('PARAM_ERROR');
  });

  it('has no platform certificates, like every merchant in public-key mode', async () => {
    expect((await payCall(base, 'GET', '/v3/certificates')).body.code).toBe('RESOURCE_NOT_EXISTS');
    expect((await send(`${base}/v3/none`, 'GET')).status).toBe(404);
  });
});
