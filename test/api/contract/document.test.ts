import { createClient } from '@haoban/client';
import { commonErrors, endpoints } from '@haoban/contracts';
import { routes } from '@haoban/contracts/routes';
import { errorCatalogue } from '@haoban/domain';
import { describe, expect, it } from '@jest/globals';
import { openApiDocument } from '../../../apps/api/src/meta/openapi.js';
import { operations } from './operations.js';

interface Described {
  readonly operationId: string;
  readonly summary?: string;
  readonly parameters: readonly { name: string; in: string; schema?: object }[];
  readonly requestBody?: { content: Content };
  readonly responses: Readonly<Record<string, { description: string; content?: Content }>>;
}
type Content = Readonly<Record<string, { schema: { $ref: string } }>>;

const document = openApiDocument(endpoints, 'https://example.org');
const described = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    method: method.toUpperCase(),
    path,
    operation: operation as unknown as Described,
  })),
);
const schemas = (document.components as { schemas: Record<string, object> }).schemas;
const byId = new Map(described.map((each) => [each.operation.operationId, each]));
const each = operations.map((operation) => [operation.id, operation] as const);
const keys = (table: Readonly<Record<string, object>>) =>
  Object.entries(table).flatMap(([feature, entries]) =>
    Object.keys(entries).map((name) => `${feature}.${name}`),
  );

describe('the endpoint table', () => {
  it('agrees key by key with the routes that phones carry', () => {
    expect(keys(endpoints).sort()).toEqual(keys(routes).sort());
    for (const { id, endpoint } of operations) {
      const [feature = '', name = ''] = id.split('.');
      const { method, path, audience } = endpoint;
      const table: Readonly<Record<string, Readonly<Record<string, object>>>> = routes;
      expect({ id, ...table[feature]?.[name] }).toEqual({ id, method, path, audience });
    }
  });

  it('has a function of the typed client for each operation, and no other', () => {
    const client = createClient(() => Promise.resolve({ status: 204, body: undefined }));
    expect(keys(client).sort()).toEqual(keys(routes).sort());
  });

  it('has one summary for each operation, in Chinese', () => {
    const summaries = operations.map(({ endpoint }) => endpoint.summary);
    for (const summary of summaries) expect(summary).toMatch(/^[A-Z一-鿿].*[一-鿿]/);
    const twice = summaries.filter((summary, index) => summaries.indexOf(summary) !== index);
    expect(twice).toEqual([]);
  });

  it.each(each)('%s names its path parameters in its input', (_id, { endpoint, inPath }) => {
    if (endpoint.audience === 'provider') return;
    const { shape } = endpoint.input as unknown as { shape?: Record<string, unknown> };
    expect(Object.keys(shape ?? {})).toEqual(expect.arrayContaining([...inPath]));
  });
});

describe('the OpenAPI document', () => {
  it('has every operation once', () => {
    expect([...byId.keys()].sort()).toEqual(operations.map(({ id }) => id).sort());
    expect(described.length).toBe(byId.size);
  });

  it.each(each)('describes %s: summary, input, answer and refusals', (id, { endpoint, inPath }) => {
    const found = byId.get(id);
    expect([found?.method, found?.path]).toEqual([endpoint.method, endpoint.path.replace(/:(\w+)/g, '{$1}')]);
    const { summary, parameters = [], responses = {} } = found?.operation ?? {};
    expect(summary).toBe(endpoint.summary);
    const named = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
    expect([...named].sort()).toEqual([...inPath].sort());
    for (const { schema } of parameters) expect(schema).toBeInstanceOf(Object);
    const good = Object.entries(responses).filter(([status]) => status.startsWith('2'));
    expect(good).toHaveLength(1);
    const [[status, answer] = ['', undefined]] = good;
    if (status === '204') expect(answer?.content).toBeUndefined();
    else expect(Object.keys(schemaOf(answer?.content))).not.toEqual([]);
    for (const code of [...endpoint.errors, ...commonErrors]) {
      const refusal = responses[errorCatalogue[code].status];
      expect(refusal?.description).toContain(`\`${code}\``);
      expect(schemaOf(refusal?.content)).toHaveProperty('properties.code');
    }
  });

  it('refers only to what it holds, and holds only what it refers to', () => {
    const text = JSON.stringify(document);
    const refers = new Set(
      [...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(([, name = '']) => name),
    );
    expect([...refers].sort()).toEqual(Object.keys(schemas).sort());
    expect(text.match(/"\$ref":"(?!#\/components\/schemas\/)/)).toBeNull();
  });
});

function schemaOf(content: Content | undefined): object {
  const name = content?.['application/json']?.schema.$ref.split('/').at(-1) ?? '';
  return schemas[name] ?? {};
}
