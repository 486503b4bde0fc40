import { Injectable, Logger } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, LessThan, type Repository } from 'typeorm';
import { Clock } from '../common/clock.js';
import { PaymentService } from '../payment/payment.service.js';
import { DeliveryEntity } from './delivery.entity.js';
import { DeliveryOrderService } from './delivery-order.service.js';
import { deliverySettings } from './delivery-settings.js';

const BATCH = 200;

/** The net under the jobs: one that died after its last try must not leave a person who paid without parcel or answer. */
@Injectable()
export class DeliveryCatchUpService {
  private readonly logger = new Logger(DeliveryCatchUpService.name);

  constructor(
    @InjectRepository(DeliveryEntity) private readonly rows: Repository<DeliveryEntity>,
    private readonly payments: PaymentService,
    private readonly orders: DeliveryOrderService,
    private readonly clock: Clock,
  ) {}

  async catchUp(): Promise<void> {
    await this.followPayments();
    await this.showUnordered();
  }

  /** Deliveries that still wait for a payment whose outcome they were never told. */
  private async followPayments(): Promise<void> {
    const waiting = await this.rows.find({
      select: { id: true },
      where: { state: 'awaiting_payment', createdAt: LessThan(this.before(deliverySettings.payUnheardMs)) },
      order: { createdAt: 'ASC' },
      take: BATCH,
    });
    const payments = await this.payments.forSubject(
      'delivery',
      waiting.map(({ id }) => id),
    );
    for (const [subjectId, { id: paymentId, state }] of payments) {
      if (state === 'unpaid') continue;
      // Money that is on its way back ended the order as a closed payment does.
      const told = { paymentId, subjectId, state: state === 'paid' ? 'paid' : 'closed' } as const;
      try {
        await this.orders.paymentChanged(told);
        this.logger.error({
          deliveryId: subjectId,
          ...told,
          msg: 'A delivery was never told of its payment',
        });
      } catch (error) {
        this.logger.warn({ err: error, deliveryId: subjectId, msg: 'A delivery could not catch up' });
      }
    }
  }

  /** Paid, without a waybill, and no job at it any more: the courier desk sees it and can order again. */
  private async showUnordered(): Promise<void> {
    const long = LessThan(this.before(deliverySettings.orderUnheardMs));
    const stuck = { state: 'paid', waybillNo: IsNull(), problem: IsNull(), createdAt: long } as const;
    const rows = await this.rows.find({
      where: [
        { ...stuck, orderTriedAt: IsNull() },
        { ...stuck, orderTriedAt: long },
      ],
      take: BATCH,
    });
    for (const row of rows) await this.orders.showStuck(row);
  }

  private before(ms: number): Date {
    return new Date(this.clock.now().getTime() - ms);
  }
}
