import { decidePayment, type ActorRole } from '@haoban/domain';
import { isPaid, type Payment as Trade } from '@haoban/wechatpay';
import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Audit } from '../audit/audit.service.js';
import { system } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { Config } from '../config.js';
import { PaymentEvents } from './payment-events.service.js';
import { PaymentMetrics } from './payment-metrics.js';
import { PaymentEntity } from './payment.entity.js';
import { RefundLedger } from './refund-ledger.service.js';

/** What a query or a notice says about a payment; the currency is checked by the client, which reads CNY only. */
export type TradeFacts = Pick<
  Trade,
  'appid' | 'mchid' | 'outTradeNo' | 'tradeState' | 'transactionId' | 'totalFen' | 'successTime'
>;

export type TradeOutcome =
  | 'paid'
  | 'late'
  | 'already'
  | 'not_paid'
  | 'unknown_order'
  | `mismatch_${'mchid' | 'appid' | 'amount' | 'transaction'}`;

/** The one place where a payment becomes paid or closed. */
@Injectable()
export class PaymentLedger {
  private readonly logger = new Logger(PaymentLedger.name);

  constructor(
    private readonly refunds: RefundLedger,
    private readonly events: PaymentEvents,
    private readonly audit: Audit,
    private readonly metrics: PaymentMetrics,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /** Holds the row until the end of the transaction. @throws AppError NOT_FOUND */
  async lock(
    em: EntityManager,
    where: Partial<Pick<PaymentEntity, 'id' | 'hallId'>>,
  ): Promise<PaymentEntity> {
    const row = await em.findOne(PaymentEntity, { where, lock: { mode: 'pessimistic_write' } });
    if (!row) throw new AppError('NOT_FOUND');
    return row;
  }

  /**
   * Takes over WeChat Pay's word, however often and from wherever it comes. Money that arrives after we closed the order is
   * sent back. What differs from the order is never taken for a payment: it is recorded for a person.
   */
  async applyTrade(em: EntityManager, trade: TradeFacts): Promise<TradeOutcome> {
    if (!isPaid(trade.tradeState)) return 'not_paid';
    const row = await em.findOne(PaymentEntity, {
      where: { outTradeNo: trade.outTradeNo },
      lock: { mode: 'pessimistic_write' },
    });
    const fault = row ? this.faultOf(row, trade) : 'unknown_order';
    if (!row || fault) return this.report(em, fault ?? 'unknown_order', row?.id ?? trade.outTradeNo, trade);
    const paid = {
      transactionId: trade.transactionId ?? null,
      paidAt: trade.successTime ?? this.clock.now(),
    };
    if (row.state === 'closed') {
      await em.update(PaymentEntity, { id: row.id }, paid);
      await this.refunds.open(
        em,
        Object.assign(row, paid),
        { requestId: 'late', amountFen: row.amountFen, reason: '订单关闭后到账，自动退款' },
        { action: 'payLate', role: 'system' },
      );
      return 'late';
    }
    if (row.state !== 'unpaid') return 'already';
    const step = decidePayment(facts(row), 'pay', 'system');
    if (!step.ok) throw new AppError(step.code);
    await this.move(em, row, { state: step.next, ...paid });
    return 'paid';
  }

  /** The row must be locked. Closing what is closed is nothing. @throws AppError PAYMENT_STATE, FORBIDDEN */
  async close(em: EntityManager, row: PaymentEntity, role: ActorRole): Promise<void> {
    if (row.state === 'closed') return;
    const step = decidePayment(facts(row), 'close', role);
    if (!step.ok) throw new AppError(step.code);
    await this.move(em, row, { state: step.next, closedAt: this.clock.now() });
  }

  private faultOf(row: PaymentEntity, trade: TradeFacts): TradeOutcome | undefined {
    if (trade.mchid !== this.config.wechatpay.mchId) return 'mismatch_mchid';
    if (trade.appid !== this.config.wechat.appId) return 'mismatch_appid';
    if (trade.totalFen !== row.amountFen) return 'mismatch_amount';
    const known = row.transactionId;
    return known !== null && known !== trade.transactionId ? 'mismatch_transaction' : undefined;
  }

  /** The state is repeated in the condition: should a lock ever be missing, a payment is still paid once. */
  private async move(
    em: EntityManager,
    row: PaymentEntity,
    change: Partial<Pick<PaymentEntity, 'state' | 'transactionId' | 'paidAt' | 'closedAt'>>,
  ): Promise<void> {
    const { affected } = await em.update(
      PaymentEntity,
      { id: row.id, state: row.state },
      { ...change, version: () => 'version + 1' },
    );
    if (affected !== 1) throw new AppError('PAYMENT_STATE');
    await this.events.changed(em, Object.assign(row, change));
  }

  private async report(
    em: EntityManager,
    kind: TradeOutcome,
    subjectId: string,
    trade: TradeFacts,
  ): Promise<TradeOutcome> {
    const { appid, mchid, outTradeNo, transactionId, totalFen } = trade;
    const after = { kind, appid, mchid, outTradeNo, transactionId, totalFen };
    this.metrics.mismatches.inc({ kind });
    this.logger.error({ ...after, subjectId, msg: 'A payment differs from its order' });
    await this.audit.record(em, system, {
      action: 'payment.mismatch',
      subjectKind: 'payment',
      subjectId,
      after,
    });
    return kind;
  }
}

function facts({ state, amountFen, refundedFen }: PaymentEntity) {
  return { state, paidFen: amountFen, refundedFen };
}
