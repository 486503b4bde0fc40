import type { KeyObject } from 'node:crypto';
import { createPublicKey, createVerify } from 'node:crypto';

/**
 * WeChat Pay's keys by serial: platform certificate serials and `PUB_KEY_ID_…`. During a key change both kinds of
 * signatures arrive, so there may be several. A Map, so that a serial such as `__proto__` finds nothing.
 */
export type Keyring = ReadonlyMap<string, KeyObject>;

/** Certificate serials are hex and are written in either case; a public key's id is taken as it is. */
const nameOfSerial = (serial: string): string =>
  serial.startsWith('PUB_KEY_ID_') ? serial : serial.toUpperCase();

/** `entries`: serial → PEM of a certificate or public key. Throws if one cannot be read or is not RSA. */
export function createKeyring(entries: Iterable<readonly [serial: string, pem: string]>): Keyring {
  const keys = new Map<string, KeyObject>();
  for (const [serial, pem] of entries) {
    const key = createPublicKey(pem);
    if (key.asymmetricKeyType !== 'rsa') throw new Error(`the WeChat Pay key ${serial} is not an RSA key`);
    keys.set(nameOfSerial(serial), key);
  }
  return keys;
}

/** Request or response headers as Node gives them (repeated headers as arrays) or as fetch gives them. */
export type HeaderSource = Readonly<Record<string, string | string[] | undefined>> | Headers;

export type SignatureFault = 'unsigned' | 'clock_skew' | 'unknown_serial' | 'probe' | 'bad_signature';

export interface SignedMessage {
  headers: HeaderSource;
  /** The bytes as received; parsed and written again they would not verify. */
  rawBody: Buffer | string;
  keyring: Keyring;
  now: Date;
}

const MAX_SKEW_S = 300;
const SIGNATURE_TYPE = 'WECHATPAY2-SHA256-RSA2048';

function header(source: HeaderSource, name: string): string | undefined {
  if (typeof source.get === 'function') return (source as Headers).get(name) ?? undefined;
  const plain = source as Readonly<Record<string, string | string[] | undefined>>;
  const key = Object.keys(plain).find((candidate) => candidate.toLowerCase() === name);
  const value = key === undefined ? undefined : plain[key];
  return typeof value === 'string' ? value : undefined;
}

export const isSigned = (headers: HeaderSource): boolean =>
  header(headers, 'wechatpay-signature') !== undefined;

/**
 * What is wrong with the signature of a response or notice, or undefined when it is WeChat Pay's and at most five
 * minutes old. `probe`: WeChat Pay sends `WECHATPAY/SIGNTEST/…` signatures to see that they are refused.
 * Source: pay.weixin.qq.com, 如何验证签名.
 */
export function faultOfSignature({
  headers,
  rawBody,
  keyring,
  now,
}: SignedMessage): SignatureFault | undefined {
  const timestamp = header(headers, 'wechatpay-timestamp');
  const nonce = header(headers, 'wechatpay-nonce');
  const serial = header(headers, 'wechatpay-serial');
  const signature = header(headers, 'wechatpay-signature');
  if (!timestamp || !nonce || !serial || !signature || !/^\d{1,12}$/.test(timestamp)) return 'unsigned';
  if ((header(headers, 'wechatpay-signature-type') ?? SIGNATURE_TYPE) !== SIGNATURE_TYPE) return 'unsigned';
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > MAX_SKEW_S) return 'clock_skew';
  if (signature.startsWith('WECHATPAY/SIGNTEST/')) return 'probe';
  const key = keyring.get(nameOfSerial(serial));
  if (!key) return 'unknown_serial';
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(signature)) return 'bad_signature';
  const verify = createVerify('RSA-SHA256');
  verify.update(`${timestamp}\n${nonce}\n`).update(rawBody).update('\n');
  return verify.verify(key, signature, 'base64') ? undefined : 'bad_signature';
}
