import { pino, type DestinationStream } from 'pino';

/** Characters after which lines are written, and the longest time in milliseconds that one waits. */
const MANY = 16_000;
const WAIT_MS = 100;

const open = new Set<LogLines>();
// Before the destinations do the same, so that they have everything by then.
process.once('exit', () => open.forEach((lines) => lines.flushSync()));

/**
 * Where a process's log lines go: many at once in a rush, and none waits longer than a moment. Pino's own destination can collect too
 * (`minLength`), but measures everything it holds again for each line, which in a rush costs more than writing it.
 */
export class LogLines implements DestinationStream {
  private lines: string[] = [];
  private size = 0;
  private timer: NodeJS.Timeout | undefined;
  private readonly out: ReturnType<typeof pino.destination>;

  /** @param file a path or a descriptor; default the standard output */
  constructor(file: string | number = 1) {
    open.add(this);
    this.out = pino.destination({ dest: file, sync: false });
  }

  write(line: string): void {
    this.lines.push(line);
    this.size += line.length;
    if (this.size >= MANY) this.passOn();
    else this.timer ??= setTimeout(() => this.passOn(), WAIT_MS);
  }

  /** Also called by pino after a fatal error. */
  flushSync(): void {
    this.passOn();
    this.out.flushSync();
  }

  private passOn(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.lines.length === 0) return;
    this.out.write(this.lines.join(''));
    this.lines = [];
    this.size = 0;
  }
}
