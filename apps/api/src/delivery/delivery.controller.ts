import { endpoints } from '@haoban/contracts';
import { Controller, Param, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { CitizenActor, StaffActor } from '../common/actor.js';
import { RateLimit } from '../common/rate-limit.js';
import { CurrentActor, Input, Route, type Inputs, type Outputs } from '../common/route.js';
import { DeliveryCancelService } from './delivery-cancel.service.js';
import { DeliveryCreateService } from './delivery-create.service.js';
import { DeliveryHandOverService } from './delivery-hand-over.service.js';
import { DeliveryOrderService } from './delivery-order.service.js';
import { DeliveryQuoteService } from './delivery-quote.service.js';
import { DeliveryTraceService } from './delivery-trace.service.js';
import { DeliveryService } from './delivery.service.js';

type Routes = typeof endpoints.delivery;

@Controller()
export class DeliveryController {
  constructor(
    private readonly deliveries: DeliveryService,
    private readonly quotes: DeliveryQuoteService,
    private readonly creating: DeliveryCreateService,
    private readonly cancelling: DeliveryCancelService,
    private readonly ordering: DeliveryOrderService,
    private readonly desk: DeliveryHandOverService,
    private readonly traces: DeliveryTraceService,
  ) {}

  /** Each one is a call to EMS. */
  @Route(endpoints.delivery.quote)
  @RateLimit({ points: 20, seconds: 60, by: 'actor' })
  quote(
    @CurrentActor() actor: CitizenActor,
    @Input() input: Inputs<Routes['quote']>,
  ): Promise<Outputs<Routes['quote']>> {
    return this.quotes.quote(actor, input);
  }

  @Route(endpoints.delivery.create)
  create(
    @CurrentActor() actor: CitizenActor,
    @Input() input: Inputs<Routes['create']>,
  ): Promise<Outputs<Routes['create']>> {
    return this.creating.create(actor, input);
  }

  @Route(endpoints.delivery.listMine)
  listMine(
    @CurrentActor() actor: CitizenActor,
    @Input() input: Inputs<Routes['listMine']>,
  ): Promise<Outputs<Routes['listMine']>> {
    return this.deliveries.listMine(actor, input);
  }

  @Route(endpoints.delivery.getMine)
  getMine(
    @CurrentActor() actor: CitizenActor,
    @Input() { deliveryId }: Inputs<Routes['getMine']>,
  ): Promise<Outputs<Routes['getMine']>> {
    return this.deliveries.getMine(actor, deliveryId);
  }

  @Route(endpoints.delivery.cancel)
  cancel(
    @CurrentActor() actor: CitizenActor,
    @Input() input: Inputs<Routes['cancel']>,
  ): Promise<Outputs<Routes['cancel']>> {
    return this.cancelling.cancel(actor, input);
  }

  @Route(endpoints.delivery.listOfHall)
  listOfHall(
    @CurrentActor() actor: StaffActor,
    @Input() input: Inputs<Routes['listOfHall']>,
  ): Promise<Outputs<Routes['listOfHall']>> {
    return this.deliveries.listOfHall(actor, input);
  }

  @Route(endpoints.delivery.getOfHall)
  getOfHall(
    @CurrentActor() actor: StaffActor,
    @Input() { deliveryId }: Inputs<Routes['getOfHall']>,
  ): Promise<Outputs<Routes['getOfHall']>> {
    return this.deliveries.getOfHall(actor, deliveryId);
  }

  @Route(endpoints.delivery.findByWaybill)
  findByWaybill(
    @CurrentActor() actor: StaffActor,
    @Input() { waybillNo }: Inputs<Routes['findByWaybill']>,
  ): Promise<Outputs<Routes['findByWaybill']>> {
    return this.deliveries.findByWaybill(actor, waybillNo);
  }

  @Route(endpoints.delivery.handOver)
  handOver(
    @CurrentActor() actor: StaffActor,
    @Input() input: Inputs<Routes['handOver']>,
  ): Promise<Outputs<Routes['handOver']>> {
    return this.desk.handOver(actor, input);
  }

  @Route(endpoints.delivery.retryOrder)
  retryOrder(
    @CurrentActor() actor: StaffActor,
    @Input() { deliveryId }: Inputs<Routes['retryOrder']>,
  ): Promise<Outputs<Routes['retryOrder']>> {
    return this.ordering.retry(actor, deliveryId);
  }

  @Route(endpoints.delivery.label)
  label(
    @CurrentActor() actor: StaffActor,
    @Input() { deliveryId }: Inputs<Routes['label']>,
  ): Promise<Outputs<Routes['label']>> {
    return this.desk.label(actor, deliveryId);
  }

  @Route(endpoints.delivery.trace)
  trace(@Param('secret') secret: string, @Req() request: FastifyRequest): Promise<Outputs<Routes['trace']>> {
    return this.traces.receive(secret, request.body);
  }
}
