/**
 * Payments and refunds as WeChat Pay describes them, in queries and in decrypted notices, read into our names.
 * Amounts are integer fen. The readers return undefined for anything that is not of the documented shape.
 * Source: pay.weixin.qq.com, JSAPI支付 查询订单 / 支付成功回调通知 / 申请退款 / 退款结果通知.
 */

/** SUCCESS and REFUND both mean that it was paid. NOTPAY is not final: close first, then query again. */
export type TradeState = 'SUCCESS' | 'REFUND' | 'NOTPAY' | 'CLOSED' | 'REVOKED' | 'USERPAYING' | 'PAYERROR';

const TRADE_STATES: readonly string[] = [
  'SUCCESS',
  'REFUND',
  'NOTPAY',
  'CLOSED',
  'REVOKED',
  'USERPAYING',
  'PAYERROR',
] satisfies TradeState[];

export type RefundStatus = 'SUCCESS' | 'CLOSED' | 'PROCESSING' | 'ABNORMAL';

const REFUND_STATUSES: readonly string[] = [
  'SUCCESS',
  'CLOSED',
  'PROCESSING',
  'ABNORMAL',
] satisfies RefundStatus[];

export interface Payment {
  appid: string;
  mchid: string;
  outTradeNo: string;
  tradeState: TradeState;
  /** These four only once it was paid. */
  transactionId?: string;
  successTime?: Date;
  openid?: string;
  totalFen?: number;
  /** Less than totalFen when coupons paid a part. */
  payerTotalFen?: number;
  attach?: string;
}

export interface Refund {
  outTradeNo: string;
  transactionId: string;
  outRefundNo: string;
  refundId: string;
  status: RefundStatus;
  totalFen: number;
  refundFen: number;
  successTime?: Date;
  /** Where the money goes, in WeChat's words, such as 招商银行信用卡0403. */
  receivedAccount?: string;
}

export const isPaid = (state: TradeState): boolean => state === 'SUCCESS' || state === 'REFUND';

type Raw = Record<string, unknown>;

const record = (value: unknown): Raw => (typeof value === 'object' && value !== null ? (value as Raw) : {});
const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
const fen = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;

function instant(value: unknown): Date | undefined {
  const date = new Date(text(value) ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** Drops undefined properties, so that optional ones are absent. */
function compact<T extends object>(value: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as T;
}

export function readPayment(raw: Raw): Payment | undefined {
  const appid = text(raw.appid);
  const mchid = text(raw.mchid);
  const outTradeNo = text(raw.out_trade_no);
  const state = text(raw.trade_state);
  if (!appid || !mchid || !outTradeNo || !state || !TRADE_STATES.includes(state)) return undefined;
  const tradeState = state as TradeState;
  const amount = record(raw.amount);
  const payment = compact<Payment>({
    appid,
    mchid,
    outTradeNo,
    tradeState,
    transactionId: text(raw.transaction_id),
    successTime: instant(raw.success_time),
    openid: text(record(raw.payer).openid),
    totalFen: fen(amount.total),
    payerTotalFen: fen(amount.payer_total),
    attach: text(raw.attach),
  });
  const complete = payment.transactionId !== undefined && payment.totalFen !== undefined;
  const foreignCurrency = amount.currency !== undefined && amount.currency !== 'CNY';
  return isPaid(tradeState) && (!complete || foreignCurrency) ? undefined : payment;
}

/** Reads an answer (`status`) and a decrypted notice (`refund_status`). */
export function readRefund(raw: Raw): Refund | undefined {
  const amount = record(raw.amount);
  const outTradeNo = text(raw.out_trade_no);
  const transactionId = text(raw.transaction_id);
  const outRefundNo = text(raw.out_refund_no);
  const refundId = text(raw.refund_id);
  const status = text(raw.status) ?? text(raw.refund_status);
  const totalFen = fen(amount.total);
  const refundFen = fen(amount.refund);
  if (!outTradeNo || !transactionId || !outRefundNo || !refundId) return undefined;
  if (!status || !REFUND_STATUSES.includes(status)) return undefined;
  if (totalFen === undefined || refundFen === undefined) return undefined;
  return compact<Refund>({
    outTradeNo,
    transactionId,
    outRefundNo,
    refundId,
    status: status as RefundStatus,
    totalFen,
    refundFen,
    successTime: instant(raw.success_time),
    receivedAccount: text(raw.user_received_account),
  });
}
