import { Agent, request } from 'node:http';
import type { World } from '../../support/world.js';
import { takesBody, type Operation } from './operations.js';

export interface RawCall {
  readonly method: string;
  /** Sent as it is: `fetch` would tidy it up first. */
  readonly path: string;
  readonly token?: string;
  readonly body?: string;
  readonly type?: string;
}

export interface RawAnswer {
  readonly status: number;
  readonly text: string;
  /** Undefined where the answer was no JSON. */
  readonly body: unknown;
}

const agent = new Agent({ keepAlive: true });

export function send(world: World, { method, path, token, body, type }: RawCall): Promise<RawAnswer> {
  const { hostname, port } = new URL(world.baseUrl);
  const headers: Record<string, string | number> = {
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }),
    ...(type === undefined ? {} : { 'content-type': type }),
  };
  return new Promise((resolve, reject) => {
    const sent = request({ agent, hostname, port, method, path, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        resolve({ status: response.statusCode ?? 0, text, body: parse(text) });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** One input object as the typed client would send it, but whatever its values are. */
export function toRawCall(
  { endpoint, inPath }: Operation,
  input: Readonly<Record<string, unknown>>,
  token?: string,
): RawCall {
  const rest = Object.fromEntries(Object.entries(input).filter(([key]) => !inPath.includes(key)));
  const path = endpoint.path.replace(/:(\w+)/g, (_match, name: string) =>
    encodeURIComponent(asText(input[name])),
  );
  const { method } = endpoint;
  if (takesBody(endpoint)) {
    return { method, path, token, body: JSON.stringify(rest), type: 'application/json' };
  }
  const query = new URLSearchParams(
    Object.entries(rest).flatMap(([key, value]): [string, string][] =>
      value === undefined ? [] : [[key, asText(value)]],
    ),
  ).toString();
  return { method, path: query ? `${path}?${query}` : path, token };
}

/** Half a surrogate pair can't be sent as UTF-8, so not in an address. */
export function asText(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'undefined');
  return Buffer.from(text).toString();
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The code of a refusal, undefined for a success. */
export const codeOf = ({ body }: Pick<RawAnswer, 'body'>): string | undefined =>
  (body as { code?: string } | undefined)?.code;
