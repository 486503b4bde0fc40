import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { HallPayment, Payment } from '@haoban/contracts';
import { addDays, dayOf } from '@haoban/domain';
import { WechatPayClient, WechatPayError } from '@haoban/wechatpay';
import { PaymentReconcileService } from '../../../apps/api/src/payment/payment-reconcile.service.js';
import { newCitizen, type TestCitizen } from '../../support/builders/citizen.js';
import { cityIds } from '../../support/builders/city.js';
import { newStaff, type TestStaff } from '../../support/builders/staff.js';
import {
  ShiftedClock,
  auditOf,
  clearPayFaults,
  eventually,
  loseNotices,
  newPayment,
  paidContent,
  payFault,
  payInWechat,
  sendNotice,
  signedNotice,
  simPost,
} from '../../support/builders/payment.js';
import { newWorld, type World } from '../../support/world.js';

let world: World;
let citizen: TestCitizen;
let manager: TestStaff;
let payment: Payment;
let clock: ShiftedClock;
const hallId = cityIds.hall('RC-SM');
let requests = 0;
const requestId = () => `refund-${++requests}`;

beforeAll(async () => {
  clock = new ShiftedClock();
  world = await newWorld({ simulators: true, clock });
  citizen = await newCitizen(world);
  manager = await newStaff(world, { role: 'manager', hallId });
});
afterAll(() => world.close());
afterEach(async () => {
  await clearPayFaults(world);
  await simPost(world.simulators.pay.url, '/_sim/refund-outcome', { status: 'SUCCESS' });
  await simPost(world.simulators.pay.url, '/_sim/balance', { availableFen: null });
});
beforeEach(async () => {
  payment = await newPayment(world, citizen, { hallId });
  await payInWechat(world, (await citizen.client.payment.prepay({ paymentId: payment.id })).payParams);
  await becomes('paid');
});

const now = () => citizen.client.payment.get({ paymentId: payment.id });
const becomes = (state: Payment['state'], refundedFen?: number) =>
  eventually(state, async () => {
    await world.drain();
    const current = await now();
    return current.state === state && (refundedFen ?? current.refundedFen) === current.refundedFen && current;
  });
const refund = (amountFen: number, id = requestId(), reason = '多收寄递费') =>
  manager.client.payment.refund({ paymentId: payment.id, requestId: id, amountFen, reason });
const seen = async (): Promise<HallPayment | undefined> =>
  (await manager.client.payment.listOfHall({ limit: 100 })).items.find(({ id }) => id === payment.id);

describe('a refund', () => {
  it('goes back in parts, and never more than was paid', async () => {
    expect(await refund(500)).toMatchObject({ state: 'refunding', refunds: [{ amountFen: 500 }] });
    await becomes('paid', 500);
    await expect(refund(701)).rejects.toMatchObject({ code: 'REFUND_EXCEEDS' });
    await refund(700);
    // WeChat Pay wants a minute between two refunds of one order: the job tries again.
    await becomes('refunded', 1200);
    await expect(refund(1)).rejects.toMatchObject({ code: 'PAYMENT_STATE' });
    expect((await seen())?.refunds.map(({ state }) => state)).toEqual(['success', 'success']);
  });

  it('asked for twice is made once, and with other content refused', async () => {
    const id = requestId();
    const [first, second] = [await refund(300, id), await refund(300, id)];
    expect(second.refunds).toEqual(first.refunds);
    await expect(refund(301, id)).rejects.toMatchObject({ code: 'REQUEST_ID_REUSED' });
    await becomes('paid', 300);
    expect((await seen())?.refunds).toHaveLength(1);
  });

  it('asked for by ten at once is made once', async () => {
    const asked = await Promise.allSettled(Array.from({ length: 10 }, () => refund(1200)));
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await becomes('refunded', 1200);
  });

  it('whose answer is lost is repeated under the same number', async () => {
    await payFault(world, { mode: 'loseReplyAfterApply', route: 'refund' });
    await refund(1200);
    await becomes('refunded', 1200);
    const { refunds } = (await (await fetch(`${world.simulators.pay.url}/_sim/state`)).json()) as {
      refunds: { outTradeNo: string }[];
    };
    expect(refunds.filter(({ outTradeNo }) => outTradeNo === payment.outTradeNo)).toHaveLength(1);
  });

  it('whose repetition is refused counts as WeChat Pay has it, and is not made again', async () => {
    const client = world.get(WechatPayClient);
    const real = client.refund.bind(client);
    client.refund = async (wish) => {
      client.refund = real;
      await real(wish);
      throw new WechatPayError('refused', 'INVALID_REQUEST', 'refund');
    };
    await refund(1200);
    await becomes('refunded', 1200);
    expect((await seen())?.refunds.map(({ state }) => state)).toEqual(['success']);
  });

  it('that was refused and arrived all the same is told to a person', async () => {
    const client = world.get(WechatPayClient);
    const real = client.refund.bind(client);
    client.refund = () => {
      client.refund = real;
      return Promise.reject(new WechatPayError('refused', 'INVALID_REQUEST', 'refund'));
    };
    const { refunds } = await refund(1200);
    await eventually('the refusal', async () => {
      await world.drain();
      return (await seen())?.refunds[0]?.state === 'closed';
    });
    const content = {
      mchid: world.config.wechatpay.mchId,
      out_trade_no: payment.outTradeNo,
      transaction_id: 'whatever',
      out_refund_no: refunds[0]?.outRefundNo,
      refund_id: `early-${payment.id}`,
      refund_status: 'SUCCESS',
      amount: { total: 1200, refund: 1200, payer_total: 1200, payer_refund: 1200 },
    };
    expect((await sendNotice(world, signedNotice(world, 'REFUND.SUCCESS', content))).status).toBe(204);
    await world.drain();
    const told = await auditOf(world, 'refund.mismatch');
    expect(told.some(({ subjectId }) => subjectId === payment.id)).toBe(true);
  });

  it('whose notice is lost is asked after', async () => {
    await loseNotices(world);
    await refund(1200);
    await eventually('the bank', async () => {
      await world.drain();
      clock.advance(600_001);
      await world.runRepeat('payment.chase-refunds');
      return (await now()).state === 'refunded';
    });
  });

  it('waits while the merchant has too little money', async () => {
    await simPost(world.simulators.pay.url, '/_sim/balance', { availableFen: 0 });
    await refund(1200);
    await world.drain({ retries: true });
    expect((await now()).state).toBe('refunding');
    await simPost(world.simulators.pay.url, '/_sim/balance', { availableFen: 5000 });
    clock.advance(600_001);
    await world.runRepeat('payment.chase-refunds');
    await becomes('refunded', 1200);
  });

  it('that the bank can not credit stays open for a person, until it arrives', async () => {
    await simPost(world.simulators.pay.url, '/_sim/refund-outcome', { status: 'ABNORMAL' });
    const { refunds } = await refund(1200);
    await eventually('abnormal', async () => {
      await world.drain();
      return (await seen())?.refunds[0]?.state === 'abnormal';
    });
    expect((await now()).state).toBe('refunding');
    expect((await auditOf(world, 'refund.abnormal')).some(({ subjectId }) => subjectId === payment.id)).toBe(
      true,
    );
    const { outRefundNo } = refunds[0] ?? { outRefundNo: '' };
    await simPost(world.simulators.pay.url, '/_sim/refund', { outRefundNo, status: 'SUCCESS' });
    await becomes('refunded', 1200);
  });

  it('that WeChat Pay closes leaves the payment paid, and may be asked for again', async () => {
    await simPost(world.simulators.pay.url, '/_sim/refund-outcome', { status: 'CLOSED' });
    await refund(1200);
    await becomes('paid', 0);
    expect((await seen())?.refunds[0]?.state).toBe('closed');
    await simPost(world.simulators.pay.url, '/_sim/refund-outcome', { status: 'SUCCESS' });
    await refund(1200);
    await becomes('refunded', 1200);
  });

  it('is final: an older word that comes later changes nothing', async () => {
    const { refunds } = await refund(1200);
    await becomes('refunded', 1200);
    const content = {
      mchid: world.config.wechatpay.mchId,
      out_trade_no: payment.outTradeNo,
      transaction_id: 'whatever',
      out_refund_no: refunds[0]?.outRefundNo,
      refund_id: `late-${payment.id}`,
      refund_status: 'ABNORMAL',
      amount: { total: 1200, refund: 1200, payer_total: 1200, payer_refund: 1200 },
    };
    expect((await sendNotice(world, signedNotice(world, 'REFUND.ABNORMAL', content))).status).toBe(204);
    await world.drain();
    expect((await now()).state).toBe('refunded');
  });
});

describe('the daily bill', () => {
  const bills = () => world.get(PaymentReconcileService);
  const ago = (days: number) => addDays(dayOf(new Date()), -days);

  it('tells what our orders do not know, and mends a payment that was never told', async () => {
    const lost = await newPayment(world, citizen, { amountFen: 900 });
    await loseNotices(world);
    await payInWechat(world, (await citizen.client.payment.prepay({ paymentId: lost.id })).payParams);
    const { payParams } = await world.get(WechatPayClient).prepayJsapi({
      outTradeNo: 'SOMEONE-ELSE-1',
      description: '别处的订单',
      openid: 'o1',
      totalFen: 5,
      notifyUrl: 'http://127.0.0.1:9/none',
    });
    await payInWechat(world, payParams);
    await simPost(world.simulators.pay.url, '/_sim/backdate', { days: 2 });
    const differences = await bills().reconcile(ago(2));
    expect(differences).toEqual(
      expect.arrayContaining([
        { kind: 'payment_unknown', subject: 'SOMEONE-ELSE-1', billFen: 5 },
        { kind: 'payment_not_paid', subject: lost.id, billFen: 900 },
      ]),
    );
    expect(differences.every(({ subject }) => subject !== payment.id)).toBe(true);
    expect((await citizen.client.payment.get({ paymentId: lost.id })).state).toBe('paid');
    const kept = await auditOf(world, 'payment.bill-difference');
    expect(kept.some(({ subjectId }) => subjectId === lost.id)).toBe(true);
  });

  it('names a payment of ours that it does not hold', async () => {
    const content = paidContent(world, await newPayment(world, citizen), {
      success_time: `${ago(5)}T12:00:00+08:00`,
    });
    await sendNotice(world, signedNotice(world, 'TRANSACTION.SUCCESS', content));
    await world.drain();
    expect(await bills().reconcile(ago(5))).toMatchObject([{ kind: 'payment_not_in_bill', ownFen: 1200 }]);
  });

  it('is compared once a day', async () => {
    // By a clock that is ahead of WeChat's, yesterday's bill would be asked for before it is there.
    clock.reset();
    const done = async () => (await auditOf(world, 'payment.reconciled')).length;
    await world.runRepeat('payment.reconcile');
    const first = await done();
    await world.runRepeat('payment.reconcile');
    expect(await done()).toBe(first);
    expect(first).toBeGreaterThanOrEqual(2);
  });
});
