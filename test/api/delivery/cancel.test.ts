import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { seedCity } from '../../support/builders/city.js';
import {
  caseRow,
  clearEmsFaults,
  courierDesk,
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
} from '../../support/builders/delivery.js';
import { ShiftedClock, eventually, simPost } from '../../support/builders/payment.js';
import { newStaff, type TestStaff } from '../../support/builders/staff.js';
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

  it('follows from closing the payment', async () => {
    const sent = await newCaseToSend(world);
    const delivery = await newDelivery(sent);
    await sent.citizen.client.payment.close({ paymentId: delivery.payment?.id ?? '' });
    await deliveryIn(world, sent, delivery.id, 'cancelled');
    expect(await caseRow(world, sent.caseId)).toMatchObject({ deliveryId: null });
  });

  it('waits while a manager refunds a part of the fee, and then gives back the rest', async () => {
    const sent = await newCaseToSend(world);
    const { id: deliveryId, payment } = await newOrderedDelivery(world, sent);
    const manager = await newStaff(world, { role: 'manager' });
    const part = { paymentId: payment?.id ?? '', requestId: requestId(), amountFen: 200, reason: '优惠' };
    await simPost(world.simulators.pay.url, '/_sim/refund-outcome', { status: 'HOLD' });
    const { refunds } = await manager.client.payment.refund(part);
    await world.drain();
    const cancel = () => sent.citizen.client.delivery.cancel({ deliveryId });
    await expect(cancel()).rejects.toMatchObject({ code: 'DELIVERY_STATE' });
    await simPost(world.simulators.pay.url, '/_sim/refund-outcome', { status: 'SUCCESS' });
    const settled = { outRefundNo: refunds[0]?.outRefundNo, status: 'SUCCESS' };
    await simPost(world.simulators.pay.url, '/_sim/refund', settled);
    await eventually('the part', async () => {
      await world.drain();
      return (await sent.citizen.client.delivery.getMine({ deliveryId })).payment?.state === 'paid';
    });
    expect((await cancel()).state).toBe('cancelled');
    await eventually('the rest', async () => {
      await world.drain();
      const found = await sent.citizen.client.delivery.getMine({ deliveryId });
      return found.payment?.state === 'refunded' && found.payment.refundedFen === 1200;
    });
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
