import { Injectable, Logger, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { Config } from '../config.js';
import type { Actor } from './actor.js';
import { AppError } from './app-error.js';
import { RateCounter, type RateLimitWindow } from './rate-counter.js';
import { RefusalTally } from './refusal-tally.js';

export interface RateLimitRule extends RateLimitWindow {
  /** Counted for one address, one signed-in person (an address for strangers), or what the function names. */
  readonly by: 'ip' | 'actor' | ((request: FastifyRequest) => string);
  /** One count for all routes that name the same. */
  readonly shared?: string;
  /** Under which name refusals are tallied, see `RefusalTally`; not without it. */
  readonly tally?: string;
}

type Limit = RateLimitWindow & {
  /** So long nothing passes from the first call too many; without it, until the count starts anew. */
  readonly blockSeconds?: number;
};

interface Call {
  readonly name: string;
  readonly key: string;
  readonly tally: string | undefined;
  readonly wait: ReturnType<RateCounter['add']>;
}

const RATE_LIMIT = 'haoban:rate-limit';

/** Several rules on one route all apply. */
export function RateLimit(...rules: readonly RateLimitRule[]): MethodDecorator {
  return SetMetadata(RATE_LIMIT, rules);
}

/** For all processes together, see RateCounter. Runs after the audience guard. */
@Injectable()
export class RateLimitGuard implements CanActivate {
  private readonly limiters = new Map<string, RateLimiterRedis>();
  private readonly logger = new Logger(RateLimitGuard.name);

  constructor(
    private readonly counter: RateCounter,
    private readonly redis: Redis,
    private readonly config: Config,
    private readonly tally: RefusalTally,
  ) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const handler = context.getHandler();
    const rules = Reflect.getMetadata(RATE_LIMIT, handler) as readonly RateLimitRule[] | undefined;
    if (!rules) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const route = `${context.getClass().name}.${handler.name}`;
    const calls = rules.map((rule, index) => {
      const key = keyOf(rule, request);
      const name = rule.shared ?? `${route}.${index}`;
      return { name, key, tally: rule.tally, wait: this.counter.add(`${name}:${key}`, rule) };
    });
    return calls.every(({ wait }) => wait === undefined) || this.passAll(calls);
  }

  private async passAll(calls: readonly Call[]): Promise<boolean> {
    for (const { name, key, tally, wait } of calls) {
      const ms = await wait;
      if (ms === undefined) continue;
      if (tally) await this.tally.add(tally, key);
      this.refuse(name, ms);
    }
    return true;
  }

  private refuse(name: string, ms: number): never {
    this.logger.warn({ limit: name, msg: 'Rate limit reached' });
    throw new AppError('RATE_LIMITED', { retryAfterSeconds: Math.ceil(ms / 1000) });
  }

  /** For limits that depend on the outcome, such as wrong passwords: the service calls this itself, and waits for Redis. */
  async consume(name: string, rule: Limit, key: string): Promise<void> {
    try {
      await this.limiter(name, rule).consume(key);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      this.refuse(name, refusal.msBeforeNext);
    }
  }

  private limiter(name: string, { points, seconds, blockSeconds = 0 }: Limit): RateLimiterRedis {
    const known = this.limiters.get(name);
    if (known) return known;
    const made = new RateLimiterRedis({
      storeClient: this.redis,
      // The Redis client already writes REDIS_PREFIX in front of every key.
      keyPrefix: `rate:${name}`,
      points,
      duration: seconds,
      blockDuration: blockSeconds,
      insuranceLimiter: new RateLimiterMemory({
        keyPrefix: this.config.redis.prefix + name,
        points,
        duration: seconds,
        blockDuration: blockSeconds,
      }),
    });
    this.limiters.set(name, made);
    return made;
  }
}

function keyOf({ by }: RateLimitRule, request: FastifyRequest): string {
  if (typeof by === 'function') return by(request);
  return by === 'ip' ? request.ip : (personOf(request.actor) ?? request.ip);
}

function personOf(actor: Actor | undefined): string | undefined {
  if (actor?.kind === 'citizen') return actor.citizenId;
  return actor?.kind === 'staff' ? actor.staffId : undefined;
}
