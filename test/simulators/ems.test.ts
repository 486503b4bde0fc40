import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Simulators } from '@haoban/simulators';
import {
  beijingNow,
  emsCall,
  newReceiver,
  newSimulators,
  openEms,
  sealEms,
  send,
  sim,
  until,
} from './support.js';

let world: Simulators;
let base: string;
let receiver: Awaited<ReturnType<typeof newReceiver>>;
let refusals = 0;
let nth = 0;

beforeAll(async () => {
  receiver = await newReceiver((_nth, body) => {
    const { serialNo } = JSON.parse(body) as { serialNo: string };
    const taken = refusals === 0;
    if (!taken) refusals -= 1;
    return taken
      ? { status: 200, body: JSON.stringify({ serialNo, code: '00000', codeMessage: '', senderNo: '' }) }
      : { status: 500, body: '' };
  });
  world = await newSimulators({ ems: { pushUrl: receiver.url } });
  base = world.ems.url;
});
afterAll(async () => {
  await world.close();
  await receiver.close();
});
beforeEach(async () => {
  await sim(base, 'reset');
  receiver.received.length = 0;
  refusals = 0;
});

const party = (name: string, address: string) => ({
  name,
  mobile: '13800001111',
  prov: '福建省',
  city: '福州市',
  county: '鼓楼区',
  address,
});
const orderBody = (changes: Record<string, unknown> = {}) => ({
  createdTime: beijingNow(),
  ecommerceUserId: 'haoban-1',
  logisticsOrderNo: `HB${Date.now()}${(nth += 1)}`,
  senderNo: '1100000000001',
  contentsAttribute: '1',
  bizProductNo: '1',
  weight: '200',
  sender: party('市民服务中心', '五四路1号'),
  receiver: party('张三', '温泉路2号3栋'),
  cargos: [{ cargoName: '居住证' }],
  ...changes,
});
const newMail = async (changes: Record<string, unknown> = {}) => {
  const body = orderBody(changes);
  const made = await emsCall(base, '020003', [body]);
  const { waybillNo } = made.retBody as { waybillNo: string };
  return { waybillNo, logisticsOrderNo: body.logisticsOrderNo };
};
const events = () =>
  receiver.received.map(({ body }) =>
    openEms((JSON.parse(body) as { logitcsInterface: string }).logitcsInterface),
  );

describe('the envelope', () => {
  it("opens the vendor's own sample", () => {
    expect(sealEms('{"language":"zh-CN","orderId":"QIAO-20200618-004"}')).toBe(
      '|$4|efB6PnjDpgHG4xfrvYlXonyBuMJoGTynkfasopHvbl2u3nmNeP+rznA3DyRwb/2GeZL7I3rL6HKD5+Tv3Uy6x8jIDISbYG8Bg14caH2flYE=',
    );
  });

  const sealed = () => sealEms(JSON.stringify([orderBody()]));
  const flipped = (at: number) => {
    const bytes = Buffer.from(sealed().slice(4), 'base64');
    bytes[at < 0 ? bytes.length + at : at]! ^= 1;
    return `|$4|${bytes.toString('base64')}`;
  };
  it.each<[string, () => Record<string, string>]>([
    ['without the |$4| prefix', () => ({ logitcsInterface: sealed().slice(4) })],
    ['changed in its last block', () => ({ logitcsInterface: flipped(-1) })],
    ['cut short', () => ({ logitcsInterface: sealed().slice(0, -30) })],
    ['sealed with another key', () => ({ logitcsInterface: sealEms('[]', 'AAAAAAAAAAAAAAAAAAAAAA==') })],
    ['without the key text at its end', () => ({ logitcsInterface: sealEms('[]', undefined, '') })],
    [
      "ending with another key's text",
      () => ({ logitcsInterface: sealEms('[]', undefined, 'AAAAAAAAAAAAAAAAAAAAAA==') }),
    ],
    ['with a wrong authorization', () => ({ authorization: 'other' })],
    ['of another customer', () => ({ senderNo: '1100000000002' })],
    ['with the clock of Greenwich', () => ({ timeStamp: beijingNow(-8 * 3_600_000) })],
    ['with a timestamp in another form', () => ({ timeStamp: String(Date.now()) })],
    ['for an unknown apiCode', () => ({ apiCode: '999999' })],
  ])('refuses a request %s', async (_what, form) => {
    const reply = await emsCall(base, '020003', [orderBody()], form());
    expect(reply.retCode).not.toBe('00000');
    expect(reply.body.success).toBe(false);
    expect((await send(`${base}/_sim/state`, 'GET')).body.mails).toEqual([]);
  });
});

describe('020003 order', () => {
  it('answers JSON inside JSON with a number whose check digit is right', async () => {
    const reply = await emsCall(base, '020003', [orderBody()]);
    expect(reply.retCode).toBe('00000');
    expect(typeof reply.body.retBody).toBe('string');
    const { waybillNo } = reply.retBody as { waybillNo: string };
    expect(waybillNo).toMatch(/^EA\d{9}CN$/);
    const digits = [...waybillNo.slice(2, 11)].map(Number);
    const sum = [8, 6, 4, 2, 3, 5, 9, 7].reduce((all, weight, at) => all + weight * (digits[at] ?? 0), 0);
    const rest = 11 - (sum % 11);
    expect(digits[8]).toBe(rest === 10 ? 0 : rest === 11 ? 5 : rest);
  });

  it('allocates 13 digits for the standard products', async () => {
    expect((await newMail({ bizProductNo: '11' })).waybillNo).toMatch(/^\d{13}$/);
  });

  it('gives the same answer to the same logisticsOrderNo', async () => {
    const body = orderBody();
    const first = await emsCall(base, '020003', [body]);
    const again = await emsCall(base, '020003', [{ ...body, createdTime: beijingNow(1000) }]);
    expect(again.retBody).toEqual(first.retBody);
  });

  it.each<[string, Record<string, unknown>]>([
    ['logisticsOrderNo', { logisticsOrderNo: '' }],
    ['createdTime', { createdTime: '2026-01-01' }],
    ['ecommerceUserId', { ecommerceUserId: 'x'.repeat(50) }],
    ['contentsAttribute', { contentsAttribute: '9' }],
    ['bizProductNo', { bizProductNo: undefined }],
    ['receiver.name', { receiver: { ...party('', '温泉路2号') } }],
    ['receiver.mobile', { receiver: { ...party('张三', '温泉路2号'), mobile: '12345' } }],
    ['receiver.address', { receiver: party('张三', '福建省福州市鼓楼区温泉路2号') }],
    ['sender.address', { sender: party('大厅', '鼓楼区五四路1号') }],
    ['sender', { sender: undefined }],
    ['cargos', { cargos: [] }],
  ])('refuses a bad %s and names it', async (name, changes) => {
    const reply = await emsCall(base, '020003', [orderBody(changes)]);
    expect(reply.retCode).not.toBe('00000');
    expect(reply.retMsg.startsWith(`${name} `)).toBe(true);
  });

  it('wants an array of one', async () => {
    expect((await emsCall(base, '020003', orderBody())).retCode).not.toBe('00000');
    expect((await emsCall(base, '020003', [orderBody(), orderBody()])).retCode).not.toBe('00000');
  });
});

describe('what follows an order', () => {
  it('cancels before pick-up, repeatably, and not after', async () => {
    const mail = await newMail();
    const cancel = () => emsCall(base, '020006', { ...mail, cancelReason: '申请人改为自取' });
    expect((await cancel()).retCode).toBe('00000');
    expect((await cancel()).retCode).toBe('00000');
    expect((await sim(base, 'advance', mail)).status).toBe(409);
    const other = await newMail();
    await sim(base, 'advance', other);
    const late = await emsCall(base, '020006', { ...other, cancelReason: '太迟' });
    expect(late.retCode).not.toBe('00000');
  });

  it('gives a label as a link to a picture with a barcode, or as a PDF', async () => {
    const { waybillNo } = await newMail();
    const link = await emsCall(base, '010004', { waybillNo, type: '129', getURL: '1' });
    const picture = await send(String(link.body.retBody), 'GET');
    expect(picture.headers.get('content-type')).toContain('svg');
    expect(picture.text).toContain(waybillNo);
    expect(picture.text).toContain('张三');
    const file = await emsCall(base, '010004', { waybillNo, type: '149' });
    expect(Buffer.from(String(file.body.retBody), 'base64').subarray(0, 5).toString()).toBe('%PDF-');
    expect((await emsCall(base, '010004', { waybillNo, type: '1' })).retCode).not.toBe('00000');
  });

  it('tells the real fee only after pick-up, in yuan', async () => {
    const mail = await newMail({ weight: '700' });
    expect((await emsCall(base, '050001', mail)).retCode).not.toBe('00000');
    await sim(base, 'advance', mail);
    const fee = await emsCall(base, '050001', mail);
    expect(fee.retBody).toMatchObject({ postageTotal: '14.00', realWeight: '700' });
  });

  it('estimates by province and weight', async () => {
    const estimate = async (to: string, weight: string) =>
      (
        await emsCall(base, '050005', {
          productCode: '112104302300991',
          weight,
          senderInfo: '福建省福州市鼓楼区五四路1号',
          receiveInfo: to,
        })
      ).retBody as { totalFee: string };
    expect((await estimate('福建省厦门市思明区湖滨路1号', '500')).totalFee).toBe('12.00');
    expect((await estimate('北京市海淀区学院路1号', '500')).totalFee).toBe('20.00');
    expect(Number((await estimate('新疆乌鲁木齐市天山区1号', '1200')).totalFee)).toBeGreaterThan(40);
  });

  it('knows nothing of a foreign number, without calling it an error', async () => {
    const reply = await emsCall(base, '040001', { waybillNo: 'EA000000000CN', direction: '0' });
    expect(reply.retCode).toBe('00000');
    expect(reply.body.retBody).toBe('');
    expect(reply.retMsg).toContain('无查询信息');
  });
});

describe('scans', () => {
  const route = ['203', '305', '954', '713', '702', '704'];

  it('walk the usual way, are pushed in order, and can be queried with deliverCode', async () => {
    const mail = await newMail();
    for (const opCode of route) {
      expect((await sim(base, 'advance', mail)).body.scan).toMatchObject({ opCode });
    }
    expect((await sim(base, 'advance', mail)).status).toBe(409);
    await until(() => receiver.received.length === 6);
    expect(events().map((event) => event.opCode)).toEqual(route);
    expect(events()[0]).toMatchObject({ waybillNo: mail.waybillNo, orderNo: mail.logisticsOrderNo });
    expect(JSON.parse(receiver.received[0]?.body ?? '')).toMatchObject({ method: '040002', msgType: '0' });
    const { retBody } = await emsCall(base, '040001', { waybillNo: mail.waybillNo, direction: '0' });
    const rows = (retBody as { responseItems: { opCode: string; deliverCode: string }[] }).responseItems;
    expect(rows.at(-1)).toMatchObject({ opCode: '704', deliverCode: '10' });
  });

  it('can fail, be taken back, and turn into a return', async () => {
    const mail = await newMail();
    for (let step = 0; step < 6; step += 1) await sim(base, 'advance', mail);
    const scan = (opCode: string, more: object = {}) => sim(base, 'scan', { ...mail, opCode, ...more });
    expect((await scan('743')).body.standing).toBe('702');
    expect((await scan('705', { attemptDeliveryCode: '7' })).body.scan).toMatchObject({
      attemptDeliveryCode: '7',
    });
    expect((await scan('744')).body.standing).toBe('702');
    expect((await scan('708')).status).toBe(200);
    expect((await sim(base, 'advance', mail)).body.scan).toMatchObject({ opCode: '711' });
    expect((await scan('999')).status).toBe(400);
    expect((await scan('704', { deliverCode: '11' })).status).toBe(400);
    expect((await sim(base, 'scan', { waybillNo: 'EA1', opCode: '203' })).status).toBe(404);
  });

  it('are pushed again until they are acknowledged', async () => {
    refusals = 2;
    await sim(base, 'advance', await newMail());
    await until(() => receiver.received.length === 3);
    const serials = receiver.received.map(({ body }) => (JSON.parse(body) as { serialNo: string }).serialNo);
    expect(new Set(serials).size).toBe(1);
  });

  it('come twice, out of order and undecipherable on request', async () => {
    const mail = await newMail();
    await sim(base, 'fault', { mode: 'duplicate' });
    await sim(base, 'advance', mail);
    await until(() => receiver.received.length === 2);
    await sim(base, 'fault', { mode: 'reorder' });
    await sim(base, 'advance', mail);
    await sim(base, 'advance', mail);
    await until(() => receiver.received.length === 4);
    expect(events().map((event) => event.opCode)).toEqual(['203', '203', '954', '305']);
    await sim(base, 'fault', { route: 'push', mode: 'badSignature' });
    await sim(base, 'advance', mail);
    await until(() => receiver.received.length === 5);
    expect(() => events()).toThrow();
  });

  it('of one code within a second differ in time, as receivers dedupe by it', async () => {
    const mail = await newMail();
    const times = await Promise.all(
      [1, 2].map(
        async () => (await sim(base, 'scan', { ...mail, opCode: '954' })).body.scan as { opTime: string },
      ),
    );
    expect(times[0]?.opTime).not.toBe(times[1]?.opTime);
  });
});
