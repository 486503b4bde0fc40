import { endpoints } from '@haoban/contracts';
import { Controller, HttpCode, Req, type RawBodyRequest } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { CitizenActor, StaffActor } from '../common/actor.js';
import { RateLimit } from '../common/rate-limit.js';
import { CurrentActor, Input, Route, type Inputs, type Outputs } from '../common/route.js';
import { PaymentCheckService } from './payment-check.service.js';
import { PaymentNoticeService } from './payment-notice.service.js';
import { PaymentRefundService } from './payment-refund.service.js';
import { PaymentService } from './payment.service.js';

type Routes = typeof endpoints.payment;

@Controller()
export class PaymentController {
  constructor(
    private readonly payments: PaymentService,
    private readonly checks: PaymentCheckService,
    private readonly refunds: PaymentRefundService,
    private readonly notices: PaymentNoticeService,
  ) {}

  @Route(endpoints.payment.prepay)
  @RateLimit({ points: 30, seconds: 60, by: 'actor' })
  prepay(
    @CurrentActor() actor: CitizenActor,
    @Input() { paymentId }: Inputs<Routes['prepay']>,
  ): Promise<Outputs<Routes['prepay']>> {
    return this.checks.prepay(actor, paymentId);
  }

  @Route(endpoints.payment.get)
  get(
    @CurrentActor() actor: CitizenActor,
    @Input() { paymentId }: Inputs<Routes['get']>,
  ): Promise<Outputs<Routes['get']>> {
    return this.payments.get(actor, paymentId);
  }

  @Route(endpoints.payment.refresh)
  @RateLimit({ points: 60, seconds: 60, by: 'actor' })
  refresh(
    @CurrentActor() actor: CitizenActor,
    @Input() { paymentId }: Inputs<Routes['refresh']>,
  ): Promise<Outputs<Routes['refresh']>> {
    return this.checks.refresh(actor, paymentId);
  }

  @Route(endpoints.payment.close)
  close(
    @CurrentActor() actor: CitizenActor,
    @Input() { paymentId }: Inputs<Routes['close']>,
  ): Promise<Outputs<Routes['close']>> {
    return this.checks.close(actor, paymentId);
  }

  @Route(endpoints.payment.refund)
  refund(
    @CurrentActor() actor: StaffActor,
    @Input() input: Inputs<Routes['refund']>,
  ): Promise<Outputs<Routes['refund']>> {
    return this.refunds.request(actor, input);
  }

  @Route(endpoints.payment.listOfHall)
  listOfHall(
    @CurrentActor() actor: StaffActor,
    @Input() input: Inputs<Routes['listOfHall']>,
  ): Promise<Outputs<Routes['listOfHall']>> {
    return this.payments.listOfHall(actor, input);
  }

  /** 200 or 204 without a body is what WeChat Pay takes for "received". */
  @HttpCode(204)
  @Route(endpoints.payment.notice)
  notice(@Req() request: RawBodyRequest<FastifyRequest>): Promise<Outputs<Routes['notice']>> {
    return this.notices.receive(request.headers, request.rawBody ?? Buffer.alloc(0)) as Promise<undefined>;
  }
}
