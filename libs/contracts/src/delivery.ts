import { z } from 'zod';
import { Fen, Id, Instant, PageQuery, RequestId, page, requiredText, text } from './common.js';
import { endpoint } from './endpoint.js';
import { Payment } from './payment.js';
import { routes } from './routes.js';

export const DeliveryState = z.enum([
  'awaiting_payment',
  'paid',
  'ordered',
  'handed_over',
  'in_transit',
  'out_for_delivery',
  'delivered',
  'attempt_failed',
  'returning',
  'returned',
  'exception',
  'cancelled',
]);

/** As `wx.chooseAddress` gives it. */
export const Address = z.object({
  name: requiredText(30),
  phone: z.string().trim().min(7).max(20),
  province: requiredText(20),
  city: requiredText(20),
  county: requiredText(20),
  detail: requiredText(100),
});
export type Address = z.infer<typeof Address>;

export const Trace = z.object({
  at: Instant,
  text: z.string(),
  place: z.string().nullable(),
  opCode: z.string(),
});
export type Trace = z.infer<typeof Trace>;

export const Quote = z.object({
  caseId: Id,
  feeFen: Fen,
  /** 省内 / 省外 and the weight that it was computed for. */
  explanation: z.string(),
  from: z.string(),
  contents: z.string(),
  expiresAt: Instant,
  /** Sealed: `create` takes it back and refuses it once it expired or was altered. */
  quoteToken: z.string(),
});
export type Quote = z.infer<typeof Quote>;

export const Delivery = z.object({
  id: Id,
  caseId: Id,
  caseNo: z.string(),
  itemName: z.string(),
  contents: z.string(),
  state: DeliveryState,
  stateText: z.string(),
  receiverMasked: z.string(),
  feeFen: Fen,
  payment: Payment.nullable(),
  waybillNo: z.string().nullable(),
  createdAt: Instant,
  deliveredAt: Instant.nullable(),
  /** Who took it, when the courier said so: 本人签收, 他人代收 … */
  signedBy: z.string().nullable(),
  /** Newest first. */
  traces: z.array(Trace),
  actions: z.array(z.enum(['pay', 'cancel'])),
});
export type Delivery = z.infer<typeof Delivery>;

export const HallDelivery = Delivery.omit({ actions: true }).extend({
  certificateNo: z.string(),
  logisticsOrderNo: z.string(),
  /** The label's address: courier staff need the whole of it, once, for this parcel. */
  receiver: Address,
  problem: z.string().nullable(),
  actions: z.array(z.enum(['hand_over', 'retry_order', 'print_label'])),
});
export type HallDelivery = z.infer<typeof HallDelivery>;

const OfDelivery = z.object({ deliveryId: Id });

export const deliveryEndpoints = {
  quote: endpoint(routes.delivery.quote, {
    summary: '查询寄递费用',
    input: z.object({ caseId: Id, address: Address }),
    output: Quote,
    errors: [
      'DELIVERY_NOT_ALLOWED',
      'DELIVERY_ALREADY_EXISTS',
      'CERTIFICATE_NOT_ISSUED',
      'DELIVERY_OUT_OF_RANGE',
      'EMS_UNAVAILABLE',
    ],
  }),
  create: endpoint(routes.delivery.create, {
    summary: '下单寄证照',
    input: z.object({ requestId: RequestId, caseId: Id, address: Address, quoteToken: z.string().max(1000) }),
    output: Delivery,
    errors: [
      'DELIVERY_NOT_ALLOWED',
      'DELIVERY_ALREADY_EXISTS',
      'CERTIFICATE_NOT_ISSUED',
      'QUOTE_EXPIRED',
      'REQUEST_ID_REUSED',
    ],
  }),
  listMine: endpoint(routes.delivery.listMine, {
    summary: '我的寄递',
    input: z.object(PageQuery),
    output: page(Delivery),
    errors: [],
  }),
  getMine: endpoint(routes.delivery.getMine, {
    summary: '寄递详情与轨迹',
    input: OfDelivery,
    output: Delivery,
    errors: [],
  }),
  cancel: endpoint(routes.delivery.cancel, {
    summary: '取消寄递',
    input: OfDelivery.extend({ reason: text(100).optional() }),
    output: Delivery,
    errors: ['DELIVERY_STATE', 'EMS_UNAVAILABLE', 'EMS_REFUSED'],
  }),
  listOfHall: endpoint(routes.delivery.listOfHall, {
    summary: '待寄与在途的证照',
    input: z.object({ ...PageQuery, state: DeliveryState.optional(), q: text(64).optional() }),
    output: page(HallDelivery),
    errors: [],
  }),
  getOfHall: endpoint(routes.delivery.getOfHall, {
    summary: '寄递单',
    input: OfDelivery,
    output: HallDelivery,
    errors: [],
  }),
  findByWaybill: endpoint(routes.delivery.findByWaybill, {
    summary: '凭邮件号找办件',
    input: z.object({ waybillNo: requiredText(32) }),
    output: HallDelivery,
    errors: ['WAYBILL_INVALID'],
  }),
  handOver: endpoint(routes.delivery.handOver, {
    summary: '扫描邮件号并交给 EMS',
    input: OfDelivery.extend({ waybillNo: requiredText(32), certificateNo: requiredText(64) }),
    output: HallDelivery,
    errors: ['DELIVERY_STATE', 'WAYBILL_INVALID', 'WAYBILL_MISMATCH'],
  }),
  retryOrder: endpoint(routes.delivery.retryOrder, {
    summary: '重新向 EMS 下单',
    input: OfDelivery,
    output: HallDelivery,
    errors: ['DELIVERY_STATE'],
  }),
  label: endpoint(routes.delivery.label, {
    summary: '打印面单',
    input: OfDelivery,
    output: z.object({ url: z.string() }),
    errors: ['DELIVERY_STATE', 'EMS_UNAVAILABLE', 'EMS_REFUSED'],
  }),
  /** Called by EMS: one encrypted scan; answered in EMS's own form. */
  trace: endpoint(routes.delivery.trace, {
    summary: 'EMS 轨迹推送',
    input: z.unknown(),
    output: z.object({
      serialNo: z.string(),
      code: z.string(),
      codeMessage: z.string(),
      senderNo: z.string(),
    }),
    errors: ['NOTICE_INVALID'],
  }),
};
