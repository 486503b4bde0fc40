import { Injectable } from '@nestjs/common';
import { JobHandler, Repeat, type JobInfo } from '../outbox/job.js';
import type { PaymentChanged } from '../outbox/topics.js';
import { DeliveryCatchUpService } from './delivery-catch-up.service.js';
import { DeliveryFoldService } from './delivery-fold.service.js';
import { DeliveryOrderService } from './delivery-order.service.js';
import { DeliveryTraceService } from './delivery-trace.service.js';

interface OfDelivery {
  deliveryId: string;
}

@Injectable()
export class DeliveryJobs {
  constructor(
    private readonly orders: DeliveryOrderService,
    private readonly traces: DeliveryTraceService,
    private readonly folds: DeliveryFoldService,
    private readonly catchUps: DeliveryCatchUpService,
  ) {}

  @JobHandler('delivery.payment-changed')
  paymentChanged(change: PaymentChanged): Promise<void> {
    return this.orders.paymentChanged(change);
  }

  @JobHandler('delivery.order')
  order({ deliveryId }: OfDelivery, job: JobInfo): Promise<void> {
    return this.orders.order(deliveryId, job);
  }

  @JobHandler('delivery.revoke')
  revoke({ deliveryId }: OfDelivery): Promise<void> {
    return this.orders.revoke(deliveryId);
  }

  @JobHandler('delivery.fold')
  fold({ deliveryId }: OfDelivery): Promise<void> {
    return this.folds.fold(deliveryId);
  }

  /** Not for long: the next one is planned in two hours anyway. */
  @JobHandler('delivery.pull', { attempts: 3 })
  async pull({ deliveryId }: OfDelivery): Promise<void> {
    await this.traces.pull(deliveryId);
    // Also where nothing is new: the fold of a scan that is known may have died.
    await this.folds.fold(deliveryId);
  }

  /** Often, a few parcels at a time, each of them every two hours. */
  @Repeat('delivery.plan-pulls', { everyMs: 600_000 })
  planPulls(): Promise<void> {
    return this.traces.planPulls();
  }

  @Repeat('delivery.catch-up', { everyMs: 600_000 })
  catchUp(): Promise<void> {
    return this.catchUps.catchUp();
  }
}
