import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { RateCounter } from '../../../apps/api/src/common/rate-counter.js';
import { newId } from '../../../apps/api/src/common/id.js';
import { testServices } from '../../support/services.js';

const TOLD_MS = 40;
let redis: Redis;
let key: string;
beforeAll(async () => {
  redis = new Redis((await testServices()).redis.url, { keyPrefix: `t:${newId()}:` });
});
beforeEach(() => {
  key = newId();
});
afterAll(async () => {
  await redis.quit();
});

const passed = (results: readonly (number | undefined)[]) =>
  results.filter((wait) => wait === undefined).length;
const atOnce = (counter: RateCounter, calls: number, points: number) =>
  Promise.all(Array.from({ length: calls }, async () => counter.add(key, { points, seconds: 60 })));

describe('counting calls', () => {
  it('lets exactly as many pass as the limit says when all come at once to one process', async () => {
    const counter = new RateCounter(redis);
    expect(passed(await atOnce(counter, 50, 10))).toBe(10);
    expect(passed(await atOnce(counter, 5, 10))).toBe(0);
  });

  it('lets exactly as many pass when they come one after the other to several processes in turn', async () => {
    const counters = [new RateCounter(redis), new RateCounter(redis), new RateCounter(redis)];
    const results = [];
    for (let call = 0; call < 20; call++) {
      const counter = counters[call % counters.length];
      results.push(await counter?.add(key, { points: 10, seconds: 60 }));
      await pause(TOLD_MS);
    }
    expect(passed(results)).toBe(10);
    expect(results.slice(0, 10).every((wait) => wait === undefined)).toBe(true);
  });

  it('does not wait for Redis while a caller is far from the limit, and tells it all the same', async () => {
    const counter = new RateCounter(redis);
    for (let call = 0; call < 5; call++) {
      expect(counter.add(key, { points: 10, seconds: 60 })).toBeUndefined();
    }
    await pause(TOLD_MS);
    expect(await redis.get(`rate:${key}`)).toBe('5');
    expect(await redis.pttl(`rate:${key}`)).toBeGreaterThan(55_000);
  });

  it('says how long to wait, and begins anew after that', async () => {
    const counter = new RateCounter(redis);
    const window = { points: 2, seconds: 0.2 };
    const results = [];
    for (let call = 0; call < 3; call++) results.push(await counter.add(key, window));
    expect(results.slice(0, 2)).toEqual([undefined, undefined]);
    expect(results[2]).toBeGreaterThan(0);
    expect(results[2]).toBeLessThanOrEqual(200);
    await pause(250);
    expect(await counter.add(key, window)).toBeUndefined();
  });

  it('counts in the process while Redis is away', async () => {
    const away = new Redis('redis://127.0.0.1:9', { maxRetriesPerRequest: 0, retryStrategy: () => null });
    away.on('error', () => undefined);
    const counter = new RateCounter(away);
    expect(passed(await atOnce(counter, 30, 8))).toBe(8);
    await pause(TOLD_MS);
    expect(passed(await atOnce(counter, 5, 8))).toBe(0);
    away.disconnect();
  });
});
