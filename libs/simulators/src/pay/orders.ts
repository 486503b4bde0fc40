import { randomBytes, randomInt } from 'node:crypto';
import { field, text } from '../common/json.js';
import { beijingRfc3339, beijingText } from '../common/time.js';
import { currency, fen, notifyUrl, optionalText, requiredText, rfc3339 } from './checks.js';
import { paramError, payError } from './errors.js';
import { noticeOfPayment } from './notices.js';
import type { PayOrder, PayWorld } from './state.js';

/**
 * JSAPI orders: prepay, query, close, and the payer's confirmation.
 * Source: pay.weixin.qq.com, "JSAPI/小程序下单", "查询订单", "关闭订单".
 */

const PREPAY_LIFE_MS = 2 * 3_600_000;
const MINUTE_MS = 60_000;
const NINETY_DAYS_MS = 90 * 86_400_000;
const SEVEN_DAYS_MS = 7 * 86_400_000;

const stateDescriptions = {
  NOTPAY: '订单未支付',
  SUCCESS: '支付成功',
  REFUND: '转入退款',
  CLOSED: '订单已关闭',
};

export function prepay(world: PayWorld, body: unknown): { prepay_id: string } {
  const order = readOrder(world, body);
  const { state } = world.store;
  const existing = state.orders.get(order.outTradeNo);
  if (existing) assertRepeatable(existing, order);
  const kept = existing ?? order;
  const stamp = beijingText(new Date()).replace(/\D/g, '');
  const id = `wx${stamp}${randomBytes(10).toString('hex')}`;
  kept.prepays.push({ id, expiresAt: new Date(Date.now() + PREPAY_LIFE_MS).toISOString() });
  state.orders.set(kept.outTradeNo, kept);
  state.prepays.set(id, kept.outTradeNo);
  world.store.changed();
  return { prepay_id: id };
}

function readOrder(world: PayWorld, body: unknown): PayOrder {
  const { config } = world;
  const appid = requiredText(body, 'appid', 32);
  const mchid = requiredText(body, 'mchid', 32);
  if (mchid !== config.mchid) throw paramError('/mchid', mchid, '与Authorization中的商户号不一致');
  if (appid !== config.appid)
    throw payError('APPID_MCHID_NOT_MATCH', '商户号和appid没有绑定关系，请检查后再试');
  const description = requiredText(body, 'description', 127);
  const outTradeNo = requiredText(body, 'out_trade_no', 32, 6);
  if (!/^[0-9A-Za-z_\-|*]+$/.test(outTradeNo)) {
    throw paramError('/out_trade_no', outTradeNo, '只能是数字、大小写字母_-|*');
  }
  const notify = notifyUrl(requiredText(body, 'notify_url', 255), 255);
  const amount = field(body, 'amount');
  const totalFen = fen(amount, 'total');
  currency(amount, false);
  const openid = text(field(body, 'payer'), 'openid');
  if (!openid || openid.length > 128) throw paramError('/payer/openid', openid, '必填，长度1到128');
  optionalText(body, 'goods_tag', 32);
  const timeExpire = text(body, 'time_expire');
  const now = new Date();
  return {
    outTradeNo,
    description,
    notifyUrl: notify,
    attach: optionalText(body, 'attach', 128),
    totalFen,
    openid,
    timeExpire: timeExpire === undefined ? null : clampExpiry(rfc3339(timeExpire), now),
    createdAt: now.toISOString(),
    tradeState: 'NOTPAY',
    transactionId: null,
    successTime: null,
    prepays: [],
  };
}

/** Under a minute becomes a minute, over 90 days becomes 90 days; the real one corrects silently too. */
function clampExpiry(at: Date, now: Date): string {
  const ms = Math.min(Math.max(at.getTime() - now.getTime(), MINUTE_MS), NINETY_DAYS_MS);
  return new Date(now.getTime() + ms).toISOString();
}

/** The same order may be asked for again and gets a fresh prepay_id; anything else under its number is refused. */
function assertRepeatable(existing: PayOrder, asked: PayOrder): void {
  switch (existing.tradeState) {
    case 'SUCCESS':
    case 'REFUND':
      throw payError('ORDER_PAID', '该订单已支付');
    case 'CLOSED':
      throw payError('ORDER_CLOSED', '该订单已关闭，请更换商户订单号');
    case 'NOTPAY':
      break;
  }
  const same = (order: PayOrder) =>
    JSON.stringify([order.totalFen, order.description, order.openid, order.attach, order.notifyUrl]);
  if (same(existing) !== same(asked))
    throw payError('OUT_TRADE_NO_USED', '商户订单号重复，请核对参数与首次下单一致');
  // A clamped expiry depends on "now"; only a really different one counts as a change.
  if (asked.timeExpire === null) return;
  const moved =
    existing.timeExpire === null
      ? Infinity
      : Math.abs(new Date(existing.timeExpire).getTime() - new Date(asked.timeExpire).getTime());
  if (moved > MINUTE_MS) throw payError('INVALID_REQUEST', 'time_expire仅在首次下单时可设置，不可修改');
}

export function getOrder(world: PayWorld, outTradeNo: string | undefined): PayOrder {
  const order = outTradeNo === undefined ? undefined : world.store.state.orders.get(outTradeNo);
  if (order === undefined) throw payError('ORDER_NOT_EXIST', '订单不存在');
  return order;
}

export function assertMchid(world: PayWorld, mchid: string | null | undefined): void {
  if (mchid !== world.config.mchid)
    throw payError('PARAM_ERROR', '参数错误：mchid必填，且与签名的商户号一致');
}

/** Answer of a query, and the plaintext of a payment notice. */
export function orderView(world: PayWorld, order: PayOrder): object {
  const { appid, mchid } = world.config;
  const head = { appid, mchid, out_trade_no: order.outTradeNo };
  const foot = {
    trade_state: order.tradeState,
    trade_state_desc: stateDescriptions[order.tradeState],
    promotion_detail: [],
    ...(order.attach === null ? {} : { attach: order.attach }),
  };
  if (order.transactionId === null || order.successTime === null) {
    return { ...head, amount: { total: order.totalFen, currency: 'CNY', payer_currency: 'CNY' }, ...foot };
  }
  return {
    ...head,
    transaction_id: order.transactionId,
    trade_type: 'JSAPI',
    bank_type: 'OTHERS',
    success_time: beijingRfc3339(new Date(order.successTime)),
    payer: { openid: order.openid },
    amount: {
      total: order.totalFen,
      payer_total: order.totalFen,
      currency: 'CNY',
      payer_currency: 'CNY',
    },
    ...foot,
  };
}

export function closeOrder(world: PayWorld, order: PayOrder): void {
  switch (order.tradeState) {
    case 'SUCCESS':
    case 'REFUND':
      throw payError('ORDER_PAID', '该订单已支付');
    case 'CLOSED':
      throw payError('ORDER_CLOSED', '该订单已关闭');
    case 'NOTPAY':
      order.tradeState = 'CLOSED';
      world.store.changed();
  }
}

export type PayRefusal = 'ORDER_PAID' | 'ORDER_CLOSED' | 'ORDER_EXPIRED' | 'PREPAY_EXPIRED';

/** The payer pressed 确认支付. Expiry stops a payment but does not close the order. */
export function confirmPayment(world: PayWorld, order: PayOrder, prepayId?: string): PayRefusal | undefined {
  const now = new Date();
  if (order.tradeState === 'CLOSED') return 'ORDER_CLOSED';
  if (order.tradeState !== 'NOTPAY') return 'ORDER_PAID';
  const until =
    order.timeExpire ?? new Date(new Date(order.createdAt).getTime() + SEVEN_DAYS_MS).toISOString();
  if (now.toISOString() > until) return 'ORDER_EXPIRED';
  const used = order.prepays.find((each) => each.id === prepayId) ?? order.prepays.at(-1);
  if (used === undefined || now.toISOString() > used.expiresAt) return 'PREPAY_EXPIRED';

  order.tradeState = 'SUCCESS';
  order.successTime = now.toISOString();
  order.transactionId = `4200${randomInt(1_000_000, 10_000_000)}${beijingText(now).replace(/\D/g, '').slice(0, 8)}${randomInt(100_000_000, 1_000_000_000)}`;
  world.store.state.transactions.set(order.transactionId, order.outTradeNo);
  const { availableFen } = world.store.state;
  if (availableFen !== null) world.store.state.availableFen = availableFen + order.totalFen;
  noticeOfPayment(world, order, orderView(world, order));
  world.store.changed();
  return undefined;
}
