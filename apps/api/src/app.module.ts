import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import type { Logger } from 'pino';
import { AuditModule } from './audit/audit.module.js';
import { BookingModule } from './booking/booking.module.js';
import { CalendarModule } from './booking/calendar.module.js';
import { CasesModule } from './cases/cases.module.js';
import type { Clock } from './common/clock.js';
import { CommonModule } from './common/common.module.js';
import type { Config } from './config.js';
import { DbModule } from './db/db.module.js';
import { DemoModule } from './demo/demo.module.js';
import { DeliveryModule } from './delivery/delivery.module.js';
import { EntryCodesModule } from './entry-codes/entry-codes.module.js';
import { GuideModule } from './guide/guide.module.js';
import { IdentityModule } from './identity/identity.module.js';
import { LiveModule } from './live/live.module.js';
import { MetaModule } from './meta/meta.module.js';
import { NotificationsModule } from './notifications/notifications.module.js';
import { OutboxModule } from './outbox/outbox.module.js';
import { PaymentModule } from './payment/payment.module.js';
import { QueueModule } from './queue/queue.module.js';
import { RatingsModule } from './ratings/ratings.module.js';
import { SupervisionModule } from './supervision/supervision.module.js';

/** In feature order: a later one may use the services of an earlier one. */
const features = [
  IdentityModule,
  GuideModule,
  BookingModule,
  CalendarModule,
  QueueModule,
  EntryCodesModule,
  CasesModule,
  PaymentModule,
  DeliveryModule,
  RatingsModule,
  NotificationsModule,
  SupervisionModule,
];

export interface AppParts {
  readonly config: Config;
  readonly clock: Clock;
  readonly logger: Logger;
  /** More modules, for tests. */
  readonly extra?: readonly Type[];
}

@Module({})
export class AppModule {
  static forRoot({ config, clock, logger, extra = [] }: AppParts): DynamicModule {
    return {
      module: AppModule,
      imports: [
        // Without its middleware: the request's id comes into every line by the logger itself, see createLogger.
        LoggerModule.forRoot({ pinoHttp: { logger }, useExisting: true, forRoutes: [] }),
        CommonModule.forRoot(config, clock),
        DbModule,
        MetaModule,
        OutboxModule,
        AuditModule,
        LiveModule,
        ...features,
        ...(config.mode === 'demo' ? [DemoModule] : []),
        ...extra,
      ],
    };
  }
}
