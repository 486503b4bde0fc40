import sm from 'sm-crypto';

/**
 * The envelope of the EMS open platform's field `logitcsInterface` (their spelling):
 * `|$4|` + base64(SM4-ECB-PKCS#7(compact JSON + sign key in base64, key = the 16 bytes of the sign key)).
 * There is no MAC; who can encrypt is all that it proves.
 * Source: 《中小电商企业接口规范 V2.7》 as implemented by public clients, and the vendor's tool class CryptoThirdSM4Tools.
 */

const PREFIX = '|$4|';
const BLOCK = 16;

function keyBytes(signKey: string): number[] {
  const key = Buffer.from(signKey, 'base64');
  if (key.length !== BLOCK) throw new Error('the EMS sign key must be base64 of 16 bytes');
  return [...key];
}

/** `json`: compact. `signKey`: base64 of 16 bytes. */
export function sealEnvelope(json: string, signKey: string): string {
  // Bytes in and out: the library's own text conversion is not needed.
  const plain = [...Buffer.from(json + signKey, 'utf8')];
  const sealed = sm.sm4.encrypt(plain, keyBytes(signKey), { output: 'array' });
  return PREFIX + Buffer.from(sealed).toString('base64');
}

/**
 * The JSON text of an envelope, undefined if it does not decrypt. The sign key at its end is taken off where present:
 * requests carry it, pushes of EMS seem not to. One public client also leaves out the prefix.
 */
export function openEnvelope(envelope: string, signKey: string): string | undefined {
  const base64 = envelope.startsWith(PREFIX) ? envelope.slice(PREFIX.length) : envelope;
  // Form decoding somewhere on the way turns + into a blank.
  const sealed = Buffer.from(base64.replaceAll(' ', '+'), 'base64');
  if (sealed.length === 0 || sealed.length % BLOCK !== 0) return undefined;
  const padded = sm.sm4.decrypt([...sealed], keyBytes(signKey), { output: 'array', padding: 'none' });
  // Checked here, because the library takes a padding of 0 for a right one.
  const padding = padded.at(-1) ?? 0;
  const isPadding =
    padding >= 1 && padding <= BLOCK && padded.slice(-padding).every((byte) => byte === padding);
  if (!isPadding) return undefined;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(padded.slice(0, -padding)));
    return text.endsWith(signKey) ? text.slice(0, -signKey.length) : text;
  } catch {
    return undefined;
  }
}
