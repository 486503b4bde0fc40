import { createDecipheriv } from 'node:crypto';
import type { Payment, Refund } from './payment.js';
import { readPayment, readRefund } from './payment.js';
import type { SignatureFault, SignedMessage } from './signature.js';
import { faultOfSignature } from './signature.js';

/**
 * Notices of payments and refunds, verified and decrypted with node:crypto: wechatpay-node-v3's own verifySign takes
 * a signature of any age and its decipher_gcm does not check the tag. Order: signature → decryption with tag → our
 * merchant. The amount must still be compared with the order by the caller.
 * Notices repeat, and may be lost: the same payment or refund is known by `transactionId` or `refundId`, not by `id`.
 * Source: pay.weixin.qq.com, 支付成功回调通知, 如何解密回调报文和平台证书.
 */

export interface NoticeResource {
  algorithm: string;
  /** Base64; the last 16 bytes are the tag. */
  ciphertext: string;
  /** May be absent or empty. */
  associated_data?: string;
  nonce: string;
  original_type?: string;
}

export interface NoticeEnvelope {
  id: string;
  /** TRANSACTION.SUCCESS, REFUND.SUCCESS, REFUND.ABNORMAL or REFUND.CLOSED. */
  eventType: string;
  createTime: string;
  resource: NoticeResource;
}

export interface NoticePayment {
  kind: 'payment';
  id: string;
  eventType: string;
  payment: Payment;
}

export interface NoticeRefund {
  kind: 'refund';
  id: string;
  eventType: string;
  refund: Refund;
}

/** `bad_body`: signed by WeChat Pay, yet not a notice we know. */
export type VerifiedNotice =
  { ok: true; envelope: NoticeEnvelope } | { ok: false; reason: SignatureFault | 'bad_body' };

/** `undecipherable`: wrong APIv3 key or a changed body. `foreign`: of another merchant or app. */
export type NoticeReading =
  | { ok: true; notice: NoticePayment | NoticeRefund }
  | { ok: false; reason: SignatureFault | 'bad_body' | 'undecipherable' | 'foreign' };

export interface NoticeReader {
  /** The APIv3 key, 32 characters. */
  apiV3Key: string;
  appid: string;
  mchid: string;
}

const TAG_BYTES = 16;
const NONCE_BYTES = 12;

function parseRecord(json: string): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(json);
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function readResource(value: unknown): NoticeResource | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const {
    algorithm,
    ciphertext,
    associated_data: aad,
    nonce,
    original_type: type,
  } = value as Record<string, unknown>;
  if (typeof algorithm !== 'string' || typeof ciphertext !== 'string' || typeof nonce !== 'string')
    return undefined;
  return {
    algorithm,
    ciphertext,
    nonce,
    ...(typeof aad === 'string' ? { associated_data: aad } : {}),
    ...(typeof type === 'string' ? { original_type: type } : {}),
  };
}

/** The envelope of a notice whose signature is WeChat Pay's, made within five minutes of `now`. Pure. */
export function verifyNotice(message: SignedMessage): VerifiedNotice {
  const fault = faultOfSignature(message);
  if (fault) return { ok: false, reason: fault };
  const raw = parseRecord(message.rawBody.toString());
  const resource = readResource(raw?.resource);
  if (!raw || !resource || typeof raw.id !== 'string' || typeof raw.event_type !== 'string') {
    return { ok: false, reason: 'bad_body' };
  }
  const createTime = typeof raw.create_time === 'string' ? raw.create_time : '';
  return { ok: true, envelope: { id: raw.id, eventType: raw.event_type, createTime, resource } };
}

/** The plaintext of an AEAD_AES_256_GCM resource; undefined when the tag does not match or it is no such resource. */
export function decryptResource(resource: NoticeResource, apiV3Key: string): string | undefined {
  const key = Buffer.from(apiV3Key, 'utf8');
  const nonce = Buffer.from(resource.nonce, 'utf8');
  const sealed = Buffer.from(resource.ciphertext, 'base64');
  const isExpected =
    resource.algorithm === 'AEAD_AES_256_GCM' && key.length === 32 && nonce.length === NONCE_BYTES;
  if (!isExpected || sealed.length < TAG_BYTES) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  decipher.setAAD(Buffer.from(resource.associated_data ?? '', 'utf8'));
  try {
    // final() is what checks the tag: nothing may be used before it has passed.
    return Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]).toString(
      'utf8',
    );
  } catch {
    return undefined;
  }
}

/** Verifies, decrypts and types a notice for our merchant and app. Pure. */
export function readNotice(message: SignedMessage, reader: NoticeReader): NoticeReading {
  const verified = verifyNotice(message);
  if (!verified.ok) return verified;
  const { id, eventType, resource } = verified.envelope;
  const plaintext = decryptResource(resource, reader.apiV3Key);
  if (plaintext === undefined) return { ok: false, reason: 'undecipherable' };
  const raw = parseRecord(plaintext);
  if (!raw) return { ok: false, reason: 'bad_body' };
  if (raw.mchid !== reader.mchid) return { ok: false, reason: 'foreign' };
  if (eventType.startsWith('TRANSACTION.')) {
    const payment = readPayment(raw);
    if (!payment) return { ok: false, reason: 'bad_body' };
    if (payment.appid !== reader.appid) return { ok: false, reason: 'foreign' };
    return { ok: true, notice: { kind: 'payment', id, eventType, payment } };
  }
  const refund = eventType.startsWith('REFUND.') ? readRefund(raw) : undefined;
  return refund
    ? { ok: true, notice: { kind: 'refund', id, eventType, refund } }
    : { ok: false, reason: 'bad_body' };
}
