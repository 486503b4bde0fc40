import type { HallPayment, Payment } from '@haoban/contracts';
import type { PaymentEntity, RefundEntity } from './payment.entity.js';

function common(row: PaymentEntity) {
  return {
    id: row.id,
    outTradeNo: row.outTradeNo,
    description: row.description,
    amountFen: row.amountFen,
    refundedFen: row.refundedFen,
    state: row.state,
    expiresAt: row.expiresAt.toISOString(),
    paidAt: row.paidAt?.toISOString() ?? null,
  };
}

export function toPayment(row: PaymentEntity, now: Date): Payment {
  const open = row.state === 'unpaid' && row.expiresAt > now;
  return { ...common(row), actions: open ? ['pay', 'close'] : [] };
}

export function toHallPayment(row: PaymentEntity, refunds: readonly RefundEntity[]): HallPayment {
  return {
    ...common(row),
    caseNo: row.caseNo,
    transactionId: row.transactionId,
    refunds: refunds.map(({ outRefundNo, amountFen, state, reason, createdAt }) => ({
      outRefundNo,
      amountFen,
      state,
      reason,
      createdAt: createdAt.toISOString(),
    })),
  };
}
