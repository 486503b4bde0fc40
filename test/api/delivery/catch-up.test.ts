import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DeliveryEntity, DeliveryTraceEntity } from '../../../apps/api/src/delivery/delivery.entity.js';
import { newId } from '../../../apps/api/src/common/id.js';
import { PaymentEntity } from '../../../apps/api/src/payment/payment.entity.js';
import { seedCity } from '../../support/builders/city.js';
import {
  courierDesk,
  deliveryIn,
  newCaseToSend,
  newDelivery,
  newOrderedDelivery,
  type CaseToSend,
} from '../../support/builders/delivery.js';
import { ShiftedClock } from '../../support/builders/payment.js';
import { newWorld, type World } from '../../support/world.js';

let world: World;
let clock: ShiftedClock;
let sent: CaseToSend;
beforeAll(async () => {
  clock = new ShiftedClock();
  world = await newWorld({ simulators: true, clock });
  await seedCity(world);
});
afterAll(() => world.close());
beforeEach(async () => {
  sent = await newCaseToSend(world);
});

const rows = () => world.dataSource.getRepository(DeliveryEntity);
/** As if the job that tells it had died. */
const settleUnheard = (subjectId: string, state: 'paid' | 'closed') =>
  world.dataSource.getRepository(PaymentEntity).update({ subjectId }, { state });
const catchUp = async () => {
  clock.advance(11 * 60_000);
  await world.runRepeat('delivery.catch-up');
};

describe('a delivery whose job died', () => {
  it('is ordered all the same once its payment is found paid', async () => {
    const { id } = await newDelivery(sent);
    await settleUnheard(id, 'paid');
    await catchUp();
    expect((await deliveryIn(world, sent, id, 'ordered')).waybillNo).not.toBeNull();
  });

  it('is cancelled once its payment is found closed, so that another can be made', async () => {
    const { id } = await newDelivery(sent);
    await settleUnheard(id, 'closed');
    await catchUp();
    await deliveryIn(world, sent, id, 'cancelled');
    expect((await newDelivery(sent)).state).toBe('awaiting_payment');
  });

  it('waits on while nobody has paid', async () => {
    const { id } = await newDelivery(sent);
    await catchUp();
    expect((await rows().findOneByOrFail({ id })).state).toBe('awaiting_payment');
  });

  it('is shown to the courier desk when nobody orders it any more', async () => {
    const { id: deliveryId } = await newDelivery(sent);
    await rows().update({ id: deliveryId }, { state: 'paid', orderTriedAt: world.now });
    const desk = await courierDesk(world);
    await catchUp();
    expect((await desk.client.delivery.getOfHall({ deliveryId })).problem).toBeNull();
    clock.advance(3_600_000);
    await world.runRepeat('delivery.catch-up');
    expect((await desk.client.delivery.getOfHall({ deliveryId })).actions).toContain('retry_order');
    await desk.client.delivery.retryOrder({ deliveryId });
    await deliveryIn(world, sent, deliveryId, 'ordered');
  });

  it('follows a scan that is known and was never counted, at the next pull', async () => {
    const { id, waybillNo } = await newOrderedDelivery(world, sent);
    await world.dataSource.getRepository(DeliveryTraceEntity).insert({
      id: newId(),
      deliveryId: null,
      waybillNo,
      opCode: '203',
      opTime: world.now,
      opOrgCode: '35000000',
      opName: '收寄',
      opDesc: '已收寄',
      place: null,
      deliverCode: null,
      attemptDeliveryCode: null,
      source: 'push',
      receivedAt: world.now,
    });
    clock.advance(2 * 3_600_000);
    await world.runRepeat('delivery.plan-pulls');
    await deliveryIn(world, sent, id, 'handed_over');
  });
});
