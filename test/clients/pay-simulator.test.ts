import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Simulators } from '@haoban/simulators';
import type { PrepayRequest, WechatPayClient } from '@haoban/wechatpay';
import type { Received } from './support/loopback.js';
import { closeLoopbacks, failureOf, loopback } from './support/loopback.js';
import { merchant, newPayClient, stranger } from './support/pay-party.js';
import { act, breakNext, startParties, TIMEOUT_MS, until } from './support/simulators.js';

let parties: Simulators;
let url: string;
let client: WechatPayClient;
let notices: Received[];
let notifyUrl: string;
let count = 0;

beforeAll(async () => {
  parties = await startParties();
  url = parties.pay.url;
  client = newPayClient(url, { timeoutMs: TIMEOUT_MS });
});
afterAll(async () => {
  await parties.close();
  await closeLoopbacks();
});
beforeEach(async () => {
  await act(url, 'reset');
  await closeLoopbacks();
  const receiver = await loopback(() => ({ status: 204 }));
  notices = receiver.received;
  notifyUrl = `${receiver.url}/notice`;
});

const newOrder = (): PrepayRequest => ({
  outTradeNo: `HB20261122-${String(++count).padStart(4, '0')}`,
  description: '证照寄递费',
  openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
  totalFen: 1200,
  notifyUrl,
  expiresAt: new Date(Date.now() + 15 * 60_000),
});

async function pay(order: PrepayRequest): Promise<void> {
  const { payParams } = await client.prepayJsapi(order);
  await act(url, 'pay', { payParams });
}

const readings = () => notices.map(({ headers, body }) => client.readNotice(headers, body));

describe('the pay client with the simulator', () => {
  it('orders, is paid on the phone, is told by a notice and by a query', async () => {
    const order = newOrder();
    expect(await client.query(order.outTradeNo)).toBeUndefined();
    const { prepayId, payParams } = await client.prepayJsapi(order);
    expect(await client.query(order.outTradeNo)).toMatchObject({ tradeState: 'NOTPAY' });
    expect(await act(url, 'pay', { prepayId, payParams })).toMatchObject({ errMsg: 'requestPayment:ok' });
    const payment = await client.query(order.outTradeNo);
    expect(payment).toMatchObject({ tradeState: 'SUCCESS', totalFen: 1200, openid: order.openid });
    await until(() => notices.length > 0);
    expect(readings()[0]).toEqual({
      ok: true,
      notice: {
        kind: 'payment',
        id: expect.any(String),
        eventType: 'TRANSACTION.SUCCESS',
        payment: expect.objectContaining({ transactionId: payment?.transactionId, totalFen: 1200 }),
      },
    });
  });

  it('closes an open order so that it cannot be paid, and tells a paid one', async () => {
    const open = newOrder();
    const { prepayId } = await client.prepayJsapi(open);
    expect(await client.close(open.outTradeNo)).toBe('closed');
    expect(await client.close(open.outTradeNo)).toBe('closed');
    await expect(act(url, 'pay', { prepayId })).rejects.toThrow('409');
    expect(await client.query(open.outTradeNo)).toMatchObject({ tradeState: 'CLOSED' });
    const paid = newOrder();
    await pay(paid);
    expect(await client.close(paid.outTradeNo)).toBe('paid');
    expect(await client.close('HB-NEVER-ORDERED')).toBe('not_found');
  });

  it('refunds once per number, and is told when it is done', async () => {
    const order = newOrder();
    await pay(order);
    const request = {
      outTradeNo: order.outTradeNo,
      outRefundNo: `${order.outTradeNo}-R1`,
      refundFen: 500,
      totalFen: 1200,
      notifyUrl,
    };
    expect(await client.findRefund(request.outRefundNo)).toBeUndefined();
    const first = await client.refund(request);
    expect(first).toMatchObject({ status: 'PROCESSING', refundFen: 500 });
    expect((await client.refund(request)).refundId).toBe(first.refundId);
    await until(() => notices.length > 1);
    expect(readings().at(-1)).toMatchObject({
      ok: true,
      notice: {
        kind: 'refund',
        eventType: 'REFUND.SUCCESS',
        refund: { refundId: first.refundId, status: 'SUCCESS' },
      },
    });
    expect(await client.findRefund(request.outRefundNo)).toMatchObject({ status: 'SUCCESS' });
    expect(await client.query(order.outTradeNo)).toMatchObject({ tradeState: 'REFUND', totalFen: 1200 });
  });

  it('is refused a refund of more than is left, and of an unpaid order', async () => {
    const order = newOrder();
    await client.prepayJsapi(order);
    const request = { outTradeNo: order.outTradeNo, outRefundNo: 'R-1', refundFen: 500, totalFen: 1200 };
    expect(await failureOf(client.refund(request))).toMatchObject({
      kind: 'refused',
      code: 'INVALID_REQUEST',
    });
  });

  it('reads the bill of a past day', async () => {
    const order = newOrder();
    await pay(order);
    await client.refund({
      outTradeNo: order.outTradeNo,
      outRefundNo: `${order.outTradeNo}-R1`,
      refundFen: 505,
      totalFen: 1200,
    });
    await act(url, 'backdate', { days: 3 });
    const payment = await client.query(order.outTradeNo);
    const day = new Date((payment?.successTime?.getTime() ?? 0) + 8 * 3600_000).toISOString().slice(0, 10);
    const bill = await client.tradeBill(day);
    expect(bill?.rows).toMatchObject([
      {
        outTradeNo: order.outTradeNo,
        transactionId: payment?.transactionId,
        tradeState: 'SUCCESS',
        totalFen: 1200,
      },
      {
        outTradeNo: order.outTradeNo,
        tradeState: 'REFUND',
        refundFen: 505,
        outRefundNo: `${order.outTradeNo}-R1`,
      },
    ]);
    const dayBefore = new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
    expect(await client.tradeBill(dayBefore)).toBeUndefined();
  });

  it('signed with another key or serial is refused', async () => {
    const forger = newPayClient(url, { merchantPrivateKey: stranger.privateKey });
    expect(await failureOf(forger.prepayJsapi(newOrder()))).toMatchObject({
      kind: 'refused',
      code: 'SIGN_ERROR',
    });
    const other = newPayClient(url, { merchantPrivateKey: merchant.privateKey, merchantSerial: 'ABCDEF' });
    expect(await failureOf(other.prepayJsapi(newOrder()))).toMatchObject({
      kind: 'refused',
      code: 'SIGN_ERROR',
    });
  });

  it.each([
    [{ mode: 'fail' as const }, 'SYSTEM_ERROR'],
    [{ mode: 'html502' as const }, 'HTTP_502'],
    [{ mode: 'timeout' as const }, 'TIMEOUT'],
    [{ mode: 'badSignature' as const }, 'BAD_SIGNATURE'],
  ])('told to $mode, the outcome is unknown, and the same call again succeeds', async (fault, code) => {
    const order = newOrder();
    await breakNext(url, { route: 'jsapi', ...fault });
    expect(await failureOf(client.prepayJsapi(order))).toMatchObject({ kind: 'unknown', code });
    expect((await client.prepayJsapi(order)).prepayId).toBeTruthy();
  });

  it('a slow answer within the time-out is taken', async () => {
    await breakNext(url, { route: 'jsapi', mode: 'delay', ms: 100 });
    expect((await client.prepayJsapi(newOrder())).prepayId).toBeTruthy();
  });

  it('a refund whose answer is lost is found afterwards, and repeated is the same one', async () => {
    const order = newOrder();
    await pay(order);
    const request = {
      outTradeNo: order.outTradeNo,
      outRefundNo: `${order.outTradeNo}-R1`,
      refundFen: 1200,
      totalFen: 1200,
    };
    await breakNext(url, { route: 'refund', mode: 'loseReplyAfterApply' });
    expect(await failureOf(client.refund(request))).toMatchObject({ kind: 'unknown' });
    const found = await client.findRefund(request.outRefundNo);
    expect(found).toMatchObject({ refundFen: 1200 });
    expect((await client.refund(request)).refundId).toBe(found?.refundId);
  });

  it('a notice sent twice names the same payment twice', async () => {
    await breakNext(url, { route: 'notice', mode: 'duplicate' });
    await pay(newOrder());
    await until(() => notices.length > 1);
    const ids = readings().map(
      (reading) => reading.ok && reading.notice.kind === 'payment' && reading.notice.payment.transactionId,
    );
    expect(ids[0]).toBeTruthy();
    expect(ids[1]).toBe(ids[0]);
  });

  it('a notice with a broken signature is refused', async () => {
    await breakNext(url, { route: 'notice', mode: 'badSignature' });
    await pay(newOrder());
    await until(() => notices.length > 0);
    expect(readings()[0]).toMatchObject({ ok: false });
  });
});
