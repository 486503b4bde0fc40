import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { seedCity } from '../../support/builders/city.js';
import { DeliveryOrderService } from '../../../apps/api/src/delivery/delivery-order.service.js';
import {
  HOME,
  caseRow,
  clearEmsFaults,
  courierDesk,
  courierEvents,
  deliveryIn,
  emsFault,
  mailsOf,
  newCaseToSend,
  newDelivery,
  newOrderedDelivery,
  payFor,
  requestId,
} from '../../support/builders/delivery.js';
import { ShiftedClock, eventually } from '../../support/builders/payment.js';
import { type TestStaff } from '../../support/builders/staff.js';
import { newWorld, type World } from '../../support/world.js';

let world: World;
let desk: TestStaff;
let clock: ShiftedClock;
beforeAll(async () => {
  clock = new ShiftedClock();
  world = await newWorld({ simulators: true, clock });
  await seedCity(world);
  desk = await courierDesk(world);
});
afterAll(() => world.close());
afterEach(() => clearEmsFaults(world));

describe('a quote', () => {
  it("is EMS's own, and says what it is for", async () => {
    const { citizen, caseId } = await newCaseToSend(world);
    const quote = await citizen.client.delivery.quote({ caseId, address: HOME });
    expect(quote).toMatchObject({ caseId, feeFen: 1200 });
    expect(quote.explanation).toMatch(/市内.*按邮政报价/);
  });

  it('comes from the contract tariff while EMS is away, and says so', async () => {
    const { citizen, caseId } = await newCaseToSend(world);
    await emsFault(world, { mode: 'html502', route: '050005' });
    const quote = await citizen.client.delivery.quote({ caseId, address: HOME });
    expect(quote.feeFen).toBe(1000);
    expect(quote.explanation).toContain('按合同价目表');
  });

  it('is refused where EMS does not go', async () => {
    const { citizen, caseId } = await newCaseToSend(world);
    const quote = (province: string) =>
      citizen.client.delivery.quote({ caseId, address: { ...HOME, province } });
    await expect(quote('台湾省')).rejects.toMatchObject({ code: 'DELIVERY_OUT_OF_RANGE' });
    await expect(quote('无名省')).rejects.toMatchObject({ code: 'DELIVERY_OUT_OF_RANGE' });
  });

  it('is refused without a certificate, and for an item that is not sent', async () => {
    const bare = await newCaseToSend(world, { certificate: false });
    const input = { caseId: bare.caseId, address: HOME };
    await expect(bare.citizen.client.delivery.quote(input)).rejects.toMatchObject({
      code: 'CERTIFICATE_NOT_ISSUED',
    });
    const fixed = await newCaseToSend(world, { courierAllowed: false });
    await expect(
      fixed.citizen.client.delivery.quote({ caseId: fixed.caseId, address: HOME }),
    ).rejects.toMatchObject({ code: 'DELIVERY_NOT_ALLOWED' });
  });
});

describe('an order', () => {
  it('opens a payment of the quoted fee, hides the address, and is on the timeline', async () => {
    const sent = await newCaseToSend(world);
    const delivery = await newDelivery(sent);
    expect(delivery).toMatchObject({ state: 'awaiting_payment', feeFen: 1200, actions: ['pay', 'cancel'] });
    expect(delivery.payment).toMatchObject({ amountFen: 1200, state: 'unpaid' });
    expect(delivery.receiverMasked).not.toContain('晓月');
    expect(delivery.receiverMasked).not.toContain('书院路');
    expect((await caseRow(world, sent.caseId)).deliveryId).toBe(delivery.id);
    expect(await courierEvents(world, sent.caseId)).toEqual(['已提交证照寄递订单，等待付款']);
  });

  it('with the same request gives the first answer, with another content it is refused', async () => {
    const { citizen, caseId } = await newCaseToSend(world);
    const { quoteToken } = await citizen.client.delivery.quote({ caseId, address: HOME });
    const input = { requestId: requestId(), caseId, address: HOME, quoteToken };
    const first = await citizen.client.delivery.create(input);
    expect((await citizen.client.delivery.create(input)).id).toBe(first.id);
    const elsewhere = { ...HOME, detail: '西街 1 号' };
    await expect(citizen.client.delivery.create({ ...input, address: elsewhere })).rejects.toMatchObject({
      code: 'REQUEST_ID_REUSED',
    });
    await expect(citizen.client.delivery.create({ ...input, requestId: requestId() })).rejects.toMatchObject({
      code: 'DELIVERY_ALREADY_EXISTS',
    });
    await expect(citizen.client.delivery.quote({ caseId, address: HOME })).rejects.toMatchObject({
      code: 'DELIVERY_ALREADY_EXISTS',
    });
  });

  it('takes a quote for this case and address only, unaltered and not after a quarter of an hour', async () => {
    const { citizen, caseId } = await newCaseToSend(world);
    const other = await newCaseToSend(world, { citizen });
    const { quoteToken } = await citizen.client.delivery.quote({ caseId, address: HOME });
    const create = (over: object) =>
      citizen.client.delivery.create({ requestId: requestId(), caseId, address: HOME, quoteToken, ...over });
    const refused = { code: 'QUOTE_EXPIRED' };
    await expect(create({ caseId: other.caseId })).rejects.toMatchObject(refused);
    await expect(create({ address: { ...HOME, province: '新疆维吾尔自治区' } })).rejects.toMatchObject(
      refused,
    );
    const cheap = Buffer.from(JSON.stringify({ f: 1, e: Date.now() + 1e6 })).toString('base64url');
    await expect(create({ quoteToken: `${cheap}.${quoteToken.split('.')[1]}` })).rejects.toMatchObject(
      refused,
    );
    await expect(create({ quoteToken: 'x' })).rejects.toMatchObject(refused);
    clock.advance(15 * 60_000 + 1);
    await expect(create({})).rejects.toMatchObject(refused);
  });

  it('that is paid becomes a parcel of EMS, and waybill and case name each other', async () => {
    const sent = await newCaseToSend(world);
    const ordered = await newOrderedDelivery(world, sent);
    expect((await caseRow(world, sent.caseId)).waybillNo).toBe(ordered.waybillNo);
    const found = await desk.client.delivery.findByWaybill({ waybillNo: ordered.waybillNo });
    expect(found).toMatchObject({ caseNo: sent.caseNo, certificateNo: sent.certificateNo, receiver: HOME });
    const [mail] = await mailsOf(world, found.logisticsOrderNo);
    expect(mail?.receiver).toMatchObject({ prov: '榕江省', address: HOME.detail });
  });

  it('sends the street without the region that people write in front of it', async () => {
    const sent = await newCaseToSend(world);
    const delivery = await newDelivery(sent, { ...HOME, detail: `榕江省榕城市云山区${HOME.detail}` });
    await payFor(sent, world, delivery);
    await deliveryIn(world, sent, delivery.id, 'ordered');
    const { logisticsOrderNo } = await desk.client.delivery.getOfHall({ deliveryId: delivery.id });
    expect((await mailsOf(world, logisticsOrderNo))[0]?.receiver.address).toBe(HOME.detail);
  });

  it('that is not paid in time is cancelled with its payment, and the case is free again', async () => {
    const sent = await newCaseToSend(world);
    const delivery = await newDelivery(sent);
    for (let minutes = 0; minutes < 33; minutes += 3) {
      clock.advance(180_000);
      await world.drain();
    }
    const ended = await deliveryIn(world, sent, delivery.id, 'cancelled');
    expect(ended.payment?.state).toBe('closed');
    expect(await caseRow(world, sent.caseId)).toMatchObject({ deliveryId: null });
    expect((await newDelivery(sent)).id).not.toBe(delivery.id);
  });
});

describe('when EMS misbehaves', () => {
  it('a time-out after the order was made leads to one parcel, not two', async () => {
    const sent = await newCaseToSend(world);
    await emsFault(world, { mode: 'loseReplyAfterApply', route: '020003' });
    const ordered = await newOrderedDelivery(world, sent);
    const { logisticsOrderNo } = await desk.client.delivery.getOfHall({ deliveryId: ordered.id });
    const mails = await mailsOf(world, logisticsOrderNo);
    expect(mails.map(({ waybillNo }) => waybillNo)).toEqual([ordered.waybillNo]);
  });

  it('an outage ends in a problem that the desk sees and retries', async () => {
    const sent = await newCaseToSend(world);
    const delivery = await newDelivery(sent);
    await emsFault(world, { mode: 'fail', route: '020003', count: 10 });
    await payFor(sent, world, delivery);
    const stuck = await eventually('the problem', async () => {
      await world.drain({ retries: true });
      const found = await desk.client.delivery.getOfHall({ deliveryId: delivery.id });
      return found.problem !== null && found;
    });
    expect(stuck).toMatchObject({ state: 'paid', actions: ['retry_order'] });
    await clearEmsFaults(world);
    await desk.client.delivery.retryOrder({ deliveryId: delivery.id });
    await deliveryIn(world, sent, delivery.id, 'ordered');
    await expect(desk.client.delivery.retryOrder({ deliveryId: delivery.id })).rejects.toMatchObject({
      code: 'DELIVERY_STATE',
    });
  });

  it('an order that EMS refuses is shown with its words', async () => {
    const sent = await newCaseToSend(world);
    const delivery = await newDelivery(sent, { ...HOME, phone: '请拨打我的手机' });
    await payFor(sent, world, delivery);
    const found = await eventually('the problem', async () => {
      await world.drain();
      const seen = await desk.client.delivery.getOfHall({ deliveryId: delivery.id });
      return seen.problem !== null && seen;
    });
    expect(found.problem).toContain('邮政未接收');
    expect(found.waybillNo).toBeNull();
  });

  it('a waybill that belongs to another case is a problem for the desk, not a second owner', async () => {
    const [a, b] = [await newCaseToSend(world), await newCaseToSend(world)];
    const [first, second] = [await newOrderedDelivery(world, a), await newOrderedDelivery(world, b)];
    const sql = (text: string, ...values: unknown[]) => world.dataSource.query<unknown>(text, values);
    await sql("UPDATE delivery SET state = 'paid', waybill_no = NULL WHERE id = ?", first.id);
    await sql('UPDATE case_file SET waybill_no = NULL WHERE id = ?', a.caseId);
    await sql('UPDATE delivery SET waybill_no = ? WHERE id = ?', first.waybillNo, second.id);
    await sql('UPDATE case_file SET waybill_no = ? WHERE id = ?', first.waybillNo, b.caseId);
    await world.get(DeliveryOrderService).order(first.id, { lastAttempt: true });
    const seen = await desk.client.delivery.getOfHall({ deliveryId: first.id });
    expect(seen).toMatchObject({ state: 'paid', waybillNo: null });
    expect(seen.problem).toContain('已属于另一个办件');
  });

  it('a label is fetched for the desk, or its failure told', async () => {
    const sent = await newCaseToSend(world);
    const { id: deliveryId } = await newOrderedDelivery(world, sent);
    expect((await desk.client.delivery.label({ deliveryId })).url).toContain('/label/');
    await emsFault(world, { mode: 'html502', route: '010004' });
    await expect(desk.client.delivery.label({ deliveryId })).rejects.toMatchObject({
      code: 'EMS_UNAVAILABLE',
    });
    const unpaid = await newDelivery(await newCaseToSend(world));
    await expect(desk.client.delivery.label({ deliveryId: unpaid.id })).rejects.toMatchObject({
      code: 'DELIVERY_STATE',
    });
  });
});
