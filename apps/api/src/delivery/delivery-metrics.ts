import { Injectable } from '@nestjs/common';
import { Counter, Registry } from 'prom-client';

@Injectable()
export class DeliveryMetrics {
  /** `result`: stored, repeated, unknown_waybill, or why it was refused. */
  readonly pushes: Counter<'result'>;
  /** `kind`: refused, unknown, waybill_taken, state … */
  readonly problems: Counter<'kind'>;

  constructor(registry: Registry) {
    this.pushes = new Counter({
      name: 'haoban_ems_pushes_total',
      help: 'Scans that EMS pushed, by what became of them; unknown_waybill are not ours',
      labelNames: ['result'],
      registers: [registry],
    });
    this.problems = new Counter({
      name: 'haoban_delivery_problems_total',
      help: 'Deliveries that a person must look at',
      labelNames: ['kind'],
      registers: [registry],
    });
  }
}
