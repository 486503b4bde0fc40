import { afterEach, describe, expect, it } from '@jest/globals';
import type { Simulators } from '@haoban/simulators';
import {
  decryptNotice,
  isSignedByPlatform,
  jsapiBody,
  mchid,
  newReceiver,
  newSimulators,
  pause,
  payCall,
  send,
  sim,
  until,
} from './support.js';
import type { ConfigChanges, Received } from './support.js';

type Receiver = Awaited<ReturnType<typeof newReceiver>>;

const open: { close(): Promise<void> }[] = [];
let nth = 0;

afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});

async function newWorld(
  answerTo: Parameters<typeof newReceiver>[0] = () => ({ status: 204 }),
  changes: ConfigChanges = {},
): Promise<{ base: string; receiver: Receiver; world: Simulators }> {
  const world = await newSimulators(changes);
  const receiver = await newReceiver(answerTo);
  open.push(world, receiver);
  return { base: world.pay.url, receiver, world };
}

async function pay(base: string, receiver: Receiver): Promise<string> {
  const no = `HBN${Date.now()}${(nth += 1)}`;
  await payCall(base, 'POST', '/v3/pay/transactions/jsapi', jsapiBody(no, receiver.url));
  await sim(base, 'pay', { outTradeNo: no });
  return no;
}

const isSigned = ({ headers, body }: Received) => isSignedByPlatform((name) => headers[name] as string, body);
const notices = async (base: string) =>
  (await send(`${base}/_sim/state`, 'GET')).body.notices as { state: string; tries: { ok: boolean }[] }[];

describe('payment notice', () => {
  it('is signed over its raw body and decrypts, with its tag checked, to the paid order', async () => {
    const { base, receiver } = await newWorld();
    const no = await pay(base, receiver);
    await until(() => receiver.received.length === 1);
    const [notice] = receiver.received as [Received];
    expect(isSigned(notice)).toBe(true);
    expect(isSigned({ ...notice, body: `${notice.body} ` })).toBe(false);
    expect(JSON.parse(notice.body)).toMatchObject({
      event_type: 'TRANSACTION.SUCCESS',
      resource_type: 'encrypt-resource',
      resource: { algorithm: 'AEAD_AES_256_GCM', original_type: 'transaction' },
    });
    expect(decryptNotice(notice.body)).toMatchObject({
      mchid,
      out_trade_no: no,
      trade_state: 'SUCCESS',
      amount: { total: 1200, currency: 'CNY' },
    });
  });

  it('comes again up the ladder until 2xx, then stops', async () => {
    const { base, receiver } = await newWorld((attempt) => ({ status: attempt < 4 ? 500 : 204 }));
    await pay(base, receiver);
    await until(async () => (await notices(base))[0]?.state === 'delivered');
    await pause(150);
    expect(receiver.received).toHaveLength(4);
    const [notice] = await notices(base);
    expect(notice?.tries.map((each) => each.ok)).toEqual([false, false, false, true]);
  });

  it('counts 200 as received even with an error in the body', async () => {
    const { base, receiver } = await newWorld(() => ({ status: 200, body: '{"code":"FAIL"}' }));
    await pay(base, receiver);
    await until(async () => (await notices(base))[0]?.state === 'delivered');
    await pause(100);
    expect(receiver.received).toHaveLength(1);
  });

  it('gives up after fifteen retries', async () => {
    const { base, receiver } = await newWorld(() => ({ status: 503 }), { pay: { ladderScale: 0.0000001 } });
    await pay(base, receiver);
    await until(async () => (await notices(base))[0]?.state === 'gaveUp');
    expect(receiver.received).toHaveLength(16);
  });

  it('is sent twice at once under the fault "duplicate"', async () => {
    const { base, receiver } = await newWorld();
    await sim(base, 'fault', { mode: 'duplicate', count: 1 });
    await pay(base, receiver);
    await until(() => receiver.received.length === 2);
    const [first, second] = receiver.received as [Received, Received];
    expect(decryptNotice(first.body)).toEqual(decryptNotice(second.body));
    expect(isSigned(first) && isSigned(second)).toBe(true);
  });

  it('overtakes the earlier ones under the fault "reorder"', async () => {
    const { base, receiver } = await newWorld();
    await sim(base, 'fault', { mode: 'reorder', count: 2 });
    const numbers = [await pay(base, receiver), await pay(base, receiver)];
    await pause(50);
    expect(receiver.received).toHaveLength(0);
    numbers.push(await pay(base, receiver));
    await until(() => receiver.received.length === 3);
    const came = receiver.received.map(({ body }) => decryptNotice(body).out_trade_no);
    expect(came[0]).toBe(numbers[2]);
    expect(new Set(came)).toEqual(new Set(numbers));
  });

  it('carries a well-formed but wrong signature under the fault "badSignature", and a right one later', async () => {
    const { base, receiver } = await newWorld((attempt) => ({ status: attempt === 1 ? 401 : 204 }));
    await sim(base, 'fault', { route: 'notice', mode: 'badSignature', count: 1 });
    await pay(base, receiver);
    await until(() => receiver.received.length === 2);
    expect(receiver.received.map(isSigned)).toEqual([false, true]);
  });

  it('comes again when its answer was lost on the way back', async () => {
    const { base, receiver } = await newWorld();
    await sim(base, 'fault', { route: 'notice', mode: 'loseReplyAfterApply', count: 1 });
    await pay(base, receiver);
    await until(() => receiver.received.length === 2);
  });

  it('can be sent once more by hand', async () => {
    const { base, receiver } = await newWorld();
    await pay(base, receiver);
    await until(() => receiver.received.length === 1);
    const { id } = JSON.parse(receiver.received[0]?.body ?? '') as { id: string };
    expect((await sim(base, 'resend', { id })).status).toBe(200);
    await until(() => receiver.received.length === 2);
    expect((await sim(base, 'resend', { id: 'none' })).status).toBe(404);
  });
});

describe('refund notice', () => {
  it.each(['SUCCESS', 'ABNORMAL', 'CLOSED'])('tells %s with the amounts in fen', async (status) => {
    const { base, receiver } = await newWorld();
    const no = await pay(base, receiver);
    await sim(base, 'refund-outcome', { status });
    await payCall(base, 'POST', '/v3/refund/domestic/refunds', {
      out_trade_no: no,
      out_refund_no: `R${no}`,
      notify_url: receiver.url,
      amount: { refund: 700, total: 1200, currency: 'CNY' },
    });
    await until(() => receiver.received.length === 2);
    const notice = receiver.received[1] as Received;
    expect(isSigned(notice)).toBe(true);
    expect(JSON.parse(notice.body)).toMatchObject({ event_type: `REFUND.${status}` });
    expect(decryptNotice(notice.body)).toMatchObject({
      out_refund_no: `R${no}`,
      refund_status: status,
      amount: { total: 1200, refund: 700 },
    });
  });

  it('waits for a decision when refunds are held', async () => {
    const { base, receiver } = await newWorld();
    const no = await pay(base, receiver);
    await sim(base, 'refund-outcome', { status: 'HOLD' });
    await payCall(base, 'POST', '/v3/refund/domestic/refunds', {
      out_trade_no: no,
      out_refund_no: `R${no}`,
      amount: { refund: 700, total: 1200, currency: 'CNY' },
    });
    await pause(300);
    const asked = await payCall(base, 'GET', `/v3/refund/domestic/refunds/R${no}`);
    expect(asked.body.status).toBe('PROCESSING');
    const decided = await sim(base, 'refund', { outRefundNo: `R${no}`, status: 'SUCCESS' });
    expect(decided.body.status).toBe('SUCCESS');
  });
});
