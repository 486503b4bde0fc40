import { addDays, dayOf, minutesOfDay, startOfDay, type LocalDay } from '@haoban/domain';
import { WechatPayClient, type BillRow } from '@haoban/wechatpay';
import { Injectable, Logger } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { And, In, LessThan, MoreThanOrEqual, type Repository } from 'typeorm';
import { Audit } from '../audit/audit.service.js';
import { system } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { Transactions } from '../db/transactions.js';
import { PaymentCheckService } from './payment-check.service.js';
import { PaymentMetrics } from './payment-metrics.js';
import { BILL_DAYS_BACK, BILL_READY_MINUTE } from './payment-settings.js';
import { PaymentEntity, RefundEntity } from './payment.entity.js';

export interface BillDifference {
  readonly kind:
    | 'payment_unknown'
    | 'payment_amount'
    | 'payment_not_paid'
    | 'payment_not_in_bill'
    | 'refund_unknown'
    | 'refund_amount';
  /** Our payment's id, or WeChat Pay's number where we know none. */
  readonly subject: string;
  readonly billFen?: number;
  readonly ownFen?: number;
}

const DONE = 'payment.reconciled';

/** The last net under notices and polls: the day's bill against our orders. */
@Injectable()
export class PaymentReconcileService {
  private readonly logger = new Logger(PaymentReconcileService.name);

  constructor(
    @InjectRepository(PaymentEntity) private readonly payments: Repository<PaymentEntity>,
    @InjectRepository(RefundEntity) private readonly refunds: Repository<RefundEntity>,
    private readonly wechatPay: WechatPayClient,
    private readonly checks: PaymentCheckService,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly metrics: PaymentMetrics,
    private readonly clock: Clock,
  ) {}

  /** Every day whose bill is ready and was not compared yet. */
  async reconcileDue(): Promise<void> {
    const now = this.clock.now();
    const isReady = minutesOfDay(now) >= BILL_READY_MINUTE;
    for (let back = isReady ? 1 : 2; back <= BILL_DAYS_BACK; back++) {
      const day = addDays(dayOf(now), -back);
      const done = await this.audit.list({ action: DONE, subjectId: day, limit: 1 });
      if (done.length === 0) await this.reconcile(day);
    }
  }

  /** Compares one day and records what differs. @throws WechatPayError */
  async reconcile(day: LocalDay): Promise<BillDifference[]> {
    const bill = await this.wechatPay.tradeBill(day);
    const rows = bill?.rows ?? [];
    const paid = rows.filter(({ tradeState }) => tradeState === 'SUCCESS');
    const back = rows.filter(({ tradeState }) => tradeState === 'REFUND');
    const differences = [
      ...(await this.comparePayments(paid)),
      ...(await this.missingPayments(day, new Set(paid.map(({ outTradeNo }) => outTradeNo)))),
      ...(await this.compareRefunds(back)),
    ];
    await this.transactions.run(async (em) => {
      for (const difference of differences) {
        await this.audit.record(em, system, {
          action: 'payment.bill-difference',
          subjectKind: 'payment',
          subjectId: difference.subject,
          after: { day, ...difference },
        });
      }
      const after = { payments: paid.length, refunds: back.length, differences: differences.length };
      await this.audit.record(em, system, { action: DONE, subjectKind: 'bill', subjectId: day, after });
    });
    for (const { kind } of differences) this.metrics.billDifferences.inc({ kind });
    if (differences.length > 0)
      this.logger.error({ day, differences, msg: 'The bill differs from our orders' });
    return differences;
  }

  private async comparePayments(rows: readonly BillRow[]): Promise<BillDifference[]> {
    const own = await this.payments.findBy({ outTradeNo: In(rows.map(({ outTradeNo }) => outTradeNo)) });
    const byNumber = new Map(own.map((payment) => [payment.outTradeNo, payment]));
    const differences: BillDifference[] = [];
    for (const { outTradeNo, totalFen } of rows) {
      const payment = byNumber.get(outTradeNo);
      if (!payment) differences.push({ kind: 'payment_unknown', subject: outTradeNo, billFen: totalFen });
      else if (payment.amountFen !== totalFen) {
        const { id: subject, amountFen: ownFen } = payment;
        differences.push({ kind: 'payment_amount', subject, billFen: totalFen, ownFen });
      } else if (payment.state === 'unpaid' || payment.state === 'closed') {
        differences.push({ kind: 'payment_not_paid', subject: payment.id, billFen: totalFen });
        // Notice and polls were both lost: mended here, and told of all the same.
        await this.checks.query(payment);
      }
    }
    return differences;
  }

  private async missingPayments(day: LocalDay, billed: ReadonlySet<string>): Promise<BillDifference[]> {
    const paidAt = And(MoreThanOrEqual(startOfDay(day)), LessThan(startOfDay(addDays(day, 1))));
    const own = await this.payments.find({
      select: { id: true, outTradeNo: true, amountFen: true },
      where: { paidAt },
    });
    return own
      .filter(({ outTradeNo }) => !billed.has(outTradeNo))
      .map(({ id, amountFen }) => ({ kind: 'payment_not_in_bill', subject: id, ownFen: amountFen }));
  }

  private async compareRefunds(rows: readonly BillRow[]): Promise<BillDifference[]> {
    const numbers = rows.flatMap(({ outRefundNo }) => outRefundNo ?? []);
    const own = await this.refunds.findBy({ outRefundNo: In(numbers) });
    const byNumber = new Map(own.map((refund) => [refund.outRefundNo, refund]));
    return rows.flatMap(({ outRefundNo = '', refundFen }): BillDifference[] => {
      const refund = byNumber.get(outRefundNo);
      if (!refund) return [{ kind: 'refund_unknown', subject: outRefundNo, billFen: refundFen }];
      if (refund.amountFen === refundFen) return [];
      const { paymentId: subject, amountFen: ownFen } = refund;
      return [{ kind: 'refund_amount', subject, billFen: refundFen, ownFen }];
    });
  }
}
