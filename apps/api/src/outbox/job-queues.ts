import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Queue, type ConnectionOptions, type JobsOptions } from 'bullmq';
import { Config } from '../config.js';
import type { OutboxEntry } from './outbox.entity.js';
import { JobRegistry } from './job-registry.js';
import { queueOf } from './job.js';

export const REPEAT_QUEUE = 'repeat';
/** How long a finished job is remembered, and with it that its outbox row must not run again. */
const REMEMBER_SECONDS = 3600;
const DEFAULT_ATTEMPTS = 10;

/** The BullMQ side of the outbox: one queue a feature. */
@Injectable()
export class JobQueues implements OnApplicationShutdown {
  private readonly queues = new Map<string, Queue>();

  constructor(
    private readonly config: Config,
    private readonly registry: JobRegistry,
  ) {}

  get connection(): ConnectionOptions {
    return { url: this.config.redis.url, maxRetriesPerRequest: null };
  }

  get prefix(): string {
    return `${this.config.redis.prefix}jobs`;
  }

  queue(name: string): Queue {
    const known = this.queues.get(name);
    if (known) return known;
    const made = new Queue(name, { connection: this.connection, prefix: this.prefix });
    made.on('error', () => undefined); // The connection's own log line tells; without a listener it would end the process.
    this.queues.set(name, made);
    return made;
  }

  /** Every queue that a handler of this build reads. */
  names(): string[] {
    return [...new Set([...this.registry.handlers.keys()].map(queueOf)), REPEAT_QUEUE];
  }

  /** Safe to repeat: a job whose id is known is not added again. */
  async addAll(entries: readonly OutboxEntry[]): Promise<void> {
    const byQueue = groupByQueue(entries);
    for (const [name, group] of byQueue) {
      await this.queue(name).addBulk(
        group.map(({ id, topic, payload }) => ({
          name: topic,
          data: payload,
          opts: this.options(id, topic),
        })),
      );
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([...this.queues.values()].map((queue) => queue.close()));
  }

  private options(id: string, topic: string): JobsOptions {
    return {
      jobId: id,
      attempts: this.registry.handlers.get(topic)?.meta.attempts ?? DEFAULT_ATTEMPTS,
      backoff: { type: 'exponential', delay: this.config.worker.backoffMs, jitter: 0.3 },
      removeOnComplete: { age: REMEMBER_SECONDS },
      // Dead jobs stay to be looked at and tried again.
      removeOnFail: false,
    };
  }
}

function groupByQueue(entries: readonly OutboxEntry[]): Map<string, OutboxEntry[]> {
  const groups = new Map<string, OutboxEntry[]>();
  for (const entry of entries) {
    const name = queueOf(entry.topic);
    groups.set(name, [...(groups.get(name) ?? []), entry]);
  }
  return groups;
}
