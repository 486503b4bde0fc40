import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Registry } from 'prom-client';
import { HealthService } from './health.service.js';
import { MetaController } from './meta.controller.js';
import { BacklogMetrics, createRegistry } from './metrics.js';
import { RouteCheck } from './route-check.js';

@Global()
@Module({
  imports: [DiscoveryModule],
  controllers: [MetaController],
  providers: [{ provide: Registry, useFactory: createRegistry }, HealthService, BacklogMetrics, RouteCheck],
  exports: [Registry, HealthService, RouteCheck],
})
export class MetaModule {}
