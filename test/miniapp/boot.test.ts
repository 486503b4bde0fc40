import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { seedCity } from '../support/builders/city.js';
import { newWorld, type World } from '../support/world.js';
import { WeappHost } from './support/host.js';
import { buildWeapp, dist } from './support/weapp.js';

let world: World;
let host: WeappHost;
beforeAll(async () => {
  await buildWeapp();
  world = await newWorld();
  await seedCity(world);
}, 240_000);
afterAll(() => world.close());
afterEach(() => host.close());

interface AppJson {
  pages: string[];
  subPackages: { root: string; pages: string[] }[];
}

describe('every page of the mini-program', () => {
  it('boots for a stranger without an error, and says something', async () => {
    const { pages, subPackages } = JSON.parse(readFileSync(join(dist, 'app.json'), 'utf8')) as AppJson;
    const all = [
      ...pages,
      ...subPackages.flatMap(({ root, pages: own }) => own.map((page) => `${root}/${page}`)),
    ];
    host = new WeappHost(dist, { apiUrl: world.baseUrl }).launch();
    for (const page of all) {
      host.open(page);
      await host.until(`${page} shows text`, () => host.text().length > 3);
    }
    expect(all.length).toBeGreaterThanOrEqual(20);
    expect(host.errors).toEqual([]);
    expect(Math.max(...host.updates)).toBeLessThan(64 * 1024);
  });
});
