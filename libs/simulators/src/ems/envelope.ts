import { createCipheriv, createDecipheriv, randomUUID } from 'node:crypto';
import { json, Refusal } from '../common/http-server.js';
import type { Answer } from '../common/http-server.js';
import { beijingText } from '../common/time.js';

/**
 * The SM4 envelope of the EMS open platform: `|$4|` + base64(SM4-ECB-PKCS7(json + key text)), key = 16 raw bytes.
 * The plaintext is followed by the base64 text of the key itself; a request without it is refused.
 * Source: 《中小电商企业接口规范 V2.7》 as public clients implement it, and the vendor's sample of class CryptoThirdSM4Tools.
 */

const PREFIX = '|$4|';

export class Envelope {
  private readonly key: Buffer;

  constructor(private readonly signKey: string) {
    this.key = Buffer.from(signKey, 'base64');
    if (this.key.length !== 16) throw new Error('EMS signKey must be the base64 of 16 bytes');
  }

  /** @param withSuffix requests carry the key text at the end; pushes, as far as public clients show, do not */
  seal(plaintext: string, withSuffix: boolean): string {
    const cipher = createCipheriv('sm4-ecb', this.key, null);
    const whole = withSuffix ? plaintext + this.signKey : plaintext;
    return PREFIX + Buffer.concat([cipher.update(whole, 'utf8'), cipher.final()]).toString('base64');
  }

  /** The JSON text of a request; throws the refusal. */
  open(sealed: string): string {
    if (!sealed.startsWith(PREFIX)) throw emsError('SIGN_PREFIX', '加密串格式错误：应以|$4|开头');
    const body = sealed.slice(PREFIX.length);
    // Buffer.from skips what is not base64, so a mangled `+` would go unnoticed.
    if (!/^[A-Za-z0-9+/]+={0,2}$/.test(body)) throw emsError('SIGN_BASE64', '加密串格式错误：不是base64');
    let plain: string;
    try {
      const decipher = createDecipheriv('sm4-ecb', this.key, null);
      plain = Buffer.concat([decipher.update(body, 'base64'), decipher.final()]).toString('utf8');
    } catch {
      throw emsError('SIGN_DECRYPT', '解密失败：密钥不一致或内容被改动');
    }
    if (!plain.endsWith(this.signKey)) throw emsError('SIGN_SUFFIX', '验签失败：内容末尾应为签名密钥');
    return plain.slice(0, -this.signKey.length);
  }
}

/**
 * Why a request is refused. The platform publishes '00000' for success and no other code, so these are the simulator's
 * own: clients may only rely on "not 00000" and on retMsg.
 */
const retCodes = {
  SIGN_PREFIX: 'B00010',
  SIGN_BASE64: 'B00011',
  SIGN_DECRYPT: 'B00012',
  SIGN_SUFFIX: 'B00013',
  AUTHORIZATION: 'B00020',
  SENDER: 'B00021',
  TIMESTAMP: 'B00022',
  API_CODE: 'B00023',
  FORMAT: 'B00030',
  FIELD: 'B00031',
  ORDER: 'B00040',
  STATE: 'B00041',
  BUSY: 'B99999',
} as const;

export type EmsErrorCode = keyof typeof retCodes;

export function emsError(code: EmsErrorCode, message: string): Refusal {
  return new Refusal(reply(retCodes[code], message, ''));
}

export function fieldError(path: string, issue: string): Refusal {
  return emsError('FIELD', `${path} ${issue}`);
}

/** @param retBody objects travel as JSON text inside the JSON, as the real answers do */
export function success(retBody: object | string, retMsg = '成功'): Answer {
  return reply('00000', retMsg, typeof retBody === 'string' ? retBody : JSON.stringify(retBody));
}

export function reply(retCode: string, retMsg: string, retBody: string): Answer {
  return json({
    serialNo: randomUUID().replaceAll('-', ''),
    retCode,
    retMsg,
    retBody,
    retDate: beijingText(new Date()),
    success: retCode === '00000',
  });
}
