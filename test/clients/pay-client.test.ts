import { afterEach, describe, expect, it } from '@jest/globals';
import type { PrepayRequest } from '@haoban/wechatpay';
import { Formatter, Rsa } from 'wechatpay-axios-plugin';
import type { Received } from './support/loopback.js';
import { closeLoopbacks, failureOf, json, loopback } from './support/loopback.js';
import {
  APPID,
  isSignedByMerchant,
  MCHID,
  merchant,
  newPayClient,
  PAID,
  PLATFORM_SERIAL,
  REFUNDED,
  signedReply,
  stranger,
} from './support/pay-party.js';

const NO = PAID.out_trade_no;
const ORDER: PrepayRequest = {
  outTradeNo: NO,
  description: '证照寄递费 “榕城”',
  openid: PAID.payer.openid,
  totalFen: 1200,
  notifyUrl: 'https://hall.example.gov.cn/api/providers/wechatpay/notice',
  expiresAt: new Date('2026-11-22T04:30:15.500Z'),
};

afterEach(closeLoopbacks);

async function provider(answer: (request: Received) => ReturnType<typeof signedReply>) {
  const server = await loopback(answer);
  return { client: newPayClient(server.url), received: server.received };
}

describe('prepay', () => {
  it('sends the order signed by the merchant and asks for answers signed with the public key', async () => {
    const { client, received } = await provider(() => signedReply({ prepay_id: 'wx26112411580621e9' }));
    await client.prepayJsapi(ORDER);
    const [request] = received;
    expect(request && isSignedByMerchant(request)).toBe(true);
    expect(request).toMatchObject({ method: 'POST', url: '/v3/pay/transactions/jsapi' });
    expect(request?.headers['wechatpay-serial']).toBe(PLATFORM_SERIAL);
    expect(JSON.parse(request?.body ?? '')).toEqual({
      appid: APPID,
      mchid: MCHID,
      description: ORDER.description,
      out_trade_no: NO,
      notify_url: ORDER.notifyUrl,
      time_expire: '2026-11-22T12:30:15+08:00',
      amount: { total: 1200, currency: 'CNY' },
      payer: { openid: ORDER.openid },
    });
  });

  it("gives the prepay id and the phone's parameters, signed by the merchant", async () => {
    const { client } = await provider(() => signedReply({ prepay_id: 'wx26112411580621e9' }));
    const { prepayId, payParams } = await client.prepayJsapi(ORDER);
    expect(prepayId).toBe('wx26112411580621e9');
    expect(payParams).toMatchObject({ appId: APPID, package: `prepay_id=${prepayId}`, signType: 'RSA' });
    const { appId, timeStamp, nonceStr, package: pack, paySign } = payParams;
    expect(
      Rsa.verify(
        Formatter.joinedByLineFeed(appId, timeStamp, nonceStr, pack),
        paySign,
        Rsa.from(merchant.publicKey, Rsa.KEY_TYPE_PUBLIC),
      ),
    ).toBe(true);
  });

  it.each([
    ['outTradeNo', 'a|bcdef'],
    ['outTradeNo', 'short'],
    ['outTradeNo', 'x'.repeat(33)],
    ['description', ''],
    ['totalFen', 12.5],
    ['totalFen', 0],
    ['notifyUrl', 'http://hall.example.gov.cn/notice'],
    ['notifyUrl', 'https://hall.example.gov.cn/notice?a=1'],
  ])('refuses %s %j before sending', async (field, value) => {
    const { client, received } = await provider(() => signedReply({}));
    const failure = await failureOf(client.prepayJsapi({ ...ORDER, [field]: value }));
    expect(failure).toMatchObject({ kind: 'refused', code: 'INVALID_INPUT', field });
    expect(received).toHaveLength(0);
  });

  it('an answer without prepay id leaves it unknown', async () => {
    const { client } = await provider(() => signedReply({}));
    expect(await failureOf(client.prepayJsapi(ORDER))).toMatchObject({ kind: 'unknown' });
  });
});

describe('an answer counts only if WeChat Pay signed it', () => {
  const cases = {
    unsigned: () => json(PAID),
    'signed by another key': () => signedReply(PAID, 200, { key: stranger.privateKey }),
    'signed under an unknown serial': () => signedReply(PAID, 200, { serial: '__proto__' }),
    'signed ten minutes ago': () => signedReply(PAID, 200, { timestamp: Formatter.timestamp() - 600 }),
    'changed after signing': () => ({
      ...signedReply(PAID),
      body: JSON.stringify({ ...PAID, trade_state: 'CLOSED' }),
    }),
  };
  it.each(Object.entries(cases))('%s: unknown', async (_, answer) => {
    const { client } = await provider(answer);
    expect(await failureOf(client.query(NO))).toMatchObject({ kind: 'unknown', code: 'BAD_SIGNATURE' });
  });

  it('a refusal with a wrong signature is unknown, one without a signature is a refusal', async () => {
    const refusal = { code: 'PARAM_ERROR', message: 'x' };
    const wrong = await provider(() => signedReply(refusal, 400, { key: stranger.privateKey }));
    expect(await failureOf(wrong.client.query(NO))).toMatchObject({ kind: 'unknown', code: 'BAD_SIGNATURE' });
    const plain = await provider(() => json(refusal, 400));
    expect(await failureOf(plain.client.query(NO))).toMatchObject({ kind: 'refused', code: 'PARAM_ERROR' });
  });
});

describe('query', () => {
  it('reads a paid order', async () => {
    const { client, received } = await provider(() => signedReply(PAID));
    expect(await client.query(NO)).toMatchObject({
      tradeState: 'SUCCESS',
      totalFen: 1200,
      transactionId: PAID.transaction_id,
    });
    expect(received[0] && isSignedByMerchant(received[0])).toBe(true);
    expect(received[0]?.url).toBe(`/v3/pay/transactions/out-trade-no/${NO}?mchid=${MCHID}`);
  });

  it('is undefined for a number that WeChat Pay does not know', async () => {
    const { client } = await provider(() =>
      signedReply({ code: 'ORDER_NOT_EXIST', message: '订单不存在' }, 404),
    );
    expect(await client.query(NO)).toBeUndefined();
  });

  it('does not take the answer for another order or merchant', async () => {
    for (const other of [{ out_trade_no: 'HB20261122-0002' }, { mchid: '1900000002' }]) {
      const { client } = await provider(() => signedReply({ ...PAID, ...other }));
      expect(await failureOf(client.query(NO))).toMatchObject({ kind: 'unknown' });
    }
  });

  it('a SYSTEM_ERROR is unknown', async () => {
    const { client } = await provider(() => signedReply({ code: 'SYSTEM_ERROR', message: '' }, 500));
    expect(await failureOf(client.query(NO))).toMatchObject({ kind: 'unknown', code: 'SYSTEM_ERROR' });
  });
});

describe('close', () => {
  it('of an open order is closed; the empty answer is verified too', async () => {
    const { client, received } = await provider(() => signedReply(undefined, 204));
    expect(await client.close(NO)).toBe('closed');
    expect(received[0] && isSignedByMerchant(received[0])).toBe(true);
    const forged = await provider(() => ({ status: 204 }));
    expect(await failureOf(forged.client.close(NO))).toMatchObject({ kind: 'unknown' });
  });

  it.each([
    ['ORDER_PAID', 400, 'paid'],
    ['ORDERPAID', 400, 'paid'],
    ['ORDER_CLOSED', 400, 'closed'],
    ['ORDER_NOT_EXIST', 404, 'not_found'],
  ])('after %s is told apart', async (code, status, outcome) => {
    const { client } = await provider(() => signedReply({ code, message: '' }, status));
    expect(await client.close(NO)).toBe(outcome);
  });
});

describe('refunds', () => {
  const request = { outTradeNo: NO, outRefundNo: REFUNDED.out_refund_no, refundFen: 500, totalFen: 1200 };

  it('are asked for in fen and read back', async () => {
    const { client, received } = await provider(() => signedReply(REFUNDED));
    const refund = await client.refund({ ...request, reason: '寄递取消' });
    expect(refund).toMatchObject({
      status: 'PROCESSING',
      refundFen: 500,
      totalFen: 1200,
      refundId: REFUNDED.refund_id,
    });
    expect(received[0] && isSignedByMerchant(received[0])).toBe(true);
    expect(JSON.parse(received[0]?.body ?? '')).toEqual({
      out_trade_no: NO,
      out_refund_no: request.outRefundNo,
      reason: '寄递取消',
      amount: { refund: 500, total: 1200, currency: 'CNY' },
    });
  });

  it('of more than was paid are refused before sending', async () => {
    const { client, received } = await provider(() => signedReply(REFUNDED));
    expect(await failureOf(client.refund({ ...request, refundFen: 1201 }))).toMatchObject({
      field: 'refundFen',
    });
    expect(received).toHaveLength(0);
  });

  it('are found by our number, or undefined', async () => {
    const found = await provider(() => signedReply({ ...REFUNDED, status: 'SUCCESS' }));
    expect(await found.client.findRefund(request.outRefundNo)).toMatchObject({ status: 'SUCCESS' });
    const missing = await provider(() => signedReply({ code: 'RESOURCE_NOT_EXISTS', message: '' }, 404));
    expect(await missing.client.findRefund(request.outRefundNo)).toBeUndefined();
  });
});

describe('construction', () => {
  it('refuses a short APIv3 key and an empty keyring', () => {
    expect(() => newPayClient('http://127.0.0.1', { apiV3Key: 'short' })).toThrow('32');
    expect(() => newPayClient('http://127.0.0.1', { keyring: new Map() })).toThrow('key');
  });
});
