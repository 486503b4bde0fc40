export type { BillRow, TradeBill } from './bill.js';
export { parseTradeBill } from './bill.js';
export type { FailureKind } from './errors.js';
export { WechatPayError } from './errors.js';
export { yuanToFen } from './money.js';
export type {
  NoticeEnvelope,
  NoticePayment,
  NoticeReader,
  NoticeReading,
  NoticeRefund,
  NoticeResource,
  VerifiedNotice,
} from './notice.js';
export { decryptResource, readNotice, verifyNotice } from './notice.js';
export type { Payment, Refund, RefundStatus, TradeState } from './payment.js';
export { isPaid } from './payment.js';
export type { HeaderSource, Keyring, SignatureFault, SignedMessage } from './signature.js';
export { createKeyring } from './signature.js';
export type { Fetch } from './transport.js';
export type {
  CloseOutcome,
  PayParams,
  PrepayRequest,
  RefundRequest,
  WechatPayConfig,
} from './wechatpay-client.js';
export { WechatPayClient } from './wechatpay-client.js';
