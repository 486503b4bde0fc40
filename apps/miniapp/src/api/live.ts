import { openSocket } from '../platform/socket';
import type { LiveConnection } from '../platform/types';
import { accessToken } from '../state/session';

interface Watcher {
  version: number;
  readonly onData: (data: unknown) => void;
}

const LIVE_PATH = '/api/live';
const REOPEN_AFTER_MS = [1_000, 2_000, 5_000, 15_000];
const PING_EVERY_MS = 20_000;

/** One WebSocket for the whole app: opened for the first watcher, closed after the last, opened again when it broke. */
class LiveLine {
  private readonly watchers = new Map<string, Set<Watcher>>();
  private connection: LiveConnection | undefined;
  private open = false;
  private failures = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private ping: ReturnType<typeof setInterval> | undefined;

  get connected(): boolean {
    return this.open;
  }

  watch(topic: string, onData: (data: unknown) => void): () => void {
    const watcher: Watcher = { version: -1, onData };
    const group = this.watchers.get(topic) ?? new Set();
    this.watchers.set(topic, group.add(watcher));
    if (this.open) this.subscribe(topic);
    else this.connect();
    return () => {
      group.delete(watcher);
      if (group.size > 0) return;
      this.watchers.delete(topic);
      if (this.open) this.say({ type: 'unsubscribe', topic });
      if (this.watchers.size === 0) this.hangUp();
    };
  }

  private connect(): void {
    if (this.connection || this.watchers.size === 0) return;
    clearTimeout(this.timer);
    this.connection = openSocket(LIVE_PATH, {
      onOpen: () => {
        this.open = true;
        this.failures = 0;
        for (const topic of this.watchers.keys()) this.subscribe(topic);
        this.ping = setInterval(() => this.say({ type: 'ping' }), PING_EVERY_MS);
      },
      onMessage: (text) => this.receive(text),
      onClose: () => {
        this.dropped();
        const pause = REOPEN_AFTER_MS[Math.min(this.failures, REOPEN_AFTER_MS.length - 1)];
        this.failures += 1;
        this.timer = setTimeout(() => this.connect(), pause);
      },
    });
  }

  private receive(text: string): void {
    const message = JSON.parse(text) as { type?: string; topic?: string; version?: number; data?: unknown };
    if (message.type !== 'snapshot' || message.topic === undefined) return;
    for (const watcher of this.watchers.get(message.topic) ?? []) {
      // Snapshots can overtake one another; an older one must not undo a newer.
      if ((message.version ?? 0) < watcher.version) continue;
      watcher.version = message.version ?? 0;
      watcher.onData(message.data);
    }
  }

  private subscribe(topic: string): void {
    this.say({ type: 'subscribe', topic, token: accessToken() });
  }

  private say(message: unknown): void {
    this.connection?.send(JSON.stringify(message));
  }

  private dropped(): void {
    this.open = false;
    this.connection = undefined;
    clearInterval(this.ping);
  }

  private hangUp(): void {
    clearTimeout(this.timer);
    this.connection?.close();
    this.dropped();
  }
}

export const live = new LiveLine();
