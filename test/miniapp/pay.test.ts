import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { seedCity } from '../support/builders/city.js';
import { HOME, newCaseToSend } from '../support/builders/delivery.js';
import { ShiftedClock } from '../support/builders/payment.js';
import { newWorld, type World } from '../support/world.js';
import type { WeappHost } from './support/host.js';
import { signedIn } from './support/person.js';
import { buildWeapp } from './support/weapp.js';
import type { Answer } from './support/wx.js';

let world: World;
let host: WeappHost;
beforeAll(async () => {
  await buildWeapp();
  world = await newWorld({ simulators: true, clock: new ShiftedClock() });
  await seedCity(world);
}, 240_000);
afterAll(() => world.close());
afterEach(() => host.close());

/** WeChat's payment sheet: `pay` confirms with the signed parameters, as the simulator checks them. */
const sheet =
  (act: 'pay' | 'cancel'): Answer =>
  async ({ timeStamp, nonceStr, package: prepay, signType, paySign }) => {
    if (act === 'cancel') throw new Error('requestPayment:fail cancel');
    const answer = await fetch(`${world.simulators.pay.url}/_sim/pay`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ payParams: { timeStamp, nonceStr, package: prepay, signType, paySign } }),
    });
    if (!answer.ok) throw new Error('requestPayment:fail');
    return {};
  };

async function orderOnThePhone(requestPayment: Answer): Promise<string> {
  const { citizen, caseId } = await newCaseToSend(world);
  host = await signedIn(world, citizen, { answers: { requestPayment } });
  host.open(`pages/delivery/send/index?caseId=${caseId}`);
  await host.shows('寄到哪里');
  await host.tap('act-quote');
  await host.shows('请填写收件人');
  for (const [name, value] of Object.entries(HOME)) await host.type(`to-${name}`, value);
  await host.tap('act-quote');
  await host.shows('微信支付 ¥12.00');
  await host.tap('act-pay');
  await host.until('its page', () => host.page.route === 'pages/delivery/detail/index', 15_000);
  return host.page.options.id ?? '';
}

describe('the pay page', () => {
  it('quotes, orders, pays, and believes the server rather than the phone', async () => {
    const deliveryId = await orderOnThePhone(sheet('pay'));
    await host.shows('付款成功');
    await host.shows('已支付');
    const checks = host.wx.callsOf('request').filter(({ url }) => String(url).endsWith('/refresh'));
    expect(checks.length).toBeGreaterThanOrEqual(1);
    expect(deliveryId).not.toBe('');
    expect(Math.max(...host.updates)).toBeLessThan(64 * 1024);
  });

  it('keeps the order when the person closes the sheet, and takes the payment later', async () => {
    let act: 'pay' | 'cancel' = 'cancel';
    await orderOnThePhone((options) => sheet(act)(options));
    await host.shows('待支付');
    act = 'pay';
    await host.tap('act-pay');
    await host.shows('付款成功');
  });

  it('does not take a success that only the phone claims', async () => {
    await orderOnThePhone(() => ({}));
    await host.shows('待支付');
    expect(host.text()).not.toContain('付款成功');
  });
});
