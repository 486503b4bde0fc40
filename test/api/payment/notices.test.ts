import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Payment } from '@haoban/contracts';
import { newCitizen, type TestCitizen } from '../../support/builders/citizen.js';
import {
  ShiftedClock,
  auditOf,
  clearPayFaults,
  eventually,
  jobsOf,
  newPayment,
  paidContent,
  payFault,
  payInWechat,
  sendNotice,
  signedNotice,
} from '../../support/builders/payment.js';
import { newWorld, type World } from '../../support/world.js';

let world: World;
let citizen: TestCitizen;
let payment: Payment;
beforeAll(async () => {
  world = await newWorld({ simulators: true, clock: new ShiftedClock() });
  citizen = await newCitizen(world);
});
afterAll(() => world.close());
beforeEach(async () => {
  payment = await newPayment(world, citizen);
});

const now = () => citizen.client.payment.get({ paymentId: payment.id });
const outcomes = async () => {
  const rows = await world.dataSource.query<{ outcome: string }[]>(
    'SELECT outcome FROM payment_notice WHERE body LIKE ?',
    [`%${payment.outTradeNo}%`],
  );
  return rows.map(({ outcome }) => outcome);
};

describe('a notice', () => {
  it('is answered 204 without a body, stored once and applied by a job', async () => {
    const notice = signedNotice(world, 'TRANSACTION.SUCCESS', paidContent(world, payment));
    const answer = await sendNotice(world, notice);
    expect(answer.status).toBe(204);
    expect(await answer.text()).toBe('');
    await world.drain();
    expect((await now()).state).toBe('paid');
    expect(await outcomes()).toEqual(['paid']);
  });

  it('keeps nothing about the payer', async () => {
    const content = paidContent(world, payment, { payer: { openid: 'openid-of-the-payer' } });
    await sendNotice(world, signedNotice(world, 'TRANSACTION.SUCCESS', content));
    const [row] = await world.dataSource.query<{ found: string }[]>(
      "SELECT COUNT(*) AS found FROM payment_notice WHERE body LIKE '%openid-of-the-payer%'",
    );
    expect(Number(row?.found)).toBe(0);
  });

  it('that comes twice, or later with another time, never changes when it was paid', async () => {
    const content = paidContent(world, payment, { success_time: '2026-11-20T09:00:00+08:00' });
    await sendNotice(world, signedNotice(world, 'TRANSACTION.SUCCESS', content));
    await world.drain();
    const later = { ...content, success_time: '2026-11-21T09:00:00+08:00' };
    await sendNotice(world, signedNotice(world, 'TRANSACTION.SUCCESS', later));
    await world.drain();
    expect((await now()).paidAt).toBe('2026-11-20T01:00:00.000Z');
    expect(await outcomes()).toHaveLength(1);
  });

  it('without a signature, with a wrong one, an old one or over another body is 401', async () => {
    const good = signedNotice(world, 'TRANSACTION.SUCCESS', paidContent(world, payment));
    const old = signedNotice(world, 'TRANSACTION.SUCCESS', paidContent(world, payment), { ageSeconds: 301 });
    const json = { 'content-type': 'application/json' };
    const probe = { ...good.headers, 'wechatpay-signature': 'WECHATPAY/SIGNTEST/AAAA' };
    for (const notice of [
      { ...good, headers: json },
      { ...good, headers: probe },
      { ...good, headers: { ...good.headers, 'wechatpay-serial': 'ABCDEF' } },
      { ...good, body: good.body.replace('通知', '通告') },
      old,
    ]) {
      const answer = await sendNotice(world, notice);
      expect(answer.status).toBe(401);
      expect(await answer.json()).toMatchObject({ code: 'NOTICE_SIGNATURE_INVALID' });
    }
    await world.drain();
    expect((await now()).state).toBe('unpaid');
  });

  it('that does not decrypt, is no notice or is for another merchant or app is 400', async () => {
    for (const notice of [
      signedNotice(world, 'TRANSACTION.SUCCESS', paidContent(world, payment), { apiV3Key: 'x'.repeat(32) }),
      signedNotice(world, 'TRANSACTION.SUCCESS', { hello: 'world' }),
      signedNotice(world, 'COUPON.USE', paidContent(world, payment)),
      signedNotice(world, 'TRANSACTION.SUCCESS', paidContent(world, payment, { mchid: '1' })),
      signedNotice(world, 'TRANSACTION.SUCCESS', paidContent(world, payment, { appid: 'wx1' })),
      signedNotice(
        world,
        'TRANSACTION.SUCCESS',
        paidContent(world, payment, { amount: { total: 1200, currency: 'USD' } }),
      ),
    ]) {
      const answer = await sendNotice(world, notice);
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ code: 'NOTICE_INVALID' });
    }
    const refused = (await auditOf(world, 'payment.notice-refused')).map(({ subjectId }) => subjectId);
    expect(new Set(refused)).toEqual(new Set(['undecipherable', 'bad_body', 'foreign']));
    await world.drain();
    expect((await now()).state).toBe('unpaid');
  });

  it('with another amount never pays: it is recorded for a person', async () => {
    const content = paidContent(world, payment, { amount: { total: 1, payer_total: 1, currency: 'CNY' } });
    expect((await sendNotice(world, signedNotice(world, 'TRANSACTION.SUCCESS', content))).status).toBe(204);
    await world.drain();
    expect((await now()).state).toBe('unpaid');
    expect(await outcomes()).toEqual(['mismatch_amount']);
    const kept = await auditOf(world, 'payment.mismatch');
    expect(kept.find(({ subjectId }) => subjectId === payment.id)?.after).toMatchObject({ totalFen: 1 });
    expect(await (await world.request('/metrics')).text()).toContain(
      'haoban_payment_mismatches_total{kind="mismatch_amount"} 1',
    );
  });

  it('of an order that is not ours is recorded', async () => {
    const content = paidContent(world, { outTradeNo: 'P-unknown-1', amountFen: 5 });
    await sendNotice(world, signedNotice(world, 'TRANSACTION.SUCCESS', content));
    await world.drain();
    const kept = await auditOf(world, 'payment.mismatch');
    expect(kept.find(({ subjectId }) => subjectId === 'P-unknown-1')?.after).toMatchObject({
      kind: 'unknown_order',
    });
  });

  it('of the simulator is refused when badly signed, comes again and pays', async () => {
    const { payParams } = await citizen.client.payment.prepay({ paymentId: payment.id });
    await payFault(world, { mode: 'badSignature', route: 'notice' });
    await payInWechat(world, payParams);
    await eventually('paid', async () => {
      await world.drain();
      return (await now()).state === 'paid';
    });
    await clearPayFaults(world);
    const metrics = await (await world.request('/metrics')).text();
    expect(metrics).toMatch(/haoban_payment_notices_total\{result="bad_signature"\} [1-9]/);
  });

  it('sent twenty times at once pays once', async () => {
    const content = paidContent(world, payment);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        sendNotice(world, signedNotice(world, 'TRANSACTION.SUCCESS', content)),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]));
    await world.drain();
    expect(await outcomes()).toEqual(['paid']);
    const told = await jobsOf<{ paymentId: string }>(world, 'delivery.payment-changed');
    expect(told.filter(({ paymentId }) => paymentId === payment.id)).toHaveLength(1);
  });

  it('that races a close ends either paid, or closed with the money on its way back', async () => {
    for (let round = 0; round < 6; round++) {
      payment = await newPayment(world, citizen);
      const { payParams } = await citizen.client.payment.prepay({ paymentId: payment.id });
      await Promise.allSettled([
        payInWechat(world, payParams),
        citizen.client.payment.close({ paymentId: payment.id }),
      ]);
      const ended = await eventually('an end', async () => {
        await world.drain();
        const current = await now();
        return current.state !== 'unpaid' && current.state !== 'refunding' && current;
      });
      const order = (await fetch(`${world.simulators.pay.url}/_sim/state`).then((answer) =>
        answer.json(),
      )) as {
        orders: { outTradeNo: string; tradeState: string }[];
      };
      const there = order.orders.find(({ outTradeNo }) => outTradeNo === payment.outTradeNo)?.tradeState;
      expect(`${there}:${ended.state}`).toMatch(/^(SUCCESS:paid|CLOSED:closed|REFUND:refunded)$/);
    }
  });
});
