import type { HallPayment } from '@haoban/contracts';
import { WechatPayClient, WechatPayError } from '@haoban/wechatpay';
import { Injectable, Logger } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, LessThan, type Repository } from 'typeorm';
import { Audit } from '../audit/audit.service.js';
import type { StaffActor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { Config } from '../config.js';
import { Transactions } from '../db/transactions.js';
import { noticeUrl } from './payment-check.service.js';
import { PaymentLedger } from './payment-ledger.service.js';
import { CHASE_AFTER_MS } from './payment-settings.js';
import { PaymentEntity, RefundEntity } from './payment.entity.js';
import { toHallPayment } from './payment.mapper.js';
import { RefundLedger } from './refund-ledger.service.js';

const CHASE_BATCH = 100;
/** Refused now, possible later: too little on the merchant's account, or a limit of the day. */
const PASSING = /^(NOT_?ENOUGH|RULE_?LIMIT)$/;

@Injectable()
export class PaymentRefundService {
  private readonly logger = new Logger(PaymentRefundService.name);

  constructor(
    @InjectRepository(RefundEntity) private readonly refunds: Repository<RefundEntity>,
    @InjectRepository(PaymentEntity) private readonly payments: Repository<PaymentEntity>,
    private readonly wechatPay: WechatPayClient,
    private readonly transactions: Transactions,
    private readonly ledger: PaymentLedger,
    private readonly refundLedger: RefundLedger,
    private readonly audit: Audit,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /**
   * A part or all of a payment of the manager's own hall. The same `requestId` again gives the first answer.
   * @throws AppError NOT_FOUND, PAYMENT_STATE, REFUND_EXCEEDS, REQUEST_ID_REUSED
   */
  async request(
    actor: StaffActor,
    input: { paymentId: string; requestId: string; amountFen: number; reason: string },
  ): Promise<HallPayment> {
    const { paymentId, requestId, amountFen, reason } = input;
    if (!actor.hallId) throw new AppError('NOT_FOUND');
    const { hallId } = actor;
    return this.transactions.run(async (em) => {
      const payment = await this.ledger.lock(em, { id: paymentId, hallId });
      // Ours carry a prefix, so a manager's request never meets one of the system's.
      const own = { paymentId, requestId: `m-${requestId}`.slice(0, 64) };
      const earlier = await em.findOneBy(RefundEntity, own);
      if (earlier && (earlier.amountFen !== amountFen || earlier.reason !== reason)) {
        throw new AppError('REQUEST_ID_REUSED');
      }
      if (!earlier) {
        const wish = { requestId: own.requestId, amountFen, reason };
        const { outRefundNo } = await this.refundLedger.open(em, payment, wish, {
          action: 'refund',
          role: actor.role,
        });
        await this.audit.record(em, actor, {
          action: 'payment.refund',
          subjectKind: 'payment',
          subjectId: paymentId,
          after: { outRefundNo, amountFen, reason },
        });
      }
      return toHallPayment(
        payment,
        await em.find(RefundEntity, { where: { paymentId }, order: { id: 'ASC' } }),
      );
    });
  }

  /** For the job. Throws where it must be tried again, always under the same number. */
  async send(refundId: string): Promise<void> {
    const refund = await this.refunds.findOneBy({ id: refundId });
    if (refund?.state !== 'pending') return;
    const payment = await this.payments.findOneByOrFail({ id: refund.paymentId });
    const { outTradeNo } = payment;
    const { outRefundNo } = refund;
    try {
      const news = await this.wechatPay.refund({
        outTradeNo,
        outRefundNo,
        refundFen: refund.amountFen,
        totalFen: payment.amountFen,
        reason: refund.reason,
        notifyUrl: noticeUrl(this.config),
      });
      await this.transactions.run((em) => this.refundLedger.apply(em, news));
    } catch (error) {
      if (!isFinal(error)) throw error;
      // The refusal may be of this repetition only: an earlier try whose answer was lost, or one at the same time, may have been
      // accepted. Closing that here would let the same money be refunded once more.
      const known = await this.wechatPay.findRefund(outRefundNo);
      const news = known ?? ({ outTradeNo, outRefundNo, status: 'REFUSED', code: error.code } as const);
      await this.transactions.run((em) => this.refundLedger.apply(em, news));
    }
  }

  /** Sends again what was never accepted, and asks after what was never reported. */
  async chase(): Promise<void> {
    const createdAt = LessThan(new Date(this.clock.now().getTime() - CHASE_AFTER_MS));
    const open = await this.refunds.find({
      where: { state: In(['pending', 'processing', 'abnormal']), createdAt },
      order: { id: 'ASC' },
      take: CHASE_BATCH,
    });
    for (const refund of open) {
      try {
        await (refund.state === 'pending' ? this.send(refund.id) : this.ask(refund.outRefundNo));
      } catch (error) {
        this.logger.warn({ err: error, refundId: refund.id, msg: 'A refund was chased in vain' });
      }
    }
  }

  private async ask(outRefundNo: string): Promise<void> {
    const news = await this.wechatPay.findRefund(outRefundNo);
    if (news) await this.transactions.run((em) => this.refundLedger.apply(em, news));
  }
}

function isFinal(error: unknown): error is WechatPayError {
  return error instanceof WechatPayError && error.kind === 'refused' && !PASSING.test(error.code);
}
