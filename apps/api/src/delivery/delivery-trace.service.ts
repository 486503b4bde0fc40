import { normaliseWaybill } from '@haoban/domain';
import { ackPush, EmsClient, parsePush, type EmsAck, type EmsTrace } from '@haoban/ems';
import { Injectable, Logger } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Brackets, IsNull, type EntityManager, type Repository } from 'typeorm';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { newId } from '../common/id.js';
import { sameText } from '../common/same-text.js';
import { Config } from '../config.js';
import { violatedIndex } from '../db/database-error.js';
import { Transactions } from '../db/transactions.js';
import { Outbox } from '../outbox/outbox.service.js';
import { DeliveryMetrics } from './delivery-metrics.js';
import { DeliveryEntity, DeliveryTraceEntity } from './delivery.entity.js';
import { deliverySettings } from './delivery-settings.js';

const ON_THE_WAY = [
  'ordered',
  'handed_over',
  'in_transit',
  'out_for_delivery',
  'attempt_failed',
  'returning',
  'exception',
] as const;
const PULL_BATCH = 200;

/**
 * Scans of EMS, pushed and pulled, each kept once. A push is signed by nothing but the shared key, so its address holds a
 * secret, and pulls confirm what matters.
 */
@Injectable()
export class DeliveryTraceService {
  private readonly logger = new Logger(DeliveryTraceService.name);

  constructor(
    @InjectRepository(DeliveryEntity) private readonly rows: Repository<DeliveryEntity>,
    private readonly ems: EmsClient,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly metrics: DeliveryMetrics,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError NOT_FOUND for a wrong secret, NOTICE_INVALID */
  async receive(secret: string, body: unknown): Promise<EmsAck> {
    const { pushSecret, signKey } = this.config.ems;
    if (!sameText(secret, pushSecret)) throw new AppError('NOT_FOUND');
    const push = parsePush(body, signKey);
    if (!push.ok) {
      this.metrics.pushes.inc({ result: push.reason });
      this.logger.warn({ reason: push.reason, msg: 'A push of EMS was refused' });
      throw new AppError('NOTICE_INVALID');
    }
    await this.store(push.events, 'push');
    return ackPush(push.serialNo, true);
  }

  /** Asks EMS for everything about one parcel. @throws EmsError */
  async pull(deliveryId: string): Promise<void> {
    const row = await this.rows.findOneBy({ id: deliveryId });
    if (!row?.waybillNo) return;
    await this.store(await this.ems.traces(row.waybillNo), 'pull');
    await this.rows.update({ id: deliveryId }, { lastPulledAt: this.clock.now() });
  }

  /** Plans a pull for every parcel that was not asked after for two hours. */
  async planPulls(): Promise<void> {
    const now = this.clock.now().getTime();
    const before = (ms: number) => new Date(now - ms);
    const due = await this.rows
      .createQueryBuilder('delivery')
      .select(['delivery.id'])
      .where(
        new Brackets((open) =>
          open
            .where('delivery.state IN (:...onTheWay) AND delivery.createdAt > :oldest', {
              onTheWay: [...ON_THE_WAY],
              oldest: before(deliverySettings.pullForMs),
            })
            .orWhere("delivery.state = 'delivered' AND delivery.deliveredAt > :fresh", {
              fresh: before(deliverySettings.pullAfterDeliveredMs),
            }),
        ),
      )
      .andWhere('(delivery.lastPulledAt IS NULL OR delivery.lastPulledAt <= :last)', {
        last: before(deliverySettings.pullEveryMs),
      })
      .orderBy('delivery.lastPulledAt', 'ASC')
      .take(PULL_BATCH)
      .getMany();
    await this.transactions.run(async (em) => {
      for (const { id: deliveryId } of due) {
        await em.update(DeliveryEntity, { id: deliveryId }, { lastPulledAt: this.clock.now() });
        await this.outbox.add(em, 'delivery.pull', { deliveryId });
      }
    });
  }

  /** Keeps what is new; a later report of a known scan may add codes that a push leaves out. */
  private async store(events: readonly EmsTrace[], source: 'push' | 'pull'): Promise<void> {
    const results = await this.transactions.run(async (em) => {
      const changed = new Set<string>();
      const stored: string[] = [];
      for (const event of events) {
        const waybillNo = normaliseWaybill(event.waybillNo);
        const owner = await em.findOne(DeliveryEntity, { select: { id: true }, where: { waybillNo } });
        const isNew = await this.keep(em, { ...event, waybillNo }, owner?.id ?? null, source);
        stored.push(isNew ? (owner ? 'stored' : 'unknown_waybill') : 'repeated');
        if (owner && isNew) changed.add(owner.id);
      }
      for (const deliveryId of changed) await this.outbox.add(em, 'delivery.fold', { deliveryId });
      return stored;
    });
    if (source === 'pull') return;
    for (const result of results) this.metrics.pushes.inc({ result });
  }

  /** @returns whether something is known now that was not */
  private async keep(
    em: EntityManager,
    event: EmsTrace,
    deliveryId: string | null,
    source: 'push' | 'pull',
  ): Promise<boolean> {
    const key = {
      waybillNo: event.waybillNo.slice(0, 32),
      opCode: event.opCode.slice(0, 16),
      opTime: event.opTime,
      opOrgCode: event.opOrgCode.slice(0, 32),
    };
    const codes = {
      deliverCode: event.deliverCode?.slice(0, 8) ?? null,
      attemptDeliveryCode: event.attemptDeliveryCode?.slice(0, 8) ?? null,
    };
    try {
      await em.insert(DeliveryTraceEntity, {
        id: newId(),
        deliveryId,
        ...key,
        ...codes,
        opName: event.opName.slice(0, 64),
        opDesc: event.opDesc.slice(0, 300),
        place: [event.opOrgCity, event.opOrgName].filter(Boolean).join(' ').slice(0, 100) || null,
        source,
        receivedAt: this.clock.now(),
      });
      return true;
    } catch (error) {
      if (violatedIndex(error) !== 'ux_delivery_trace') throw error;
    }
    const added = await Promise.all([
      codes.deliverCode &&
        em.update(DeliveryTraceEntity, { ...key, deliverCode: IsNull() }, { deliverCode: codes.deliverCode }),
      codes.attemptDeliveryCode &&
        em.update(
          DeliveryTraceEntity,
          { ...key, attemptDeliveryCode: IsNull() },
          { attemptDeliveryCode: codes.attemptDeliveryCode },
        ),
    ]);
    return added.some((result) => result && (result.affected ?? 0) > 0);
  }
}
