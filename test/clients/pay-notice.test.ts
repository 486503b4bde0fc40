import { describe, expect, it } from '@jest/globals';
import { createKeyring, decryptResource, readNotice, verifyNotice } from '@haoban/wechatpay';
import type { NoticeReading } from '@haoban/wechatpay';
import { Formatter } from 'wechatpay-axios-plugin';
import {
  API_V3_KEY,
  APPID,
  keyring,
  MCHID,
  noticeBody,
  PAID,
  PLATFORM_SERIAL,
  platform,
  REFUNDED,
  signedHeaders,
  stranger,
} from './support/pay-party.js';

const READER = { apiV3Key: API_V3_KEY, appid: APPID, mchid: MCHID };
const BODY = noticeBody('TRANSACTION.SUCCESS', PAID);

const read = (rawBody: string, headers: Record<string, string> = signedHeaders(rawBody)): NoticeReading =>
  readNotice({ headers, rawBody: Buffer.from(rawBody), keyring, now: new Date() }, READER);

/** Changes one base64 character of the ciphertext, from the front (data) or the end (tag). */
function tampered(body: string, part: 'data' | 'tag'): string {
  const notice = JSON.parse(body) as { resource: { ciphertext: string } };
  const bytes = Buffer.from(notice.resource.ciphertext, 'base64');
  const at = part === 'data' ? 5 : bytes.length - 1;
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  notice.resource.ciphertext = bytes.toString('base64');
  return JSON.stringify(notice);
}

describe('a notice of WeChat Pay', () => {
  it('of a payment is read with its amount in fen', () => {
    const reading = read(BODY);
    expect(reading).toEqual({
      ok: true,
      notice: {
        kind: 'payment',
        id: 'EV-2018022511223320873',
        eventType: 'TRANSACTION.SUCCESS',
        payment: {
          appid: APPID,
          mchid: MCHID,
          outTradeNo: PAID.out_trade_no,
          tradeState: 'SUCCESS',
          transactionId: PAID.transaction_id,
          successTime: new Date('2026-11-22T03:00:00Z'),
          openid: PAID.payer.openid,
          totalFen: 1200,
          payerTotalFen: 1200,
        },
      },
    });
  });

  it('of a refund is read, whose plaintext names its state differently', () => {
    const { status: _, ...rest } = REFUNDED;
    const reading = read(
      noticeBody('REFUND.SUCCESS', { ...rest, mchid: MCHID, refund_status: 'SUCCESS' }, 'refund'),
    );
    expect(reading).toMatchObject({
      ok: true,
      notice: {
        kind: 'refund',
        refund: { outRefundNo: REFUNDED.out_refund_no, status: 'SUCCESS', refundFen: 500 },
      },
    });
  });

  it('with empty or absent associated data is read', () => {
    expect(read(noticeBody('TRANSACTION.SUCCESS', PAID, '')).ok).toBe(true);
    const { resource, ...rest } = JSON.parse(noticeBody('TRANSACTION.SUCCESS', PAID, '')) as {
      resource: Record<string, unknown>;
    };
    delete resource.associated_data;
    expect(read(JSON.stringify({ ...rest, resource })).ok).toBe(true);
  });

  it('whose body was changed after signing is refused', () => {
    const headers = signedHeaders(BODY);
    expect(read(BODY.replace('支付成功', '支付失败'), headers)).toEqual({
      ok: false,
      reason: 'bad_signature',
    });
    // The same JSON, written again with blanks.
    expect(read(JSON.stringify(JSON.parse(BODY), undefined, 1), headers)).toEqual({
      ok: false,
      reason: 'bad_signature',
    });
  });

  it.each(['data', 'tag'] as const)(
    'whose cipher %s was changed does not decrypt, even when signed',
    (part) => {
      expect(read(tampered(BODY, part))).toEqual({ ok: false, reason: 'undecipherable' });
    },
  );

  it('encrypted with other associated data or another key does not decrypt', () => {
    const notice = JSON.parse(BODY) as { resource: { associated_data: string } };
    notice.resource.associated_data = 'other';
    expect(read(JSON.stringify(notice))).toEqual({ ok: false, reason: 'undecipherable' });
    const verified = verifyNotice({ headers: signedHeaders(BODY), rawBody: BODY, keyring, now: new Date() });
    expect(verified.ok && decryptResource(verified.envelope.resource, 'x'.repeat(32))).toBeUndefined();
    expect(verified.ok && decryptResource(verified.envelope.resource, 'short')).toBeUndefined();
  });

  it.each([-301, 301])('signed %i seconds from now is refused', (seconds) => {
    const timestamp = Formatter.timestamp() + seconds + Math.sign(seconds) * 2;
    expect(read(BODY, signedHeaders(BODY, { timestamp }))).toEqual({ ok: false, reason: 'clock_skew' });
  });

  it.each([-290, 290])('signed %i seconds from now is taken', (seconds) => {
    expect(read(BODY, signedHeaders(BODY, { timestamp: Formatter.timestamp() + seconds })).ok).toBe(true);
  });

  it.each(['PUB_KEY_ID_OTHER', '__proto__', 'constructor', 'toString'])(
    'with the serial %s is refused',
    (serial) => {
      expect(read(BODY, signedHeaders(BODY, { serial }))).toEqual({ ok: false, reason: 'unknown_serial' });
    },
  );

  it('signed by another key under our serial is refused', () => {
    expect(read(BODY, signedHeaders(BODY, { key: stranger.privateKey }))).toEqual({
      ok: false,
      reason: 'bad_signature',
    });
  });

  it('with a probing SIGNTEST signature is refused', () => {
    const headers = signedHeaders(BODY);
    headers['wechatpay-signature'] = `WECHATPAY/SIGNTEST/${headers['wechatpay-signature'] ?? ''}`;
    expect(read(BODY, headers)).toEqual({ ok: false, reason: 'probe' });
  });

  it.each(['wechatpay-timestamp', 'wechatpay-nonce', 'wechatpay-serial', 'wechatpay-signature'])(
    'without %s is refused',
    (name) => {
      const headers = signedHeaders(BODY);
      delete headers[name];
      expect(read(BODY, headers)).toEqual({ ok: false, reason: 'unsigned' });
    },
  );

  it('of another merchant or app is foreign', () => {
    expect(read(noticeBody('TRANSACTION.SUCCESS', { ...PAID, mchid: '1900000002' }))).toEqual({
      ok: false,
      reason: 'foreign',
    });
    expect(read(noticeBody('TRANSACTION.SUCCESS', { ...PAID, appid: 'wxother' }))).toEqual({
      ok: false,
      reason: 'foreign',
    });
  });

  it.each([
    ['a fraction of a fen', { ...PAID, amount: { total: 12.5, currency: 'CNY' } }],
    ['a sum written as text', { ...PAID, amount: { total: '1200', currency: 'CNY' } }],
    ['another currency', { ...PAID, amount: { total: 1200, currency: 'USD' } }],
    ['no transaction id', { ...PAID, transaction_id: undefined }],
    ['an unknown state', { ...PAID, trade_state: 'SETTLED' }],
  ])('with %s is not taken for a payment', (_, content) => {
    expect(read(noticeBody('TRANSACTION.SUCCESS', content))).toEqual({ ok: false, reason: 'bad_body' });
  });

  it('is verified with a platform certificate serial written in either case', () => {
    const serial = '3A0B0C0D0E0F';
    const certificates = createKeyring([
      [serial, platform.publicKey],
      [PLATFORM_SERIAL, stranger.publicKey],
    ]);
    const headers = signedHeaders(BODY, { serial: serial.toLowerCase() });
    expect(verifyNotice({ headers, rawBody: BODY, keyring: certificates, now: new Date() }).ok).toBe(true);
  });
});
