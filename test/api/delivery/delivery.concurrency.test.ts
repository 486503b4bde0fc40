import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { seedCity } from '../../support/builders/city.js';
import { DeliveryOrderService } from '../../../apps/api/src/delivery/delivery-order.service.js';
import {
  HOME,
  courierDesk,
  courierEvents,
  deliveryIn,
  emsScan,
  mailsOf,
  newCaseToSend,
  newDelivery,
  newOrderedDelivery,
  payFor,
  requestId,
} from '../../support/builders/delivery.js';
import { ShiftedClock, eventually } from '../../support/builders/payment.js';
import type { TestStaff } from '../../support/builders/staff.js';
import { newWorld, type World } from '../../support/world.js';

let world: World;
let desk: TestStaff;
beforeAll(async () => {
  world = await newWorld({ simulators: true, clock: new ShiftedClock() });
  await seedCity(world);
  desk = await courierDesk(world);
});
afterAll(() => world.close());

const codes = (results: PromiseSettledResult<unknown>[]) =>
  results.map((result) => (result.status === 'fulfilled' ? 'ok' : (result.reason as { code: string }).code));

describe('at the same time', () => {
  it('ten orders for one case make one', async () => {
    const { citizen, caseId } = await newCaseToSend(world);
    const { quoteToken } = await citizen.client.delivery.quote({ caseId, address: HOME });
    const results = await Promise.allSettled(
      Array.from({ length: 10 }, () =>
        citizen.client.delivery.create({ requestId: requestId(), caseId, address: HOME, quoteToken }),
      ),
    );
    expect(codes(results).sort()).toEqual([...Array<string>(9).fill('DELIVERY_ALREADY_EXISTS'), 'ok']);
    expect((await citizen.client.delivery.listMine({ limit: 20 })).items).toHaveLength(1);
  });

  it('ten copies of one order give one answer', async () => {
    const { citizen, caseId } = await newCaseToSend(world);
    const { quoteToken } = await citizen.client.delivery.quote({ caseId, address: HOME });
    const input = { requestId: requestId(), caseId, address: HOME, quoteToken };
    const made = await Promise.all(Array.from({ length: 10 }, () => citizen.client.delivery.create(input)));
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
  });

  it('payment and cancellation end with the money on one side only', async () => {
    for (let round = 0; round < 4; round++) {
      const sent = await newCaseToSend(world);
      const delivery = await newDelivery(sent);
      await Promise.allSettled([
        payFor(sent, world, delivery),
        sent.citizen.client.delivery.cancel({ deliveryId: delivery.id }),
      ]);
      const ended = await eventually('an end', async () => {
        await world.drain();
        const found = await sent.citizen.client.delivery.getMine({ deliveryId: delivery.id });
        const { state, payment } = found;
        const isOpen = payment?.state === 'unpaid' || payment?.state === 'refunding';
        return !isOpen && (state === 'ordered' || state === 'cancelled') && found;
      });
      expect(`${ended.state}:${ended.payment?.state}`).toMatch(
        /^(ordered:paid|cancelled:(closed|refunded))$/,
      );
    }
  });

  it('several jobs for one order make one parcel', async () => {
    const sent = await newCaseToSend(world);
    const delivery = await newDelivery(sent);
    await payFor(sent, world, delivery);
    await deliveryIn(world, sent, delivery.id, 'ordered');
    await world.dataSource.query("UPDATE delivery SET state = 'paid', waybill_no = NULL WHERE id = ?", [
      delivery.id,
    ]);
    const orders = world.get(DeliveryOrderService);
    await Promise.all(Array.from({ length: 5 }, () => orders.order(delivery.id, { lastAttempt: true })));
    const { logisticsOrderNo } = await desk.client.delivery.getOfHall({ deliveryId: delivery.id });
    expect(await mailsOf(world, logisticsOrderNo)).toHaveLength(1);
  });

  it('a parcel scanned by two desks is handed over once', async () => {
    const sent = await newCaseToSend(world);
    const { id: deliveryId, waybillNo } = await newOrderedDelivery(world, sent);
    const scan = { deliveryId, waybillNo, certificateNo: sent.certificateNo };
    const results = await Promise.allSettled(
      Array.from({ length: 6 }, () => desk.client.delivery.handOver(scan)),
    );
    expect(codes(results)).toEqual(Array(6).fill('ok'));
    const titles = await courierEvents(world, sent.caseId);
    expect(titles.filter((title) => title === '证照已交给邮政')).toHaveLength(1);
  });

  it('many scans add up to one state and one line each', async () => {
    const sent = await newCaseToSend(world);
    const { id, waybillNo } = await newOrderedDelivery(world, sent);
    const stamp = (second: number) => `2026-11-22 10:00:0${second}`;
    await Promise.all(
      ['203', '305', '954', '713', '702', '704'].map((opCode, index) =>
        emsScan(world, waybillNo, { opCode, opTime: stamp(index) }),
      ),
    );
    await deliveryIn(world, sent, id, 'delivered');
    const titles = await courierEvents(world, sent.caseId);
    expect(titles.filter((title) => title === '证照已签收')).toHaveLength(1);
  });
});
