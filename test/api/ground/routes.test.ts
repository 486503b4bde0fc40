import { endpoints, type Endpoint } from '@haoban/contracts';
import { Controller, Get, Module } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ServedRoutes } from '../../../apps/api/src/common/served-routes.js';
import { RouteCheck } from '../../../apps/api/src/meta/route-check.js';
import { newWorld, type World } from '../../support/world.js';

const table: Readonly<Record<string, Readonly<Record<string, Endpoint>>>> = endpoints;
const operations = Object.entries(table).flatMap(([feature, entries]) =>
  Object.entries(entries).map(([name, entry]) => ({ id: `${feature}.${name}`, entry })),
);
const signature = ({ method, path }: Pick<Endpoint, 'method' | 'path'>) => `${method} ${path}`;

/** Beside the endpoint table: what a machine or a developer reads. HEAD comes with every GET. */
const bare = ['GET /metrics', 'GET /api/openapi.json'];

@Controller()
class ForgetfulController {
  @Get('/api/forgotten')
  forgotten() {
    return {};
  }
}

@Module({ controllers: [ForgetfulController] })
class ForgetfulModule {}

describe('routes', () => {
  let world: World;
  beforeAll(async () => {
    world = await newWorld({ jobs: false });
  });
  afterAll(() => world.close());

  it('declare their audience, every one', () => {
    const declared = world.get(RouteCheck).declared();
    expect(declared.length).toBeGreaterThan(0);
    expect(declared.filter(({ audience }) => audience === undefined)).toEqual([]);
  });

  it('are those of the endpoint table and a short list beside it', () => {
    const known = new Set([...operations.map(({ entry }) => signature(entry)), ...bare]);
    const unknown = world
      .get(ServedRoutes)
      .all()
      .filter(({ method, url }) => method !== 'HEAD' && !url.startsWith('/api/docs'))
      .map(({ method, url }) => `${method} ${url}`)
      .filter((route) => !known.has(route));
    expect(unknown).toEqual([]);
  });

  it('stop the start where one has no audience', async () => {
    await expect(newWorld({ jobs: false, extra: [ForgetfulModule] })).rejects.toThrow(
      'Routes without an audience: ForgetfulController.forgotten',
    );
  });

  it('serve every endpoint of the table', () => {
    const served = new Set(
      world
        .get(ServedRoutes)
        .all()
        .map(({ method, url }) => `${method} ${url}`),
    );
    const missing = operations.filter(({ entry }) => !served.has(signature(entry))).map(({ id }) => id);
    expect(missing).toEqual([]);
  });

  it('have one meaning each', () => {
    const signatures = operations.map(({ entry }) => signature(entry).replace(/:\w+/g, ':'));
    expect(new Set(signatures).size).toBe(signatures.length);
  });
});
