import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { In, IsNull, LessThanOrEqual, MoreThan, type DataSource, type EntityManager } from 'typeorm';
import { InjectDataSource } from '@nestjs/typeorm';
import { Clock } from '../common/clock.js';
import { MessageBus } from '../common/redis.js';
import { Transactions } from '../db/transactions.js';
import { JobQueues } from './job-queues.js';
import { OutboxEntry } from './outbox.entity.js';
import { OUTBOX_WAKE } from './outbox.service.js';

const BATCH = 200;
const POLL_MS = 1_000;
/** Longer than a batch ever takes; after it, rows of a relay that died are taken by another. */
const LEASE_MS = 30_000;
/** Sooner a job that is not done is most likely still at it. */
const LOST_AFTER_MS = 10 * 60_000;
const KEEP_DISPATCHED_MS = 7 * 24 * 3600 * 1000;

/**
 * Moves outbox rows into the job queue: claim (a short transaction that moves `available_at` on), add under the row's id, stamp.
 * Dying at any point loses nothing: before the claim the row is untouched, after it the lease runs out, and a row that was
 * added but not stamped is added again under the same id, which the queue ignores. Nor does losing Redis: a row whose job has
 * not succeeded is added again until it has.
 */
@Injectable()
export class OutboxRelay implements BeforeApplicationShutdown {
  private readonly logger = new Logger(OutboxRelay.name);
  private timer?: NodeJS.Timeout;
  private stopListening?: () => void;
  private running?: Promise<void>;
  private again = false;

  constructor(
    private readonly transactions: Transactions,
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly queues: JobQueues,
    private readonly bus: MessageBus,
    private readonly clock: Clock,
  ) {}

  async start(): Promise<void> {
    this.stopListening = await this.bus.listen(OUTBOX_WAKE, () => this.wake());
    this.timer = setInterval(() => this.wake(), POLL_MS);
    this.wake();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    this.stopListening?.();
    this.again = false;
    await this.running;
  }

  /** Moves one batch. @returns how many rows */
  async relayBatch(): Promise<number> {
    const entries = await this.claim();
    if (entries.length === 0) return 0;
    await this.queues.addAll(entries);
    const ids = entries.map(({ id }) => id);
    // Another relay may be looking through the same index: as a deadlock's victim the rows would wait until their lease is over.
    await this.transactions.run((em) =>
      em.update(OutboxEntry, { id: In(ids) }, { dispatchedAt: this.clock.now() }),
    );
    return entries.length;
  }

  /** The job of this row has succeeded. */
  async markDone(id: string): Promise<void> {
    await this.transactions.run((em) => em.update(OutboxEntry, { id }, { doneAt: this.clock.now() }));
  }

  /**
   * Hands over again what was handed over a while ago and is not done. A job that still waits, or is dead, is known to the
   * queue by its id and stays as it is; one that Redis lost comes back.
   */
  async relayLost(): Promise<void> {
    const before = LessThanOrEqual(new Date(this.clock.now().getTime() - LOST_AFTER_MS));
    let last = '';
    for (;;) {
      const entries = await this.dataSource.manager.find(OutboxEntry, {
        where: { doneAt: IsNull(), dispatchedAt: before, id: MoreThan(last) },
        order: { id: 'ASC' },
        take: BATCH,
      });
      await this.queues.addAll(entries);
      last = entries.at(-1)?.id ?? last;
      if (entries.length < BATCH) return;
    }
  }

  /** Rows that wait to be dispatched, for the metrics. */
  async backlog(): Promise<number> {
    return this.dataSource.manager.countBy(OutboxEntry, { dispatchedAt: IsNull() });
  }

  /** Old rows have served; a week of them is kept to answer questions. */
  async prune(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - KEEP_DISPATCHED_MS);
    await this.dataSource.manager.delete(OutboxEntry, { dispatchedAt: LessThanOrEqual(before) });
  }

  private wake(): void {
    if (this.running) {
      this.again = true;
      return;
    }
    this.running = this.drain().finally(() => {
      this.running = undefined;
      if (this.again) this.wake();
    });
  }

  private async drain(): Promise<void> {
    this.again = false;
    try {
      while ((await this.relayBatch()) === BATCH);
    } catch (error) {
      this.logger.error({ err: error, msg: 'The outbox was not relayed; trying again' });
    }
  }

  private claim(): Promise<OutboxEntry[]> {
    return this.transactions.run(async (em: EntityManager) => {
      const now = this.clock.now();
      const entries = await em.find(OutboxEntry, {
        where: { dispatchedAt: IsNull(), availableAt: LessThanOrEqual(now) },
        order: { availableAt: 'ASC', id: 'ASC' },
        take: BATCH,
        lock: { mode: 'pessimistic_write' },
      });
      if (entries.length === 0) return [];
      await em
        .createQueryBuilder()
        .update(OutboxEntry)
        .set({ availableAt: new Date(now.getTime() + LEASE_MS), attempts: () => 'attempts + 1' })
        .whereInIds(entries.map(({ id }) => id))
        .execute();
      return entries;
    });
  }
}
