import { once } from 'node:events';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  method: string;
  /** Path and query as sent. */
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Reply {
  status?: number;
  headers?: Record<string, string>;
  body?: string | Buffer;
}

/** `hang`: never answers; `stall`: headers and half a body, then nothing; `drop`: closes without an answer. */
export type Behaviour = Reply | 'hang' | 'stall' | 'drop';

export interface Loopback {
  url: string;
  received: Received[];
}

const running: (() => Promise<void>)[] = [];

/** A real HTTP server on a free loopback port that answers as `answer` says and keeps what it received. */
export async function loopback(
  answer: (request: Received) => Behaviour | Promise<Behaviour>,
): Promise<Loopback> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const { method = '', url = '', headers } = request;
      const entry = { method, url, headers, body };
      received.push(entry);
      void Promise.resolve(answer(entry)).then((behaviour) => act(behaviour, response));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  running.push(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received };
}

function act(behaviour: Behaviour, response: ServerResponse): void {
  if (behaviour === 'hang') return;
  if (behaviour === 'drop') {
    response.socket?.destroy();
    return;
  }
  if (behaviour === 'stall') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
    response.write('{"errcode":');
    return;
  }
  const { status = 200, headers = { 'content-type': 'application/json' }, body = '' } = behaviour;
  response.writeHead(status, headers);
  response.end(body);
}

export const json = (value: unknown, status = 200): Reply => ({ status, body: JSON.stringify(value) });

export async function closeLoopbacks(): Promise<void> {
  await Promise.all(running.splice(0).map((close) => close()));
}

/** A loopback address where nothing listens. */
export async function closedAddress(): Promise<string> {
  const { url } = await loopback(() => 'hang');
  await closeLoopbacks();
  return url;
}

/** The error of a call that must fail. */
export async function failureOf(call: Promise<unknown>): Promise<unknown> {
  try {
    await call;
  } catch (error) {
    return error;
  }
  throw new Error('the call did not fail');
}
