import type { StoredToken, TokenStore } from '@haoban/wechat';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { FieldCipher } from '../common/field-crypto.js';

const Stored = z.object({ token: z.string(), useUntilMs: z.number() });

/** Outlives the client's time-out of 5 s, so that a slow answer of WeChat doesn't let a second process in. */
const LOCK_MS = 15_000;
const RETRY_MS = 50;
/** Deletes the lock only while it is still ours. */
const UNLOCK = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0`;

const FIELD = 'wechat.accessToken';

/**
 * WeChat's access token, shared by all processes of the city: see TokenStore. Sealed, since whoever has it acts as the
 * mini-program towards WeChat, and a Redis is read more easily than a process.
 */
export class RedisTokenStore implements TokenStore {
  constructor(
    private readonly redis: Redis,
    private readonly cipher: FieldCipher,
  ) {}

  async get(key: string): Promise<StoredToken | undefined> {
    const text = await this.redis.get(key);
    if (text === null) return undefined;
    try {
      const { token, useUntilMs } = Stored.parse(JSON.parse(text));
      return { token: this.cipher.decrypt(FIELD, token), useUntilMs };
    } catch {
      // Of another version, or of a key that is no longer configured: WeChat gives a new one.
      return undefined;
    }
  }

  async set(key: string, { token, useUntilMs }: StoredToken): Promise<void> {
    const sealed = { token: this.cipher.encrypt(FIELD, token), useUntilMs };
    // By Redis's own clock; the client compares `useUntilMs` itself, so this only clears up.
    await this.redis.set(key, JSON.stringify(sealed), 'EX', 7200);
  }

  async withLock<T>(key: string, work: () => Promise<T>): Promise<T> {
    const lock = `${key}:lock`;
    const mine = randomUUID();
    const giveUp = Date.now() + 2 * LOCK_MS;
    while ((await this.redis.set(lock, mine, 'PX', LOCK_MS, 'NX')) === null) {
      if (Date.now() > giveUp) throw new Error(`The lock ${lock} was not free for ${(2 * LOCK_MS) / 1000} s`);
      await pause(RETRY_MS);
    }
    try {
      return await work();
    } finally {
      await this.redis.eval(UNLOCK, 1, lock, mine);
    }
  }
}
