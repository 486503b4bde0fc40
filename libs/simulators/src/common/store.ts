import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { isRecord } from './json.js';

const MIN_DELAY_MS = 50;

/** Keys chosen by the other side may be `__proto__`, so the states use Map; JSON needs a mark for it. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    item instanceof Map ? { $map: [...item.entries()] } : item,
  );
}

function fromJson(source: string): unknown {
  return JSON.parse(source, (_key, item: unknown) =>
    isRecord(item) && Array.isArray(item.$map) ? new Map(item.$map as [string, unknown][]) : item,
  );
}

/** Keeps one state object in memory and, when it has a file, on disk: written beside it and renamed, never in place. */
export class Store<State extends object> {
  state: State;
  private timer: NodeJS.Timeout | undefined;
  private lastWriteMs = 0;

  constructor(
    private readonly empty: () => State,
    private readonly file?: string,
  ) {
    this.state = { ...empty(), ...this.read() };
  }

  /** Call after every change. Writes are gathered so that a large state costs at most a few percent of the time. */
  changed(): void {
    if (this.file === undefined || this.timer !== undefined) return;
    this.timer = setTimeout(() => this.flush(), Math.max(MIN_DELAY_MS, 20 * this.lastWriteMs));
  }

  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.file === undefined) return;
    const begun = performance.now();
    mkdirSync(dirname(this.file), { recursive: true });
    const draft = `${this.file}.${process.pid}.tmp`;
    writeFileSync(draft, toJson(this.state), { mode: 0o600 });
    renameSync(draft, this.file);
    this.lastWriteMs = performance.now() - begun;
  }

  reset(): void {
    this.state = this.empty();
    this.flush();
  }

  private read(): Partial<State> {
    if (this.file === undefined) return {};
    let source: string;
    try {
      source = readFileSync(this.file, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
      throw error;
    }
    try {
      return fromJson(source) as Partial<State>;
    } catch (error) {
      throw new Error(`State file ${this.file} is damaged; delete it to start empty.`, { cause: error });
    }
  }
}
