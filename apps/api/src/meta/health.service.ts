import { setTimeout as pause } from 'node:timers/promises';
import type { Liveness, Readiness } from '@haoban/contracts';
import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { AppError } from '../common/app-error.js';

const LIMIT_MS = 2_000;
const VERSION = '0.1.0';

@Injectable()
export class HealthService implements BeforeApplicationShutdown {
  private closing = false;

  constructor(
    private readonly dataSource: DataSource,
    private readonly redis: Redis,
  ) {}

  live(): z.infer<typeof Liveness> {
    return { status: 'ok', version: VERSION };
  }

  /** @throws AppError DEPENDENCY_UNAVAILABLE with the failed checks, also while this process is closing */
  async ready(): Promise<z.infer<typeof Readiness>> {
    const checks = {
      database: await answers(this.dataSource.query('SELECT 1')),
      redis: await answers(this.redis.ping()),
      process: this.closing ? ('failed' as const) : ('ok' as const),
    };
    if (Object.values(checks).includes('failed')) throw new AppError('DEPENDENCY_UNAVAILABLE', { checks });
    return { status: 'ok', checks };
  }

  beforeApplicationShutdown(): void {
    this.closing = true;
  }
}

async function answers(question: Promise<unknown>): Promise<'ok' | 'failed'> {
  const answer = question.then(
    () => 'ok' as const,
    () => 'failed' as const,
  );
  const limit = pause(LIMIT_MS, 'failed' as const, { ref: false });
  return Promise.race([answer, limit]);
}
