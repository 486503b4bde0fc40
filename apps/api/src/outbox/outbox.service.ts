import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../common/clock.js';
import { newId } from '../common/id.js';
import { MessageBus } from '../common/redis.js';
import { insertRows } from '../db/insert-rows.js';
import { afterCommit } from '../db/transactions.js';
import { OutboxEntry } from './outbox.entity.js';

export const OUTBOX_WAKE = 'outbox:wake';

/** Plain JSON: what a job needs to find its record again, and no personal data, for Redis keeps it in clear. */
export type JobPayload = Readonly<Record<string, Json>>;
type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** The only way to a job: `await outbox.add(em, 'delivery.order', { deliveryId })` inside the transaction. */
@Injectable()
export class Outbox {
  private readonly woken = new WeakSet<EntityManager>();

  constructor(
    private readonly clock: Clock,
    private readonly bus: MessageBus,
  ) {}

  /**
   * @param topic `<feature>.<verb>`, the name of a `@JobHandler`
   * @returns the job's id
   */
  async add(
    em: EntityManager,
    topic: string,
    payload: JobPayload,
    options: { delayMs?: number } = {},
  ): Promise<string> {
    const [id = ''] = await this.write(em, topic, [payload], options.delayMs);
    return id;
  }

  /** The same for many of one topic, in one statement. */
  async addMany(em: EntityManager, topic: string, payloads: readonly JobPayload[]): Promise<void> {
    await this.write(em, topic, payloads);
  }

  private async write(
    em: EntityManager,
    topic: string,
    payloads: readonly JobPayload[],
    delayMs = 0,
  ): Promise<string[]> {
    if (payloads.length === 0) return [];
    const createdAt = this.clock.now();
    const availableAt = new Date(createdAt.getTime() + delayMs);
    const rows = payloads.map((payload) => ({
      id: newId(),
      topic,
      payload: JSON.stringify(payload),
      createdAt,
      availableAt,
      dispatchedAt: null,
      doneAt: null,
      attempts: 0,
    }));
    await insertRows(em, OutboxEntry, rows);
    if (delayMs === 0) this.wakeAfterCommit(em);
    return rows.map(({ id }) => id);
  }

  private wakeAfterCommit(em: EntityManager): void {
    if (this.woken.has(em)) return;
    this.woken.add(em);
    afterCommit(em, () => this.bus.publish(OUTBOX_WAKE, ''));
  }
}
