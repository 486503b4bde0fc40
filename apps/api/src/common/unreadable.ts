import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { AppError } from './app-error.js';
import { errorBody } from './error.filter.js';
import { newId } from './id.js';

/**
 * Answers what Node's HTTP parser gives up on before there is a request, such as an address of more than 16 KB: in the same form
 * as every other failure, on the bare socket, which is then closed since nobody knows where the next request would begin.
 */
export function refuseUnreadable(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  if (socket.writable) socket.write(answer(error.code === 'HPE_HEADER_OVERFLOW'));
  socket.destroySoon();
}

function answer(tooLarge: boolean): string {
  const refusal = new AppError(tooLarge ? 'PAYLOAD_TOO_LARGE' : 'VALIDATION_FAILED');
  const body = JSON.stringify(errorBody(refusal, newId()));
  return [
    `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status] ?? ''}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
    '',
    body,
  ].join('\r\n');
}
