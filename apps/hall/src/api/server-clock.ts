/**
 * The hall's clock is the server's: waiting times and punctuality are worked out from instants that the server wrote, and the
 * clocks of desk computers and of displays are often minutes off. Every answer of the API carries `x-server-time`.
 */
let offsetMs = 0;

/** @param header ISO 8601; anything else is ignored. @param sentAt local epoch milliseconds of the request */
export function noteServerTime(header: string | null, sentAt: number, receivedAt = Date.now()): void {
  const server = header === null ? Number.NaN : Date.parse(header);
  // Half of the round trip had passed when the server wrote it.
  if (!Number.isNaN(server)) offsetMs = server - (sentAt + receivedAt) / 2;
}

export function serverNow(): Date {
  return new Date(Date.now() + offsetMs);
}
