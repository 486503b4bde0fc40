import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ackPush, EmsClient, parsePush } from '@haoban/ems';
import type { EmsConfig, EmsOrder } from '@haoban/ems';
import type { Simulators } from '@haoban/simulators';
import type { Received } from './support/loopback.js';
import { closeLoopbacks, failureOf, json, loopback } from './support/loopback.js';
import {
  act,
  breakNext,
  EMS_AUTHORIZATION,
  EMS_SENDER_NO,
  EMS_SIGN_KEY,
  startParties,
  TIMEOUT_MS,
  until,
} from './support/simulators.js';

let parties: Simulators;
let url: string;
let client: EmsClient;
let pushes: Received[];
/** How our side answers the next pushes; true when empty. */
let acks: boolean[] = [];
let count = 0;

const newClient = (over: Partial<EmsConfig> = {}): EmsClient =>
  new EmsClient({
    baseUrl: `${url}/amp-prod-api/f/amp/api/open`,
    senderNo: EMS_SENDER_NO,
    authorization: EMS_AUTHORIZATION,
    signKey: EMS_SIGN_KEY,
    fetch: (address, init) => fetch(address, init),
    timeoutMs: TIMEOUT_MS,
    ...over,
  });

beforeAll(async () => {
  const receiver = await loopback(({ body }) => {
    const push = parsePush(body, EMS_SIGN_KEY);
    return json(ackPush(push.serialNo, push.ok && (acks.shift() ?? true)));
  });
  pushes = receiver.received;
  parties = await startParties(`${receiver.url}/trace/secret`);
  url = parties.ems.url;
  client = newClient();
});
afterAll(async () => {
  await parties.close();
  await closeLoopbacks();
});
beforeEach(async () => {
  await act(url, 'reset');
  pushes.length = 0;
  acks = [];
});

const newOrder = (): EmsOrder => ({
  orderNo: `HB20261122-${String(++count).padStart(4, '0')}`,
  createdAt: new Date(),
  product: '1',
  contents: 'document',
  sender: {
    name: '榕城市民服务中心',
    mobile: '13900000000',
    province: '福建省',
    city: '榕城市',
    county: '鼓楼区',
    address: '福建省榕城市鼓楼区政务路1号',
  },
  receiver: {
    name: '林女士',
    mobile: '13800000000',
    province: '福建省',
    city: '榕城市',
    county: '台江区',
    address: '江滨路2号',
  },
  pickup: { by: 'courier' },
  paidBy: 'sender',
  weightGrams: 200,
  cargoName: '不动产权证书',
});

const events = () => pushes.map(({ body }) => parsePush(body, EMS_SIGN_KEY));

describe('the EMS client with the simulator', () => {
  it('orders a waybill, the same one for the same order number', async () => {
    const order = newOrder();
    const { waybillNo } = await client.createOrder(order);
    expect(waybillNo).toMatch(/^(\d{13}|[A-Z]{2}\d{9}[A-Z]{2})$/);
    expect(await client.createOrder(order)).toEqual({ waybillNo });
    expect((await client.createOrder(newOrder())).waybillNo).not.toBe(waybillNo);
  });

  it('cancels before pickup, not after', async () => {
    const order = newOrder();
    const { waybillNo } = await client.createOrder(order);
    const cancel = { orderNo: order.orderNo, waybillNo, reason: '申请人取消' };
    await client.cancelOrder(cancel);
    expect(await failureOf(client.createOrder(order))).toMatchObject({ kind: 'refused' });
    const sent = newOrder();
    const other = await client.createOrder(sent);
    await act(url, 'scan', { waybillNo: other.waybillNo, opCode: '203' });
    const late = client.cancelOrder({ ...cancel, orderNo: sent.orderNo, waybillNo: other.waybillNo });
    expect(await failureOf(late)).toMatchObject({ kind: 'refused' });
  });

  it('gets a label as an address and as a PDF', async () => {
    const { waybillNo } = await client.createOrder(newOrder());
    const label = await client.label({ waybillNo, size: '100x179' });
    expect(label.kind === 'url' && (await fetch(label.url)).status).toBe(200);
    expect((await client.label({ waybillNo, size: '76x129', asPdf: true })).kind).toBe('pdf');
  });

  it('reads traces and the fee as the parcel moves', async () => {
    const order = newOrder();
    const { waybillNo } = await client.createOrder(order);
    const numbers = { orderNo: order.orderNo, waybillNo };
    expect(await client.traces(waybillNo)).toEqual([]);
    expect(await client.traces('9999999999999')).toEqual([]);
    expect(await client.realFee(numbers)).toBeUndefined();
    await act(url, 'scan', { waybillNo, opCode: '203' });
    await act(url, 'scan', { waybillNo, opCode: '705', attemptDeliveryCode: '4' });
    await act(url, 'scan', { waybillNo, opCode: '704', deliverCode: '20' });
    const traces = await client.traces(waybillNo);
    expect(traces.map(({ opCode }) => opCode).sort()).toEqual(['203', '704', '705']);
    expect(traces.find(({ opCode }) => opCode === '704')).toMatchObject({
      deliverCode: '20',
      orderNo: order.orderNo,
    });
    expect(traces.find(({ opCode }) => opCode === '705')).toMatchObject({ attemptDeliveryCode: '4' });
    expect(await client.realFee(numbers)).toEqual({ feeFen: 1200, weightGrams: 200 });
  });

  it('estimates in fen', async () => {
    const request = {
      productCode: '112104302300991',
      weightGrams: 600,
      from: '福建省榕城市',
      to: '广东省广州市',
    };
    expect(await client.estimate(request)).toMatchObject({ totalFen: 2600 });
  });

  it('is refused with another authorization, sender, key or clock', async () => {
    const wrong: Partial<EmsConfig>[] = [
      { authorization: 'other' },
      { senderNo: '1' },
      { signKey: Buffer.alloc(16, 1).toString('base64') },
      { now: () => new Date(Date.now() - 8 * 3600_000) },
    ];
    for (const over of wrong) {
      expect(await failureOf(newClient(over).createOrder(newOrder()))).toMatchObject({ kind: 'refused' });
    }
  });

  it.each([
    [{ mode: 'fail' as const }, 'B99999'],
    [{ mode: 'html502' as const }, 'HTTP_502'],
    [{ mode: 'timeout' as const }, 'TIMEOUT'],
  ])('told to $mode, the order is unknown', async (fault, code) => {
    await breakNext(url, { route: '020003', ...fault });
    expect(await failureOf(client.createOrder(newOrder()))).toMatchObject({ kind: 'unknown', code });
  });

  it('an order whose answer is lost exists, and repeated gives its number', async () => {
    const order = newOrder();
    await breakNext(url, { route: '020003', mode: 'loseReplyAfterApply' });
    expect(await failureOf(client.createOrder(order))).toMatchObject({ kind: 'unknown' });
    const { waybillNo } = await client.createOrder(order);
    expect(await client.createOrder(order)).toEqual({ waybillNo });
  });

  it('a slow answer within the time-out is taken', async () => {
    await breakNext(url, { route: '020003', mode: 'delay', ms: 100 });
    expect((await client.createOrder(newOrder())).waybillNo).toBeTruthy();
  });

  it('reads the pushes of a scan, also when pushed twice', async () => {
    const order = newOrder();
    const { waybillNo } = await client.createOrder(order);
    await breakNext(url, { route: 'push', mode: 'duplicate' });
    await act(url, 'scan', { waybillNo, opCode: '203' });
    await until(() => pushes.length > 1);
    for (const push of events()) {
      expect(push).toMatchObject({
        ok: true,
        events: [{ waybillNo, orderNo: order.orderNo, opCode: '203' }],
      });
    }
  });

  it('not acknowledged, a push comes again, until it is', async () => {
    const { waybillNo } = await client.createOrder(newOrder());
    acks = [false, false];
    await act(url, 'scan', { waybillNo, opCode: '203' });
    await until(() => pushes.length === 3);
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(pushes).toHaveLength(3);
  });

  it('a push with a broken envelope is refused', async () => {
    const { waybillNo } = await client.createOrder(newOrder());
    await breakNext(url, { route: 'push', mode: 'badSignature' });
    await act(url, 'scan', { waybillNo, opCode: '203' });
    await until(() => pushes.length > 0);
    expect(events()[0]?.ok).toBe(false);
  });
});
