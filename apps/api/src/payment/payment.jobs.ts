import { Injectable } from '@nestjs/common';
import { JobHandler, Repeat } from '../outbox/job.js';
import { PaymentCheckService } from './payment-check.service.js';
import { PaymentNoticeService } from './payment-notice.service.js';
import { PaymentReconcileService } from './payment-reconcile.service.js';
import { PaymentRefundService } from './payment-refund.service.js';

@Injectable()
export class PaymentJobs {
  constructor(
    private readonly checks: PaymentCheckService,
    private readonly notices: PaymentNoticeService,
    private readonly refunds: PaymentRefundService,
    private readonly bills: PaymentReconcileService,
  ) {}

  @JobHandler('payment.apply-notice')
  applyNotice({ noticeId }: { noticeId: string }): Promise<void> {
    return this.notices.apply(noticeId);
  }

  @JobHandler('payment.poll')
  poll({ paymentId, step }: { paymentId: string; step: number }): Promise<void> {
    return this.checks.poll(paymentId, step);
  }

  @JobHandler('payment.close')
  close({ paymentId }: { paymentId: string }): Promise<void> {
    return this.checks.closeRemote(paymentId);
  }

  @JobHandler('payment.send-refund')
  sendRefund({ refundId }: { refundId: string }): Promise<void> {
    return this.refunds.send(refundId);
  }

  @Repeat('payment.sweep-expired', { everyMs: 300_000 })
  sweepExpired(): Promise<void> {
    return this.checks.sweep();
  }

  @Repeat('payment.chase-refunds', { everyMs: 600_000 })
  chaseRefunds(): Promise<void> {
    return this.refunds.chase();
  }

  /** Hourly, because it is ready after ten and may be late; each day is compared once. */
  @Repeat('payment.reconcile', { everyMs: 3_600_000 })
  reconcile(): Promise<void> {
    return this.bills.reconcileDue();
  }
}
