import { createHash, createPrivateKey, createPublicKey } from 'node:crypto';
import Pay from 'wechatpay-node-v3';
import type { TradeBill } from './bill.js';
import { parseTradeBill } from './bill.js';
import { WechatPayError } from './errors.js';
import type { NoticeReading } from './notice.js';
import { readNotice } from './notice.js';
import type { Payment, Refund } from './payment.js';
import { readPayment, readRefund } from './payment.js';
import type { HeaderSource, Keyring } from './signature.js';
import type { Fetch } from './transport.js';
import { BILL_PATH, LIBRARY_HOST, Transport } from './transport.js';

export interface WechatPayConfig {
  appid: string;
  mchid: string;
  /** Serial of the merchant's API certificate. */
  merchantSerial: string;
  /** PEM. */
  merchantPrivateKey: string;
  /** WeChat Pay's keys, see createKeyring. */
  keyring: Keyring;
  /** 32 characters. */
  apiV3Key: string;
  /** `https://api.mch.weixin.qq.com`, its backup `https://api2.…`, or a simulator. */
  baseUrl: string;
  fetch: Fetch;
  /** Per request, milliseconds; default 8000. */
  timeoutMs?: number;
  now?: () => Date;
}

export interface PrepayRequest {
  /** 6 to 32 of `A-Za-z0-9_-`, unique for the merchant. The same request again gives a fresh prepay id. */
  outTradeNo: string;
  /** At most 127 characters; the payer sees it. */
  description: string;
  openid: string;
  totalFen: number;
  /** https (http only on loopback), without query. */
  notifyUrl: string;
  /** Set on the first request for a number only. Expiry does not close the order: call close. */
  expiresAt?: Date;
  attach?: string;
}

/** What the phone hands to wx.requestPayment. */
export interface PayParams {
  appId: string;
  timeStamp: string;
  nonceStr: string;
  package: string;
  signType: 'RSA';
  paySign: string;
}

export interface RefundRequest {
  outTradeNo: string;
  /** 1 to 64 of `A-Za-z0-9_-`. The same number refunds once, so repeat failures with the same. */
  outRefundNo: string;
  refundFen: number;
  /** Of the payment. */
  totalFen: number;
  /** At most 80 characters, shown to the payer. */
  reason?: string;
  notifyUrl?: string;
}

/** `paid`: it was paid meanwhile, so query it. `not_found`: it never reached WeChat Pay. */
export type CloseOutcome = 'closed' | 'paid' | 'not_found';

const OUT_TRADE_NO = /^[A-Za-z0-9_-]{6,32}$/;
const OUT_REFUND_NO = /^[A-Za-z0-9_-]{1,64}$/;
const MISSING = new Set(['ORDER_NOT_EXIST', 'ORDERNOTEXIST', 'RESOURCE_NOT_EXISTS']);
const BEIJING_MS = 8 * 3600_000;

/** RFC 3339 with +08:00 and without fractions, as time_expire wants it. */
function beijingRfc3339(instant: Date): string {
  return `${new Date(instant.getTime() + BEIJING_MS).toISOString().slice(0, 19)}+08:00`;
}

function isNotifyUrl(url: string): boolean {
  if (url.length > 255 || !URL.canParse(url)) return false;
  const { protocol, hostname, search, hash } = new URL(url);
  const isLoopback = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return (protocol === 'https:' || (protocol === 'http:' && isLoopback)) && search === '' && hash === '';
}

/**
 * WeChat Pay v3 for a direct merchant's mini-program, on wechatpay-node-v3, which signs the requests and the phone's
 * parameters. All methods throw WechatPayError. Amounts are integer fen.
 */
export class WechatPayClient {
  private readonly config: Required<WechatPayConfig>;
  private readonly pay: Pay;

  constructor(config: WechatPayConfig) {
    this.config = {
      timeoutMs: 8000,
      now: () => new Date(),
      ...config,
      baseUrl: config.baseUrl.replace(/\/+$/, ''),
    };
    if (Buffer.byteLength(config.apiV3Key) !== 32) throw new Error('the APIv3 key must have 32 characters');
    if (config.keyring.size === 0) throw new Error('no WeChat Pay key to verify answers with');
    const privateKey = createPrivateKey(config.merchantPrivateKey);
    this.pay = new Pay({
      appid: config.appid,
      mchid: config.mchid,
      // With the serial given, the library does not read the certificate it asks for here.
      serial_no: config.merchantSerial,
      publicKey: Buffer.from(createPublicKey(privateKey).export({ type: 'spki', format: 'pem' })),
      privateKey: Buffer.from(config.merchantPrivateKey),
      userAgent: 'haoban',
    });
    this.pay.createHttp(new Transport(this.config));
  }

  async prepayJsapi(request: PrepayRequest): Promise<{ prepayId: string; payParams: PayParams }> {
    const action = 'prepay';
    const { outTradeNo, description, openid, totalFen, notifyUrl, expiresAt, attach } = request;
    this.check(action, 'outTradeNo', OUT_TRADE_NO.test(outTradeNo));
    this.check(action, 'description', description !== '' && description.length <= 127);
    this.check(action, 'openid', openid !== '');
    this.check(action, 'totalFen', Number.isSafeInteger(totalFen) && totalFen > 0);
    this.check(action, 'notifyUrl', isNotifyUrl(notifyUrl));
    this.check(action, 'attach', (attach ?? '').length <= 128);
    const { data } = await this.pay.transactions_jsapi({
      description,
      out_trade_no: outTradeNo,
      notify_url: notifyUrl,
      amount: { total: totalFen, currency: 'CNY' },
      payer: { openid },
      ...(expiresAt ? { time_expire: beijingRfc3339(expiresAt) } : {}),
      ...(attach ? { attach } : {}),
    });
    // The library replaces the answer with the phone's parameters when there was a prepay_id.
    const payParams = data as Partial<PayParams>;
    const prepayId = /^prepay_id=(.+)$/.exec(payParams.package ?? '')?.[1];
    if (!prepayId || !payParams.paySign) throw new WechatPayError('unknown', 'BAD_BODY', action);
    return { prepayId, payParams: payParams as PayParams };
  }

  /** The payment as WeChat Pay has it now; undefined if the number never reached it. */
  async query(outTradeNo: string): Promise<Payment | undefined> {
    const action = 'query';
    this.check(action, 'outTradeNo', OUT_TRADE_NO.test(outTradeNo));
    const data = await this.find(() => this.pay.query({ out_trade_no: outTradeNo }));
    if (!data) return undefined;
    const payment = readPayment(data);
    const isOurs = payment?.outTradeNo === outTradeNo && payment.mchid === this.config.mchid;
    if (!payment || !isOurs) throw new WechatPayError('unknown', 'BAD_BODY', action);
    return payment;
  }

  /** After `closed` the number can never be paid. Closing twice is `closed` again. */
  async close(outTradeNo: string): Promise<CloseOutcome> {
    this.check('close', 'outTradeNo', OUT_TRADE_NO.test(outTradeNo));
    try {
      await this.pay.close(outTradeNo);
      return 'closed';
    } catch (error) {
      if (!(error instanceof WechatPayError) || error.kind !== 'refused') throw error;
      if (MISSING.has(error.code)) return 'not_found';
      if (/^ORDER_?CLOSED$/.test(error.code)) return 'closed';
      if (/^ORDER_?PAID$/.test(error.code)) return 'paid';
      throw error;
    }
  }

  /** Asks for a refund; accepted is not refunded: its status, a notice or findRefund tell. */
  async refund(request: RefundRequest): Promise<Refund> {
    const action = 'refund';
    const { outTradeNo, outRefundNo, refundFen, totalFen, reason, notifyUrl } = request;
    this.check(action, 'outTradeNo', OUT_TRADE_NO.test(outTradeNo));
    this.check(action, 'outRefundNo', OUT_REFUND_NO.test(outRefundNo));
    this.check(action, 'totalFen', Number.isSafeInteger(totalFen) && totalFen > 0);
    this.check(
      action,
      'refundFen',
      Number.isSafeInteger(refundFen) && refundFen > 0 && refundFen <= totalFen,
    );
    this.check(action, 'reason', (reason ?? '').length <= 80);
    this.check(action, 'notifyUrl', notifyUrl === undefined || isNotifyUrl(notifyUrl));
    const { data } = await this.pay.refunds({
      out_trade_no: outTradeNo,
      out_refund_no: outRefundNo,
      amount: { refund: refundFen, total: totalFen, currency: 'CNY' },
      ...(reason ? { reason } : {}),
      ...(notifyUrl ? { notify_url: notifyUrl } : {}),
    });
    return this.ownRefund(data, outRefundNo, action);
  }

  async findRefund(outRefundNo: string): Promise<Refund | undefined> {
    const action = 'findRefund';
    this.check(action, 'outRefundNo', OUT_REFUND_NO.test(outRefundNo));
    const data = await this.find(() => this.pay.find_refunds(outRefundNo));
    return data && this.ownRefund(data, outRefundNo, action);
  }

  /**
   * All payments and refunds of a local day `yyyy-MM-dd`, downloaded and checked against the bill's hash. Ready after
   * 10:00 the next day (before that `unavailable`), for three months; undefined for a day without any.
   */
  async tradeBill(day: string): Promise<TradeBill | undefined> {
    const action = 'tradeBill';
    this.check(action, 'day', /^\d{4}-\d{2}-\d{2}$/.test(day));
    // Without tar_type the file is plain CSV.
    const answer = await this.find(
      () => this.pay.tradebill({ bill_date: day, bill_type: 'ALL' }),
      'NO_STATEMENT_EXIST',
    );
    if (!answer) return undefined;
    const { download_url: url, hash_type: hashType, hash_value: hash } = answer;
    if (typeof url !== 'string' || hashType !== 'SHA1' || typeof hash !== 'string') {
      throw new WechatPayError('unknown', 'BAD_BODY', action);
    }
    const { data } = await this.pay.downloadBill(this.billAddress(url, action));
    const file = data as Buffer;
    if (createHash('sha1').update(file).digest('hex') !== hash.toLowerCase()) {
      throw new WechatPayError('unknown', 'BAD_HASH', action);
    }
    try {
      return parseTradeBill(day, file.toString('utf8'));
    } catch {
      throw new WechatPayError('unknown', 'BAD_BILL', action);
    }
  }

  /** Verifies, decrypts and types a notice sent to our notify address. */
  readNotice(headers: HeaderSource, rawBody: Buffer | string): NoticeReading {
    const { keyring, now, apiV3Key, appid, mchid } = this.config;
    return readNotice({ headers, rawBody, keyring, now: now() }, { apiV3Key, appid, mchid });
  }

  /** The address as the library signs it. The request carries our signature, so only WeChat Pay's hosts are taken. */
  private billAddress(url: string, action: string): string {
    const { origin, pathname, search } = new URL(URL.canParse(url) ? url : 'invalid:');
    const origins = [LIBRARY_HOST, 'https://api2.mch.weixin.qq.com', new URL(this.config.baseUrl).origin];
    if (!origins.includes(origin) || !pathname.startsWith(BILL_PATH)) {
      throw new WechatPayError('unknown', 'FOREIGN_BILL_ADDRESS', action);
    }
    return LIBRARY_HOST + pathname + search;
  }

  private ownRefund(data: unknown, outRefundNo: string, action: string): Refund {
    const refund = readRefund((data ?? {}) as Record<string, unknown>);
    if (refund?.outRefundNo !== outRefundNo) throw new WechatPayError('unknown', 'BAD_BODY', action);
    return refund;
  }

  /** Runs a library call that looks something up; undefined when WeChat Pay has no such thing. */
  private async find(
    call: () => Promise<{ data?: unknown }>,
    missing?: string,
  ): Promise<Record<string, unknown> | undefined> {
    try {
      return (await call()).data as Record<string, unknown>;
    } catch (error) {
      const isMissing =
        error instanceof WechatPayError &&
        error.kind === 'refused' &&
        (missing ? error.code === missing : MISSING.has(error.code));
      if (isMissing) return undefined;
      throw error;
    }
  }

  private check(action: string, field: string, holds: boolean): void {
    if (!holds) throw new WechatPayError('refused', 'INVALID_INPUT', action, field);
  }
}
