import type { TemplateKey } from '@haoban/contracts';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { CitizenActor } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { Transactions } from '../db/transactions.js';
import { SubscriptionGrantEntity } from './notification.entity.js';

export type GrantResult = 'accept' | 'reject' | 'ban' | 'filter';

/**
 * The ledger of what citizens allowed us to send. WeChat has no query for it: one accept is one message of that template, they
 * add up, and 43101 says that nothing is left. A grant is taken when a message is queued, so that several messages at once don't
 * count on the same one, and put back where WeChat did not use it.
 */
@Injectable()
export class GrantsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** What the person answered to `wx.requestSubscribeMessage`; a refusal now says nothing about earlier accepts. */
  async record(
    { citizenId }: CitizenActor,
    results: readonly { key: TemplateKey; result: GrantResult }[],
  ): Promise<{ items: { key: TemplateKey; remaining: number }[] }> {
    const keys = [...new Set(results.map(({ key }) => key))].sort();
    if (keys.length === 0) return { items: [] };
    await this.ensureRows(citizenId, keys);
    return this.transactions.run(async (em) => {
      const items: { key: TemplateKey; remaining: number }[] = [];
      for (const key of keys) {
        const row = await this.lock(em, citizenId, key);
        const answers = results.filter((each) => each.key === key).map(({ result }) => result);
        const remaining = answers.reduce(applyResult, row?.remaining ?? 0);
        const accepted = (row?.accepted ?? 0) + answers.filter((result) => result === 'accept').length;
        await this.write(em, citizenId, key, { remaining, accepted });
        items.push({ key, remaining });
      }
      return { items };
    });
  }

  /** Uses up one grant for a message that is about to be sent. @returns false where none is left */
  async take(em: EntityManager, citizenId: string, key: TemplateKey): Promise<boolean> {
    const row = await this.lock(em, citizenId, key);
    if (!row || row.remaining < 1) return false;
    await this.write(em, citizenId, key, { remaining: row.remaining - 1 });
    return true;
  }

  /** The message was not sent, so the grant still stands. */
  async putBack(em: EntityManager, citizenId: string, key: TemplateKey): Promise<void> {
    const row = await this.lock(em, citizenId, key);
    if (row) await this.write(em, citizenId, key, { remaining: row.remaining + 1 });
  }

  /** WeChat says that nothing is left. */
  async clear(em: EntityManager, citizenId: string, key: TemplateKey): Promise<void> {
    await this.write(em, citizenId, key, { remaining: 0 });
  }

  private async ensureRows(citizenId: string, keys: readonly TemplateKey[]): Promise<void> {
    const updatedAt = this.clock.now();
    await this.dataSource
      .createQueryBuilder()
      .insert()
      .into(SubscriptionGrantEntity)
      .values(keys.map((template) => ({ citizenId, template, remaining: 0, accepted: 0, updatedAt })))
      .orIgnore()
      .execute();
  }

  private lock(
    em: EntityManager,
    citizenId: string,
    template: TemplateKey,
  ): Promise<SubscriptionGrantEntity | null> {
    return em.findOne(SubscriptionGrantEntity, {
      where: { citizenId, template },
      lock: { mode: 'pessimistic_write' },
    });
  }

  private async write(
    em: EntityManager,
    citizenId: string,
    template: TemplateKey,
    change: { remaining: number; accepted?: number },
  ): Promise<void> {
    const updatedAt = this.clock.now();
    await em.update(SubscriptionGrantEntity, { citizenId, template }, { ...change, updatedAt });
  }
}

function applyResult(remaining: number, result: GrantResult): number {
  switch (result) {
    case 'accept':
      return remaining + 1;
    case 'ban':
      return 0;
    case 'reject':
    case 'filter':
      return remaining;
  }
}
