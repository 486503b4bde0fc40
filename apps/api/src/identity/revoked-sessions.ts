import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Redis } from 'ioredis';
import { Clock } from '../common/clock.js';
import { MessageBus } from '../common/redis.js';
import { ACCESS_TOKEN_SECONDS, TokenService } from '../common/token.service.js';

const KEY = 'sessions:revoked';
const CHANNEL = 'sessions:revoked';
/** A message of the bus may be lost; then the session ends this much later. */
const RELOAD_MS = 5_000;

/**
 * The sessions that were ended while their access tokens are still good: one sorted set in Redis, a copy in every process, so
 * that a request costs no round trip. An entry is dropped when the last token of its session has run out. Where Redis can't
 * be written the session can't be refreshed any more all the same, and its last access token runs out within 15 minutes.
 */
@Injectable()
export class RevokedSessions implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(RevokedSessions.name);
  private ended: ReadonlySet<string> = new Set();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly redis: Redis,
    private readonly bus: MessageBus,
    private readonly clock: Clock,
    private readonly tokens: TokenService,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.bus.listen(CHANNEL, (ids) => this.remember(ids.split(',')));
    await this.reload();
    this.tokens.endWhere((sessionId) => this.has(sessionId));
    this.timer = setInterval(() => void this.reload(), RELOAD_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  has(sessionId: string): boolean {
    return this.ended.has(sessionId);
  }

  async add(sessionIds: readonly string[]): Promise<void> {
    if (sessionIds.length === 0) return;
    this.remember(sessionIds);
    const until = this.clock.now().getTime() + ACCESS_TOKEN_SECONDS * 1000;
    await this.redis.zadd(KEY, ...sessionIds.flatMap((id) => [until, id]));
    await this.bus.publish(CHANNEL, sessionIds.join(','));
  }

  private remember(ids: readonly string[]): void {
    this.ended = new Set([...this.ended, ...ids]);
  }

  private async reload(): Promise<void> {
    try {
      const now = this.clock.now().getTime();
      await this.redis.zremrangebyscore(KEY, '-inf', now);
      this.ended = new Set(await this.redis.zrange(KEY, 0, -1));
    } catch (error) {
      this.logger.warn({ err: error, msg: 'The list of ended sessions could not be read' });
    }
  }
}
