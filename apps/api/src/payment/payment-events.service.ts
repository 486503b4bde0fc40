import { formatFen } from '@haoban/domain';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Outbox } from '../outbox/outbox.service.js';
import type { PaymentChanged, Tell } from '../outbox/topics.js';
import type { PaymentEntity } from './payment.entity.js';

/** Whoever changes a payment calls this in the same transaction: its owner hears of it, and so does the citizen. */
@Injectable()
export class PaymentEvents {
  constructor(private readonly outbox: Outbox) {}

  /** @param row as it is after the change */
  async changed(em: EntityManager, row: PaymentEntity): Promise<void> {
    const { state } = row;
    if (state === 'unpaid') return;
    const change = { paymentId: row.id, subjectId: row.subjectId, state } satisfies PaymentChanged;
    await this.outbox.add(em, `${row.subjectKind}.payment-changed`, change);
    const about = `${row.id}:${state}:${row.refundedFen}`;
    await this.outbox.add(em, 'notifications.tell', paymentTell(row, about, wording(row, state)));
  }

  /** A refund came to nothing and the payment is `paid` again. */
  async refundFailed(em: EntityManager, row: PaymentEntity, refundId: string): Promise<void> {
    const change = { paymentId: row.id, subjectId: row.subjectId, state: 'paid' } satisfies PaymentChanged;
    await this.outbox.add(em, `${row.subjectKind}.payment-changed`, change);
    const words = {
      title: '退款没有成功',
      phrase: '退款失败',
      fen: row.amountFen - row.refundedFen,
      body: `“${row.description}”的退款没有成功，大厅工作人员会处理，您也可以致电大厅查询。`,
    };
    await this.outbox.add(em, 'notifications.tell', paymentTell(row, refundId, words));
  }
}

interface Wording {
  readonly title: string;
  readonly phrase: string;
  readonly fen: number;
  readonly body: string;
}

function paymentTell(row: PaymentEntity, about: string, { title, phrase, fen, body }: Wording) {
  return {
    template: 'payment_result',
    citizenId: row.citizenId,
    dedupeKey: `payment_result:${about}`,
    title,
    body,
    page: `pages/delivery/detail/index?id=${row.subjectId}`,
    data: {
      thing1: row.description,
      amount2: `${formatFen(fen)}元`,
      phrase3: phrase,
      character_string4: row.outTradeNo,
    },
  } satisfies Tell;
}

function wording(
  { amountFen, refundedFen, description }: PaymentEntity,
  state: PaymentChanged['state'],
): Wording {
  const what = `“${description}”`;
  switch (state) {
    case 'paid':
      return refundedFen > 0
        ? {
            title: '部分退款已到账',
            phrase: '部分退款',
            fen: refundedFen,
            body: `您支付的${what}已退回 ${formatFen(refundedFen)} 元，款项原路退回。`,
          }
        : {
            title: '付款成功',
            phrase: '支付成功',
            fen: amountFen,
            body: `您支付的${what} ${formatFen(amountFen)} 元已收到。`,
          };
    case 'closed':
      return {
        title: '付款单已关闭',
        phrase: '已关闭',
        fen: amountFen,
        body: `${what}的付款单已关闭，没有扣款。如果还需要办理，请重新下单。`,
      };
    case 'refunding':
      return {
        title: '正在退款',
        phrase: '退款中',
        fen: amountFen - refundedFen,
        body: `${what}的款项正在原路退回，一般几分钟内到账，银行卡最长需要 3 个工作日。`,
      };
    case 'refunded':
      return {
        title: '退款已到账',
        phrase: '已退款',
        fen: refundedFen,
        body: `您支付的${what} ${formatFen(refundedFen)} 元已原路退回。`,
      };
  }
}
