import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Payment } from '@haoban/contracts';
import {
  ShiftedClock,
  clearPayFaults,
  eventually,
  jobsOf,
  loseNotices,
  newPayment,
  payFault,
  payInWechat,
  plannedJobs,
  simPost,
} from '../../support/builders/payment.js';
import { newCitizen, type TestCitizen } from '../../support/builders/citizen.js';
import { newWorld, type World } from '../../support/world.js';

let world: World;
let citizen: TestCitizen;
let payment: Payment;
let clock: ShiftedClock;
beforeAll(async () => {
  clock = new ShiftedClock();
  world = await newWorld({ simulators: true, clock });
  citizen = await newCitizen(world);
});
afterAll(() => world.close());
beforeEach(async () => {
  payment = await newPayment(world, citizen);
});
afterEach(() => clearPayFaults(world));

const pay = () => citizen.client.payment;
const prepay = () => pay().prepay({ paymentId: payment.id });
const now = () => pay().get({ paymentId: payment.id });
const becomes = (state: Payment['state']) =>
  eventually(state, async () => {
    await world.drain();
    const current = await now();
    return current.state === state && current;
  });

describe('paying', () => {
  it('opens the sheet, and the notice of WeChat Pay makes the payment paid', async () => {
    const { payParams, payment: shown } = await prepay();
    expect(shown).toMatchObject({ state: 'unpaid', amountFen: 1200, actions: ['pay', 'close'] });
    expect(payParams.package).toMatch(/^prepay_id=/);
    await payInWechat(world, payParams);
    const paid = await becomes('paid');
    expect(paid.paidAt).not.toBeNull();
    expect(paid.actions).toEqual([]);
  });

  it('gives fresh parameters for the same order, as often as they are asked for', async () => {
    const [first, second] = [await prepay(), await prepay()];
    expect(second.payParams.package).not.toBe(first.payParams.package);
    await payInWechat(world, second.payParams);
    await becomes('paid');
    await expect(prepay()).rejects.toMatchObject({ code: 'PAYMENT_STATE' });
  });

  it('tells the owner and the citizen once of what was paid', async () => {
    await payInWechat(world, (await prepay()).payParams);
    await becomes('paid');
    const told = await jobsOf<{ paymentId: string; state: string }>(world, 'delivery.payment-changed');
    expect(told.filter(({ paymentId }) => paymentId === payment.id).map(({ state }) => state)).toEqual([
      'paid',
    ]);
    const messages = await jobsOf<{ dedupeKey: string; body: string }>(world, 'notifications.tell');
    const mine = messages.filter(({ dedupeKey }) => dedupeKey.includes(payment.id));
    expect(mine).toHaveLength(1);
    expect(mine[0]?.body).toContain('12.00 元');
  });

  it('is found by a query on return to the app when the notice was lost', async () => {
    await loseNotices(world);
    await payInWechat(world, (await prepay()).payParams);
    expect((await now()).state).toBe('unpaid');
    expect((await pay().refresh({ paymentId: payment.id })).state).toBe('paid');
  });

  it('is found by the polls when notice and phone are lost', async () => {
    await loseNotices(world);
    await payInWechat(world, (await prepay()).payParams);
    clock.advance(31_000);
    await becomes('paid');
  });

  it('is asked after at 30 s, 1, 3 and 10 minutes', async () => {
    const waits: number[] = [];
    for (let step = 0; step < 4; step++) {
      const all = await plannedJobs(world, 'payment.poll');
      const mine = all.find(({ payload }) => JSON.stringify(payload).includes(payment.id));
      const wait = new Date(mine?.available_at ?? 0).getTime() - world.now.getTime();
      waits.push(Math.round(wait / 10_000) * 10);
      clock.advance(wait + 1);
      await world.drain();
    }
    expect(waits).toEqual([30, 60, 180, 600]);
  });

  it('is refused while WeChat Pay is away, and works again afterwards', async () => {
    await payFault(world, { mode: 'fail', route: 'jsapi' });
    await expect(prepay()).rejects.toMatchObject({ code: 'PAYMENT_UNAVAILABLE' });
    await payFault(world, { mode: 'html502', route: 'query' });
    await expect(pay().refresh({ paymentId: payment.id })).rejects.toMatchObject({
      code: 'PAYMENT_UNAVAILABLE',
    });
    expect((await prepay()).payment.state).toBe('unpaid');
  });

  it('trusts no answer that WeChat Pay did not sign', async () => {
    await payFault(world, { mode: 'badSignature', route: 'jsapi' });
    await expect(prepay()).rejects.toMatchObject({ code: 'PAYMENT_UNAVAILABLE' });
  });
});

describe('closing', () => {
  it('makes the order unpayable, and closing again changes nothing', async () => {
    const { payParams } = await prepay();
    expect((await pay().close({ paymentId: payment.id })).state).toBe('closed');
    expect((await pay().close({ paymentId: payment.id })).state).toBe('closed');
    await expect(payInWechat(world, payParams)).rejects.toThrow('ORDER_CLOSED');
    await expect(prepay()).rejects.toMatchObject({ code: 'PAYMENT_STATE' });
  });

  it('finds out that it was paid a moment ago', async () => {
    await loseNotices(world);
    await payInWechat(world, (await prepay()).payParams);
    await expect(pay().close({ paymentId: payment.id })).rejects.toMatchObject({ code: 'PAYMENT_STATE' });
    expect((await now()).state).toBe('paid');
  });

  it('is refused while WeChat Pay is away, since the order could still be paid there', async () => {
    await prepay();
    await payFault(world, { mode: 'fail', route: 'close' });
    await expect(pay().close({ paymentId: payment.id })).rejects.toMatchObject({
      code: 'PAYMENT_UNAVAILABLE',
    });
    expect((await now()).state).toBe('unpaid');
  });

  it('of a paid order is refused', async () => {
    await payInWechat(world, (await prepay()).payParams);
    await becomes('paid');
    await expect(pay().close({ paymentId: payment.id })).rejects.toMatchObject({ code: 'PAYMENT_STATE' });
  });
});

describe('an order that expires', () => {
  it('is closed by its poll', async () => {
    await prepay();
    for (let minute = 0; minute < 32; minute += 4) {
      clock.advance(240_000);
      await world.drain();
    }
    expect((await now()).state).toBe('closed');
    await expect(prepay()).rejects.toMatchObject({ code: 'PAYMENT_EXPIRED' });
  });

  it('is closed when someone tries to pay it', async () => {
    const short = await newPayment(world, citizen, { minutes: 0 });
    await expect(pay().prepay({ paymentId: short.id })).rejects.toMatchObject({ code: 'PAYMENT_EXPIRED' });
    expect((await pay().get({ paymentId: short.id })).state).toBe('closed');
  });

  it('is found paid, though the notice was lost', async () => {
    await loseNotices(world);
    await payInWechat(world, (await prepay()).payParams);
    clock.advance(31 * 60_000);
    await expect(prepay()).rejects.toMatchObject({ code: 'PAYMENT_STATE' });
    expect((await now()).state).toBe('paid');
  });

  it('is ended by the sweep if its poll was lost', async () => {
    await world.dataSource.query('DELETE FROM outbox WHERE topic = ?', ['payment.poll']);
    clock.advance(33 * 60_000);
    await world.runRepeat('payment.sweep-expired');
    expect((await now()).state).toBe('closed');
  });

  it('gives money back that arrives after it was closed', async () => {
    await loseNotices(world);
    const { payParams } = await prepay();
    await simPost(world.simulators.pay.url, '/_sim/pay', { payParams });
    const { outTradeNo } = payment;
    // Closed here while WeChat Pay already had the money, as a crash between two steps would leave it.
    await world.dataSource.query("UPDATE payment_order SET state = 'closed' WHERE out_trade_no = ?", [
      outTradeNo,
    ]);
    await clearPayFaults(world);
    await becomes('refunded');
    expect((await now()).refundedFen).toBe(1200);
  });
});
