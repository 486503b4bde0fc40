import { decideDelivery } from '@haoban/domain';
import type { Delivery } from '@haoban/contracts';
import { EmsClient, EmsError } from '@haoban/ems';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import type { CitizenActor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { Transactions } from '../db/transactions.js';
import { DeliveryLedger } from './delivery-ledger.service.js';
import { DeliveryEntity } from './delivery.entity.js';
import { DeliveryService } from './delivery.service.js';

@Injectable()
export class DeliveryCancelService {
  constructor(
    @InjectRepository(DeliveryEntity) private readonly rows: Repository<DeliveryEntity>,
    private readonly ems: EmsClient,
    private readonly transactions: Transactions,
    private readonly ledger: DeliveryLedger,
    private readonly deliveries: DeliveryService,
  ) {}

  /**
   * Before the parcel is handed over: what was paid goes back in full. Cancelling again gives the same answer.
   * @throws AppError NOT_FOUND, DELIVERY_STATE, EMS_UNAVAILABLE, EMS_REFUSED, BUSY
   */
  async cancel(
    actor: CitizenActor,
    { deliveryId, reason }: { deliveryId: string; reason?: string | undefined },
  ): Promise<Delivery> {
    const { citizenId } = actor;
    const known = await this.rows.findOneBy({ id: deliveryId, citizenId });
    if (!known) throw new AppError('NOT_FOUND');
    if (known.state !== 'cancelled') {
      const step = decideDelivery(known.state, 'cancel', 'citizen');
      if (!step.ok) throw new AppError(step.code);
    }
    const why = reason || '本人取消寄递';
    // EMS has the last word on an order that it took in, so it is asked first; asking twice does no harm.
    if (known.state === 'ordered') await this.cancelAtEms(known, why);
    const row = await this.transactions.run((em) =>
      this.ledger.cancel(em, known, {
        actor,
        role: 'citizen',
        reason: why,
        from: known.state === 'ordered' ? ['ordered'] : ['awaiting_payment', 'paid'],
      }),
    );
    return this.deliveries.toMine(row);
  }

  private async cancelAtEms({ logisticsOrderNo, waybillNo }: DeliveryEntity, reason: string): Promise<void> {
    if (!waybillNo) return;
    try {
      await this.ems.cancelOrder({ orderNo: logisticsOrderNo, waybillNo, reason: reason.slice(0, 50) });
    } catch (error) {
      if (!(error instanceof EmsError)) throw error;
      const code = error.kind === 'refused' ? 'EMS_REFUSED' : 'EMS_UNAVAILABLE';
      throw new AppError(code, undefined, { cause: error });
    }
  }
}
