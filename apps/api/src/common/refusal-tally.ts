import { dayOf, addDays, type LocalDay } from '@haoban/domain';
import { Injectable, Logger } from '@nestjs/common';
import { Redis } from 'ioredis';
import { Clock } from './clock.js';

/** Somewhat longer than anybody looks back. */
const KEPT_DAYS = 100;

/** How often somebody was refused on one day. */
export interface RefusedDay {
  /** Whose calls were counted. */
  readonly key: string;
  readonly day: LocalDay;
  readonly count: number;
  readonly lastAt: Date;
}

/** Counts refusals by day, for whoever looks for people that try far too often. In Redis: losing it loses a hint, no record. */
@Injectable()
export class RefusalTally {
  private readonly logger = new Logger(RefusalTally.name);

  constructor(
    private readonly redis: Redis,
    private readonly clock: Clock,
  ) {}

  async add(name: string, key: string): Promise<void> {
    const now = this.clock.now();
    const at = keyOf(name, dayOf(now));
    try {
      await this.redis
        .multi()
        .hincrby(at, key, 1)
        .hset(`${at}:last`, key, now.toISOString())
        .expire(at, KEPT_DAYS * 86_400)
        .expire(`${at}:last`, KEPT_DAYS * 86_400)
        .exec();
    } catch (error) {
      // The call is refused all the same.
      this.logger.warn({ err: error, tally: name, msg: 'A refusal was not counted' });
    }
  }

  /** Of the last `days` days, today included. */
  async read(name: string, days: number): Promise<RefusedDay[]> {
    const today = dayOf(this.clock.now());
    const ofDays = Array.from({ length: Math.min(days, KEPT_DAYS) }, (_, index) => addDays(today, -index));
    const read = await Promise.all(
      ofDays.map(async (day) => {
        const at = keyOf(name, day);
        const [counts, last] = await Promise.all([this.redis.hgetall(at), this.redis.hgetall(`${at}:last`)]);
        return Object.entries(counts).map(([key, count]) => ({
          key,
          day,
          count: Number(count),
          lastAt: new Date(last[key] ?? this.clock.now()),
        }));
      }),
    );
    return read.flat();
  }
}

const keyOf = (name: string, day: LocalDay): string => `refused:${name}:${day}`;
