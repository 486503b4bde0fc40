// The people of the journey: made anew each time, so that it can be walked again and again on one city.
import { randomInt, randomUUID } from 'node:crypto';

/** A request's own id, as every create carries one. */
export const requestId = () => randomUUID();

/** An ID number of GB 11643 shape: a region that is not allotted, a day of birth, a serial, and the check digit. */
export function newIdNumber() {
  const year = randomInt(1960, 2000);
  const day = `${year}${String(randomInt(1, 13)).padStart(2, '0')}${String(randomInt(1, 29)).padStart(2, '0')}`;
  const body = `359901${day}${String(randomInt(0, 1000)).padStart(3, '0')}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, index) => total + weight * Number(body[index]), 0);
  return body + '10X98765432'[sum % 11];
}

/** Prefix 154 is used by no operator. */
export const newPhone = () => `154${String(randomInt(0, 100_000_000)).padStart(8, '0')}`;

/** Fails a step with what was expected, in words. */
export function expect(condition, what, found) {
  if (condition) return;
  throw new Error(`expected: ${what}${found === undefined ? '' : `\nfound: ${JSON.stringify(found)}`}`);
}

/** Expects a request to be refused with `code`. */
export async function refused(code, act) {
  try {
    await act();
  } catch (error) {
    if (error.code === code) return error;
    throw error;
  }
  throw new Error(`expected the answer ${code}, but it was accepted`);
}

/** Takes the first message on `topic` of the live connection that passes `test`. */
export async function liveMessage(baseUrl, topic, token, test, timeoutMs = 10_000) {
  const { WebSocket } = await import('ws');
  const socket = new WebSocket(`${baseUrl.replace(/^http/, 'ws')}/api/live`);
  try {
    return await new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no live message on ${topic}`)), timeoutMs);
      socket.on('error', reject);
      socket.on('close', (code, reason) => reject(new Error(`live connection closed: ${code} ${reason}`)));
      socket.on('open', () => socket.send(JSON.stringify({ type: 'subscribe', topic, token })));
      socket.on('message', (raw) => {
        const message = JSON.parse(String(raw));
        if (message.topic !== topic || message.data === undefined || !test(message.data)) return;
        clearTimeout(timer);
        resolve(message);
      });
    });
  } finally {
    socket.removeAllListeners('close');
    socket.close();
  }
}
