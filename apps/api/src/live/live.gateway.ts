import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { MessageBus } from '../common/redis.js';
import { TokenService } from '../common/token.service.js';
import { LIVE_CHANGED, LivePublisher } from './live-publisher.js';
import { CLOSE, ClientMessage, LiveSocket, MAX_TOPICS } from './live-socket.js';
import { LiveTopics } from './live-topics.js';
import { TopicFeed } from './topic-feed.js';

export const LIVE_PATH = '/api/live';
const HEARTBEAT_MS = 25_000;
const MAX_SOCKETS = 20_000;

/**
 * Live data over one WebSocket. Client: `{type:'subscribe', topic, token?}`, `{type:'unsubscribe', topic}`, `{type:'token', token}`,
 * `{type:'ping'}`. Server: `{type:'snapshot', topic, version, data}`, where a client ignores versions below the last it saw, and
 * `{type:'error', topic?, code, message}`.
 */
@Injectable()
export class LiveGateway implements BeforeApplicationShutdown {
  private readonly logger = new Logger('Live');
  private readonly server = new WebSocketServer({
    noServer: true,
    maxPayload: 8 * 1024,
    perMessageDeflate: false,
  });
  private readonly sockets = new Set<LiveSocket>();
  private readonly feeds = new Map<string, TopicFeed>();
  private heartbeat?: NodeJS.Timeout;
  private stopListening?: () => void;

  constructor(
    private readonly topics: LiveTopics,
    private readonly publisher: LivePublisher,
    private readonly tokens: TokenService,
    private readonly bus: MessageBus,
    private readonly clock: Clock,
  ) {}

  /** Takes over the upgrades of an HTTP server. */
  async attach(http: Server): Promise<void> {
    http.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
      stream.on('error', () => stream.destroy());
      const path = request.url?.split('?', 1)[0];
      if (path !== LIVE_PATH) return stream.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
      if (this.sockets.size >= MAX_SOCKETS) {
        return stream.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n');
      }
      this.server.handleUpgrade(request, stream, head, (socket) => this.accept(socket));
    });
    this.heartbeat = setInterval(() => this.beat(), HEARTBEAT_MS);
    this.stopListening = await this.bus.listen(LIVE_CHANGED, (message) => this.onChanged(message));
  }

  /** How many sockets are open, for the metrics. */
  get size(): number {
    return this.sockets.size;
  }

  /** Pings everyone and cuts the silent and the expired; on a timer, and at will in tests. */
  beat(): void {
    const now = this.clock.now();
    for (const socket of this.sockets) {
      if (this.tokens.hasEnded(socket.actor)) socket.close(CLOSE.tokenExpired);
      else socket.beat(now);
    }
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.heartbeat);
    this.stopListening?.();
    for (const feed of this.feeds.values()) feed.close();
    for (const socket of this.sockets) socket.close(CLOSE.goingAway);
    // Who doesn't say goodbye in a second is cut, for the server waits for its last connection.
    setTimeout(() => {
      for (const socket of this.sockets) socket.terminate();
    }, 1_000).unref();
  }

  private accept(connection: WebSocket): void {
    const socket = new LiveSocket(connection);
    this.sockets.add(socket);
    connection.on('pong', () => (socket.alive = true));
    connection.on('error', () => connection.terminate());
    connection.on('close', () => this.forget(socket));
    connection.on('message', (data) => {
      socket.alive = true;
      if (!socket.mayReceive()) return socket.close(CLOSE.tooManyMessages);
      socket.inTurn(() => this.receive(socket, data));
    });
  }

  private async receive(socket: LiveSocket, data: RawData): Promise<void> {
    const message = parseMessage(data);
    if (!message) return socket.sendError('VALIDATION_FAILED');
    const topic = 'topic' in message ? message.topic : undefined;
    try {
      if ('token' in message && message.token) socket.identify(this.tokens.verify(message.token));
      switch (message.type) {
        case 'subscribe':
          return await this.subscribe(socket, message.topic);
        case 'unsubscribe':
          return this.unsubscribe(socket, message.topic);
        case 'ping':
          return socket.send('{"type":"pong"}');
        case 'token':
          return;
      }
    } catch (error) {
      if (!(error instanceof AppError)) this.logger.error({ err: error, topic });
      socket.sendError(error instanceof AppError ? error.code : 'INTERNAL', topic);
    }
  }

  private async subscribe(socket: LiveSocket, name: string): Promise<void> {
    const topic = this.topics.resolve(name);
    if (!topic) throw new AppError('NOT_FOUND');
    if (!socket.topics.has(name) && socket.topics.size >= MAX_TOPICS) throw new AppError('RATE_LIMITED');
    if (socket.expired(this.clock.now()) || this.tokens.hasEnded(socket.actor))
      throw new AppError('TOKEN_EXPIRED');
    if (!(await topic.authorize(socket.actor))) {
      throw new AppError(socket.actor.kind === 'anonymous' ? 'UNAUTHENTICATED' : 'FORBIDDEN');
    }
    if (!this.sockets.has(socket)) return;
    const feed = this.feed(name, () => topic.snapshot());
    socket.topics.add(name);
    feed.watchers.add(socket);
    await feed.greet(socket);
  }

  private unsubscribe(socket: LiveSocket, name: string): void {
    socket.topics.delete(name);
    const feed = this.feeds.get(name);
    feed?.watchers.delete(socket);
    if (feed?.watchers.size !== 0) return;
    feed.close();
    this.feeds.delete(name);
  }

  private forget(socket: LiveSocket): void {
    this.sockets.delete(socket);
    for (const name of [...socket.topics]) this.unsubscribe(socket, name);
  }

  private feed(name: string, snapshot: () => Promise<unknown>): TopicFeed {
    const known = this.feeds.get(name);
    if (known) return known;
    const made = new TopicFeed(
      name,
      snapshot,
      () => this.publisher.version(name),
      (error) => this.logger.error({ err: error, topic: name, msg: 'No snapshot could be taken' }),
    );
    this.feeds.set(name, made);
    return made;
  }

  private onChanged(message: string): void {
    const { topic, version } = JSON.parse(message) as { topic: string; version: number };
    this.feeds.get(topic)?.changed(version);
  }
}

function parseMessage(data: RawData): ClientMessage | undefined {
  try {
    // `ws` gives one Buffer with its default binaryType.
    return ClientMessage.parse(JSON.parse((data as Buffer).toString('utf8')));
  } catch {
    return undefined;
  }
}
