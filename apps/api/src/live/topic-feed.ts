import { setImmediate as yieldToOthers } from 'node:timers/promises';

/** At most ten snapshots a second of one topic: people can't read faster, and a rush changes it far more often. */
export const COALESCE_MS = 100;
/** So many sockets are written to before other work gets its turn. */
const CHUNK = 200;

export interface Watcher {
  send(message: string): void;
}

/** One watched topic in this process: its watchers, and at most one snapshot being taken for them. */
export class TopicFeed {
  readonly watchers = new Set<Watcher>();
  private wanted = 0;
  private sent = 0;
  private timer?: NodeJS.Timeout;
  private sending = false;

  constructor(
    private readonly topic: string,
    private readonly takeSnapshot: () => Promise<unknown>,
    private readonly currentVersion: () => Promise<number>,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  /** Sends the present state to one new watcher. */
  async greet(watcher: Watcher): Promise<void> {
    // The version is read first: a change in between gives a snapshot that is newer than it says, never older.
    const version = await this.currentVersion();
    watcher.send(this.message(version, await this.takeSnapshot()));
  }

  changed(version: number): void {
    this.wanted = Math.max(this.wanted, version);
    if (this.timer || this.sending) return;
    this.timer = setTimeout(() => void this.flush(), COALESCE_MS);
  }

  close(): void {
    clearTimeout(this.timer);
    this.watchers.clear();
  }

  private async flush(): Promise<void> {
    this.timer = undefined;
    this.sending = true;
    const version = this.wanted;
    try {
      await this.broadcast(this.message(version, await this.takeSnapshot()));
      this.sent = version;
    } catch (error) {
      this.onFailure(error);
    } finally {
      this.sending = false;
    }
    if (this.wanted > Math.max(version, this.sent)) this.changed(this.wanted);
  }

  private async broadcast(message: string): Promise<void> {
    let written = 0;
    for (const watcher of [...this.watchers]) {
      watcher.send(message);
      if (++written % CHUNK === 0) await yieldToOthers();
    }
  }

  private message(version: number, data: unknown): string {
    return JSON.stringify({ type: 'snapshot', topic: this.topic, version, data });
  }
}
