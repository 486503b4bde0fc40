import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { StaffActor } from '../../../apps/api/src/common/actor.js';
import { newWorld, type World } from '../../support/world.js';
import { ProbeModule } from './probe.js';

interface Failure {
  code: string;
  message: string;
  requestId: string;
  details?: unknown;
}

const clerk: StaffActor = { kind: 'staff', staffId: 'T1', role: 'clerk', hallId: 'H1', name: '林窗口' };

describe('the HTTP layer', () => {
  let world: World;
  let log = '';
  beforeAll(async () => {
    const sink = new PassThrough();
    sink.on('data', (chunk: Buffer) => (log += chunk.toString()));
    world = await newWorld({ extra: [ProbeModule], log: sink, jobs: false });
  });
  afterAll(() => world.close());

  const post = (path: string, body: string | Uint8Array<ArrayBuffer>, type = 'application/json') =>
    world.request(path, { method: 'POST', body, headers: { 'content-type': type } });
  const failure = async (response: Response) => (await response.json()) as Failure;
  const get = async (path: string, token?: string) =>
    world.request(path, token ? { headers: { authorization: `Bearer ${token}` } } : {});

  it('answers the probes of the platform', async () => {
    expect(await world.client().meta.live()).toMatchObject({ status: 'ok' });
    expect(await world.client().meta.ready()).toMatchObject({ checks: { database: 'ok', redis: 'ok' } });
  });

  describe('input', () => {
    it('merges the path, which wins, with the body and drops unknown fields', async () => {
      const response = await post('/api/probe/A/echo', JSON.stringify({ id: 'B', count: 2, admin: true }));
      expect(response.status).toBe(200);
      expect(await response.json()).toEqual({ id: 'A', count: 2 });
    });

    it('takes the query of a GET', async () => {
      expect(await (await get('/api/probe/search?limit=5')).json()).toEqual({ limit: 5 });
    });

    it('names each wrong field and what to do about it in Chinese', async () => {
      const response = await post('/api/probe/A/echo', JSON.stringify({ count: 0, note: '太长的一段说明' }));
      expect(response.status).toBe(400);
      const { code, details } = await failure(response);
      expect(code).toBe('VALIDATION_FAILED');
      expect(details).toEqual([
        { path: 'count', message: expect.stringMatching(/[一-鿿]/) },
        { path: 'note', message: expect.stringMatching(/[一-鿿]/) },
      ]);
    });

    it.each(['[1,2]', '"text"', '7'])('refuses a body that is no object: %s', async (body) => {
      expect(await failure(await post('/api/probe/A/echo', body))).toMatchObject({
        code: 'VALIDATION_FAILED',
      });
    });
  });

  describe('failures', () => {
    it('answers a code of the catalogue with its text, facts and the request id', async () => {
      const response = await get('/api/probe/refuse');
      const body = await failure(response);
      expect(response.status).toBe(409);
      expect(body).toEqual({
        code: 'SLOT_FULL',
        message: '这个时段已约满，请选择其他时间。',
        requestId: response.headers.get('x-request-id'),
        details: { slotId: 'S1' },
      });
    });

    it.each([
      ['broken JSON', '{"count": ', 'application/json', 400, 'VALIDATION_FAILED'],
      ['an unknown content type', '<count/>', 'text/xml', 415, 'UNSUPPORTED_MEDIA_TYPE'],
      [
        'more than 256 KB',
        `{"note":"${'x'.repeat(257 * 1024)}"}`,
        'application/json',
        413,
        'PAYLOAD_TOO_LARGE',
      ],
      ['a poisoned prototype', '{"__proto__":{"count":1}}', 'application/json', 400, 'VALIDATION_FAILED'],
    ])('refuses %s', async (_what, body, type, status, code) => {
      const response = await post('/api/probe/A/echo', body, type);
      expect([response.status, (await failure(response)).code]).toEqual([status, code]);
    });

    it('answers 404 for an unknown address', async () => {
      const response = await get('/api/nothing/here');
      expect([response.status, (await failure(response)).code]).toEqual([404, 'NOT_FOUND']);
    });

    it('answers 405 with the allowed methods for a known address', async () => {
      const response = await world.request('/api/probe/A/echo', { method: 'DELETE' });
      expect([response.status, (await failure(response)).code]).toEqual([405, 'METHOD_NOT_ALLOWED']);
      expect(response.headers.get('allow')).toBe('POST');
    });

    it.each(['/%', '/api/%E0%A4%A', `/api/halls/${'x'.repeat(300)}`])(
      'refuses the odd address %s',
      async (path) => {
        const response = await get(path);
        expect(response.status).toBeGreaterThanOrEqual(400);
        expect(response.status).toBeLessThan(500);
        expect(await failure(response)).toMatchObject({
          code: expect.any(String),
          requestId: expect.any(String),
        });
      },
    );

    it('shows only the request id of an unexpected error, and logs the rest under it', async () => {
      const response = await get('/api/probe/crash');
      const body = await failure(response);
      expect(response.status).toBe(500);
      expect(Object.keys(body).sort()).toEqual(['code', 'message', 'requestId']);
      expect(JSON.stringify(body)).not.toContain('12345');
      expect(log).toContain(body.requestId);
    });
  });

  describe('request ids', () => {
    it('keeps a harmless id of the caller and makes one otherwise', async () => {
      const idFor = async (id: string) =>
        (await world.request('/health/live', { headers: { 'x-request-id': id } })).headers.get(
          'x-request-id',
        );
      expect(await idFor('order-2026.07:14')).toBe('order-2026.07:14');
      expect(await idFor('evil id "injected"')).toMatch(/^[0-9A-Z]{26}$/);
      expect(await idFor('x'.repeat(65))).toMatch(/^[0-9A-Z]{26}$/);
    });
  });

  describe('callers', () => {
    const citizen = { kind: 'citizen', citizenId: 'C1' } as const;

    it('refuses strangers with 401 and the wrong people with 403', async () => {
      expect((await get('/api/probe/citizen')).status).toBe(401);
      expect((await get('/api/probe/citizen', await world.token(clerk))).status).toBe(403);
      expect((await get('/api/probe/manager', await world.token(clerk))).status).toBe(403);
      expect((await get('/api/probe/system', await world.token({ ...clerk, role: 'admin' }))).status).toBe(
        403,
      );
    });

    it('gives the handler who calls', async () => {
      const response = await get('/api/probe/citizen', await world.token(citizen));
      expect(await response.json()).toEqual(citizen);
      const staff = await get('/api/probe/who', await world.token(clerk));
      expect(await staff.json()).toEqual(clerk);
    });

    it('refuses a changed token, one without a signature, and one that has run out', async () => {
      const token = await world.token(citizen);
      const [head = '', body = ''] = token.split('.');
      const forged = Buffer.from(JSON.stringify({ kind: 'citizen', sub: 'C2', exp: 9e9 })).toString(
        'base64url',
      );
      const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${body}.`;
      expect(await failure(await get('/api/probe/citizen', token.replace(body, forged)))).toMatchObject({
        code: 'UNAUTHENTICATED',
      });
      expect((await get('/api/probe/citizen', none)).status).toBe(401);
      expect((await get('/api/probe/citizen', `${head}.${body}`)).status).toBe(401);
      expect((await get('/api/probe/citizen', `${head}.${body}.`)).status).toBe(401);
      world.clock.advance(16 * 60_000);
      expect(await failure(await get('/api/probe/citizen', token))).toMatchObject({ code: 'TOKEN_EXPIRED' });
      const open = await get('/api/probe/who', token);
      expect(await open.json()).toEqual({ kind: 'anonymous' });
    });
  });

  it('refuses more calls than the limit allows and says when to come back', async () => {
    const answers = [];
    for (let call = 0; call < 4; call++) answers.push(await get('/api/probe/limited'));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
    const wait = Number(answers[3]?.headers.get('retry-after'));
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(60);
  });

  it('keeps secrets out of the log', async () => {
    await world.request('/api/probe/search?code=secret-code&phone=13800138000', {
      headers: { authorization: 'Bearer secret-token', cookie: 'sid=secret-cookie' },
    });
    await post('/api/probe/A/echo', JSON.stringify({ count: 1, note: '身份证' }));
    await get('/api/providers/ems/trace/secret-path');
    expect(log).toContain('/api/probe/search?code=…&phone=…');
    for (const secret of ['secret-', '13800138000', '身份证']) expect(log).not.toContain(secret);
  });

  it('sets the headers that protect pages and data, and lets nothing of the API be cached', async () => {
    const { headers } = await get('/api/probe/who');
    expect(headers.get('content-security-policy')).toBe("frame-ancestors 'self'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    for (const page of ['/api/docs', '/nowhere']) {
      const policy = (await get(page)).headers.get('content-security-policy');
      expect(policy).toContain("script-src 'self'");
    }
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  it('shows metrics by route pattern, to this machine only', async () => {
    const text = await (await get('/metrics')).text();
    expect(text).toContain('route="/api/probe/:id/echo"');
    expect(text).toContain('haoban_outbox_backlog 0');
    const outside = await world.request('/metrics', { headers: { 'x-forwarded-for': '203.0.113.9' } });
    expect(outside.status).toBe(404);
  });
});
