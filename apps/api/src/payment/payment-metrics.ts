import { Injectable } from '@nestjs/common';
import { Counter, Registry } from 'prom-client';

/** What a person on call must see: money that does not add up makes no error of its own. */
@Injectable()
export class PaymentMetrics {
  /** `result`: stored, repeated, or why it was refused. */
  readonly notices: Counter<'result'>;
  readonly mismatches: Counter<'kind'>;
  readonly refundProblems: Counter<'kind'>;
  readonly billDifferences: Counter<'kind'>;

  constructor(registry: Registry) {
    const counter = <L extends string>(name: string, help: string, label: L) =>
      new Counter({ name, help, labelNames: [label], registers: [registry] });
    this.notices = counter(
      'haoban_payment_notices_total',
      'Notices of WeChat Pay, by what became of them',
      'result',
    );
    this.mismatches = counter(
      'haoban_payment_mismatches_total',
      'Payments that differ from their order',
      'kind',
    );
    this.refundProblems = counter(
      'haoban_refund_problems_total',
      'Refunds that a person must look at',
      'kind',
    );
    this.billDifferences = counter(
      'haoban_bill_differences_total',
      'Rows of daily bills that differ from our orders',
      'kind',
    );
  }
}
