import { commonErrors, type Audience, type Endpoint } from '@haoban/contracts';
import { errorCatalogue, type ErrorCode } from '@haoban/domain';
import { z } from 'zod';

type Json = Record<string, unknown>;
type EndpointTable = Readonly<Record<string, Readonly<Record<string, Endpoint>>>>;

export interface OpenApiDocument extends Json {
  readonly openapi: '3.1.0';
  readonly paths: Record<string, Record<string, Json>>;
}

/**
 * OpenAPI 3.1 (whose schemas are JSON Schema 2020-12, what zod writes) from the endpoint table. Audiences are scopes of the
 * bearer token; the answers of each status list the codes that can come with it.
 */
export function openApiDocument(table: EndpointTable, server: string): OpenApiDocument {
  const paths: Record<string, Record<string, Json>> = {};
  const schemas: Json = { Error: errorSchema };
  for (const [feature, operations] of Object.entries(table)) {
    for (const [name, endpoint] of Object.entries(operations)) {
      const path = endpoint.path.replace(/:([A-Za-z]+)/g, '{$1}');
      const methods = (paths[path] ??= {});
      methods[endpoint.method.toLowerCase()] = operation(feature, name, endpoint, schemas);
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: '好办 Haoban',
      version: '0.1.0',
      description:
        '一件事从预约、排队、办理、寄递到评价。失败时返回 `{ code, message, requestId, details? }`。',
    },
    servers: [{ url: server }],
    tags: Object.keys(table).map((name) => ({ name })),
    paths,
    components: {
      schemas,
      securitySchemes: { session: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
  };
}

function operation(feature: string, name: string, endpoint: Endpoint, schemas: Json): Json {
  const id = `${feature}.${name}`;
  const input = toJsonSchema(endpoint.input, 'input');
  const answer = `${pascal(feature)}${pascal(name)}Output`;
  const silent = endpoint.output instanceof z.ZodUndefined;
  if (!silent) schemas[answer] = toJsonSchema(endpoint.output, 'output');
  const inBody = endpoint.method !== 'GET' && endpoint.method !== 'DELETE';
  const names = pathNames(endpoint.path);
  const body = inBody ? bodySchema(input, names) : undefined;
  if (body) schemas[`${pascal(feature)}${pascal(name)}Input`] = body;
  return {
    operationId: id,
    tags: [feature],
    summary: endpoint.summary,
    description: `Audience: \`${endpoint.audience}\``,
    'x-audience': endpoint.audience,
    security: security(endpoint.audience),
    parameters: parameters(input, names, inBody),
    ...(body
      ? { requestBody: { required: true, content: jsonContent(`${pascal(feature)}${pascal(name)}Input`) } }
      : {}),
    responses: {
      ...(silent
        ? { 204: { description: '成功，无内容' } }
        : { 200: { description: '成功', content: jsonContent(answer) } }),
      ...errorResponses([...commonErrors, ...endpoint.errors]),
    },
  };
}

function toJsonSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  // What JSON Schema can't say (a refinement, a transform) is left out rather than refused.
  const made = z.toJSONSchema(schema, { io, unrepresentable: 'any', reused: 'inline' }) as Json;
  delete made.$schema;
  return made;
}

function pathNames(path: string): ReadonlySet<string> {
  return new Set([...path.matchAll(/:([A-Za-z]+)/g)].map(([, name]) => name ?? ''));
}

function properties(schema: Json): [string, Json][] {
  return Object.entries((schema.properties ?? {}) as Record<string, Json>);
}

function parameters(input: Json, inPath: ReadonlySet<string>, inBody: boolean): Json[] {
  const required = new Set((input.required ?? []) as string[]);
  const known = Object.fromEntries(properties(input));
  const inQuery = inBody ? [] : Object.keys(known).filter((name) => !inPath.has(name));
  return [
    // A call-back takes any input, but its path still has its parameter.
    ...[...inPath].map((name) => ({
      name,
      in: 'path',
      required: true,
      schema: known[name] ?? { type: 'string' },
    })),
    ...inQuery.map((name) => ({ name, in: 'query', required: required.has(name), schema: known[name] })),
  ];
}

function bodySchema(input: Json, inPath: ReadonlySet<string>): Json | undefined {
  if (input.properties === undefined) return Object.keys(input).length > 0 ? input : undefined;
  const rest = properties(input).filter(([name]) => !inPath.has(name));
  if (rest.length === 0) return undefined;
  const required = ((input.required ?? []) as string[]).filter((name) => !inPath.has(name));
  return { ...input, properties: Object.fromEntries(rest), required };
}

function security(audience: Audience): Json[] {
  return audience === 'public' || audience === 'provider' ? [] : [{ session: [audience] }];
}

function errorResponses(codes: readonly ErrorCode[]): Json {
  const answers: Record<string, Json> = {};
  for (const status of new Set(codes.map((code) => errorCatalogue[code].status))) {
    const these = [...new Set(codes)].filter((code) => errorCatalogue[code].status === status);
    answers[status] = {
      description: these.map((code) => `\`${code}\` ${errorCatalogue[code].message}`).join('\n\n'),
      content: jsonContent('Error'),
    };
  }
  return answers;
}

function jsonContent(schema: string): Json {
  return { 'application/json': { schema: { $ref: `#/components/schemas/${schema}` } } };
}

function pascal(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

const errorSchema: Json = {
  type: 'object',
  required: ['code', 'message', 'requestId'],
  properties: {
    code: { type: 'string', enum: Object.keys(errorCatalogue) },
    message: { type: 'string', description: '给人看的中文说明' },
    requestId: { type: 'string' },
    details: {
      description:
        'VALIDATION_FAILED：[{ path, message }]；RATE_LIMITED：{ retryAfterSeconds }；其余见各操作',
    },
  },
};
