import { field, integer, text } from './json.js';

export const faultModes = [
  'fail',
  'delay',
  'timeout',
  'duplicate',
  'reorder',
  'badSignature',
  'html502',
  'loseReplyAfterApply',
] as const;
export type FaultMode = (typeof faultModes)[number];

export interface Fault {
  /** Route name, path prefix, or the name of what is sent out ('notice', 'push', 'message'); absent = the next that fits. */
  route?: string;
  mode: FaultMode;
  /** How many more times it strikes. */
  count: number;
  ms?: number;
}

/** Without a route, these two mean what the simulator sends; all others mean how it answers. */
const outboundByDefault: ReadonlySet<FaultMode> = new Set(['duplicate', 'reorder']);

function isFaultMode(value: unknown): value is FaultMode {
  return faultModes.some((mode) => mode === value);
}

/** Reads the body of `POST /_sim/fault`; a string is the reason why it is refused. */
export function parseFault(body: unknown): Fault | string {
  const mode = field(body, 'mode');
  if (!isFaultMode(mode)) return `mode must be one of ${faultModes.join(', ')}`;
  const count = field(body, 'count') === undefined ? 1 : integer(body, 'count');
  if (count === undefined || count < 1 || count > 100_000) return 'count must be an integer from 1 to 100000';
  const ms = field(body, 'ms') === undefined ? undefined : integer(body, 'ms');
  if (field(body, 'ms') !== undefined && (ms === undefined || ms < 0 || ms > 600_000)) {
    return 'ms must be an integer from 0 to 600000';
  }
  const route = text(body, 'route');
  return { mode, count, ...(ms === undefined ? {} : { ms }), ...(route ? { route } : {}) };
}

/** What the person at the page, or a test, told the simulator to do wrong next. Oldest matching fault strikes first. */
export class FaultBook {
  private faults: Fault[] = [];

  /** @param outbound names of what this simulator sends by itself, e.g. 'notice' */
  constructor(private readonly outbound: readonly string[]) {}

  add(fault: Fault): void {
    this.faults.push(fault);
  }

  clear(): void {
    this.faults = [];
  }

  list(): Fault[] {
    return this.faults.map((fault) => ({ ...fault }));
  }

  takeInbound(name: string, path: string): Fault | undefined {
    return this.take((fault) =>
      fault.route === undefined
        ? !outboundByDefault.has(fault.mode)
        : fault.route === name || (fault.route.startsWith('/') && path.startsWith(fault.route)),
    );
  }

  takeOutbound(name: string): Fault | undefined {
    if (!this.outbound.includes(name)) return undefined;
    return this.take((fault) =>
      fault.route === undefined ? outboundByDefault.has(fault.mode) : fault.route === name,
    );
  }

  private take(matches: (fault: Fault) => boolean): Fault | undefined {
    const fault = this.faults.find(matches);
    if (fault === undefined) return undefined;
    const struck = { ...fault };
    fault.count -= 1;
    this.faults = this.faults.filter((each) => each.count > 0);
    return struck;
  }
}
