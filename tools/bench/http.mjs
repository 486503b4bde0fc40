// The cheapest HTTP client there is, since it shares the machine with what it measures: one socket, requests that were put into
// bytes beforehand, one at a time, and of the answer only the status, the length and the body are looked at.
import { connect } from 'node:net';

const END_OF_HEAD = Buffer.from('\r\n\r\n');
const LENGTH = Buffer.from('content-length: ');
/** What a socket has received is copied from here at once, so that no read needs memory of its own. */
const received = Buffer.alloc(65_536);

/** The bytes of a request; `body` is sent as JSON. */
export function requestBytes({ method = 'GET', path, token, body }) {
  const text = body === undefined ? '' : JSON.stringify(body);
  const head = [
    `${method} ${path} HTTP/1.1`,
    'host: bench',
    ...(token ? [`authorization: Bearer ${token}`] : []),
    ...(body === undefined
      ? []
      : ['content-type: application/json', `content-length: ${Buffer.byteLength(text)}`]),
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${text}`);
}

/**
 * The answer at the start of `bytes`: `{ status, body, size }`, `size` being all of its bytes; undefined while some are missing.
 * Throws where it has no content-length, as our servers always send it.
 */
export function readAnswer(bytes) {
  const head = bytes.indexOf(END_OF_HEAD);
  if (head === -1) return undefined;
  const at = bytes.indexOf(LENGTH);
  if (at === -1 || at > head) throw new Error(`An answer without a length:\n${bytes.latin1Slice(0, head)}`);
  let length = 0;
  for (let i = at + LENGTH.length; bytes[i] >= 48 && bytes[i] <= 57; i++)
    length = length * 10 + bytes[i] - 48;
  const start = head + END_OF_HEAD.length;
  if (bytes.length < start + length) return undefined;
  const status = (bytes[9] - 48) * 100 + (bytes[10] - 48) * 10 + bytes[11] - 48;
  return { status, body: bytes.subarray(start, start + length), size: start + length };
}

/** A kept-alive connection: `send(bytes)`, once at a time, resolves `{ status, body }` and fails with the socket. */
export function openConnection({ host = '127.0.0.1', port }) {
  let waiting;
  let rest;
  const take = (size, buffer) => {
    const chunk = Buffer.from(buffer.subarray(0, size));
    const bytes = rest ? Buffer.concat([rest, chunk]) : chunk;
    const answer = readAnswer(bytes);
    rest = answer ? undefined : bytes;
    if (answer) waiting?.resolve(answer);
    return true;
  };
  const socket = connect({ host, port, noDelay: true, onread: { buffer: received, callback: take } });
  const fail = (error) => waiting?.reject(error);
  socket.on('error', fail);
  socket.on('close', () => fail(new Error('The server closed the connection before it answered')));
  return {
    opened: new Promise((resolve, reject) => {
      waiting = { reject };
      socket.once('connect', resolve);
    }),
    send(bytes) {
      return new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        socket.write(bytes);
      });
    },
    close: () => socket.destroy(),
  };
}
