import { setTimeout as pause } from 'node:timers/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SlotsService } from '../../../apps/api/src/booking/slots.service.js';
import { Config } from '../../../apps/api/src/config.js';
import { createApp } from '../../../apps/api/src/create-app.js';
import { ItemPlaceEntity } from '../../../apps/api/src/guide/service-item.entity.js';
import { GuideService } from '../../../apps/api/src/guide/guide.service.js';
import { newHall, newPerson, requestId, type TestHall } from '../../support/builders/booking.js';
import { freePort } from '../../support/test-config.js';
import { newWorld, type World } from '../../support/world.js';

const DAY = '2026-07-15';
let world: World;
let hall: TestHall;
beforeAll(async () => {
  world = await newWorld({ jobs: false });
});
beforeEach(async () => {
  hall = await newHall(world, { places: 9 });
});
afterAll(() => world.close());

interface Slots {
  readonly items: { readonly id: string; readonly startTime: string; readonly remaining: number }[];
}

const path = (itemId = hall.a.itemId) => `/api/items/${itemId}/halls/${hall.hallId}/days/${DAY}/slots`;
const ask = (baseUrl = world.baseUrl, at = path()) => fetch(baseUrl + at);
async function remaining(baseUrl = world.baseUrl): Promise<number | undefined> {
  const { items } = (await (await ask(baseUrl)).json()) as Slots;
  return items.find(({ startTime }) => startTime === '10:00')?.remaining;
}
async function book(): Promise<{ cancel(): Promise<unknown> }> {
  const { items } = (await (await ask()).json()) as Slots;
  const slotId = items.find(({ startTime }) => startTime === '10:00')?.id ?? '';
  const { api } = await newPerson(world);
  const { id } = await api.booking.reserve({ requestId: requestId(), itemId: hall.a.itemId, slotId });
  return { cancel: () => api.booking.cancel({ bookingId: id }) };
}

/** One more process on the same database; `deaf` hears no messages of the others. */
async function another(deaf = false): Promise<{ app: NestFastifyApplication; baseUrl: string }> {
  const port = await freePort();
  const baseUrl = `http://127.0.0.1:${port}`;
  const { redis, http } = world.config;
  const config = new Config({
    ...world.config,
    http: { ...http, port, publicUrl: baseUrl },
    redis: deaf ? { ...redis, prefix: `${redis.prefix}deaf:` } : redis,
  });
  const app = await createApp(config, { clock: world.clock, pages: { h5: '/none', hall: '/none' } });
  await app.listen(port, '127.0.0.1');
  return { app, baseUrl };
}

/** A process that is asked again and again shows the number; how soon is measured by the benchmark. */
async function shows(baseUrl: string, wanted: number): Promise<void> {
  const start = performance.now();
  while ((await remaining(baseUrl)) !== wanted) {
    if (performance.now() - start > 15_000) throw new Error(`Still not ${wanted}`);
    await pause(5);
  }
}

describe('the list of times', () => {
  it('is worked out once for all who ask at the same time, each with headers of their own', async () => {
    const slots = world.get(SlotsService);
    await slots.ofDays(hall.a.queueId, [DAY]);
    const asked: string[] = [];
    const original = slots.ofDays.bind(slots);
    slots.ofDays = (queueId, days) => {
      asked.push(...days);
      return original(queueId, days);
    };
    try {
      const answers = await Promise.all(Array.from({ length: 30 }, () => ask()));
      expect(answers.map(({ status }) => status)).toEqual(Array(30).fill(200));
      expect(new Set(await Promise.all(answers.map((answer) => answer.text()))).size).toBe(1);
      expect(new Set(answers.map(({ headers }) => headers.get('x-request-id'))).size).toBe(30);
      const last = await ask();
      // More than once only where the machine is so busy that half a second went by.
      expect(asked.length).toBeLessThan(5);
      const header = (name: string) => last.headers.get(name);
      expect(header('content-type')).toBe('application/json; charset=utf-8');
      expect(header('cache-control')).toBe('no-store');
      expect(header('x-server-time')).toBe(world.now.toISOString());
      expect(header('content-security-policy')).toBe("frame-ancestors 'self'");
    } finally {
      slots.ofDays = original;
    }
  });

  it('shows a booking and a cancellation of this process at once', async () => {
    expect(await remaining()).toBe(9);
    const booking = await book();
    expect(await remaining()).toBe(8);
    await book();
    expect(await remaining()).toBe(7);
    await booking.cancel();
    // A place that came back may open later, but it is never sold twice.
    expect(await remaining()).toBeLessThanOrEqual(8);
  });

  it('goes on with the clock', async () => {
    const times = async () => ((await (await ask()).json()) as Slots).items.map(({ startTime }) => startTime);
    expect(await times()).toContain('09:00');
    const before = world.now;
    world.clock.set('2026-07-15T02:10:00Z');
    expect(await times()).not.toContain('09:00');
    world.clock.set(before);
  });

  it('keeps no failure: what was wrong a moment ago may be right now', async () => {
    const { walkInItemId } = hall.a;
    const newPlace = await world.dataSource.manager.findOneByOrFail(ItemPlaceEntity, {
      itemId: walkInItemId,
    });
    await world.dataSource.manager.delete(ItemPlaceEntity, { itemId: hall.b.itemId });
    world.get(GuideService).invalidate();
    expect((await ask(world.baseUrl, path(hall.b.itemId))).status).toBe(409);
    await world.dataSource.manager.insert(ItemPlaceEntity, {
      ...newPlace,
      id: newPlace.id.replace(/.$/, (end) => (end === '0' ? '1' : '0')),
      itemId: hall.b.itemId,
    });
    world.get(GuideService).invalidate();
    expect((await ask(world.baseUrl, path(hall.b.itemId))).status).toBe(200);
  });
});

describe('the list of times in another process', () => {
  it('follows a booking of this one', async () => {
    const other = await another();
    try {
      for (let places = 8; places > 2; places--) {
        expect(await remaining(other.baseUrl)).toBe(places + 1);
        await book();
        await shows(other.baseUrl, places);
      }
    } finally {
      await other.app.close();
    }
  });

  it('follows also where the message never comes', async () => {
    const deaf = await another(true);
    try {
      for (let places = 8; places > 5; places--) {
        expect(await remaining(deaf.baseUrl)).toBe(places + 1);
        await book();
        await shows(deaf.baseUrl, places);
      }
    } finally {
      await deaf.app.close();
    }
  });
});
