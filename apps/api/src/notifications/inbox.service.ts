import type { InboxMessage } from '@haoban/contracts';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, IsNull, LessThan, type Repository } from 'typeorm';
import type { CitizenActor } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { InboxMessageEntity } from './notification.entity.js';
import { toInboxMessage } from './notification.mapper.js';

/** The citizen's own messages, whether or not WeChat let them through. */
@Injectable()
export class InboxService {
  constructor(
    @InjectRepository(InboxMessageEntity) private readonly messages: Repository<InboxMessageEntity>,
    private readonly clock: Clock,
  ) {}

  /** Newest first. */
  async list(
    { citizenId }: CitizenActor,
    { cursor, limit }: { cursor?: string | undefined; limit: number },
  ): Promise<{ items: InboxMessage[]; nextCursor: string | null; unread: number }> {
    const where = { citizenId, ...(cursor ? { id: LessThan(cursor) } : {}) };
    const rows = await this.messages.find({ where, order: { id: 'DESC' }, take: limit + 1 });
    return {
      items: rows.slice(0, limit).map(toInboxMessage),
      nextCursor: rows.length > limit ? (rows[limit - 1]?.id ?? null) : null,
      unread: await this.unread(citizenId),
    };
  }

  /** Without ids all of them; ids of other people's messages do nothing. */
  async markRead({ citizenId }: CitizenActor, ids?: readonly string[]): Promise<{ unread: number }> {
    await this.messages.update(
      { citizenId, readAt: IsNull(), ...(ids ? { id: In([...ids]) } : {}) },
      { readAt: this.clock.now() },
    );
    return { unread: await this.unread(citizenId) };
  }

  private unread(citizenId: string): Promise<number> {
    return this.messages.countBy({ citizenId, readAt: IsNull() });
  }
}
