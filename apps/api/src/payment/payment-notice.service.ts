import { WechatPayClient, type HeaderSource, type NoticePayment, type NoticeRefund } from '@haoban/wechatpay';
import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Audit } from '../audit/audit.service.js';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { newId } from '../common/id.js';
import { violatedIndex } from '../db/database-error.js';
import { Transactions } from '../db/transactions.js';
import { Outbox } from '../outbox/outbox.service.js';
import { PaymentLedger, type TradeFacts } from './payment-ledger.service.js';
import { PaymentMetrics } from './payment-metrics.js';
import { PaymentNoticeEntity } from './payment.entity.js';
import { RefundLedger, type RefundNews } from './refund-ledger.service.js';

/** What is kept of a notice: enough to apply it, nothing about the payer. Dates are ISO texts. */
type Stored<T extends { successTime?: Date }> = Omit<T, 'successTime'> & { successTime?: string };
type Kept =
  | { kind: 'payment'; trade: Stored<TradeFacts> }
  | { kind: 'refund'; news: Stored<Extract<RefundNews, { refundId: string }>> };

const SIGNATURE_FAULTS: ReadonlySet<string> = new Set([
  'unsigned',
  'clock_skew',
  'unknown_serial',
  'probe',
  'bad_signature',
]);

/**
 * Notices of WeChat Pay: verified over the raw body, stored once, answered, applied by a job. A notice comes again until it is
 * answered with 2xx, may come twice all the same, and may never come (pay.weixin.qq.com, 支付成功回调通知).
 */
@Injectable()
export class PaymentNoticeService {
  private readonly logger = new Logger(PaymentNoticeService.name);

  constructor(
    private readonly wechatPay: WechatPayClient,
    private readonly transactions: Transactions,
    private readonly ledger: PaymentLedger,
    private readonly refundLedger: RefundLedger,
    private readonly outbox: Outbox,
    private readonly audit: Audit,
    private readonly metrics: PaymentMetrics,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError NOTICE_SIGNATURE_INVALID, NOTICE_INVALID; what it stored it answers with nothing */
  async receive(headers: HeaderSource, rawBody: Buffer): Promise<void> {
    const reading = this.wechatPay.readNotice(headers, rawBody);
    if (!reading.ok) return this.refuse(reading.reason);
    const isNew = await this.transactions.run((em) => this.store(em, reading.notice));
    this.metrics.notices.inc({ result: isNew ? 'stored' : 'repeated' });
  }

  /** For the job: applied once, its outcome kept beside it. */
  async apply(noticeId: string): Promise<void> {
    await this.transactions.run(async (em) => {
      const notice = await em.findOneBy(PaymentNoticeEntity, { id: noticeId });
      if (!notice || notice.appliedAt) return;
      const outcome = await this.applyKept(em, JSON.parse(notice.body) as Kept);
      await em.update(PaymentNoticeEntity, { id: noticeId }, { appliedAt: this.clock.now(), outcome });
    });
  }

  private async refuse(reason: string): Promise<never> {
    this.metrics.notices.inc({ result: reason });
    this.logger.warn({ reason, msg: 'A notice was refused' });
    if (SIGNATURE_FAULTS.has(reason)) throw new AppError('NOTICE_SIGNATURE_INVALID');
    // Signed by WeChat Pay and yet not for us: a setting of ours is wrong, which a person must see. As it is not answered
    // with 2xx it comes again once that is mended.
    await this.transactions.run((em) =>
      this.audit.record(
        em,
        { kind: 'provider' },
        {
          action: 'payment.notice-refused',
          subjectKind: 'notice',
          subjectId: reason,
          after: { reason },
        },
      ),
    );
    throw new AppError('NOTICE_INVALID');
  }

  private async store(em: EntityManager, notice: NoticePayment | NoticeRefund): Promise<boolean> {
    const id = newId();
    try {
      await em.insert(PaymentNoticeEntity, {
        id,
        noticeKey: keyOf(notice),
        eventType: notice.eventType.slice(0, 40),
        body: JSON.stringify(keep(notice)),
        receivedAt: this.clock.now(),
        appliedAt: null,
        outcome: null,
      });
    } catch (error) {
      if (violatedIndex(error) === 'ux_payment_notice') return false;
      throw error;
    }
    await this.outbox.add(em, 'payment.apply-notice', { noticeId: id });
    return true;
  }

  private applyKept(em: EntityManager, kept: Kept): Promise<string> {
    switch (kept.kind) {
      case 'payment':
        return this.ledger.applyTrade(em, revived(kept.trade));
      case 'refund':
        return this.refundLedger.apply(em, revived(kept.news));
    }
  }
}

/** Not the notice's own id: nobody promises that a repetition keeps it. */
function keyOf(notice: NoticePayment | NoticeRefund): string {
  const subject =
    notice.kind === 'payment'
      ? (notice.payment.transactionId ?? notice.payment.outTradeNo)
      : notice.refund.refundId;
  return `${notice.eventType}:${subject}`.slice(0, 120);
}

function keep(notice: NoticePayment | NoticeRefund): Kept {
  if (notice.kind === 'payment') {
    const { appid, mchid, outTradeNo, tradeState, transactionId, totalFen, successTime } = notice.payment;
    const trade = { appid, mchid, outTradeNo, tradeState, transactionId, totalFen };
    return { kind: 'payment', trade: { ...trade, ...time(successTime) } as Stored<TradeFacts> };
  }
  const { outTradeNo, outRefundNo, refundId, status, totalFen, refundFen, successTime } = notice.refund;
  const news = { outTradeNo, outRefundNo, refundId, status, totalFen, refundFen };
  return { kind: 'refund', news: { ...news, ...time(successTime) } };
}

function time(at: Date | undefined): { successTime?: string } {
  return at ? { successTime: at.toISOString() } : {};
}

function revived<T extends { successTime?: Date }>(stored: Stored<T>): T {
  const { successTime, ...rest } = stored;
  return { ...rest, ...(successTime ? { successTime: new Date(successTime) } : {}) } as unknown as T;
}
