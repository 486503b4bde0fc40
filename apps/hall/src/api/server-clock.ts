/**
 * The hall's clock is the server's: waiting times and punctuality are worked out from instants that the server wrote, and the
 * clocks of desk computers and of displays are often minutes off. Every answer of the API carries `x-server-time`.
 */
let offsetMs = 0;
/** Less is the jitter of the network, which nobody sees on a clock. */
const NOTABLE_MS = 500;
const watchers = new Set<() => void>();

/** Calls back when the server's time turns out to be another one than was thought. @returns stops it */
export function watchServerTime(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => void watchers.delete(watcher);
}

/** @param header ISO 8601; anything else is ignored. @param sentAt local epoch milliseconds of the request */
export function noteServerTime(header: string | null, sentAt: number, receivedAt = Date.now()): void {
  const server = header === null ? Number.NaN : Date.parse(header);
  // Half of the round trip had passed when the server wrote it.
  if (Number.isNaN(server)) return;
  const before = offsetMs;
  offsetMs = server - (sentAt + receivedAt) / 2;
  if (Math.abs(offsetMs - before) >= NOTABLE_MS) for (const watcher of watchers) watcher();
}

export function serverNow(): Date {
  return new Date(Date.now() + offsetMs);
}
