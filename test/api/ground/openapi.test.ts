import { endpoints, type Endpoint } from '@haoban/contracts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newWorld, type World } from '../../support/world.js';

interface Operation {
  operationId: string;
  security: unknown[];
  parameters: { name: string; in: string; required: boolean }[];
  responses: Record<string, unknown>;
}
interface Document {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown> };
}

const table: Readonly<Record<string, Readonly<Record<string, Endpoint>>>> = endpoints;

describe('the OpenAPI document', () => {
  let world: World;
  let document: Document;
  beforeAll(async () => {
    world = await newWorld({ jobs: false });
    document = (await (await world.request('/api/openapi.json')).json()) as Document;
  });
  afterAll(() => world.close());

  const operations = () => Object.values(document.paths).flatMap((methods) => Object.values(methods));

  it('lists every endpoint once, under its name', () => {
    const names = Object.entries(table).flatMap(([feature, entries]) =>
      Object.keys(entries).map((name) => `${feature}.${name}`),
    );
    const listed = operations().map(({ operationId }) => operationId);
    expect(document.openapi).toBe('3.1.0');
    expect(listed.sort()).toEqual(names.sort());
  });

  it('names every path parameter as required', () => {
    for (const [path, methods] of Object.entries(document.paths)) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      for (const { operationId, parameters } of Object.values(methods)) {
        const named = parameters.filter((parameter) => parameter.in === 'path' && parameter.required);
        expect([operationId, named.map(({ name }) => name).sort()]).toEqual([operationId, inPath.sort()]);
      }
    }
  });

  it('points only at schemas that it holds', () => {
    const targets = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(
      ([, target = '']) => target,
    );
    expect(targets.length).toBeGreaterThan(0);
    for (const target of new Set(targets)) {
      expect(target).toMatch(/^#\/components\/schemas\//);
      expect(document.components.schemas).toHaveProperty([target.split('/').at(-1) ?? '']);
    }
  });

  it('asks for a session where the audience is not open', () => {
    for (const [feature, entries] of Object.entries(table)) {
      for (const [name, { audience }] of Object.entries(entries)) {
        const operation = operations().find(({ operationId }) => operationId === `${feature}.${name}`);
        const open = audience === 'public' || audience === 'provider';
        expect([name, operation?.security.length]).toEqual([name, open ? 0 : 1]);
      }
    }
  });

  it('says how each operation can fail', () => {
    const reserve = operations().find(({ operationId }) => operationId === 'booking.reserve');
    expect(JSON.stringify(reserve?.responses['409'])).toContain('SLOT_FULL');
    expect(Object.keys(reserve?.responses ?? {})).toEqual(
      expect.arrayContaining(['200', '400', '401', '429', '500']),
    );
  });

  it('has a page that loads nothing from elsewhere', async () => {
    const page = await world.request('/api/docs');
    const html = await page.text();
    const sources = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, source = '']) => source);
    expect(sources.length).toBeGreaterThan(3);
    for (const source of sources) {
      expect(source).toMatch(/^\/api\/docs\//);
      expect((await world.request(source)).status).toBe(200);
    }
    expect(await (await world.request('/api/docs/swagger-initializer.js')).text()).toContain(
      '/api/openapi.json',
    );
  });
});
