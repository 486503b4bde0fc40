import type { IncomingMessage } from 'node:http';
import { newId } from './id.js';

export const REQUEST_ID_HEADER = 'x-request-id';

/** The caller's own id where it is harmless in a log, else a new one. */
export function requestIdOf(request: Pick<IncomingMessage, 'headers'>): string {
  const given = request.headers[REQUEST_ID_HEADER];
  return typeof given === 'string' && /^[A-Za-z0-9_.:-]{8,64}$/.test(given) ? given : newId();
}
