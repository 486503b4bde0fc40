import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CasesModule } from '../cases/cases.module.js';
import { GuideModule } from '../guide/guide.module.js';
import { PaymentModule } from '../payment/payment.module.js';
import { DeliveryCancelService } from './delivery-cancel.service.js';
import { DeliveryCatchUpService } from './delivery-catch-up.service.js';
import { DeliveryCreateService } from './delivery-create.service.js';
import { DeliveryFoldService } from './delivery-fold.service.js';
import { DeliveryHandOverService } from './delivery-hand-over.service.js';
import { DeliveryLedger } from './delivery-ledger.service.js';
import { DeliveryMetrics } from './delivery-metrics.js';
import { DeliveryOrderService } from './delivery-order.service.js';
import { DeliveryQuoteService } from './delivery-quote.service.js';
import { DeliveryTraceService } from './delivery-trace.service.js';
import { DeliveryController } from './delivery.controller.js';
import { DeliveryEntity, DeliveryTraceEntity } from './delivery.entity.js';
import { DeliveryJobs } from './delivery.jobs.js';
import { DeliveryService } from './delivery.service.js';
import { emsProvider } from './ems.provider.js';
import { QuoteTokens } from './quote-token.js';
import { ReceiverCipher } from './receiver-cipher.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([DeliveryEntity, DeliveryTraceEntity]),
    CasesModule,
    GuideModule,
    PaymentModule,
  ],
  controllers: [DeliveryController],
  providers: [
    DeliveryService,
    DeliveryQuoteService,
    DeliveryCatchUpService,
    DeliveryCreateService,
    DeliveryCancelService,
    DeliveryOrderService,
    DeliveryHandOverService,
    DeliveryTraceService,
    DeliveryFoldService,
    DeliveryLedger,
    DeliveryMetrics,
    DeliveryJobs,
    QuoteTokens,
    ReceiverCipher,
    emsProvider,
  ],
  exports: [DeliveryService],
})
export class DeliveryModule {}
