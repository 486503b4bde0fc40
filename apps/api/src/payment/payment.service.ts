import type { HallPayment, Payment } from '@haoban/contracts';
import type { PaymentState } from '@haoban/domain';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, LessThan, type EntityManager, type FindOptionsWhere, type Repository } from 'typeorm';
import type { CitizenActor, StaffActor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { newId } from '../common/id.js';
import { Outbox } from '../outbox/outbox.service.js';
import { PaymentLedger } from './payment-ledger.service.js';
import { pollDelayMs } from './payment-settings.js';
import { PaymentEntity, RefundEntity } from './payment.entity.js';
import { toHallPayment, toPayment } from './payment.mapper.js';
import { RefundLedger } from './refund-ledger.service.js';

export interface PaymentWish {
  readonly subjectKind: PaymentEntity['subjectKind'];
  readonly subjectId: string;
  readonly citizenId: string;
  readonly hallId: string;
  readonly caseNo: string | null;
  /** The payer sees it in WeChat: at most 127 characters, nothing personal. */
  readonly description: string;
  readonly amountFen: number;
  readonly expiresAt: Date;
}

interface Page {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** What other features may ask of payments, and the readings. Locks: the payment's row, after the case's and before the delivery's. */
@Injectable()
export class PaymentService {
  constructor(
    @InjectRepository(PaymentEntity) private readonly payments: Repository<PaymentEntity>,
    @InjectRepository(RefundEntity) private readonly refunds: Repository<RefundEntity>,
    private readonly ledger: PaymentLedger,
    private readonly refundLedger: RefundLedger,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Opens a payment for a subject, in the transaction that makes the subject. */
  async create(em: EntityManager, wish: PaymentWish): Promise<Payment> {
    const id = newId();
    const createdAt = this.clock.now();
    const row = em.create(PaymentEntity, {
      id,
      outTradeNo: `P${id}`,
      ...wish,
      refundedFen: 0,
      state: 'unpaid',
      transactionId: null,
      paidAt: null,
      closedAt: null,
      createdAt,
      version: 1,
    });
    await em.insert(PaymentEntity, row);
    const delayMs = pollDelayMs(0, row.expiresAt, createdAt);
    await this.outbox.add(em, 'payment.poll', { paymentId: id, step: 0 }, { delayMs });
    return toPayment(row, createdAt);
  }

  /** Own payment. @throws AppError NOT_FOUND */
  async get(actor: CitizenActor, paymentId: string): Promise<Payment> {
    return toPayment(await this.getMine(actor, paymentId), this.clock.now());
  }

  /** @throws AppError NOT_FOUND, for other people's payments too */
  async getMine(actor: CitizenActor, paymentId: string): Promise<PaymentEntity> {
    const row = await this.payments.findOneBy({ id: paymentId, citizenId: actor.citizenId });
    if (!row) throw new AppError('NOT_FOUND');
    return row;
  }

  async find(paymentId: string): Promise<Payment | undefined> {
    const row = await this.payments.findOneBy({ id: paymentId });
    return row ? toPayment(row, this.clock.now()) : undefined;
  }

  /** By subject id; subjects without a payment are missing from the map. */
  async forSubject(
    subjectKind: PaymentEntity['subjectKind'],
    ids: readonly string[],
  ): Promise<Map<string, Payment>> {
    if (ids.length === 0) return new Map();
    const rows = await this.payments.findBy({ subjectKind, subjectId: In([...ids]) });
    return new Map(rows.map((row) => [row.subjectId, toPayment(row, this.clock.now())]));
  }

  /**
   * Gives the payer back whatever they paid: an unpaid order is closed, here at once and at WeChat Pay by a job (money that
   * arrives meanwhile is refunded); a paid one is refunded in full. Repeating it is harmless.
   * @throws AppError NOT_FOUND, PAYMENT_STATE while a part of it is being refunded
   */
  async giveUp(em: EntityManager, paymentId: string, reason: string): Promise<PaymentState> {
    const row = await this.ledger.lock(em, { id: paymentId });
    switch (row.state) {
      case 'unpaid':
        await this.ledger.close(em, row, 'system');
        await this.outbox.add(em, 'payment.close', { paymentId });
        return row.state;
      case 'paid':
        await this.refundRest(em, row, reason);
        return row.state;
      case 'refunding':
        // A full refund under way is what was asked for; a partial one must end before the rest can follow.
        if ((await this.refundLedger.leftFen(em, row)) > 0) throw new AppError('PAYMENT_STATE');
        return row.state;
      case 'closed':
      case 'refunded':
        return row.state;
    }
  }

  /** @throws AppError NOT_FOUND, PAYMENT_STATE */
  async refundInFull(em: EntityManager, paymentId: string, reason: string): Promise<void> {
    await this.refundRest(em, await this.ledger.lock(em, { id: paymentId }), reason);
  }

  /** Payments of the actor's own hall, newest first. */
  async listOfHall(
    actor: StaffActor,
    { cursor, limit, state }: Page & { state?: PaymentState | undefined },
  ): Promise<{ items: HallPayment[]; nextCursor: string | null }> {
    if (!actor.hallId) return { items: [], nextCursor: null };
    const where: FindOptionsWhere<PaymentEntity> = {
      hallId: actor.hallId,
      ...(state ? { state } : {}),
      ...(cursor ? { id: LessThan(cursor) } : {}),
    };
    const rows = await this.payments.find({ where, order: { id: 'DESC' }, take: limit + 1 });
    const shown = rows.slice(0, limit);
    const refunds = await this.refunds.find({
      where: { paymentId: In(shown.map(({ id }) => id)) },
      order: { id: 'ASC' },
    });
    const items = shown.map((row) =>
      toHallPayment(
        row,
        refunds.filter(({ paymentId }) => paymentId === row.id),
      ),
    );
    return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  }

  private async refundRest(em: EntityManager, row: PaymentEntity, reason: string): Promise<void> {
    const amountFen = await this.refundLedger.leftFen(em, row);
    // One full refund a version: after one that failed the next is another.
    const wish = { requestId: `full-${row.version}`, amountFen, reason };
    await this.refundLedger.open(em, row, wish, { action: 'refund', role: 'system' });
  }
}
