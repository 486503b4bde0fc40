import { beijingRfc3339 } from '../common/time.js';
import type { Delivery, SendResult } from '../common/outbox.js';
import type { PaySigner } from './signature.js';
import type { PayOrder, PayRefund, PayWorld } from './state.js';

/**
 * Notices to notify_url: encrypted with the APIv3 key, signed with the platform key, repeated until 2xx.
 * Source: pay.weixin.qq.com, "支付成功回调通知", "退款结果通知", and the retry ladder given there.
 */

const LADDER_SECONDS = [
  15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10_800, 10_800, 10_800, 21_600, 21_600,
];

export function ladderMs(scale: number): number[] {
  return LADDER_SECONDS.map((seconds) => Math.round(seconds * 1000 * scale));
}

interface NoticePlan {
  eventType: string;
  summary: string;
  originalType: 'transaction' | 'refund';
  plaintext: object;
}

export function noticeOfPayment(world: PayWorld, order: PayOrder, plaintext: object): void {
  add(world, order.outTradeNo, order.notifyUrl, {
    eventType: 'TRANSACTION.SUCCESS',
    summary: '支付成功',
    originalType: 'transaction',
    plaintext,
  });
}

export function noticeOfRefund(world: PayWorld, refund: PayRefund): void {
  if (refund.notifyUrl === null) return;
  const summaries = {
    SUCCESS: '退款成功',
    ABNORMAL: '退款异常',
    CLOSED: '退款关闭',
    PROCESSING: '退款处理中',
  };
  add(world, refund.outTradeNo, refund.notifyUrl, {
    eventType: `REFUND.${refund.status}`,
    summary: summaries[refund.status],
    originalType: 'refund',
    plaintext: {
      mchid: world.config.mchid,
      out_trade_no: refund.outTradeNo,
      transaction_id: refund.transactionId,
      out_refund_no: refund.outRefundNo,
      refund_id: refund.refundId,
      refund_status: refund.status,
      ...(refund.successTime === null ? {} : { success_time: beijingRfc3339(new Date(refund.successTime)) }),
      user_received_account: '支付用户零钱',
      amount: {
        total: refund.totalFen,
        refund: refund.refundFen,
        payer_total: refund.totalFen,
        payer_refund: refund.refundFen,
      },
    },
  });
}

function add(world: PayWorld, group: string, url: string, plan: NoticePlan): void {
  world.notices.add({ group, url, title: `${plan.summary} ${group}`, payload: JSON.stringify(plan) });
}

/** 200 or 204 means received, whatever the body says; that is how the real one reads it. */
export async function sendNotice(
  signer: PaySigner,
  delivery: Delivery,
  corrupt: boolean,
  signal: AbortSignal,
): Promise<SendResult> {
  const plan = JSON.parse(delivery.payload) as NoticePlan;
  const associatedData = plan.originalType;
  const body = JSON.stringify({
    id: delivery.id,
    create_time: beijingRfc3339(new Date(delivery.createdAt)),
    resource_type: 'encrypt-resource',
    event_type: plan.eventType,
    summary: plan.summary,
    resource: {
      original_type: plan.originalType,
      algorithm: 'AEAD_AES_256_GCM',
      associated_data: associatedData,
      ...signer.encrypt(JSON.stringify(plan.plaintext), associatedData),
    },
  });
  const answer = await fetch(delivery.url, {
    method: 'POST',
    redirect: 'manual',
    signal,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Mozilla/4.0',
      ...signer.signedHeaders(body, corrupt),
    },
    body,
  });
  const said = (await answer.text()).slice(0, 120);
  return { ok: answer.status === 200 || answer.status === 204, note: `${answer.status} ${said}`.trim() };
}
