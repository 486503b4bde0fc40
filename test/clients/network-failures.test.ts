import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import { EmsClient, EmsError } from '@haoban/ems';
import { MemoryTokenStore, WechatClient, WechatError } from '@haoban/wechat';
import { WechatPayError } from '@haoban/wechatpay';
import type { Behaviour } from './support/loopback.js';
import { closedAddress, closeLoopbacks, failureOf, loopback } from './support/loopback.js';
import { newPayClient, PAID, signedHeaders } from './support/pay-party.js';

const SECRET = 'the-app-secret-0123456789';
const AUTHORIZATION = 'the-ems-authorization-0123456789';
/** Long enough for an answer that comes on a busy machine. */
const TIMEOUT_MS = 3_000;
const plainFetch = (url: string, init: RequestInit) => fetch(url, init);

/** One call of each client that changes something at the other side, so that the difference of the kinds counts. */
const clients = [
  {
    name: 'WeChat',
    error: WechatError,
    call: (baseUrl: string) =>
      new WechatClient({
        appid: 'wx0123456789abcdef',
        secret: SECRET,
        baseUrl,
        fetch: plainFetch,
        tokenStore: new MemoryTokenStore(),
        timeoutMs: TIMEOUT_MS,
      }).code2Session('code-1'),
  },
  {
    name: 'WeChat Pay',
    error: WechatPayError,
    call: (baseUrl: string) => newPayClient(baseUrl, { timeoutMs: TIMEOUT_MS }).close(PAID.out_trade_no),
  },
  {
    name: 'EMS',
    error: EmsError,
    call: (baseUrl: string) =>
      new EmsClient({
        baseUrl,
        senderNo: '1100123456789',
        authorization: AUTHORIZATION,
        signKey: randomBytes(16).toString('base64'),
        fetch: plainFetch,
        timeoutMs: TIMEOUT_MS,
      }).cancelOrder({ orderNo: 'HB-1', waybillNo: '1234567890123', reason: '申请人取消' }),
  },
];

const html = '<html><body>502 Bad Gateway</body></html>';
const behaviours: { name: string; kind: string; answer: Behaviour }[] = [
  { name: 'no answer at all', kind: 'unknown', answer: 'hang' },
  { name: 'an answer that stops half-way', kind: 'unknown', answer: 'stall' },
  { name: 'a connection closed without an answer', kind: 'unknown', answer: 'drop' },
  {
    name: 'an HTML 502 of a proxy',
    kind: 'unknown',
    answer: { status: 502, headers: { 'content-type': 'text/html' }, body: html },
  },
  {
    name: 'an HTML 200 of a proxy',
    kind: 'unknown',
    answer: { status: 200, headers: { 'content-type': 'text/html' }, body: html },
  },
  { name: 'an HTML 403 of a proxy', kind: 'unknown', answer: { status: 403, body: html } },
  { name: 'an empty body', kind: 'unknown', answer: { status: 200, body: '' } },
  { name: 'truncated JSON', kind: 'unknown', answer: { status: 200, body: '{"retCode":"00000","errc' } },
  { name: 'JSON null', kind: 'unknown', answer: { status: 200, body: 'null' } },
  {
    name: 'a rate limit',
    kind: 'unavailable',
    answer: { status: 429, body: '{"code":"FREQUENCY_LIMITED"}' },
  },
];

afterEach(closeLoopbacks);

describe.each(clients)('$name', ({ error, call }) => {
  it('refused connection: nothing was done', async () => {
    const failure = await failureOf(call(await closedAddress()));
    expect(failure).toBeInstanceOf(error);
    expect(failure).toMatchObject({ kind: 'unavailable', code: 'ECONNREFUSED' });
  });

  it.each(behaviours)('$name: $kind', async ({ kind, answer }) => {
    const { url } = await loopback(() => answer);
    const failure = await failureOf(call(url));
    expect(failure).toBeInstanceOf(error);
    expect(failure).toMatchObject({ kind });
  });

  it('a time-out says so', async () => {
    const { url } = await loopback(() => 'hang');
    expect(await failureOf(call(url))).toMatchObject({ kind: 'unknown', code: 'TIMEOUT' });
  });

  it('a redirect is not followed', async () => {
    const elsewhere = await loopback(() => ({ body: '{}' }));
    const { url } = await loopback(() => ({ status: 302, headers: { location: elsewhere.url } }));
    expect(await failureOf(call(url))).toMatchObject({ kind: 'unknown', code: 'HTTP_302' });
    expect(elsewhere.received).toHaveLength(0);
  });

  it('no error shows a secret, an address or its cause', async () => {
    const { url } = await loopback(() => 'drop');
    for (const failure of [
      await failureOf(call(url)),
      await failureOf(call('http://no host')),
      await failureOf(call(await closedAddress())),
    ]) {
      const shown =
        JSON.stringify(failure) + String((failure as Error).stack) + String((failure as Error).cause);
      expect(failure).toBeInstanceOf(error);
      expect(shown).not.toContain(SECRET);
      expect(shown).not.toContain(AUTHORIZATION);
      expect(shown).not.toContain('http://');
    }
  });
});

describe('answers of WeChat Pay', () => {
  const signed = (body: string): Behaviour => ({ status: 200, headers: signedHeaders(body), body });

  it.each(['', '{"prepay_id":', '[]', 'null', '"text"'])(
    'signed, but with the body %j: unknown',
    async (body) => {
      const { url } = await loopback(() => signed(body));
      expect(await failureOf(newPayClient(url).query(PAID.out_trade_no))).toMatchObject({
        kind: 'unknown',
        code: 'BAD_BODY',
      });
    },
  );
});
