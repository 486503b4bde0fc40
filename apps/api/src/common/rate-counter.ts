import { Injectable, Logger } from '@nestjs/common';
import { Redis } from 'ioredis';

export interface RateLimitWindow {
  /** So many calls … */
  readonly points: number;
  /** … in so many seconds from the first. */
  readonly seconds: number;
}

interface Waiting {
  /** Which of the calls that go to Redis together. */
  readonly place: number;
  readonly decide: (rank: number) => void;
}

interface Count {
  readonly key: string;
  readonly window: RateLimitWindow;
  /** By all processes, as far as Redis has said. */
  known: number;
  /** Calls here that Redis does not know of yet. */
  untold: number;
  endsAt: number;
  waiting: Waiting[];
}

/** Adds to each key and begins its window with the first call. Answers count and milliseconds left, one after the other. */
const ADD = `
local answers = {}
for i, key in ipairs(KEYS) do
  local count = redis.call('INCRBY', key, ARGV[2 * i - 1])
  local left = redis.call('PTTL', key)
  if left < 0 then
    left = tonumber(ARGV[2 * i])
    redis.call('PEXPIRE', key, left)
  end
  answers[2 * i - 1] = count
  answers[2 * i] = left
end
return answers`;

/** Calls that nobody waits for are told together after this long. */
const TELL_AFTER_MS = 10;
const AT_ONCE = 500;
const SWEEP_MS = 60_000;

/**
 * Counts calls in Redis, for all processes together, and waits for Redis only where it matters: a caller who is not known to have used
 * half of the limit passes at once and is counted a moment later, with all others of that moment. Of one process's calls never one
 * too many passes; n processes may together let through half the limit each, once, if the calls come within these milliseconds.
 * While Redis is away each process counts for itself.
 */
@Injectable()
export class RateCounter {
  private readonly logger = new Logger(RateCounter.name);
  private readonly counts = new Map<string, Count>();
  private readonly untold = new Set<Count>();
  private timer: NodeJS.Timeout | undefined;
  private sweptAt = 0;

  constructor(private readonly redis: Redis) {}

  /** @returns undefined if the call may pass, else the milliseconds until the count begins anew */
  add(key: string, window: RateLimitWindow): undefined | number | Promise<undefined | number> {
    const now = performance.now();
    const count = this.countOf(key, window, now);
    const { points } = window;
    const rank = count.known + count.untold + 1;
    if (count.known >= points) return count.endsAt - now;
    count.untold++;
    this.untold.add(count);
    if (rank <= points / 2) {
      this.timer ??= setTimeout(() => this.tell(), TELL_AFTER_MS);
      return undefined;
    }
    return new Promise((resolve) => {
      const decide = (exact: number) =>
        resolve(exact <= points ? undefined : count.endsAt - performance.now());
      count.waiting.push({ place: count.untold, decide });
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.tell(), 0);
    });
  }

  private countOf(key: string, window: RateLimitWindow, now: number): Count {
    const known = this.counts.get(key);
    if (known && known.endsAt > now) return known;
    const endsAt = now + window.seconds * 1000;
    const count: Count = { key, window, known: 0, untold: 0, endsAt, waiting: [] };
    this.counts.set(key, count);
    return count;
  }

  private tell(): void {
    this.timer = undefined;
    const all = [...this.untold];
    this.untold.clear();
    for (let at = 0; at < all.length; at += AT_ONCE) void this.tellSome(all.slice(at, at + AT_ONCE));
    this.sweep();
  }

  /** Of callers who came near a limit and never again. */
  private sweep(): void {
    const now = performance.now();
    if (now - this.sweptAt < SWEEP_MS) return;
    this.sweptAt = now;
    for (const [key, { endsAt, untold }] of this.counts) {
      if (endsAt <= now && untold === 0) this.counts.delete(key);
    }
  }

  private async tellSome(counts: readonly Count[]): Promise<void> {
    const told = counts.map((count) => {
      const { untold, waiting } = count;
      count.known += untold;
      count.untold = 0;
      count.waiting = [];
      return { count, untold, waiting, before: count.known - untold };
    });
    const answers = await this.askRedis(told);
    told.forEach(({ count, untold, waiting, before }, index) => {
      const total = answers?.[2 * index];
      const left = answers?.[2 * index + 1];
      if (left !== undefined) count.endsAt = performance.now() + left;
      // What came in the meantime is on its way to Redis too, and its answer will say more.
      count.known = Math.max(count.known, total ?? 0);
      const first = total === undefined ? before : total - untold;
      for (const { place, decide } of waiting) decide(first + place);
      this.forget(count, answers !== undefined);
    });
  }

  /** Redis knows it, and there is nothing to remember of somebody who is far from the limit. */
  private forget(count: Count, counted: boolean): void {
    const over = count.endsAt <= performance.now();
    const far = counted && count.untold === 0 && count.known < count.window.points / 2;
    if ((over || far) && this.counts.get(count.key) === count) this.counts.delete(count.key);
  }

  private async askRedis(
    told: readonly { count: Count; untold: number }[],
  ): Promise<readonly number[] | undefined> {
    const keys = told.map(({ count }) => `rate:${count.key}`);
    const values = told.flatMap(({ count, untold }) => [untold, count.window.seconds * 1000]);
    try {
      return (await this.redis.eval(ADD, keys.length, ...keys, ...values)) as number[];
    } catch (error) {
      this.logger.warn({ err: error, msg: 'Calls were not counted in Redis' });
      return undefined;
    }
  }
}
