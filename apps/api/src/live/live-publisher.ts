import { Injectable } from '@nestjs/common';
import { Redis } from 'ioredis';
import type { EntityManager } from 'typeorm';
import { MessageBus } from '../common/redis.js';
import { afterCommit } from '../db/transactions.js';

export const LIVE_CHANGED = 'live:changed';
const FORGET_SECONDS = 2 * 24 * 3600;

/** Says that what a topic shows has changed; every process then sends its watchers a new snapshot. */
@Injectable()
export class LivePublisher {
  constructor(
    private readonly redis: Redis,
    private readonly bus: MessageBus,
  ) {}

  /** For use inside a transaction: publishes once it is committed. */
  changedAfterCommit(em: EntityManager, ...topics: readonly string[]): void {
    afterCommit(em, async () => {
      for (const topic of topics) await this.changed(topic);
    });
  }

  async changed(topic: string): Promise<void> {
    const key = versionKey(topic);
    // Versions start from the time of day, so they still grow where Redis has forgotten the last one.
    const answers = await this.redis
      .multi()
      .set(key, String(Date.now()), 'EX', FORGET_SECONDS, 'NX')
      .incr(key)
      .expire(key, FORGET_SECONDS)
      .exec();
    const version = Number(answers?.[1]?.[1]);
    await this.bus.publish(LIVE_CHANGED, JSON.stringify({ topic, version }));
  }

  /** The version that a snapshot taken now has at least. */
  async version(topic: string): Promise<number> {
    return Number((await this.redis.get(versionKey(topic))) ?? 0);
  }
}

function versionKey(topic: string): string {
  return `live:version:${topic}`;
}
