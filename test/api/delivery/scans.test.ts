import { createCipheriv } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { seedCity } from '../../support/builders/city.js';
import {
  caseRow,
  clearEmsFaults,
  courierDesk,
  courierEvents,
  deliveryIn,
  emsFault,
  emsScan,
  newCaseToSend,
  newDelivery,
  newOrderedDelivery,
  placeOfCertificate,
  type CaseToSend,
} from '../../support/builders/delivery.js';
import { ShiftedClock, auditOf, eventually, jobsOf } from '../../support/builders/payment.js';
import type { TestStaff } from '../../support/builders/staff.js';
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

/** A time of today that is `minutes` ahead of now, as EMS writes it: scans of one second would be one. */
const after = (minutes: number) =>
  new Date(Date.now() + minutes * 60_000 + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');

async function handedOver(): Promise<{ sent: CaseToSend; id: string; waybillNo: string }> {
  const sent = await newCaseToSend(world);
  const { id, waybillNo } = await newOrderedDelivery(world, sent);
  await desk.client.delivery.handOver({ deliveryId: id, waybillNo, certificateNo: sent.certificateNo });
  return { sent, id, waybillNo };
}

const tellsOf = async (id: string) =>
  (await jobsOf<{ dedupeKey: string; title: string }>(world, 'notifications.tell'))
    .filter(({ dedupeKey }) => dedupeKey.startsWith(`delivery:${id}`))
    .map(({ title }) => title);

describe('the hand-over', () => {
  it('takes the numbers as scanners and people give them, and once', async () => {
    const sent = await newCaseToSend(world);
    const { id: deliveryId, waybillNo } = await newOrderedDelivery(world, sent);
    const scan = { deliveryId, waybillNo: ` ${waybillNo.toLowerCase().slice(0, 5)}-${waybillNo.slice(5)} ` };
    const handed = await desk.client.delivery.handOver({ ...scan, certificateNo: ` ${sent.certificateNo} ` });
    expect(handed).toMatchObject({ state: 'handed_over', actions: ['print_label'] });
    expect(await placeOfCertificate(world, sent.caseId)).toBe('with_courier');
    await desk.client.delivery.handOver({ ...scan, certificateNo: sent.certificateNo });
    expect(
      (await courierEvents(world, sent.caseId)).filter((title) => title === '证照已交给邮政'),
    ).toHaveLength(1);
    expect(await tellsOf(deliveryId)).toEqual(['证照已寄出']);
  });

  it('refuses a wrong pair and keeps it in the audit trail', async () => {
    const [a, b] = [await newCaseToSend(world), await newCaseToSend(world)];
    const [first, second] = [await newOrderedDelivery(world, a), await newOrderedDelivery(world, b)];
    const { id: deliveryId, waybillNo } = first;
    const handOver = (over: object) =>
      desk.client.delivery.handOver({ deliveryId, waybillNo, certificateNo: a.certificateNo, ...over });
    await expect(handOver({ waybillNo: second.waybillNo })).rejects.toMatchObject({
      code: 'WAYBILL_MISMATCH',
    });
    await expect(handOver({ certificateNo: b.certificateNo })).rejects.toMatchObject({
      code: 'WAYBILL_MISMATCH',
    });
    await expect(handOver({ waybillNo: 'EA471108150CN' })).rejects.toMatchObject({ code: 'WAYBILL_INVALID' });
    const kept = (await auditOf(world, 'delivery.mismatch')).filter(
      ({ subjectId }) => subjectId === deliveryId,
    );
    expect(kept).toHaveLength(2);
    expect((await desk.client.delivery.getOfHall({ deliveryId })).state).toBe('ordered');
    expect(await placeOfCertificate(world, a.caseId)).toBe('at_hall');
  });

  it('needs a waybill', async () => {
    const sent = await newCaseToSend(world);
    const { id: deliveryId } = await newDelivery(sent);
    await expect(
      desk.client.delivery.handOver({
        deliveryId,
        waybillNo: 'EA471108151CN',
        certificateNo: sent.certificateNo,
      }),
    ).rejects.toMatchObject({ code: 'DELIVERY_STATE' });
    await expect(desk.client.delivery.findByWaybill({ waybillNo: '123' })).rejects.toMatchObject({
      code: 'WAYBILL_INVALID',
    });
    await expect(desk.client.delivery.findByWaybill({ waybillNo: 'EA471108151CN' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});

describe('scans of EMS', () => {
  it('carry the parcel to the addressee, and certificate, timeline and messages follow', async () => {
    const { sent, id, waybillNo } = await handedOver();
    for (const [index, opCode] of ['203', '305', '713', '702'].entries()) {
      await emsScan(world, waybillNo, { opCode, opTime: after(index) });
    }
    await deliveryIn(world, sent, id, 'out_for_delivery');
    await emsScan(world, waybillNo, { opCode: '704', deliverCode: '10', opTime: after(9) });
    const delivered = await deliveryIn(world, sent, id, 'delivered');
    // The push doesn't say who took it: EMS was asked before it was believed.
    expect(delivered.signedBy).toBe('本人签收');
    expect(delivered.deliveredAt).not.toBeNull();
    expect(delivered.traces).toHaveLength(5);
    expect(delivered.traces[0]?.opCode).toBe('704');
    expect(await placeOfCertificate(world, sent.caseId)).toBe('delivered');
    expect((await courierEvents(world, sent.caseId)).at(-1)).toBe('证照已签收');
    expect(await tellsOf(id)).toEqual(['证照已寄出', '证照正在派送', '证照已签收']);
  });

  it('warn the desk where someone else took an original', async () => {
    const { sent, id, waybillNo } = await handedOver();
    await emsScan(world, waybillNo, { opCode: '704', deliverCode: '20', opTime: after(1) });
    expect((await deliveryIn(world, sent, id, 'delivered')).signedBy).toBe('他人代收');
    const seen = await desk.client.delivery.getOfHall({ deliveryId: id });
    expect(seen.problem).toContain('不是本人签收');
  });

  it('take a delivery back when it is voided', async () => {
    const { sent, id, waybillNo } = await handedOver();
    await emsScan(world, waybillNo, { opCode: '702', opTime: after(1) });
    await emsScan(world, waybillNo, { opCode: '704', opTime: after(2) });
    await deliveryIn(world, sent, id, 'delivered');
    await emsScan(world, waybillNo, { opCode: '743', opTime: after(3) });
    const back = await deliveryIn(world, sent, id, 'out_for_delivery');
    expect(back).toMatchObject({ deliveredAt: null, signedBy: null });
    expect(await placeOfCertificate(world, sent.caseId)).toBe('with_courier');
  });

  it('count by their own time, in whatever order and however often they arrive', async () => {
    const { sent, id, waybillNo } = await handedOver();
    await emsFault(world, { mode: 'duplicate', route: 'push', count: 2 });
    await emsScan(world, waybillNo, { opCode: '705', attemptDeliveryCode: '4', opTime: after(5) });
    await emsScan(world, waybillNo, { opCode: '702', opTime: after(3) });
    await emsScan(world, waybillNo, { opCode: '203', opTime: after(1) });
    const three = await eventually('three scans', async () => {
      await world.drain();
      const found = await sent.citizen.client.delivery.getMine({ deliveryId: id });
      return found.traces.length === 3 && found;
    });
    expect(three.state).toBe('attempt_failed');
    expect((await tellsOf(id)).filter((title) => title === '证照派送未成功')).toHaveLength(1);
  });

  it('bring a refused parcel back to the hall, from where it may be sent again', async () => {
    const { sent, id, waybillNo } = await handedOver();
    await emsScan(world, waybillNo, { opCode: '708', opTime: after(1) });
    await deliveryIn(world, sent, id, 'returning');
    await emsScan(world, waybillNo, { opCode: '711', opTime: after(2) });
    await deliveryIn(world, sent, id, 'returned');
    expect(await placeOfCertificate(world, sent.caseId)).toBe('at_hall');
    expect(await caseRow(world, sent.caseId)).toMatchObject({ deliveryId: null, waybillNo: null });
    const again = await newDelivery(sent);
    expect((await caseRow(world, sent.caseId)).deliveryId).toBe(again.id);
  });

  it('end an order that EMS itself took back, with the money', async () => {
    const sent = await newCaseToSend(world);
    const { id, waybillNo } = await newOrderedDelivery(world, sent);
    await emsScan(world, waybillNo, { opCode: '801', opTime: after(1) });
    await deliveryIn(world, sent, id, 'cancelled');
    await eventually('the refund', async () => {
      await world.drain();
      return (await sent.citizen.client.delivery.getMine({ deliveryId: id })).payment?.state === 'refunded';
    });
  });

  it('are pulled every two hours where no push came, and for three days after the delivery', async () => {
    const { sent, id, waybillNo } = await handedOver();
    const pull = async (hours: number) => {
      clock.advance(hours * 3_600_000);
      await world.runRepeat('delivery.plan-pulls');
      await world.drain();
      return (await sent.citizen.client.delivery.getMine({ deliveryId: id })).traces.length;
    };
    await emsScan(world, waybillNo, { opCode: '203', push: false, opTime: after(1) });
    expect(await pull(0)).toBe(1);
    await emsScan(world, waybillNo, { opCode: '704', push: false, opTime: after(2) });
    expect(await pull(1)).toBe(1);
    expect(await pull(1.1)).toBe(2);
    await deliveryIn(world, sent, id, 'delivered');
    await emsScan(world, waybillNo, { opCode: '743', push: false, opTime: after(3) });
    expect(await pull(3)).toBe(3);
    await deliveryIn(world, sent, id, 'handed_over');
    await emsScan(world, waybillNo, { opCode: '704', push: false, opTime: after(4) });
    expect(await pull(3)).toBe(4);
    await emsScan(world, waybillNo, { opCode: '741', push: false, opTime: after(5) });
    expect(await pull(80)).toBe(4);
  });
});

describe('a push', () => {
  const event = { waybillNo: 'EA471108151CN', opCode: '203', opName: '收寄', opDesc: '', opTime: after(0) };
  const push = (body: unknown, secret = world.config.ems.pushSecret) =>
    world.request(`/api/providers/ems/trace/${secret}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const seal = (content: object, key = world.config.ems.signKey) => {
    const cipher = createCipheriv('sm4-ecb', Buffer.from(key, 'base64'), null);
    const sealed = Buffer.concat([cipher.update(JSON.stringify(content), 'utf8'), cipher.final()]);
    return { method: '040002', serialNo: 'S1', logitcsInterface: `|$4|${sealed.toString('base64')}` };
  };

  it('at an address with a wrong secret finds nothing', async () => {
    expect((await push(seal(event), 'wrong-secret-00000000')).status).toBe(404);
  });

  it('of an unknown waybill is kept, acknowledged and counted', async () => {
    const answer = await push(seal(event));
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ serialNo: 'S1', code: '00000', codeMessage: '', senderNo: '' });
    expect((await push(seal(event))).status).toBe(200);
    const rows = await world.dataSource.query<{ delivery_id: string | null }[]>(
      'SELECT delivery_id FROM delivery_trace WHERE waybill_no = ?',
      [event.waybillNo],
    );
    expect(rows).toEqual([{ delivery_id: null }]);
    const metrics = await (await world.request('/metrics')).text();
    expect(metrics).toMatch(/haoban_ems_pushes_total\{result="unknown_waybill"\} 1/);
    expect(metrics).toMatch(/haoban_ems_pushes_total\{result="repeated"\} [1-9]/);
  });

  it('that can not be read is refused, so that EMS does not take it for received', async () => {
    for (const body of [{}, seal(event, Buffer.alloc(16, 1).toString('base64')), seal({ nothing: true })]) {
      const answer = await push(body);
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ code: 'NOTICE_INVALID' });
    }
  });
});
