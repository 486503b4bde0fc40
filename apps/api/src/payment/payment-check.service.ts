import type { Payment, PayParams } from '@haoban/contracts';
import { WechatPayClient, WechatPayError, type PrepayRequest } from '@haoban/wechatpay';
import { Injectable, Logger } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThan, type Repository } from 'typeorm';
import type { CitizenActor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { Config } from '../config.js';
import { Transactions } from '../db/transactions.js';
import { CitizensService } from '../identity/citizens.service.js';
import { Outbox } from '../outbox/outbox.service.js';
import { PaymentLedger } from './payment-ledger.service.js';
import { pollDelayMs, SWEEP_AFTER_MS } from './payment-settings.js';
import { PaymentEntity } from './payment.entity.js';
import { toPayment } from './payment.mapper.js';
import { PaymentService } from './payment.service.js';

const SWEEP_BATCH = 100;

/** Everything that asks WeChat Pay about an order: calls stand outside of transactions, their answers are applied inside. */
@Injectable()
export class PaymentCheckService {
  private readonly logger = new Logger(PaymentCheckService.name);

  constructor(
    @InjectRepository(PaymentEntity) private readonly rows: Repository<PaymentEntity>,
    private readonly wechatPay: WechatPayClient,
    private readonly transactions: Transactions,
    private readonly payments: PaymentService,
    private readonly ledger: PaymentLedger,
    private readonly citizens: CitizensService,
    private readonly outbox: Outbox,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /**
   * Fresh parameters for the phone's payment sheet, as often as they are asked for.
   * @throws AppError NOT_FOUND, PAYMENT_STATE, PAYMENT_EXPIRED, PAYMENT_UNAVAILABLE
   */
  async prepay(actor: CitizenActor, paymentId: string): Promise<{ payment: Payment; payParams: PayParams }> {
    const row = await this.payments.getMine(actor, paymentId);
    const isOver = row.expiresAt <= this.clock.now();
    if (row.state === 'closed' && isOver) throw new AppError('PAYMENT_EXPIRED');
    if (row.state !== 'unpaid') throw new AppError('PAYMENT_STATE');
    if (isOver) return this.refuseExpired(row);
    const payParams = await this.askForSheet(row);
    const current = await this.payments.getMine(actor, paymentId);
    if (current.state === 'unpaid') return { payment: toPayment(current, this.clock.now()), payParams };
    // It was closed while WeChat Pay opened it, so there it may be open still.
    await this.closeAtWechat(current).catch((error: unknown) => this.log(current, error));
    throw new AppError('PAYMENT_STATE');
  }

  /** The phone came back from WeChat: what happened there? @throws AppError NOT_FOUND, PAYMENT_UNAVAILABLE */
  async refresh(actor: CitizenActor, paymentId: string): Promise<Payment> {
    const row = await this.payments.getMine(actor, paymentId);
    if (row.state === 'unpaid') await this.query(row).catch(unavailable);
    return this.payments.get(actor, paymentId);
  }

  /** @throws AppError NOT_FOUND, PAYMENT_STATE where it turns out to be paid, PAYMENT_UNAVAILABLE */
  async close(actor: CitizenActor, paymentId: string): Promise<Payment> {
    const row = await this.payments.getMine(actor, paymentId);
    if (row.state !== 'unpaid' && row.state !== 'closed') throw new AppError('PAYMENT_STATE');
    if (row.state === 'unpaid') await this.end(row).catch(unavailable);
    const payment = await this.payments.get(actor, paymentId);
    if (payment.state !== 'closed') throw new AppError('PAYMENT_STATE');
    return payment;
  }

  /** One step of the polling: asks, and plans the next; at the expiry it closes. */
  async poll(paymentId: string, step: number): Promise<void> {
    const row = await this.rows.findOneBy({ id: paymentId });
    if (row?.state !== 'unpaid') return;
    if (row.expiresAt <= this.clock.now()) return this.end(row);
    // A failed question is no reason to stop asking.
    await this.query(row).catch((error: unknown) => this.log(row, error));
    await this.transactions.run(async (em) => {
      const delayMs = pollDelayMs(step + 1, row.expiresAt, this.clock.now());
      await this.outbox.add(em, 'payment.poll', { paymentId, step: step + 1 }, { delayMs });
    });
  }

  /** Ends what expired and lost its poll. */
  async sweep(): Promise<void> {
    const expiresAt = LessThan(new Date(this.clock.now().getTime() - SWEEP_AFTER_MS));
    const rows = await this.rows.find({
      where: { state: 'unpaid', expiresAt },
      order: { expiresAt: 'ASC' },
      take: SWEEP_BATCH,
    });
    for (const row of rows) await this.end(row).catch((error: unknown) => this.log(row, error));
  }

  /** For the job: closes at WeChat Pay what is closed here; if it was paid after all, the money goes back. */
  async closeRemote(paymentId: string): Promise<void> {
    const row = await this.rows.findOneBy({ id: paymentId });
    if (row?.state === 'closed') await this.closeAtWechat(row);
  }

  /** @throws WechatPayError */
  async query({ outTradeNo }: Pick<PaymentEntity, 'outTradeNo'>): Promise<void> {
    const trade = await this.wechatPay.query(outTradeNo);
    if (trade) await this.transactions.run((em) => this.ledger.applyTrade(em, trade));
  }

  /** Only a close answered with "closed" makes an order unpayable; so: close, ask once more, and then close here. */
  private async end(row: PaymentEntity): Promise<void> {
    await this.closeAtWechat(row);
    await this.transactions.run(async (em) => {
      const current = await this.ledger.lock(em, { id: row.id });
      if (current.state === 'unpaid') await this.ledger.close(em, current, 'system');
    });
  }

  private async closeAtWechat(row: PaymentEntity): Promise<void> {
    const outcome = await this.wechatPay.close(row.outTradeNo);
    if (outcome !== 'not_found') await this.query(row);
  }

  private async refuseExpired(row: PaymentEntity): Promise<never> {
    await this.end(row).catch((error: unknown) => this.log(row, error));
    const { state } = await this.rows.findOneByOrFail({ id: row.id });
    throw new AppError(state === 'unpaid' || state === 'closed' ? 'PAYMENT_EXPIRED' : 'PAYMENT_STATE');
  }

  private async askForSheet(row: PaymentEntity): Promise<PayParams> {
    const { openid } = await this.citizens.get(row.citizenId);
    const request: PrepayRequest = {
      outTradeNo: row.outTradeNo,
      description: row.description,
      openid,
      totalFen: row.amountFen,
      notifyUrl: noticeUrl(this.config),
      expiresAt: row.expiresAt,
    };
    try {
      return (await this.wechatPay.prepayJsapi(request)).payParams;
    } catch (error) {
      this.log(row, error);
      if (!isAlreadyOver(error)) return unavailable(error);
      // WeChat Pay knows more than we do: paid or closed there.
      await this.end(row).catch(unavailable);
      throw new AppError('PAYMENT_STATE', undefined, { cause: error });
    }
  }

  private log(row: PaymentEntity, error: unknown): void {
    this.logger.warn({ err: error, paymentId: row.id, msg: 'WeChat Pay was asked in vain' });
  }
}

/** Payments and refunds are told to the same address. */
export function noticeUrl({ http }: Config): string {
  return `${http.publicUrl}/api/providers/wechatpay/notice`;
}

function isAlreadyOver(error: unknown): boolean {
  return error instanceof WechatPayError && /^ORDER_?(PAID|CLOSED)$/.test(error.code);
}

/** @throws AppError PAYMENT_UNAVAILABLE for whatever WeChat Pay did, else the error itself */
export function unavailable(error: unknown): never {
  if (!(error instanceof WechatPayError)) throw error;
  throw new AppError('PAYMENT_UNAVAILABLE', undefined, { cause: error });
}
