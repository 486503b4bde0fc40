import { randomInt } from 'node:crypto';
import { field, text } from '../common/json.js';
import { beijingRfc3339, beijingText } from '../common/time.js';
import { currency, fen, notifyUrl, optionalText, requiredText } from './checks.js';
import { paramError, payError } from './errors.js';
import { noticeOfRefund } from './notices.js';
import { refundedFen } from './state.js';
import type { PayOrder, PayRefund, PayWorld, RefundStatus } from './state.js';

/** Refunds. Source: pay.weixin.qq.com, "退款申请", "查询单笔退款". */

const YEAR_MS = 365 * 86_400_000;
const MAX_PARTIALS = 50;
const BETWEEN_PARTIALS_MS = 60_000;
const USUAL_SETTLING_MS = 60_000;

export function requestRefund(world: PayWorld, body: unknown): object {
  const { state } = world.store;
  const outRefundNo = requiredText(body, 'out_refund_no', 64);
  if (!/^[0-9A-Za-z_\-|*@]+$/.test(outRefundNo)) {
    throw paramError('/out_refund_no', outRefundNo, '只能是数字、大小写字母_-|*@');
  }
  const amount = field(body, 'amount');
  const refundFen = fen(amount, 'refund');
  const totalFen = fen(amount, 'total');
  currency(amount, true);
  const reason = optionalText(body, 'reason', 80);
  const notify = optionalText(body, 'notify_url', 256);
  if (notify !== null) notifyUrl(notify, 256);
  const order = orderToRefund(world, body);

  const existing = state.refunds.get(outRefundNo);
  if (existing) {
    if (existing.outTradeNo !== order.outTradeNo || existing.refundFen !== refundFen) {
      throw payError('INVALID_REQUEST', '商户退款单号重复，且与首次请求的参数不一致');
    }
    return refundView(existing);
  }
  assertRefundable(world, order, refundFen, totalFen);
  if (state.availableFen !== null) {
    if (state.availableFen < refundFen) throw payError('NOT_ENOUGH', '基本账户余额不足，请充值后重新发起');
    state.availableFen -= refundFen;
  }
  const refund = newRefund(world, order, { outRefundNo, refundFen, reason, notify });
  state.refunds.set(outRefundNo, refund);
  order.tradeState = 'REFUND';
  world.store.changed();
  return refundView(refund);
}

function orderToRefund(world: PayWorld, body: unknown): PayOrder {
  const { orders, transactions } = world.store.state;
  const transactionId = text(body, 'transaction_id');
  const outTradeNo = text(body, 'out_trade_no');
  if (transactionId === undefined && outTradeNo === undefined) {
    throw paramError('/transaction_id', undefined, '与out_trade_no二选一必填');
  }
  const byTransaction = transactionId === undefined ? undefined : transactions.get(transactionId);
  const order = orders.get(byTransaction ?? (transactionId === undefined ? (outTradeNo ?? '') : ''));
  if (order === undefined || (outTradeNo !== undefined && order.outTradeNo !== outTradeNo)) {
    throw payError('RESOURCE_NOT_EXISTS', '订单不存在');
  }
  return order;
}

function assertRefundable(world: PayWorld, order: PayOrder, refundFen: number, totalFen: number): void {
  const { state } = world.store;
  if (order.successTime === null) throw payError('INVALID_REQUEST', '订单未支付，不能退款');
  if (totalFen !== order.totalFen) throw payError('INVALID_REQUEST', '订单金额与原订单不一致');
  if (Date.now() - new Date(order.successTime).getTime() > YEAR_MS) {
    throw payError('INVALID_REQUEST', '订单支付已超过一年，不能退款');
  }
  if (refundedFen(state, order.outTradeNo) + refundFen > order.totalFen) {
    throw payError('INVALID_REQUEST', '申请退款金额大于订单可退金额');
  }
  const earlier = [...state.refunds.values()].filter((each) => each.outTradeNo === order.outTradeNo);
  if (earlier.length >= MAX_PARTIALS) throw payError('INVALID_REQUEST', '一笔订单最多部分退款50次');
  const pause = BETWEEN_PARTIALS_MS * world.config.ladderScale;
  if (earlier.some((each) => Date.now() - new Date(each.createdAt).getTime() < pause)) {
    throw payError('FREQUENCY_LIMITED', '同一订单多次退款需间隔1分钟');
  }
}

function newRefund(
  world: PayWorld,
  order: PayOrder,
  asked: { outRefundNo: string; refundFen: number; reason: string | null; notify: string | null },
): PayRefund {
  const now = new Date();
  const { refundOutcome } = world.store.state;
  const settles = new Date(now.getTime() + USUAL_SETTLING_MS * world.config.ladderScale);
  return {
    refundId: `5030${randomInt(1_000_000, 10_000_000)}${beijingText(now).replace(/\D/g, '').slice(0, 8)}${randomInt(1_000_000_000, 10_000_000_000)}`,
    outRefundNo: asked.outRefundNo,
    outTradeNo: order.outTradeNo,
    transactionId: order.transactionId ?? '',
    refundFen: asked.refundFen,
    totalFen: order.totalFen,
    reason: asked.reason,
    notifyUrl: asked.notify,
    createdAt: now.toISOString(),
    status: 'PROCESSING',
    settlesAt: refundOutcome === 'HOLD' ? null : settles.toISOString(),
    settlesAs: refundOutcome === 'HOLD' ? 'SUCCESS' : refundOutcome,
    successTime: null,
  };
}

export function getRefund(world: PayWorld, outRefundNo: string | undefined): PayRefund {
  const refund = outRefundNo === undefined ? undefined : world.store.state.refunds.get(outRefundNo);
  if (refund === undefined) throw payError('RESOURCE_NOT_EXISTS', '退款单不存在');
  return refund;
}

export function refundView(refund: PayRefund): object {
  return {
    refund_id: refund.refundId,
    out_refund_no: refund.outRefundNo,
    transaction_id: refund.transactionId,
    out_trade_no: refund.outTradeNo,
    channel: 'ORIGINAL',
    user_received_account: '支付用户零钱',
    create_time: beijingRfc3339(new Date(refund.createdAt)),
    ...(refund.successTime === null ? {} : { success_time: beijingRfc3339(new Date(refund.successTime)) }),
    status: refund.status,
    funds_account: 'AVAILABLE',
    amount: {
      total: refund.totalFen,
      refund: refund.refundFen,
      payer_total: refund.totalFen,
      payer_refund: refund.refundFen,
      settlement_refund: refund.refundFen,
      settlement_total: refund.totalFen,
      discount_refund: 0,
      currency: 'CNY',
    },
    promotion_detail: [],
  };
}

export function settleRefund(
  world: PayWorld,
  refund: PayRefund,
  status: Exclude<RefundStatus, 'PROCESSING'>,
): void {
  refund.status = status;
  refund.settlesAt = null;
  refund.successTime = status === 'SUCCESS' ? new Date().toISOString() : null;
  const { state } = world.store;
  if (status === 'CLOSED' && state.availableFen !== null) state.availableFen += refund.refundFen;
  noticeOfRefund(world, refund);
  world.store.changed();
}

/** Called on a short interval, so that refunds under way survive a restart. */
export function settleDueRefunds(world: PayWorld): void {
  const now = new Date().toISOString();
  for (const refund of world.store.state.refunds.values()) {
    if (refund.status === 'PROCESSING' && refund.settlesAt !== null && refund.settlesAt <= now) {
      settleRefund(world, refund, refund.settlesAs);
    }
  }
}
