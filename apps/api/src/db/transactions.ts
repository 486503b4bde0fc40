import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { AppError } from '../common/app-error.js';
import { isRetryable } from './database-error.js';

const RETRIES = 3;
const followUps = new WeakMap<EntityManager, (() => Promise<void> | void)[]>();

/**
 * Runs `callback` once the transaction of `em` is committed, never if it is rolled back. For hints only (wake the relay, tell
 * screens): it is lost when the process dies. What must happen is an outbox row.
 */
export function afterCommit(em: EntityManager, callback: () => Promise<void> | void): void {
  const list = followUps.get(em);
  if (!list) throw new Error('afterCommit needs the entity manager of Transactions.run');
  list.push(callback);
}

/** One use case, one transaction. */
@Injectable()
export class Transactions {
  private readonly logger = new Logger(Transactions.name);

  constructor(private readonly dataSource: DataSource) {}

  /**
   * Runs the whole work again, at most three times, where the database chose it as a deadlock's victim or it waited too
   * long for a lock: a part of it can't be repeated, since the locks are gone and what was read may have changed. So `work`
   * holds no side effects but through its entity manager.
   * @throws AppError BUSY after the last try; whatever `work` throws otherwise, rolled back
   */
  async run<T>(work: (em: EntityManager) => Promise<T>): Promise<T> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.once(work);
      } catch (error) {
        if (!isRetryable(error)) throw error;
        if (attempt === RETRIES) throw new AppError('BUSY', undefined, { cause: error });
        // Both victims of one deadlock must not meet again: full jitter, doubled each time.
        await pause(Math.random() * 20 * 2 ** attempt);
      }
    }
  }

  private async once<T>(work: (em: EntityManager) => Promise<T>): Promise<T> {
    const callbacks: (() => Promise<void> | void)[] = [];
    // READ COMMITTED is the session's default (see data-source.ts), which saves a round trip here.
    const result = await this.dataSource.transaction(async (em) => {
      followUps.set(em, callbacks);
      return work(em);
    });
    for (const callback of callbacks) {
      try {
        await callback();
      } catch (error) {
        this.logger.warn({ err: error, msg: 'A hint after commit was lost' });
      }
    }
    return result;
  }
}
