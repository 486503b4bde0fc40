import { decideDelivery, normaliseWaybill } from '@haoban/domain';
import { EmsClient, EmsError, type EmsOrder, type EmsParty } from '@haoban/ems';
import type { Address, HallDelivery } from '@haoban/contracts';
import { Injectable, Logger } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, type EntityManager, type Repository } from 'typeorm';
import { Audit } from '../audit/audit.service.js';
import { CasesService } from '../cases/cases.service.js';
import { system, type StaffActor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { violatedIndex } from '../db/database-error.js';
import { Transactions } from '../db/transactions.js';
import { GuideService } from '../guide/guide.service.js';
import type { JobInfo } from '../outbox/job.js';
import { Outbox } from '../outbox/outbox.service.js';
import type { PaymentChanged } from '../outbox/topics.js';
import { DeliveryLedger } from './delivery-ledger.service.js';
import { DeliveryMetrics } from './delivery-metrics.js';
import { DeliveryEntity, DeliveryTraceEntity } from './delivery.entity.js';
import { mayRetry } from './delivery.mapper.js';
import { deliverySettings } from './delivery-settings.js';
import { DeliveryService } from './delivery.service.js';
import { ReceiverCipher } from './receiver-cipher.js';

/**
 * From paid to a waybill. EMS documents no idempotency (《中小电商企业接口规范 V2.7》), and an order that timed out may exist, so
 * every repetition carries the same logisticsOrderNo, and a delivery gets its number once.
 */
@Injectable()
export class DeliveryOrderService {
  private readonly logger = new Logger(DeliveryOrderService.name);

  constructor(
    @InjectRepository(DeliveryEntity) private readonly rows: Repository<DeliveryEntity>,
    private readonly ems: EmsClient,
    private readonly transactions: Transactions,
    private readonly ledger: DeliveryLedger,
    private readonly deliveries: DeliveryService,
    private readonly cases: CasesService,
    private readonly guide: GuideService,
    private readonly receivers: ReceiverCipher,
    private readonly outbox: Outbox,
    private readonly audit: Audit,
    private readonly metrics: DeliveryMetrics,
    private readonly clock: Clock,
  ) {}

  /** Told after the payment's own commit, maybe twice, maybe late. */
  async paymentChanged({ subjectId: deliveryId, state }: PaymentChanged): Promise<void> {
    const known = await this.ledger.find(deliveryId);
    if (known?.state !== 'awaiting_payment') return;
    await this.transactions.run(async (em) => {
      if (state === 'paid') await this.markPaid(em, deliveryId);
      if (state !== 'closed') return;
      await this.ledger.cancel(em, known, {
        actor: system,
        role: 'system',
        reason: '付款单已关闭',
        from: ['awaiting_payment'],
      });
    });
  }

  /** For the job. Throws where the same order must be sent again. */
  async order(deliveryId: string, job: Pick<JobInfo, 'lastAttempt'>): Promise<void> {
    // Written before the call: a cancellation from now on knows that EMS may have it.
    const { affected } = await this.rows.update(
      { id: deliveryId, state: 'paid', waybillNo: IsNull() },
      { orderTriedAt: this.clock.now() },
    );
    const row = await this.ledger.find(deliveryId);
    if (affected !== 1 || !row) return;
    try {
      const { waybillNo } = await this.ems.createOrder(await this.toOrder(row));
      await this.assign(deliveryId, normaliseWaybill(waybillNo));
    } catch (error) {
      if (!(error instanceof EmsError)) throw error;
      if (error.kind === 'refused')
        return this.setProblem(row, `邮政未接收：${error.detail ?? error.code}`, 'refused');
      if (job.lastAttempt) await this.showStuck(row);
      throw error;
    }
  }

  /** Nobody will order it any more unless the desk does. */
  showStuck(row: DeliveryEntity): Promise<void> {
    return this.setProblem(row, '邮政没有明确答复，请稍后重新下单', 'unknown');
  }

  /** For the job: takes back an order that EMS may have made although the delivery was cancelled. */
  async revoke(deliveryId: string): Promise<void> {
    const row = await this.ledger.find(deliveryId);
    if (row?.state !== 'cancelled') return;
    const { logisticsOrderNo: orderNo } = row;
    try {
      // The same number again tells the waybill of the order that exists; where none did, it is cancelled at once.
      const { waybillNo } = await this.ems.createOrder(await this.toOrder(row));
      await this.ems.cancelOrder({ orderNo, waybillNo, reason: '用户取消' });
    } catch (error) {
      if (!(error instanceof EmsError) || error.kind !== 'refused') throw error;
      // Nothing to take back, or taken back before; a parcel can't be under way, for the certificate is in the hall.
      this.logger.warn({ err: error, deliveryId, msg: 'EMS did not take an order back' });
    }
  }

  /** The courier desk corrects what EMS refused and asks again. @throws AppError NOT_FOUND, DELIVERY_STATE */
  async retry(actor: StaffActor, deliveryId: string): Promise<HallDelivery> {
    await this.deliveries.findOfHall(actor, { id: deliveryId });
    const row = await this.transactions.run(async (em) => {
      const { row: current } = await this.ledger.lock(em, deliveryId);
      if (!mayRetry(current)) throw new AppError('DELIVERY_STATE');
      await this.audit.record(em, actor, {
        action: 'delivery.retry-order',
        subjectKind: 'delivery',
        subjectId: deliveryId,
        before: { problem: current.problem },
      });
      await this.outbox.add(em, 'delivery.order', { deliveryId });
      return this.ledger.change(em, current, { problem: null });
    });
    return this.deliveries.toHall(row);
  }

  private async markPaid(em: EntityManager, deliveryId: string): Promise<void> {
    const { row } = await this.ledger.lock(em, deliveryId);
    if (row.state !== 'awaiting_payment') return;
    const step = decideDelivery(row.state, 'pay', 'system');
    if (!step.ok) throw new AppError(step.code);
    await this.ledger.move(em, row, { state: step.next, at: this.clock.now(), actor: system });
    await this.outbox.add(em, 'delivery.order', { deliveryId });
  }

  /** Waybill and case name each other from here on: both rows in one transaction, both under a unique index. */
  private async assign(deliveryId: string, waybillNo: string): Promise<void> {
    try {
      await this.transactions.run(async (em) => {
        const { row } = await this.ledger.lock(em, deliveryId);
        if (row.state === 'cancelled') {
          await this.outbox.add(em, 'delivery.revoke', { deliveryId });
          return;
        }
        const step = decideDelivery(row.state, 'order', 'system');
        if (!step.ok) return;
        const at = this.clock.now();
        const change = { waybillNo, orderedAt: at, problem: null };
        await this.cases.linkDelivery(em, row.caseId, { deliveryId, waybillNo });
        await this.ledger.move(em, row, { state: step.next, at, actor: system, change });
        // A scan may be faster than our own commit.
        const early = await em.existsBy(DeliveryTraceEntity, { waybillNo });
        if (early) await this.outbox.add(em, 'delivery.fold', { deliveryId });
      });
    } catch (error) {
      const taken = violatedIndex(error) === 'ux_delivery_waybill' || codeOf(error) === 'WAYBILL_TAKEN';
      if (!taken) throw error;
      const row = await this.rows.findOneByOrFail({ id: deliveryId });
      await this.setProblem(row, `邮政给出的邮件号 ${waybillNo} 已属于另一个办件`, 'waybill_taken');
    }
  }

  private async setProblem(row: DeliveryEntity, problem: string, kind: string): Promise<void> {
    this.metrics.problems.inc({ kind });
    this.logger.error({ deliveryId: row.id, kind, msg: 'A delivery could not be ordered' });
    await this.rows.update({ id: row.id, state: 'paid' }, { problem: problem.slice(0, 200) });
  }

  private async toOrder(row: DeliveryEntity): Promise<EmsOrder> {
    const { courierAddress } = await this.guide.getHall(row.hallId);
    return {
      orderNo: row.logisticsOrderNo,
      // The same on every repetition.
      createdAt: row.createdAt,
      product: deliverySettings.product,
      contents: 'document',
      sender: toParty(courierAddress),
      receiver: toParty(this.receivers.open(row.receiverCipher)),
      pickup: { by: 'courier' },
      paidBy: 'sender',
      cargoName: row.contents,
    };
  }
}

function toParty({ name, phone, province, city, county, detail }: Address): EmsParty {
  return { name, mobile: phone, province, city, county, address: detail };
}

function codeOf(error: unknown): string | undefined {
  return error instanceof AppError ? error.code : undefined;
}
