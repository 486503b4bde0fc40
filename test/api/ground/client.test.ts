import { ApiError, createClient, withRefresh, type Answer, type Call } from '@haoban/client';
import { describe, expect, it } from '@jest/globals';

const expired: Answer = {
  status: 401,
  body: { code: 'TOKEN_EXPIRED', message: '登录已过期', requestId: 'R1' },
};

describe('the typed client', () => {
  const record = (answer: Answer = { status: 200, body: {} }) => {
    const calls: Call[] = [];
    const client = createClient((call) => {
      calls.push(call);
      return Promise.resolve(answer);
    });
    return { calls, client };
  };

  it('puts path parameters into the path, the rest into the query of a GET', async () => {
    const { calls, client } = record();
    await client.guide.getHall({ hallId: 'a/b 中' });
    await client.booking.listMine({ limit: 5, cursor: undefined });
    expect(calls).toEqual([
      { operation: 'guide.getHall', method: 'GET', path: '/api/halls/a%2Fb%20%E4%B8%AD' },
      { operation: 'booking.listMine', method: 'GET', path: '/api/bookings?limit=5' },
    ]);
  });

  it("puts the rest of a POST into its body and leaves the caller's object alone", async () => {
    const { calls, client } = record();
    const input = { bookingId: 'B1', reason: '改天' } as { bookingId: string };
    await client.booking.cancel(input);
    expect(calls[0]).toMatchObject({ path: '/api/bookings/B1/cancel', body: { reason: '改天' } });
    expect(input.bookingId).toBe('B1');
  });

  it('fails with the code, the text, the request id and the details of the server', async () => {
    const body = { code: 'SLOT_FULL', message: '这个时段已约满', requestId: 'R1', details: { slotId: 'S' } };
    const { client } = record({ status: 409, body });
    const error = await client.meta.live().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ ...body, status: 409 });
  });

  it('makes an error of answers that are not from the API', async () => {
    const { client } = record({ status: 502, body: undefined });
    await expect(client.meta.live()).rejects.toMatchObject({ code: 'BUSY', status: 502 });
  });
});

describe('an access token that has run out', () => {
  const setUp = (refreshed: boolean) => {
    let valid = false;
    let refreshes = 0;
    const transport = withRefresh(() => Promise.resolve(valid ? { status: 200, body: 'ok' } : expired), {
      refresh: async () => {
        refreshes++;
        await new Promise((done) => setTimeout(done, 10));
        valid = refreshed;
        return refreshed;
      },
    });
    const call = (operation: string) => transport({ operation, method: 'GET', path: '/' });
    return { call, refreshes: () => refreshes };
  };

  it('is renewed once for all calls that notice it together, and each call is sent again', async () => {
    const { call, refreshes } = setUp(true);
    const answers = await Promise.all(['booking.listMine', 'queue.listMine', 'cases.listMine'].map(call));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(refreshes()).toBe(1);
  });

  it('leaves the refusal where it can not be renewed', async () => {
    expect((await setUp(false).call('booking.listMine')).status).toBe(401);
  });

  it('is not renewed because the renewal itself was refused', async () => {
    const { call, refreshes } = setUp(true);
    expect((await call('identity.refresh')).status).toBe(401);
    expect(refreshes()).toBe(0);
  });
});
