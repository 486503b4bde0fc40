import { z } from 'zod';
import { Fen, Id, Instant, PageQuery, RequestId, page, requiredText } from './common.js';
import { endpoint } from './endpoint.js';
import { routes } from './routes.js';

export const PaymentState = z.enum(['unpaid', 'paid', 'closed', 'refunding', 'refunded']);

export const Payment = z.object({
  id: Id,
  outTradeNo: z.string(),
  description: z.string(),
  amountFen: Fen,
  refundedFen: Fen,
  state: PaymentState,
  expiresAt: Instant,
  paidAt: Instant.nullable(),
  actions: z.array(z.enum(['pay', 'close'])),
});
export type Payment = z.infer<typeof Payment>;

/** The argument of `wx.requestPayment`, as signed by the merchant. */
export const PayParams = z.object({
  appId: z.string(),
  timeStamp: z.string(),
  nonceStr: z.string(),
  package: z.string(),
  signType: z.literal('RSA'),
  paySign: z.string(),
});
export type PayParams = z.infer<typeof PayParams>;

export const HallPayment = Payment.omit({ actions: true }).extend({
  caseNo: z.string().nullable(),
  transactionId: z.string().nullable(),
  refunds: z.array(
    z.object({
      outRefundNo: z.string(),
      amountFen: Fen,
      state: z.string(),
      reason: z.string(),
      createdAt: Instant,
    }),
  ),
});
export type HallPayment = z.infer<typeof HallPayment>;

const OfPayment = z.object({ paymentId: Id });

export const paymentEndpoints = {
  prepay: endpoint(routes.payment.prepay, {
    summary: '调起微信支付',
    input: OfPayment,
    output: z.object({ payment: Payment, payParams: PayParams }),
    errors: ['PAYMENT_STATE', 'PAYMENT_EXPIRED', 'PAYMENT_UNAVAILABLE'],
  }),
  get: endpoint(routes.payment.get, { summary: '支付单', input: OfPayment, output: Payment, errors: [] }),
  refresh: endpoint(routes.payment.refresh, {
    summary: '向微信核对支付结果',
    input: OfPayment,
    output: Payment,
    errors: ['PAYMENT_UNAVAILABLE'],
  }),
  close: endpoint(routes.payment.close, {
    summary: '关闭未付的支付单',
    input: OfPayment,
    output: Payment,
    errors: ['PAYMENT_STATE', 'PAYMENT_UNAVAILABLE'],
  }),
  refund: endpoint(routes.payment.refund, {
    summary: '退款',
    input: OfPayment.extend({ requestId: RequestId, amountFen: Fen.min(1), reason: requiredText(80) }),
    output: HallPayment,
    errors: ['PAYMENT_STATE', 'REFUND_EXCEEDS', 'REQUEST_ID_REUSED', 'PAYMENT_UNAVAILABLE'],
  }),
  listOfHall: endpoint(routes.payment.listOfHall, {
    summary: '本中心支付单',
    input: z.object({ ...PageQuery, state: PaymentState.optional() }),
    output: page(HallPayment),
    errors: [],
  }),
  /** Called by WeChat Pay: the raw body is verified and stored, 204 answered, a job applies it. */
  notice: endpoint(routes.payment.notice, {
    summary: '微信支付通知',
    input: z.unknown(),
    output: z.undefined(),
    errors: ['NOTICE_SIGNATURE_INVALID', 'NOTICE_INVALID'],
  }),
};
