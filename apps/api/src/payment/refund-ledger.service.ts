import { decidePayment, type ActorRole } from '@haoban/domain';
import type { Refund } from '@haoban/wechatpay';
import { Injectable, Logger } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { Audit } from '../audit/audit.service.js';
import { system } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { newId } from '../common/id.js';
import { Outbox } from '../outbox/outbox.service.js';
import { PaymentEvents } from './payment-events.service.js';
import { PaymentMetrics } from './payment-metrics.js';
import { PaymentEntity, RefundEntity } from './payment.entity.js';

export interface RefundWish {
  /** The same one again is the same refund. */
  readonly requestId: string;
  readonly amountFen: number;
  readonly reason: string;
}

/** What WeChat Pay told of a refund, or a refusal to make it. */
export type RefundNews =
  | Pick<
      Refund,
      'outTradeNo' | 'outRefundNo' | 'refundId' | 'status' | 'totalFen' | 'refundFen' | 'successTime'
    >
  | {
      readonly outTradeNo: string;
      readonly outRefundNo: string;
      readonly status: 'REFUSED';
      readonly code: string;
    };

export type RefundOutcome =
  'success' | 'processing' | 'abnormal' | 'closed' | 'already' | 'unknown' | 'mismatch';

/** A refund that is on its way or has arrived; a closed one gave the money back to us. */
const COUNTED = ['pending', 'processing', 'success', 'abnormal'] as const;

/** The book of refunds: rows, and what they do to the payment. Its callers hold the lock of the payment's row. */
@Injectable()
export class RefundLedger {
  private readonly logger = new Logger(RefundLedger.name);

  constructor(
    private readonly outbox: Outbox,
    private readonly events: PaymentEvents,
    private readonly audit: Audit,
    private readonly metrics: PaymentMetrics,
    private readonly clock: Clock,
  ) {}

  /** Enters a refund; a job asks WeChat Pay for it. @throws AppError PAYMENT_STATE, FORBIDDEN, REFUND_EXCEEDS */
  async open(
    em: EntityManager,
    payment: PaymentEntity,
    wish: RefundWish,
    { action, role }: { action: 'refund' | 'payLate'; role: ActorRole },
  ): Promise<RefundEntity> {
    const step = decidePayment(facts(payment), action, role);
    if (!step.ok) throw new AppError(step.code);
    if (wish.amountFen > (await this.leftFen(em, payment))) throw new AppError('REFUND_EXCEEDS');
    const id = newId();
    const refund = em.create(RefundEntity, {
      id,
      paymentId: payment.id,
      // Made once, so that a repetition after an unknown outcome can't refund twice.
      outRefundNo: `R${id}`,
      ...wish,
      state: 'pending',
      refundId: null,
      createdAt: this.clock.now(),
      succeededAt: null,
    });
    await em.insert(RefundEntity, refund);
    await this.move(em, payment, { state: step.next });
    await this.outbox.add(em, 'payment.send-refund', { refundId: id });
    return refund;
  }

  /** What can still be given back. */
  async leftFen(em: EntityManager, payment: PaymentEntity): Promise<number> {
    const rows = await em.findBy(RefundEntity, { paymentId: payment.id, state: In([...COUNTED]) });
    return payment.amountFen - rows.reduce((sum, { amountFen }) => sum + amountFen, 0);
  }

  /** Takes over what WeChat Pay says; a success or an end is final, whatever is told afterwards. */
  async apply(em: EntityManager, news: RefundNews): Promise<RefundOutcome> {
    // The payment's row first, as everywhere.
    const payment = await em.findOne(PaymentEntity, {
      where: { outTradeNo: news.outTradeNo },
      lock: { mode: 'pessimistic_write' },
    });
    const refund = payment
      ? await em.findOneBy(RefundEntity, { outRefundNo: news.outRefundNo, paymentId: payment.id })
      : null;
    if (!payment || !refund)
      return this.report(em, 'unknown', news.outRefundNo, { outTradeNo: news.outTradeNo });
    if (refund.state === 'closed' && news.status === 'SUCCESS') {
      // Money went out that our book has back: nobody may refund it again unseen.
      const { outRefundNo } = refund;
      return this.report(em, 'mismatch', payment.id, { outRefundNo, closedHere: true });
    }
    if (refund.state === 'success' || refund.state === 'closed') return 'already';
    if (news.status === 'REFUSED') {
      // Only a refund that WeChat Pay never took in can be refused; what it took in it closes itself.
      return refund.state === 'pending' ? this.end(em, payment, refund, { refused: news.code }) : 'already';
    }
    if (news.refundFen !== refund.amountFen || news.totalFen !== payment.amountFen) {
      const { refundFen, totalFen } = news;
      return this.report(em, 'mismatch', payment.id, {
        outRefundNo: refund.outRefundNo,
        refundFen,
        totalFen,
      });
    }
    const { refundId } = news;
    switch (news.status) {
      case 'SUCCESS':
        return this.succeed(em, payment, refund, {
          refundId,
          succeededAt: news.successTime ?? this.clock.now(),
        });
      case 'CLOSED':
        return this.end(em, payment, refund, { refundId });
      case 'ABNORMAL':
        if (refund.state === 'abnormal') return 'already';
        await em.update(RefundEntity, { id: refund.id }, { state: 'abnormal', refundId });
        // The payer's card can't take it: someone must give another account in the merchant platform.
        return this.report(em, 'abnormal', payment.id, { outRefundNo: refund.outRefundNo });
      case 'PROCESSING':
        if (refund.state === 'abnormal') return 'already';
        await em.update(RefundEntity, { id: refund.id }, { state: 'processing', refundId });
        return 'processing';
    }
  }

  private async succeed(
    em: EntityManager,
    payment: PaymentEntity,
    refund: RefundEntity,
    change: { refundId: string; succeededAt: Date },
  ): Promise<RefundOutcome> {
    await em.update(RefundEntity, { id: refund.id }, { state: 'success', ...change });
    const refundedFen = payment.refundedFen + refund.amountFen;
    const step = decidePayment({ ...facts(payment), refundedFen }, 'refundSucceeded', 'system');
    if (!step.ok) throw new AppError(step.code);
    await this.move(em, payment, { state: step.next, refundedFen });
    return 'success';
  }

  private async end(
    em: EntityManager,
    payment: PaymentEntity,
    refund: RefundEntity,
    why: { refundId?: string; refused?: string },
  ): Promise<RefundOutcome> {
    const { refundId = refund.refundId } = why;
    await em.update(RefundEntity, { id: refund.id }, { state: 'closed', refundId });
    const step = decidePayment(facts(payment), 'refundFailed', 'system');
    if (!step.ok) throw new AppError(step.code);
    await em.update(PaymentEntity, { id: payment.id }, { state: step.next, version: () => 'version + 1' });
    await this.events.refundFailed(em, payment, refund.id);
    return this.report(em, 'closed', payment.id, { outRefundNo: refund.outRefundNo, ...why });
  }

  private async move(
    em: EntityManager,
    payment: PaymentEntity,
    change: Partial<Pick<PaymentEntity, 'state' | 'refundedFen'>>,
  ): Promise<void> {
    await em.update(PaymentEntity, { id: payment.id }, { ...change, version: () => 'version + 1' });
    await this.events.changed(em, Object.assign(payment, change));
  }

  private async report<K extends RefundOutcome>(
    em: EntityManager,
    kind: K,
    subjectId: string,
    after: Record<string, unknown>,
  ): Promise<K> {
    this.metrics.refundProblems.inc({ kind });
    this.logger.error({ kind, subjectId, ...after, msg: 'A refund needs a person' });
    const action = `refund.${kind}` as const;
    await this.audit.record(em, system, { action, subjectKind: 'payment', subjectId, after });
    return kind;
  }
}

function facts({ state, amountFen, refundedFen }: PaymentEntity) {
  return { state, paidFen: amountFen, refundedFen };
}
