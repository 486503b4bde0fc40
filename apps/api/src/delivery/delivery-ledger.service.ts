import { decideDelivery, type ActorRole, type DeliveryState } from '@haoban/domain';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { EntityManager, Repository } from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import { CasesService, type CaseFile } from '../cases/cases.service.js';
import type { Actor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { Outbox } from '../outbox/outbox.service.js';
import { PaymentService } from '../payment/payment.service.js';
import { DeliveryEntity } from './delivery.entity.js';
import { deliveryTell, eventTitle } from './delivery-texts.js';

export interface Move {
  readonly state: DeliveryState;
  /** When it happened, which for a scan is before we heard of it. */
  readonly at: Date;
  readonly actor: Actor;
  readonly change?: Partial<DeliveryEntity>;
  /** More for the line on the case's timeline. */
  readonly text?: string;
}

export interface Cancellation {
  readonly actor: Actor;
  readonly role: ActorRole;
  readonly reason: string;
  /** What the caller has prepared for: an order at EMS must be cancelled there first. */
  readonly from: readonly DeliveryState[];
}

/** Locking and moving a delivery, with what always follows: the case's timeline and the message to the citizen. */
@Injectable()
export class DeliveryLedger {
  constructor(
    @InjectRepository(DeliveryEntity) private readonly deliveries: Repository<DeliveryEntity>,
    private readonly cases: CasesService,
    private readonly payments: PaymentService,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Holds the case and the delivery, in this order. @throws AppError NOT_FOUND */
  async lock(em: EntityManager, deliveryId: string): Promise<{ file: CaseFile; row: DeliveryEntity }> {
    // Whose it is never changes, so that may be read before anything is locked.
    const known = await em.findOneBy(DeliveryEntity, { id: deliveryId });
    if (!known) throw new AppError('NOT_FOUND');
    const file = await this.cases.lockForDelivery(em, known.caseId, known.citizenId);
    return { file, row: await this.lockRow(em, deliveryId) };
  }

  /** The case must be locked. */
  async lockRow(em: EntityManager, deliveryId: string): Promise<DeliveryEntity> {
    const row = await em.findOne(DeliveryEntity, {
      where: { id: deliveryId },
      lock: { mode: 'pessimistic_write' },
    });
    if (!row) throw new AppError('NOT_FOUND');
    return row;
  }

  /** The row must be locked and the step decided. @returns the row as it is now */
  async move(em: EntityManager, row: DeliveryEntity, step: Move): Promise<DeliveryEntity> {
    const { state, at, actor, change = {}, text = null } = step;
    const moved = await this.change(em, row, { ...change, state });
    const title = eventTitle(state, moved.waybillNo);
    if (title) {
      const kind = state === 'paid' ? 'payment' : 'delivery';
      await this.cases.addEvent(em, row.caseId, { kind, action: state, title, text, at }, actor);
    }
    const tell = deliveryTell(moved, state, at);
    if (tell) await this.outbox.add(em, 'notifications.tell', tell);
    return moved;
  }

  /** The state and version are repeated in the condition, should a lock ever be missing. @throws AppError DELIVERY_STATE */
  async change(
    em: EntityManager,
    row: DeliveryEntity,
    change: Partial<DeliveryEntity>,
  ): Promise<DeliveryEntity> {
    const version = row.version + 1;
    const { affected } = await em.update(DeliveryEntity, { id: row.id, version: row.version }, {
      ...change,
      version,
    } as QueryDeepPartialEntity<DeliveryEntity>);
    if (affected !== 1) throw new AppError('DELIVERY_STATE');
    return em.create(DeliveryEntity, { ...row, ...change, version });
  }

  /**
   * Ends a delivery before the parcel left: the money goes back, the case is free for another. Case and payment are locked
   * before the delivery. Cancelling a cancelled one is nothing.
   * @throws AppError NOT_FOUND, DELIVERY_STATE, FORBIDDEN
   */
  async cancel(
    em: EntityManager,
    known: Pick<DeliveryEntity, 'id' | 'caseId' | 'citizenId' | 'paymentId'>,
    { actor, role, reason, from }: Cancellation,
  ): Promise<DeliveryEntity> {
    await this.cases.lockForDelivery(em, known.caseId, known.citizenId);
    // Decided on the row before the payment is touched; the case's lock keeps both as they are.
    const before = await em.findOneByOrFail(DeliveryEntity, { id: known.id });
    if (before.state === 'cancelled') return before;
    if (!from.includes(before.state)) throw new AppError('DELIVERY_STATE');
    const step = decideDelivery(before.state, 'cancel', role);
    if (!step.ok) throw new AppError(step.code);
    if (known.paymentId) await this.giveBack(em, known.paymentId, reason);
    const row = await this.lockRow(em, known.id);
    await this.cases.linkDelivery(em, row.caseId, null);
    if (row.orderTriedAt && !row.waybillNo) {
      // EMS may have an order whose answer never came.
      await this.outbox.add(em, 'delivery.revoke', { deliveryId: row.id }, { delayMs: 30_000 });
    }
    return this.move(em, row, {
      state: 'cancelled',
      at: this.clock.now(),
      actor,
      change: { openCaseId: null, problem: null },
      text: reason,
    });
  }

  /** For what happens outside of a transaction; null where there is none. */
  find(deliveryId: string): Promise<DeliveryEntity | null> {
    return this.deliveries.findOneBy({ id: deliveryId });
  }

  private async giveBack(em: EntityManager, paymentId: string, reason: string): Promise<void> {
    try {
      await this.payments.giveUp(em, paymentId, reason);
    } catch (error) {
      // A manager is refunding a part of it at this moment.
      if (!(error instanceof AppError) || error.code !== 'PAYMENT_STATE') throw error;
      throw new AppError('DELIVERY_STATE', undefined, { cause: error });
    }
  }
}
