import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { corsHeaders, mayControl } from './origins.js';
import type { Fault, FaultBook } from './faults.js';

const MAX_BODY = 1_048_576;
const DEFAULT_DELAY_MS = 1_000;
const DEFAULT_TIMEOUT_MS = 60_000;
const KEPT_CALLS = 60;

export interface SimRequest {
  method: string;
  path: string;
  /** Path and query exactly as sent: signatures cover these bytes. */
  url: string;
  query: URLSearchParams;
  params: Record<string, string>;
  headers: IncomingHttpHeaders;
  rawBody: string;
  /** The fault that strikes this call, for handlers that can be wrong in their own way. */
  fault?: Fault;
}

export interface Answer {
  status: number;
  headers?: Record<string, string>;
  body: string | Buffer;
}

export type Handler = (request: SimRequest) => Answer | Promise<Answer>;
/** `api`: the provider's own protocol, faults strike here. `sim`: the control routes. `page`: for people. */
export type RouteKind = 'api' | 'sim' | 'page';

interface Route {
  kind: RouteKind;
  method: string;
  parts: string[];
  name: string | ((request: SimRequest) => string);
  handler: Handler;
}

export interface CallRecord {
  at: string;
  name: string;
  status: number;
  fault?: string;
}

/** Thrown by handlers to answer early. */
export class Refusal extends Error {
  constructor(readonly answer: Answer) {
    super('refused');
  }
}

export interface SimServerOptions {
  host: string;
  port: number;
  faults: FaultBook;
  /** The provider's own way to say "system busy", for mode 'fail'. */
  failAnswer: () => Answer;
  /** Last touch on every api answer, e.g. signing it; `corrupt` for mode 'badSignature'. */
  finish?: (answer: Answer, corrupt: boolean) => Answer;
}

export function json(value: unknown, status = 200): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(value),
  };
}

/** A tiny router on node:http that can misbehave on request. */
export class SimServer {
  readonly calls: CallRecord[] = [];
  url = '';
  private readonly routes: Route[] = [];
  private readonly server: Server;
  private readonly closing = new AbortController();

  constructor(private readonly options: SimServerOptions) {
    this.server = createServer((incoming, response) => {
      this.serve(incoming, response).catch((error: unknown) => {
        if (!this.closing.signal.aborted) process.stderr.write(`simulator: ${describe(error)}\n`);
        response.destroy();
      });
    });
  }

  route(kind: RouteKind, method: string, path: string, name: Route['name'], handler: Handler): void {
    this.routes.push({ kind, method, parts: path.split('/'), name, handler });
  }

  async listen(): Promise<void> {
    // Longer than any client keeps an idle connection, or it would meet a closed one now and then.
    this.server.keepAliveTimeout = 65_000;
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(this.options.port, this.options.host, resolve);
    });
    const { port } = this.server.address() as AddressInfo;
    const host = ['0.0.0.0', '::'].includes(this.options.host) ? '127.0.0.1' : this.options.host;
    this.url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  }

  async close(): Promise<void> {
    this.closing.abort();
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => {
      this.server.close(() => resolve());
    });
  }

  private async serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = incoming.url ?? '/';
    const [path = '/', search = ''] = target.split(/\?(.*)/s, 2);
    const cors = path.startsWith('/_sim/') ? corsHeaders(incoming.headers) : {};
    if (incoming.method === 'OPTIONS') return send(response, { status: 204, body: '' }, cors);

    const found = this.find(incoming.method ?? 'GET', path);
    if (found === undefined) return send(response, json({ message: `no route ${path}` }, 404), cors);
    const { route, params } = found;
    const rawBody = await readBody(incoming);
    if (rawBody === undefined) return send(response, json({ message: 'body too large' }, 413), cors);
    const request: SimRequest = {
      method: incoming.method ?? 'GET',
      path,
      url: target,
      query: new URLSearchParams(search),
      params,
      headers: incoming.headers,
      rawBody,
    };
    if (route.kind === 'sim' && request.method !== 'GET' && !mayControl(incoming.headers)) {
      return send(response, json({ message: 'control routes serve this machine only' }, 403));
    }
    if (route.kind !== 'api') return send(response, await this.run(route, request), cors);
    return this.serveApi(route, request, response);
  }

  private async serveApi(route: Route, request: SimRequest, response: ServerResponse): Promise<void> {
    const name = typeof route.name === 'string' ? route.name : route.name(request);
    const fault = this.options.faults.takeInbound(name, request.path);
    if (fault) request.fault = fault;
    const finish = this.options.finish ?? ((answer: Answer) => answer);
    const record = (status: number) => {
      this.calls.unshift({
        at: new Date().toISOString(),
        name,
        status,
        ...(fault ? { fault: fault.mode } : {}),
      });
      this.calls.length = Math.min(this.calls.length, KEPT_CALLS);
    };
    const reply = (answer: Answer) => {
      record(answer.status);
      send(response, answer);
    };
    const work = async () => finish(await this.run(route, request), fault?.mode === 'badSignature');

    switch (fault?.mode) {
      case 'fail':
        return reply(finish(this.options.failAnswer(), false));
      case 'html502':
        return reply({
          status: 502,
          headers: { 'content-type': 'text/html' },
          body: '<html><body><h1>502 Bad Gateway</h1></body></html>',
        });
      case 'timeout':
        record(0);
        await wait(fault.ms ?? DEFAULT_TIMEOUT_MS, undefined, { signal: this.closing.signal });
        response.destroy();
        return;
      case 'loseReplyAfterApply':
        await work();
        record(0);
        response.destroy();
        return;
      case 'delay':
        await wait(fault.ms ?? DEFAULT_DELAY_MS, undefined, { signal: this.closing.signal });
        return reply(await work());
      case 'badSignature':
      case 'duplicate':
      case 'reorder':
      case undefined:
        return reply(await work());
    }
  }

  private async run(route: Route, request: SimRequest): Promise<Answer> {
    try {
      return await route.handler(request);
    } catch (error) {
      if (error instanceof Refusal) return error.answer;
      throw error;
    }
  }

  private find(method: string, path: string): { route: Route; params: Record<string, string> } | undefined {
    const parts = path.split('/');
    for (const route of this.routes) {
      if (route.method !== method || route.parts.length !== parts.length) continue;
      const params = matchParts(route.parts, parts);
      if (params) return { route, params };
    }
    return undefined;
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function matchParts(pattern: string[], parts: string[]): Record<string, string> | undefined {
  const params: Record<string, string> = {};
  for (const [index, wanted] of pattern.entries()) {
    const given = parts[index] ?? '';
    if (!wanted.startsWith(':')) {
      if (wanted !== given) return undefined;
      continue;
    }
    try {
      params[wanted.slice(1)] = decodeURIComponent(given);
    } catch {
      return undefined;
    }
  }
  return params;
}

async function readBody(incoming: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, answer: Answer, extra: Record<string, string> = {}): void {
  if (response.destroyed) return;
  response.writeHead(answer.status, { 'cache-control': 'no-store', ...answer.headers, ...extra });
  response.end(answer.body);
}
