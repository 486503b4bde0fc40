import type { KeyObject } from 'node:crypto';
import { Aes, Formatter, Rsa } from 'wechatpay-axios-plugin';
import type { PayConfig } from '../config.js';
import type { Answer, SimRequest } from '../common/http-server.js';
import { payError } from './errors.js';

/**
 * API v3 signatures, done with wechatpay-axios-plugin, which shares no code with the library that our side signs with.
 * Source: pay.weixin.qq.com, "APIv3 签名生成 / 签名验证 / 证书和回调报文解密".
 */

const SCHEME = 'WECHATPAY2-SHA256-RSA2048';
const MAX_SKEW_SECONDS = 300;

interface Authorization {
  mchid: string;
  serial: string;
  nonce: string;
  timestamp: string;
  signature: string;
}

export class PaySigner {
  private readonly merchantKey: KeyObject;
  private readonly platformKey: KeyObject;
  /** nonce → when it may be forgotten (s); a request older than the skew is refused anyway. */
  private readonly seen = new Map<string, number>();

  constructor(private readonly config: PayConfig) {
    this.merchantKey = Rsa.from(config.merchantPublicKeyPem, Rsa.KEY_TYPE_PUBLIC);
    this.platformKey = Rsa.from(config.platformPrivateKeyPem, Rsa.KEY_TYPE_PRIVATE);
    if (Buffer.byteLength(config.apiV3Key) !== 32) throw new Error('apiV3Key must have 32 bytes');
  }

  /** Throws the answer that the real one would give to a request it cannot trust. */
  verifyRequest(request: SimRequest): void {
    const given = parseAuthorization(request.headers.authorization);
    if (given === undefined) {
      throw payError('SIGN_ERROR', 'Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》');
    }
    if (given.mchid !== this.config.mchid)
      throw payError('SIGN_ERROR', '商户号有误，请检查Authorization中的mchid');
    // One widely used library sends the serial in lower case, and the real one takes it.
    if (given.serial.toLowerCase() !== this.config.merchantSerial.toLowerCase()) {
      throw payError('SIGN_ERROR', '商户证书序列号有误。请使用签名私钥匹配的证书序列号');
    }
    const now = Formatter.timestamp();
    if (!/^\d{1,12}$/.test(given.timestamp) || Math.abs(now - Number(given.timestamp)) > MAX_SKEW_SECONDS) {
      throw payError('SIGN_ERROR', 'Http头Authorization中的timestamp与发起请求的时间不得超过5分钟');
    }
    const asked = request.headers['wechatpay-serial'];
    if (asked !== undefined && asked !== this.config.platformSerial) {
      throw payError('PARAM_ERROR', 'Http头Wechatpay-Serial不是该商户的微信支付公钥ID');
    }
    const message = Formatter.request(
      request.method,
      request.url,
      given.timestamp,
      given.nonce,
      request.rawBody,
    );
    if (!this.matches(message, given.signature)) {
      throw payError('SIGN_ERROR', '签名错误，请检查后再试', {
        field: 'signature',
        location: 'authorization',
        detail: { issue: 'sign not match' },
        sign_information: {
          method: request.method,
          url: request.url,
          truncated_sign_message: message.slice(0, 120),
          sign_message_length: Buffer.byteLength(message),
        },
      });
    }
    this.rememberNonce(`${given.timestamp} ${given.nonce}`, now);
  }

  /** The four fields that `wx.requestPayment` hands over are signed by the merchant too. */
  paySignMatches(params: { timeStamp: string; nonceStr: string; package: string; paySign: string }): boolean {
    const { appid } = this.config;
    const message = Formatter.joinedByLineFeed(appid, params.timeStamp, params.nonceStr, params.package);
    return this.matches(message, params.paySign);
  }

  signAnswer(answer: Answer, corrupt: boolean): Answer {
    const body = typeof answer.body === 'string' ? answer.body : answer.body.toString('utf8');
    return { ...answer, headers: { ...answer.headers, ...this.signedHeaders(body, corrupt) } };
  }

  /** @param corrupt a well-formed signature over other bytes: only a real check finds it */
  signedHeaders(body: string, corrupt: boolean): Record<string, string> {
    const timestamp = String(Formatter.timestamp());
    const nonce = Formatter.nonce(32);
    const signed = Formatter.response(timestamp, nonce, corrupt ? `${body} ` : body);
    return {
      'wechatpay-timestamp': timestamp,
      'wechatpay-nonce': nonce,
      'wechatpay-signature': Rsa.sign(signed, this.platformKey),
      'wechatpay-signature-type': SCHEME,
      'wechatpay-serial': this.config.platformSerial,
      'request-id': Formatter.nonce(20),
    };
  }

  encrypt(plaintext: string, associatedData: string): { ciphertext: string; nonce: string } {
    const nonce = Formatter.nonce(12);
    return { nonce, ciphertext: Aes.AesGcm.encrypt(plaintext, this.config.apiV3Key, nonce, associatedData) };
  }

  private matches(message: string, signature: string): boolean {
    try {
      return Rsa.verify(message, signature, this.merchantKey);
    } catch {
      return false;
    }
  }

  private rememberNonce(nonce: string, now: number): void {
    if (this.seen.has(nonce)) throw payError('SIGN_ERROR', '请求重复：同一随机串nonce_str不可再次使用');
    this.seen.set(nonce, now + 2 * MAX_SKEW_SECONDS);
    for (const [old, until] of this.seen) {
      if (until > now) break;
      this.seen.delete(old);
    }
  }
}

function parseAuthorization(header: string | undefined): Authorization | undefined {
  if (header === undefined || !header.startsWith(`${SCHEME} `)) return undefined;
  const fields = new Map<string, string>();
  for (const part of header.slice(SCHEME.length + 1).split(',')) {
    const match = /^\s*([a-z_]+)="([^"]*)"\s*$/.exec(part);
    if (match?.[1] === undefined || match[2] === undefined || fields.has(match[1])) return undefined;
    fields.set(match[1], match[2]);
  }
  const [mchid, serial, nonce, timestamp, signature] = [
    'mchid',
    'serial_no',
    'nonce_str',
    'timestamp',
    'signature',
  ].map((name) => fields.get(name));
  if (!mchid || !serial || !nonce || !timestamp || !signature || nonce.length > 32) return undefined;
  return { mchid, serial, nonce, timestamp, signature };
}
