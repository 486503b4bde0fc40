import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { checkRush, type PhoneAnswer } from '../../tools/bench/check-rush.mjs';
import { openConnection, readAnswer, requestBytes } from '../../tools/bench/http.mjs';
import { compare, median, quantile } from '../../tools/bench/statistics.mjs';

describe('the numbers of a benchmark', () => {
  it('take quantiles by nearest rank and the middle of both middles', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => index + 1).reverse();
    expect([quantile(hundred, 0.5), quantile(hundred, 0.99), quantile(hundred, 1)]).toEqual([50, 99, 100]);
    expect(quantile([], 0.5)).toBeUndefined();
    expect([median([3, 1, 2]), median([4, 1, 2, 3])]).toEqual([2, 2.5]);
  });

  it('compare medians over the rounds, the floor of a round being its best', () => {
    const rounds = [
      { perS: 4_000, floors: [900, 1_000, 800], ms: [1, 2] },
      { perS: 100, floors: [50, 40, 30], ms: [500] },
      { perS: 4_400, floors: [1_000, 1_100, 900], ms: [3] },
    ];
    expect(compare(rounds)).toEqual({ perS: 4_000, floorPerS: 1_000, ratio: 4, p99Ms: 500 });
  });
});

describe('the client of a benchmark', () => {
  let server: Server | undefined;
  afterEach(() => void server?.close());

  const listen = async (answer: (body: string) => string) => {
    server = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      request.on('end', () => {
        const text = answer(`${request.method} ${request.url} ${request.headers.authorization} ${body}`);
        response.setHeader('content-length', Buffer.byteLength(text));
        response.statusCode = text === 'no' ? 409 : 200;
        response.end(text);
      });
    });
    await new Promise<void>((done) => server?.listen(0, '127.0.0.1', done));
    return (server.address() as AddressInfo).port;
  };

  it('speaks HTTP that a server understands, and reads answers of any length one after the other', async () => {
    const port = await listen((asked) => (asked.includes('long') ? '好'.repeat(100_000) : asked));
    const connection = openConnection({ port });
    await connection.opened;
    const request = { method: 'POST', path: '/api/x', token: 'T', body: { name: '好办' } };
    const first = await connection.send(requestBytes(request));
    expect(first.status).toBe(200);
    expect(first.body.toString()).toBe('POST /api/x Bearer T {"name":"好办"}');
    expect((await connection.send(requestBytes({ path: '/long' }))).body.toString()).toBe(
      '好'.repeat(100_000),
    );
    expect((await connection.send(requestBytes({ path: '/' }))).body.toString()).toBe('GET / undefined ');
    connection.close();
  });

  it('fails where the server goes away before it answers', async () => {
    const port = await listen(() => 'never');
    server?.removeAllListeners('request').on('request', (request) => request.socket.destroy());
    const connection = openConnection({ port });
    await connection.opened;
    await expect(connection.send(requestBytes({ path: '/' }))).rejects.toThrow();
  });

  it('waits for the rest of an answer, and takes none without a length', () => {
    const whole = Buffer.from('HTTP/1.1 409 Conflict\r\ncontent-length: 2\r\n\r\nno');
    for (let length = 1; length < whole.length; length++) {
      expect(readAnswer(whole.subarray(0, length))).toBeUndefined();
    }
    expect(readAnswer(whole)).toMatchObject({ status: 409, size: whole.length });
    expect(() => readAnswer(Buffer.from('HTTP/1.1 200 OK\r\n\r\n'))).toThrow('without a length');
  });
});

describe('the check after a rush', () => {
  const slots = [{ id: 'S1' }];
  const phones = ['A', 'B', 'C'].map((name) => ({ citizenId: name, requestId: `r-${name}`, slotId: 'S1' }));
  const told = (phone: number, status: number, more: Partial<PhoneAnswer> = {}): PhoneAnswer => ({
    ...{ phone, act: 'reserve', status },
    ...more,
  });
  const full = { code: 'SLOT_FULL' };
  const city = (
    rows: Record<string, string>,
    slot: { capacity: number; taken: number },
    slotOf: Record<string, string> = {},
  ) => ({
    query: (sql: string) =>
      Promise.resolve(
        sql.includes('COUNT')
          ? [{ id: 'S1', ...slot, live: Object.values(rows).filter((state) => state !== 'cancelled').length }]
          : Object.entries(rows).map(([name, state]) => ({
              ...{
                id: `b-${name}`,
                citizen_id: name,
                request_id: `r-${name}`,
                slot_id: slotOf[name] ?? 'S1',
                state,
              },
            })),
      ),
  });
  const check = (
    answers: readonly PhoneAnswer[],
    rows: Record<string, string>,
    slot: { capacity: number; taken: number },
  ) => checkRush(city(rows, slot), { slots, sent: [{ phones, answers }], allBooked: false });

  const won = (phone: number, name: string) => told(phone, 200, { id: `b-${name}` });

  it('finds nothing wrong where two of three got two places', async () => {
    const answers = [won(0, 'A'), won(1, 'B'), told(2, 409, full)];
    const result = await check(answers, { A: 'confirmed', B: 'confirmed' }, { capacity: 2, taken: 2 });
    expect(result).toMatchObject({ booked: 2, full: 1, oversold: 0, lost: 0, wrong: 0 });
  });

  it('finds a booking of another slot than was asked for', async () => {
    const slot = { capacity: 2, taken: 2 };
    const swapped = city({ A: 'confirmed', B: 'confirmed' }, slot, { A: 'S2' });
    const sent = [{ phones, answers: [won(0, 'A'), won(1, 'B')] }];
    expect(await checkRush(swapped, { slots, sent, allBooked: true })).toMatchObject({ wrong: 1 });
  });

  it('finds places that were sold twice, and those that are miscounted', async () => {
    const answers = [won(0, 'A'), won(1, 'B')];
    const rows = { A: 'confirmed', B: 'confirmed' };
    expect(await check(answers, rows, { capacity: 1, taken: 2 })).toMatchObject({ oversold: 1 });
    expect(await check(answers, rows, { capacity: 2, taken: 1 })).toMatchObject({ oversold: 1 });
  });

  it('finds an answered booking that is not in the table', async () => {
    const answers = [won(0, 'A'), won(1, 'B')];
    expect(await check(answers, { A: 'confirmed' }, { capacity: 2, taken: 1 })).toMatchObject({ lost: 1 });
  });

  it('finds losers that were told something else, places nobody got, and a repetition with another answer', async () => {
    const slot = { capacity: 2, taken: 1 };
    const one = { A: 'confirmed' };
    expect(await check([won(0, 'A'), told(1, 500)], one, slot)).toMatchObject({ wrong: 1 });
    expect(await check([won(0, 'A'), told(1, 409, full)], one, slot)).toMatchObject({ wrong: 1 });
    const twice = [won(0, 'A'), told(0, 200, { act: 'again', id: 'b-B' })];
    const both = { A: 'confirmed', B: 'confirmed' };
    expect(await check(twice, both, { capacity: 2, taken: 2 })).toMatchObject({ wrong: 1 });
  });
});
