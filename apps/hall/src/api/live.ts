import { refreshSession } from './client.js';
import { sessionStore } from './session-store.js';

export type LiveStatus = 'connecting' | 'open' | 'down';
type Listener = (data: unknown) => void;
type ServerMessage =
  | { type: 'snapshot'; topic: string; version: number; data: unknown }
  | { type: 'error'; topic?: string; code: string; message: string }
  | { type: 'pong' };

const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 10_000;
const PING_MS = 15_000;
/** A line that is cut without a word (a switch, a sleeping machine) only shows by silence. */
const SILENT_MS = 40_000;

/** One socket for every topic of this page; it comes back by itself and subscribes again. */
export class LiveConnection {
  private socket?: WebSocket;
  private readonly topics = new Map<string, Set<Listener>>();
  private readonly statusListeners = new Set<() => void>();
  private status: LiveStatus = 'connecting';
  private retryMs = FIRST_RETRY_MS;
  private retryTimer?: ReturnType<typeof setTimeout>;
  private heardAt = 0;
  /** A refused token is renewed once per connection, lest two ends bounce it for ever. */
  private renewed = false;

  constructor(private readonly open: () => WebSocket) {
    globalThis.addEventListener?.('online', () => this.wake());
    globalThis.document?.addEventListener('visibilitychange', () => this.wake());
    setInterval(() => this.beat(), PING_MS);
  }

  getStatus = (): LiveStatus => this.status;

  onStatus = (listener: () => void): (() => void) => {
    this.statusListeners.add(listener);
    return () => void this.statusListeners.delete(listener);
  };

  /** @param listener gets every snapshot of the topic; @returns the end of the subscription */
  subscribe(topic: string, listener: Listener): () => void {
    const listeners = this.topics.get(topic) ?? new Set();
    const first = listeners.size === 0;
    this.topics.set(topic, listeners.add(listener));
    if (!this.socket) this.connect();
    else if (first) this.sendSubscribe(topic);
    return () => this.unsubscribe(topic, listener);
  }

  /** Tries at once instead of at the end of the pause. */
  wake(): void {
    if (this.topics.size === 0 || this.socket) return;
    clearTimeout(this.retryTimer);
    this.connect();
  }

  /** The session has a new token: the open subscriptions go on under it. */
  tokenChanged(): void {
    const token = sessionStore.get()?.session.accessToken;
    if (token) this.send({ type: 'token', token });
  }

  private unsubscribe(topic: string, listener: Listener): void {
    const listeners = this.topics.get(topic);
    listeners?.delete(listener);
    if (listeners?.size !== 0) return;
    this.topics.delete(topic);
    this.send({ type: 'unsubscribe', topic });
  }

  private connect(): void {
    const socket = this.open();
    this.socket = socket;
    this.heardAt = Date.now();
    this.setStatus(this.status === 'open' ? 'down' : this.status);
    socket.onopen = () => {
      this.renewed = false;
      for (const topic of this.topics.keys()) this.sendSubscribe(topic);
    };
    socket.onmessage = (event: MessageEvent<string>) => this.receive(event.data);
    socket.onclose = () => this.closed(socket);
  }

  private closed(socket: WebSocket): void {
    if (this.socket !== socket) return;
    this.socket = undefined;
    this.setStatus('down');
    if (this.topics.size === 0) return;
    this.retryTimer = setTimeout(() => this.wake(), this.retryMs * (0.7 + Math.random() * 0.6));
    this.retryMs = Math.min(this.retryMs * 2, LONGEST_RETRY_MS);
  }

  private beat(): void {
    if (!this.socket) return;
    if (Date.now() - this.heardAt > SILENT_MS) {
      const socket = this.socket;
      socket.close();
      // close() waits for the other side, which may be gone for good.
      this.closed(socket);
      return;
    }
    this.send({ type: 'ping' });
  }

  private receive(text: string): void {
    this.heardAt = Date.now();
    const message = JSON.parse(text) as ServerMessage;
    switch (message.type) {
      case 'snapshot':
        this.retryMs = FIRST_RETRY_MS;
        this.setStatus('open');
        for (const listener of this.topics.get(message.topic) ?? []) listener(message.data);
        return;
      case 'error':
        if (/^(TOKEN_EXPIRED|UNAUTHENTICATED)$/.test(message.code)) void this.renewToken(message.topic);
        return;
      case 'pong':
        return;
    }
  }

  private async renewToken(topic: string | undefined): Promise<void> {
    if (this.renewed || !topic) return;
    this.renewed = true;
    if ((await refreshSession()) && this.topics.has(topic)) this.sendSubscribe(topic);
  }

  private sendSubscribe(topic: string): void {
    const token = sessionStore.get()?.session.accessToken;
    this.send({ type: 'subscribe', topic, ...(token && { token }) });
  }

  private send(message: object): void {
    if (this.socket?.readyState === 1) this.socket.send(JSON.stringify(message));
  }

  private setStatus(status: LiveStatus): void {
    if (status === this.status) return;
    this.status = status;
    for (const listener of this.statusListeners) listener();
  }
}

let connection: LiveConnection | undefined;

/** The page's one connection, opened by the first subscription. */
export function live(): LiveConnection {
  if (!connection) {
    const made = new LiveConnection(
      () => new WebSocket(`${location.origin.replace(/^http/, 'ws')}/api/live`),
    );
    sessionStore.subscribe(() => made.tokenChanged());
    connection = made;
  }
  return connection;
}
