import { badControl, controlBody, refuseControl } from '../common/control.js';
import { json, Refusal } from '../common/http-server.js';
import type { Answer, SimRequest, SimServer } from '../common/http-server.js';
import { field, integer, isRecord, text } from '../common/json.js';
import { confirmPayment } from './orders.js';
import type { PayRefusal } from './orders.js';
import { settleRefund } from './refunds.js';
import type { PaySigner } from './signature.js';
import type { PayOrder, PayWorld } from './state.js';

/** Control routes of the pay simulator: the payer's finger, the bank's decision, the calendar. */

const refusals: Record<PayRefusal, string> = {
  ORDER_PAID: '该订单已支付',
  ORDER_CLOSED: '该订单已关闭',
  ORDER_EXPIRED: '订单已过支付期限',
  PREPAY_EXPIRED: 'prepay_id已失效，请重新下单',
};

export function addPayControl(server: SimServer, world: PayWorld, signer: PaySigner): void {
  const sim = (method: string, path: string, handler: (request: SimRequest) => Answer) =>
    server.route('sim', method, `/_sim/${path}`, path, handler);

  sim('POST', 'pay', (request) => pay(world, signer, controlBody(request)));
  sim('POST', 'resend', (request) => {
    const id = text(controlBody(request), 'id') ?? '';
    return world.notices.resend(id) ? json({ ok: true, id }) : badControl('没有这条通知', 404);
  });
  sim('POST', 'refund', (request) => {
    const body = controlBody(request);
    const refund = world.store.state.refunds.get(text(body, 'outRefundNo') ?? '');
    if (refund === undefined) return badControl('没有这笔退款', 404);
    const status = text(body, 'status');
    if (status !== 'SUCCESS' && status !== 'ABNORMAL' && status !== 'CLOSED') {
      return badControl('status: SUCCESS, ABNORMAL or CLOSED');
    }
    if (refund.status === 'SUCCESS' || refund.status === 'CLOSED') return badControl('退款已完结', 409);
    settleRefund(world, refund, status);
    return json({ outRefundNo: refund.outRefundNo, status: refund.status });
  });
  sim('POST', 'refund-outcome', (request) => {
    const status = text(controlBody(request), 'status');
    if (status !== 'SUCCESS' && status !== 'ABNORMAL' && status !== 'CLOSED' && status !== 'HOLD') {
      return badControl('status: SUCCESS, ABNORMAL, CLOSED or HOLD');
    }
    world.store.state.refundOutcome = status;
    world.store.changed();
    return json({ status });
  });
  sim('POST', 'balance', (request) => {
    const body = controlBody(request);
    const fen = field(body, 'availableFen') === null ? null : integer(body, 'availableFen');
    if (fen === undefined || (fen !== null && fen < 0))
      return badControl('availableFen: integer >= 0, or null');
    world.store.state.availableFen = fen;
    world.store.changed();
    return json({ availableFen: fen });
  });
  sim('POST', 'backdate', (request) => {
    const days = integer(controlBody(request), 'days');
    if (days === undefined || days < 1 || days > 400) return badControl('days: integer from 1 to 400');
    return json({ moved: backdate(world, days) });
  });
}

function pay(world: PayWorld, signer: PaySigner, body: unknown): Answer {
  const params = field(body, 'payParams');
  const prepayId =
    params === undefined ? text(body, 'prepayId') : checkedPrepayId(world, signer, params, body);
  const order = findOrder(world, prepayId, text(body, 'outTradeNo'));
  if (text(body, 'outcome') === 'cancel') {
    return json({
      outTradeNo: order.outTradeNo,
      tradeState: order.tradeState,
      errMsg: 'requestPayment:fail cancel',
    });
  }
  const refused = confirmPayment(world, order, prepayId);
  if (refused) {
    return json(
      { code: refused, message: refusals[refused], errMsg: `requestPayment:fail ${refusals[refused]}` },
      409,
    );
  }
  return json({
    outTradeNo: order.outTradeNo,
    transactionId: order.transactionId,
    tradeState: order.tradeState,
    errMsg: 'requestPayment:ok',
  });
}

/** What the WeChat client checks before it opens the sheet. */
function checkedPrepayId(world: PayWorld, signer: PaySigner, params: unknown, body: unknown): string {
  const fail = (message: string) =>
    refuseControlAs('PAY_SIGN_ERROR', message, `requestPayment:fail ${message}`);
  if (!isRecord(params)) return fail('缺少支付参数');
  const [timeStamp, nonceStr, packed, paySign] = ['timeStamp', 'nonceStr', 'package', 'paySign'].map((name) =>
    text(params, name),
  );
  if (!timeStamp || !nonceStr || !packed || !paySign) return fail('支付参数须为字符串且不可缺少');
  const appId = text(params, 'appId');
  if (appId !== undefined && appId !== world.config.appid) return fail('appId不一致');
  if (text(params, 'signType') !== 'RSA') return fail('signType应为RSA');
  if (!/^\d{10}$/.test(timeStamp)) return fail('timeStamp应为秒级时间戳');
  if (!packed.startsWith('prepay_id=')) return fail('package应为prepay_id=…');
  if (!signer.paySignMatches({ timeStamp, nonceStr, package: packed, paySign }))
    return fail('支付验证签名失败');
  const prepayId = packed.slice('prepay_id='.length);
  const named = text(body, 'prepayId');
  return named !== undefined && named !== prepayId ? fail('prepayId与package不一致') : prepayId;
}

function refuseControlAs(code: string, message: string, errMsg: string): never {
  throw new Refusal(json({ code, message, errMsg }, 400));
}

function findOrder(world: PayWorld, prepayId: string | undefined, outTradeNo: string | undefined): PayOrder {
  const { orders, prepays } = world.store.state;
  const order = orders.get((prepayId === undefined ? outTradeNo : prepays.get(prepayId)) ?? '');
  return order ?? refuseControl('没有这笔订单', 404);
}

/** Moves paid orders and refunds into the past, so that yesterday's bill can be fetched today. */
function backdate(world: PayWorld, days: number): number {
  const back = (iso: string) => new Date(new Date(iso).getTime() - days * 86_400_000).toISOString();
  const { orders, refunds } = world.store.state;
  let moved = 0;
  for (const order of orders.values()) {
    if (order.successTime === null) continue;
    order.createdAt = back(order.createdAt);
    order.successTime = back(order.successTime);
    moved += 1;
  }
  for (const refund of refunds.values()) {
    refund.createdAt = back(refund.createdAt);
    if (refund.successTime !== null) refund.successTime = back(refund.successTime);
    moved += 1;
  }
  world.store.changed();
  return moved;
}
