/** An access token and the instant (epoch milliseconds) until which it should be used. */
export interface StoredToken {
  token: string;
  useUntilMs: number;
}

/**
 * Where all processes of one environment share the access token. Tokens are up to 512 characters and are secrets.
 * `withLock` runs `work` while no other holder of the same key runs; a lock with an expiry must outlive the client's
 * time-out. Without one shared refresher, processes replace each other's token and WeChat answers 40001.
 */
export interface TokenStore {
  get(key: string): Promise<StoredToken | undefined>;
  set(key: string, token: StoredToken): Promise<void>;
  withLock<T>(key: string, work: () => Promise<T>): Promise<T>;
}

/** A store for one process: tests, tools, a single small instance. */
export class MemoryTokenStore implements TokenStore {
  private readonly tokens = new Map<string, StoredToken>();
  private readonly tails = new Map<string, Promise<unknown>>();

  get(key: string): Promise<StoredToken | undefined> {
    return Promise.resolve(this.tokens.get(key));
  }

  set(key: string, token: StoredToken): Promise<void> {
    this.tokens.set(key, token);
    return Promise.resolve();
  }

  withLock<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.tails.get(key) ?? Promise.resolve();
    const run = before.then(work);
    this.tails.set(
      key,
      run.catch(() => undefined),
    );
    return run;
  }
}
