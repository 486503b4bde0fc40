import { createDecipheriv, randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import { EmsClient, yuanToFen } from '@haoban/ems';
import type { EmsOrder } from '@haoban/ems';
import fc from 'fast-check';
import type { Received, Reply } from './support/loopback.js';
import { closeLoopbacks, failureOf, json, loopback } from './support/loopback.js';

const SIGN_KEY = randomBytes(16).toString('base64');
const SENDER_NO = '1100123456789';
const WAYBILL = '1234567890123';
const ORDER: EmsOrder = {
  orderNo: 'HB20261122-0001',
  createdAt: new Date('2026-11-22T01:30:00Z'),
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
    address: '江滨路 2 号',
  },
  pickup: { by: 'courier', from: new Date('2026-11-22T06:00:00Z'), to: new Date('2026-11-22T08:00:00Z') },
  paidBy: 'sender',
  weightGrams: 200,
  cargoName: '不动产权证书',
};

afterEach(closeLoopbacks);

/** The form as EMS would read it, opened with OpenSSL's cipher. */
function readForm({ body }: Received): { fields: Record<string, string>; business: unknown } {
  const fields = Object.fromEntries(new URLSearchParams(body));
  const { logitcsInterface = '', ...rest } = fields;
  const decipher = createDecipheriv('sm4-ecb', Buffer.from(SIGN_KEY, 'base64'), null);
  const sealed = Buffer.from(logitcsInterface.replace('|$4|', ''), 'base64');
  const plain = Buffer.concat([decipher.update(sealed), decipher.final()]).toString('utf8');
  expect(plain.endsWith(SIGN_KEY)).toBe(true);
  return { fields: rest, business: JSON.parse(plain.slice(0, -SIGN_KEY.length)) };
}

async function ems(answer: Reply) {
  const { url, received } = await loopback(() => answer);
  const client = new EmsClient({
    baseUrl: `${url}/amp-prod-api/f/amp/api/open`,
    senderNo: SENDER_NO,
    authorization: 'authorization-1',
    signKey: SIGN_KEY,
    fetch: (address, init) => fetch(address, init),
    timeoutMs: 10_000,
    now: () => new Date('2026-11-22T16:05:06Z'),
  });
  return { client, received };
}

const ok = (retBody: unknown) => json({ retCode: '00000', retMsg: '成功', retBody, serialNo: 's1' });

describe('an order', () => {
  it('is posted as a form with an envelope around an array of one, in Beijing time', async () => {
    const { client, received } = await ems(ok({ waybillNo: WAYBILL }));
    expect(await client.createOrder(ORDER)).toEqual({ waybillNo: WAYBILL });
    const [request] = received;
    if (!request) throw new Error('nothing was sent');
    expect(request).toMatchObject({ method: 'POST', url: '/amp-prod-api/f/amp/api/open' });
    expect(request.headers['content-type']).toBe('application/x-www-form-urlencoded; charset=UTF-8');
    const { fields, business } = readForm(request);
    expect(fields).toEqual({
      apiCode: '020003',
      senderNo: SENDER_NO,
      authorization: 'authorization-1',
      timeStamp: '2026-11-23 00:05:06',
      msgType: '0',
      version: 'V1.0.0',
    });
    expect(business).toEqual([
      {
        createdTime: '2026-11-22 09:30:00',
        ecommerceUserId: ORDER.orderNo,
        logisticsOrderNo: ORDER.orderNo,
        senderNo: SENDER_NO,
        waybillNo: '',
        contentsAttribute: '1',
        bizProductNo: '1',
        pickupType: '1',
        pickupPreBeginTime: '2026-11-22 14:00:00',
        pickupPreEndTime: '2026-11-22 16:00:00',
        paymentMode: '1',
        insuranceFlag: '1',
        codFlag: '9',
        receiptFlag: '1',
        weight: '200',
        sender: expect.objectContaining({ prov: '福建省', county: '鼓楼区', address: '政务路1号' }),
        receiver: expect.objectContaining({ name: '林女士', address: '江滨路 2 号' }),
        cargos: [{ cargoName: '不动产权证书', cargoQuantity: '1', cargoWeight: '200' }],
      },
    ]);
  });

  it('repeated is byte for byte the same business message', async () => {
    const { client, received } = await ems(ok({ waybillNo: WAYBILL }));
    await client.createOrder(ORDER);
    await client.createOrder(ORDER);
    expect(received[0]?.body).toBe(received[1]?.body);
  });

  it.each([
    ['JSON in JSON', JSON.stringify({ waybillNo: WAYBILL })],
    ['an array of one', [{ waybillNo: WAYBILL }]],
    ['an array in JSON in JSON', JSON.stringify(JSON.stringify([{ waybillNo: WAYBILL }]))],
    ['a number', { waybillNo: Number(WAYBILL) }],
  ])('is read from a retBody that is %s', async (_, retBody) => {
    const { client } = await ems(ok(retBody));
    expect(await client.createOrder(ORDER)).toEqual({ waybillNo: WAYBILL });
  });

  it('is read from an answer that says code instead of retCode', async () => {
    const { client } = await ems(json({ code: '00000', codeMessage: '', retBody: { waybillNo: WAYBILL } }));
    expect(await client.createOrder(ORDER)).toEqual({ waybillNo: WAYBILL });
  });

  it('accepted without a waybill number is unknown, for it may exist', async () => {
    const { client } = await ems(ok(''));
    expect(await failureOf(client.createOrder(ORDER))).toMatchObject({ kind: 'unknown', code: 'NO_WAYBILL' });
  });

  it('refused by EMS carries its code and its words without the phone number', async () => {
    const { client } = await ems(json({ retCode: 'B00012', retMsg: '收件人手机号13800000000不正确' }));
    expect(await failureOf(client.createOrder(ORDER))).toMatchObject({
      kind: 'refused',
      code: 'B00012',
      detail: '收件人手机号***不正确',
    });
  });

  it('gives a landline as phone, for EMS takes only mobile numbers as mobile', async () => {
    const { client, received } = await ems(json({ retCode: '00000', retBody: { waybillNo: WAYBILL } }));
    await client.createOrder({ ...ORDER, sender: { ...ORDER.sender, mobile: '0591-88001234' } });
    const { business } = readForm(received[0]!);
    const [order] = business as { sender: object; receiver: object }[];
    expect(order?.sender).toMatchObject({ phone: '0591-88001234' });
    expect(order?.sender).not.toHaveProperty('mobile');
    expect(order?.receiver).toMatchObject({ mobile: '13800000000' });
  });

  it('without a receiver name is refused before sending, naming the field', async () => {
    const { client, received } = await ems(ok({}));
    const order = { ...ORDER, receiver: { ...ORDER.receiver, name: ' ' } };
    expect(await failureOf(client.createOrder(order))).toMatchObject({
      kind: 'refused',
      detail: 'receiver.name',
    });
    expect(received).toHaveLength(0);
  });

  it('is cancelled by both numbers', async () => {
    const { client, received } = await ems(ok(null));
    await client.cancelOrder({ orderNo: ORDER.orderNo, waybillNo: WAYBILL, reason: '申请人取消' });
    const { fields, business } = readForm(received[0] as Received);
    expect(fields.apiCode).toBe('020006');
    expect(business).toEqual({
      logisticsOrderNo: ORDER.orderNo,
      waybillNo: WAYBILL,
      cancelReason: '申请人取消',
    });
  });
});

describe('a label', () => {
  it.each(['https://x.example.com/a.pdf', { url: 'https://x.example.com/a.pdf' }])(
    'comes as an address',
    async (retBody) => {
      const { client, received } = await ems(ok(retBody));
      expect(await client.label({ waybillNo: WAYBILL, size: '76x129' })).toEqual({
        kind: 'url',
        url: 'https://x.example.com/a.pdf',
      });
      expect(readForm(received[0] as Received).business).toEqual({
        waybillNo: WAYBILL,
        type: '129',
        getURL: '1',
      });
    },
  );

  it('comes as a PDF, and anything else is unreadable', async () => {
    const pdf = Buffer.from('%PDF-1.4 …');
    const { client } = await ems(ok(pdf.toString('base64')));
    expect(await client.label({ waybillNo: WAYBILL, size: '100x179' })).toEqual({ kind: 'pdf', pdf });
    const other = await ems(ok('bm90IGEgcGRm'));
    expect(await failureOf(other.client.label({ waybillNo: WAYBILL, size: '100x179' }))).toMatchObject({
      code: 'BAD_BODY',
    });
  });
});

describe('traces', () => {
  const event = (opCode: string, opTime: string) => ({
    waybillNo: WAYBILL,
    opCode,
    opTime,
    opName: 'x',
    opOrgCode: '1',
  });

  it('are read from JSON in JSON, oldest first, without rows that are no events or of another waybill', async () => {
    const responseItems = [
      { ...event('704', '2026-11-22 10:00:00'), deliverCode: '10' },
      event('203', '2026-11-21 09:00:00'),
      event('305', 'yesterday'),
      { ...event('704', '2026-11-22 10:00:00'), waybillNo: '9999999999999' },
    ];
    const { client } = await ems(ok(JSON.stringify({ responseItems })));
    expect(await client.traces(WAYBILL)).toMatchObject([
      { opCode: '203', opTime: new Date('2026-11-21T01:00:00Z') },
      { opCode: '704', deliverCode: '10' },
    ]);
  });

  it('are empty where EMS has nothing, in either of its ways', async () => {
    for (const answer of [
      ok(''),
      ok({ responseItems: null }),
      json({ retCode: '00000', retMsg: '查无此单' }),
      json({ retCode: 'B00099', retMsg: '无查询信息' }),
    ]) {
      expect(await (await ems(answer)).client.traces(WAYBILL)).toEqual([]);
    }
  });

  it('refused for another reason are refused', async () => {
    const { client } = await ems(json({ retCode: 'B00001', retMsg: '授权码错误' }));
    expect(await failureOf(client.traces(WAYBILL))).toMatchObject({ kind: 'refused', code: 'B00001' });
  });
});

describe('fees', () => {
  it('after pickup are read in fen, and are undefined before', async () => {
    const known = await ems(ok(JSON.stringify({ postageTotal: '20.5', realWeight: '310' })));
    const order = { orderNo: ORDER.orderNo, waybillNo: WAYBILL };
    expect(await known.client.realFee(order)).toEqual({ feeFen: 2050, weightGrams: 310 });
    const before = await ems(ok({ postageTotal: '' }));
    expect(await before.client.realFee(order)).toBeUndefined();
    const odd = await ems(ok({ postageTotal: '20.505' }));
    expect(await failureOf(odd.client.realFee(order))).toMatchObject({
      kind: 'unknown',
      detail: 'postageTotal',
    });
  });

  it('are estimated', async () => {
    const { client, received } = await ems(ok({ totalFee: 22, realFee: '18.00', standardFee: 22.1 }));
    const request = {
      productCode: '112104302300991',
      weightGrams: 200,
      from: '福建省榕城市',
      to: '福建省泉州市',
    };
    expect(await client.estimate(request)).toEqual({ totalFen: 2200, realFen: 1800, standardFen: 2210 });
    expect(readForm(received[0] as Received).business).toEqual({
      productCode: request.productCode,
      weight: '200',
      senderInfo: request.from,
      receiveInfo: request.to,
    });
  });

  it('in yuan, as text or as a JSON number, become exactly their fen', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000_000 }), (fen) => {
        const text = `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;
        return yuanToFen(text) === fen && yuanToFen(JSON.parse(text)) === fen;
      }),
    );
    for (const wrong of ['', '-1', '1.234', '1e3', null, {}, Number.NaN])
      expect(yuanToFen(wrong)).toBeUndefined();
  });
});
