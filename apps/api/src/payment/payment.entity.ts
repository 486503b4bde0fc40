import type { z } from 'zod';
import type { PaymentState } from '@haoban/contracts';
import { Column, Entity, Index } from 'typeorm';
import { IdColumn, IdPrimary, InstantColumn, IntColumn, TextColumn } from '../db/columns.js';

@Entity('payment_order')
@Index('ux_payment_out_trade_no', ['outTradeNo'], { unique: true })
@Index('ux_payment_transaction', ['transactionId'], { unique: true })
@Index('ux_payment_subject', ['subjectKind', 'subjectId'], { unique: true })
@Index('ix_payment_citizen', ['citizenId', 'id'])
@Index('ix_payment_hall', ['hallId', 'id'])
@Index('ix_payment_open', ['state', 'expiresAt'])
@Index('ix_payment_paid', ['paidAt'])
export class PaymentEntity {
  @IdPrimary() id!: string;
  /** [A-Za-z0-9], 6–32; never `|`, which the pay library signs and sends differently. */
  @TextColumn(32) outTradeNo!: string;
  @IdColumn() citizenId!: string;
  @IdColumn() hallId!: string;
  /** What is paid for; the feature that owns it hears of every change through the outbox topic `<subjectKind>.payment-changed`. */
  @TextColumn(16) subjectKind!: 'delivery';
  @IdColumn() subjectId!: string;
  @TextColumn(64, { nullable: true }) caseNo!: string | null;
  @TextColumn(127) description!: string;
  @IntColumn() amountFen!: number;
  @IntColumn({ default: 0 }) refundedFen!: number;
  @TextColumn(10) state!: z.infer<typeof PaymentState>;
  @TextColumn(64, { nullable: true }) transactionId!: string | null;
  @InstantColumn() expiresAt!: Date;
  @InstantColumn({ nullable: true }) paidAt!: Date | null;
  @InstantColumn({ nullable: true }) closedAt!: Date | null;
  @InstantColumn() createdAt!: Date;
  @IntColumn({ default: 1 }) version!: number;
}

@Entity('payment_refund')
@Index('ux_refund_out_refund_no', ['outRefundNo'], { unique: true })
@Index('ux_refund_request', ['paymentId', 'requestId'], { unique: true })
@Index('ix_refund_open', ['state', 'createdAt'])
export class RefundEntity {
  @IdPrimary() id!: string;
  @IdColumn() paymentId!: string;
  @TextColumn(64) outRefundNo!: string;
  @TextColumn(64) requestId!: string;
  @IntColumn() amountFen!: number;
  @TextColumn(80) reason!: string;
  @TextColumn(12) state!: 'pending' | 'processing' | 'success' | 'closed' | 'abnormal';
  @TextColumn(64, { nullable: true }) refundId!: string | null;
  @InstantColumn() createdAt!: Date;
  @InstantColumn({ nullable: true }) succeededAt!: Date | null;
}

/** A verified notice, stored before it is answered; `noticeKey` is event kind and transaction or refund id. */
@Entity('payment_notice')
@Index('ux_payment_notice', ['noticeKey'], { unique: true })
export class PaymentNoticeEntity {
  @IdPrimary() id!: string;
  @TextColumn(120) noticeKey!: string;
  @TextColumn(40) eventType!: string;
  @Column({ type: 'text' }) body!: string;
  @InstantColumn() receivedAt!: Date;
  @InstantColumn({ nullable: true }) appliedAt!: Date | null;
  @TextColumn(200, { nullable: true }) outcome!: string | null;
}
