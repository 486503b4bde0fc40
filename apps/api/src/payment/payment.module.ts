import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { IdentityModule } from '../identity/identity.module.js';
import { PaymentCheckService } from './payment-check.service.js';
import { PaymentEvents } from './payment-events.service.js';
import { PaymentLedger } from './payment-ledger.service.js';
import { PaymentMetrics } from './payment-metrics.js';
import { PaymentNoticeService } from './payment-notice.service.js';
import { PaymentReconcileService } from './payment-reconcile.service.js';
import { PaymentRefundService } from './payment-refund.service.js';
import { PaymentController } from './payment.controller.js';
import { PaymentEntity, PaymentNoticeEntity, RefundEntity } from './payment.entity.js';
import { PaymentJobs } from './payment.jobs.js';
import { PaymentService } from './payment.service.js';
import { RefundLedger } from './refund-ledger.service.js';
import { wechatPayProvider } from './wechatpay.provider.js';

@Module({
  imports: [TypeOrmModule.forFeature([PaymentEntity, RefundEntity, PaymentNoticeEntity]), IdentityModule],
  controllers: [PaymentController],
  providers: [
    PaymentService,
    PaymentCheckService,
    PaymentRefundService,
    PaymentNoticeService,
    PaymentReconcileService,
    PaymentLedger,
    RefundLedger,
    PaymentEvents,
    PaymentMetrics,
    PaymentJobs,
    wechatPayProvider,
  ],
  exports: [PaymentService],
})
export class PaymentModule {}
