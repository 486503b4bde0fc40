import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  HOME,
  caseRow,
  clearEmsFaults,
  courierDesk,
  courierEvents,
  deliveryIn,
  emsFault,
  emsScan,
  mailsOf,
  newCaseToSend,
  newDelivery,
  newOrderedDelivery,
  payFor,
  placeOfCertificate,
  requestId,
  seedCourierCity,
} from '../../support/builders/delivery.js';
import { ShiftedClock, eventually } from '../../support/builders/payment.js';
import type { TestStaff } from '../../support/builders/staff.js';
import { newWorld, type World } from '../../support/world.js';

let world: World;
let desk: TestStaff;
let clock: ShiftedClock;
beforeAll(async () => {
  clock = new ShiftedClock();
  world = await newWorld({ simulators: true, clock });
  await seedCourierCity(world);
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
    expect(delivery.receiverMasked).not.toContain('东街');
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
    expect(mail?.receiver).toMatchObject({ prov: '福建省', address: HOME.detail });
  });

  it('sends the street without the region that people write in front of it', async () => {
    const sent = await newCaseToSend(world);
    const delivery = await newDelivery(sent, { ...HOME, detail: `福建省福州市鼓楼区${HOME.detail}` });
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
    const delivery = await newDelivery(sent, { ...HOME, phone: '059188001234' });
    await payFor(sent, world, delivery);
    const found = await eventually('the problem', async () => {
      await world.drain();
      const seen = await desk.client.delivery.getOfHall({ deliveryId: delivery.id });
      return seen.problem !== null && seen;
    });
    expect(found.problem).toContain('邮政未接收');
    expect(found.waybillNo).toBeNull();
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

describe('cancelling', () => {
  it('before payment closes the payment; again gives the same answer', async () => {
    const sent = await newCaseToSend(world);
    const { id: deliveryId } = await newDelivery(sent);
    const cancelled = await sent.citizen.client.delivery.cancel({ deliveryId, reason: '改到窗口领取' });
    expect(cancelled).toMatchObject({ state: 'cancelled', payment: { state: 'closed' }, actions: [] });
    expect((await sent.citizen.client.delivery.cancel({ deliveryId })).state).toBe('cancelled');
    expect(await placeOfCertificate(world, sent.caseId)).toBe('at_hall');
    expect((await newDelivery(sent)).state).toBe('awaiting_payment');
  });

  it('of an ordered parcel takes it back at EMS and refunds all of it', async () => {
    const sent = await newCaseToSend(world);
    const { id: deliveryId } = await newOrderedDelivery(world, sent);
    expect((await sent.citizen.client.delivery.cancel({ deliveryId })).state).toBe('cancelled');
    const { logisticsOrderNo } = await desk.client.delivery.getOfHall({ deliveryId });
    expect((await mailsOf(world, logisticsOrderNo))[0]?.cancelled).not.toBeNull();
    await eventually('the refund', async () => {
      await world.drain();
      const { payment } = await sent.citizen.client.delivery.getMine({ deliveryId });
      return payment?.state === 'refunded' && payment.refundedFen === payment.amountFen;
    });
    expect(await caseRow(world, sent.caseId)).toMatchObject({ deliveryId: null, waybillNo: null });
  });

  it('is told where EMS is away or has picked it up, and changes nothing', async () => {
    const sent = await newCaseToSend(world);
    const { id: deliveryId, waybillNo } = await newOrderedDelivery(world, sent);
    const cancel = () => sent.citizen.client.delivery.cancel({ deliveryId });
    await emsFault(world, { mode: 'html502', route: '020006' });
    await expect(cancel()).rejects.toMatchObject({ code: 'EMS_UNAVAILABLE' });
    await emsScan(world, waybillNo, { opCode: '203', push: false });
    await expect(cancel()).rejects.toMatchObject({ code: 'EMS_REFUSED' });
    expect((await sent.citizen.client.delivery.getMine({ deliveryId })).state).toBe('ordered');
  });

  it('while an order hangs leaves no parcel behind at EMS', async () => {
    const sent = await newCaseToSend(world);
    const delivery = await newDelivery(sent);
    await emsFault(world, { mode: 'loseReplyAfterApply', route: '020003', count: 10 });
    await payFor(sent, world, delivery);
    await eventually('the tries', async () => {
      await world.drain({ retries: true });
      return (await desk.client.delivery.getOfHall({ deliveryId: delivery.id })).problem !== null;
    });
    await clearEmsFaults(world);
    await sent.citizen.client.delivery.cancel({ deliveryId: delivery.id });
    clock.advance(31_000);
    await world.drain();
    const { logisticsOrderNo } = await desk.client.delivery.getOfHall({ deliveryId: delivery.id });
    const mails = await mailsOf(world, logisticsOrderNo);
    expect(mails.map(({ cancelled }) => cancelled !== null)).toEqual([true]);
  });

  it('after the hand-over is refused', async () => {
    const sent = await newCaseToSend(world);
    const { id: deliveryId, waybillNo } = await newOrderedDelivery(world, sent);
    await desk.client.delivery.handOver({ deliveryId, waybillNo, certificateNo: sent.certificateNo });
    await expect(sent.citizen.client.delivery.cancel({ deliveryId })).rejects.toMatchObject({
      code: 'DELIVERY_STATE',
    });
  });
});
