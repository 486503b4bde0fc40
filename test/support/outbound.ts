import { Socket } from 'node:net';

const attempts: string[] = [];
let guarded = false;

/**
 * Lets this process talk to this machine only: a test that reached a real service would be slow, flaky, and might cost someone
 * money. Every attempt fails at once and is remembered for `takeOutboundAttempts`.
 */
export function forbidOutbound(): void {
  if (guarded) return;
  guarded = true;
  const connect = Socket.prototype.connect as (this: Socket, ...args: unknown[]) => Socket;
  Socket.prototype.connect = function (this: Socket, ...args: unknown[]) {
    const host = hostOf(args);
    if (host === undefined || isThisMachine(host)) return connect.apply(this, args);
    attempts.push(host);
    process.nextTick(() => this.destroy(new Error(`A test may not reach ${host}`)));
    return this;
  } as typeof Socket.prototype.connect;
}

/** The foreign hosts that were tried since the last call. */
export function takeOutboundAttempts(): string[] {
  return attempts.splice(0);
}

/** Node calls `connect` with an array of (options, callback), or as documented. Undefined for a local pipe. */
function hostOf(args: unknown[]): string | undefined {
  const [first, second] = Array.isArray(args[0]) ? (args[0] as unknown[]) : args;
  if (typeof first === 'number') return typeof second === 'string' ? second : 'localhost';
  if (typeof first !== 'object' || first === null) return undefined;
  const { host, path } = first as { host?: string; path?: string };
  return path ? undefined : (host ?? 'localhost');
}

function isThisMachine(host: string): boolean {
  return /^(localhost|127(\.\d+){3}|0\.0\.0\.0|::1|::ffff:127(\.\d+){3})$/.test(host);
}
