import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { JobMetrics } from './job-metrics.js';
import { JobQueues } from './job-queues.js';
import { JobRegistry } from './job-registry.js';
import { JobRunner } from './job-runner.js';
import { OutboxEntry } from './outbox.entity.js';
import { OutboxJobs } from './outbox.jobs.js';
import { OutboxRelay } from './outbox-relay.js';
import { Outbox } from './outbox.service.js';

@Global()
@Module({
  imports: [DiscoveryModule, TypeOrmModule.forFeature([OutboxEntry])],
  providers: [Outbox, OutboxRelay, OutboxJobs, JobMetrics, JobQueues, JobRegistry, JobRunner],
  exports: [Outbox, OutboxRelay, JobQueues, JobRunner],
})
export class OutboxModule {}
