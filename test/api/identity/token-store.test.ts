import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { FieldCipher } from '../../../apps/api/src/common/field-crypto.js';
import { newId } from '../../../apps/api/src/common/id.js';
import { RedisTokenStore } from '../../../apps/api/src/identity/redis-token-store.js';
import { loadConfig } from '../../../apps/api/src/config.js';
import { testServices } from '../../support/services.js';
import { testEnvironment } from '../../support/test-config.js';

const connections: Redis[] = [];
let open: () => RedisTokenStore;

beforeAll(async () => {
  const services = await testServices();
  const cipher = new FieldCipher(loadConfig(testEnvironment(services, 1)));
  const keyPrefix = `t:${newId()}:`;
  open = () => {
    const connection = new Redis(services.redis.url, { keyPrefix });
    connections.push(connection);
    return new RedisTokenStore(connection, cipher);
  };
});
afterAll(() => connections.forEach((connection) => connection.disconnect()));

describe('the store of WeChat’s access token', () => {
  it('shares the token between processes', async () => {
    const [one, other] = [open(), open()];
    expect(await one.get('token')).toBeUndefined();
    const token = { token: 'x'.repeat(512), useUntilMs: 1_800_000_000_000 };
    await one.set('token', token);
    expect(await other.get('token')).toEqual(token);
  });

  it('keeps it sealed, and does without one that it can no longer open', async () => {
    const store = open();
    await store.set('sealed', { token: 'secret-token', useUntilMs: 1_800_000_000_000 });
    const [redis] = connections.slice(-1);
    const stored = (await redis?.get('sealed')) ?? '';
    expect(stored).toContain('useUntilMs');
    expect(stored).not.toContain('secret-token');
    await redis?.set('sealed', stored.replace('"token":"t1.', '"token":"t0.'));
    expect(await store.get('sealed')).toBeUndefined();
  });

  it('lets one process at a time renew it', async () => {
    const stores = Array.from({ length: 6 }, open);
    let inside = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++inside);
      await new Promise((done) => setTimeout(done, 15));
      inside -= 1;
    };
    await Promise.all(stores.map((store) => store.withLock('token', work)));
    expect(most).toBe(1);
  });

  it('gives the lock back when the renewal fails', async () => {
    const [one, other] = [open(), open()];
    await expect(one.withLock('failing', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await other.withLock('failing', () => Promise.resolve('in'))).toBe('in');
  });
});
