import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createKeyring, WechatPayClient } from '@haoban/wechatpay';
import type { WechatPayConfig } from '@haoban/wechatpay';
import { Aes, Formatter, Rsa } from 'wechatpay-axios-plugin';
import type { Received, Reply } from './loopback.js';

/** Both sides of WeChat Pay with fresh keys; the provider's side uses other code than the client under test. */

const pair = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });

export const merchant = pair();
export const platform = pair();
export const stranger = pair();

export const APPID = 'wx0123456789abcdef';
export const MCHID = '1900000001';
export const MERCHANT_SERIAL = '5157F09EFDC096DE15EBE81A47057A7232F1B8E1';
export const PLATFORM_SERIAL = 'PUB_KEY_ID_0119000000012026112200000000000001';
export const API_V3_KEY = randomBytes(16).toString('hex');

export const keyring = createKeyring([[PLATFORM_SERIAL, platform.publicKey]]);

export const newPayClient = (baseUrl: string, over: Partial<WechatPayConfig> = {}): WechatPayClient =>
  new WechatPayClient({
    appid: APPID,
    mchid: MCHID,
    merchantSerial: MERCHANT_SERIAL,
    merchantPrivateKey: merchant.privateKey,
    keyring,
    apiV3Key: API_V3_KEY,
    baseUrl,
    fetch: (url, init) => fetch(url, init),
    timeoutMs: 10_000,
    ...over,
  });

interface SignOptions {
  key?: string;
  serial?: string;
  /** Seconds. */
  timestamp?: number;
}

export function signedHeaders(body: string, options: SignOptions = {}): Record<string, string> {
  const { key = platform.privateKey, serial = PLATFORM_SERIAL, timestamp = Formatter.timestamp() } = options;
  const nonce = Formatter.nonce();
  return {
    'content-type': 'application/json',
    'wechatpay-timestamp': String(timestamp),
    'wechatpay-nonce': nonce,
    'wechatpay-serial': serial,
    'wechatpay-signature-type': 'WECHATPAY2-SHA256-RSA2048',
    'wechatpay-signature': Rsa.sign(
      Formatter.response(String(timestamp), nonce, body),
      Rsa.from(key, Rsa.KEY_TYPE_PRIVATE),
    ),
  };
}

export function signedReply(value: unknown, status = 200, options: SignOptions = {}): Reply {
  const body = value === undefined ? '' : JSON.stringify(value);
  return { status, headers: signedHeaders(body, options), body };
}

/** Whether WeChat Pay would take the request as the merchant's. */
export function isSignedByMerchant({ method, url, headers, body }: Received): boolean {
  const part = (name: string): string =>
    new RegExp(`${name}="([^"]*)"`).exec(headers.authorization ?? '')?.[1] ?? '';
  return (
    (headers.authorization ?? '').startsWith('WECHATPAY2-SHA256-RSA2048 ') &&
    part('mchid') === MCHID &&
    part('serial_no') === MERCHANT_SERIAL &&
    Rsa.verify(
      Formatter.request(method, url, part('timestamp'), part('nonce_str'), body),
      part('signature'),
      Rsa.from(merchant.publicKey, Rsa.KEY_TYPE_PUBLIC),
    )
  );
}

export const PAID = {
  appid: APPID,
  mchid: MCHID,
  out_trade_no: 'HB20261122-0001',
  transaction_id: '4200001234202611220000000001',
  trade_type: 'JSAPI',
  trade_state: 'SUCCESS',
  trade_state_desc: '支付成功',
  bank_type: 'OTHERS',
  success_time: '2026-11-22T11:00:00+08:00',
  payer: { openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o' },
  amount: { total: 1200, payer_total: 1200, currency: 'CNY', payer_currency: 'CNY' },
};

export const REFUNDED = {
  refund_id: '50000000382019052709732678859',
  out_refund_no: 'HB20261122-0001-R1',
  transaction_id: PAID.transaction_id,
  out_trade_no: PAID.out_trade_no,
  channel: 'ORIGINAL',
  user_received_account: '招商银行信用卡0403',
  status: 'PROCESSING',
  create_time: '2026-11-22T12:00:00+08:00',
  amount: { total: 1200, refund: 500, payer_total: 1200, payer_refund: 500, currency: 'CNY' },
};

/** The body of a notice, encrypted as WeChat Pay does. */
export function noticeBody(
  eventType: string,
  content: unknown,
  aad: string | undefined = 'transaction',
): string {
  const nonce = Formatter.nonce(12);
  return JSON.stringify({
    id: 'EV-2018022511223320873',
    create_time: '2026-11-22T11:00:01+08:00',
    resource_type: 'encrypt-resource',
    event_type: eventType,
    summary: '支付成功',
    resource: {
      original_type: eventType.startsWith('REFUND') ? 'refund' : 'transaction',
      algorithm: 'AEAD_AES_256_GCM',
      ciphertext: Aes.AesGcm.encrypt(JSON.stringify(content), API_V3_KEY, nonce, aad),
      associated_data: aad,
      nonce,
    },
  });
}
