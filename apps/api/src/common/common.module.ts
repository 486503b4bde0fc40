import {
  Global,
  Inject,
  Module,
  type DynamicModule,
  type OnApplicationShutdown,
  type Provider,
} from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { Redis } from 'ioredis';
import { Config } from '../config.js';
import { AudienceGuard } from './audience.guard.js';
import { Clock } from './clock.js';
import { ErrorFilter } from './error.filter.js';
import { BlindIndex, FieldCipher } from './field-crypto.js';
import { RateCounter } from './rate-counter.js';
import { RateLimitGuard } from './rate-limit.js';
import { MessageBus, openRedis } from './redis.js';
import { RefusalTally } from './refusal-tally.js';
import { ServedRoutes } from './served-routes.js';
import { TokenService } from './token.service.js';

/** What every feature may inject without importing a module. */
@Global()
@Module({})
export class CommonModule implements OnApplicationShutdown {
  constructor(@Inject(Redis) private readonly redis: Redis) {}

  static forRoot(config: Config, clock: Clock): DynamicModule {
    const shared: Provider[] = [
      { provide: Config, useValue: config },
      { provide: Clock, useValue: clock },
      { provide: Redis, useFactory: () => openRedis(config) },
      MessageBus,
      TokenService,
      FieldCipher,
      BlindIndex,
      RefusalTally,
      RateCounter,
      RateLimitGuard,
      ServedRoutes,
    ];
    return {
      module: CommonModule,
      providers: [
        ...shared,
        { provide: APP_FILTER, useClass: ErrorFilter },
        // In this order: first who calls, then how often.
        { provide: APP_GUARD, useClass: AudienceGuard },
        { provide: APP_GUARD, useExisting: RateLimitGuard },
      ],
      exports: shared,
    };
  }

  onApplicationShutdown(): void {
    this.redis.disconnect();
  }
}
