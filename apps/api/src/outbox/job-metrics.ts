import { Injectable } from '@nestjs/common';
import { Counter, Histogram, Registry } from 'prom-client';

@Injectable()
export class JobMetrics {
  readonly duration: Histogram<'job'>;
  readonly failures: Counter<'job' | 'dead'>;

  constructor(registry: Registry) {
    this.duration = new Histogram({
      name: 'haoban_job_seconds',
      help: 'How long jobs run, by name',
      labelNames: ['job'],
      buckets: [0.01, 0.05, 0.2, 1, 5, 20],
      registers: [registry],
    });
    this.failures = new Counter({
      name: 'haoban_job_failures_total',
      help: 'Failed tries of jobs; dead="true" were the last',
      labelNames: ['job', 'dead'],
      registers: [registry],
    });
  }
}
