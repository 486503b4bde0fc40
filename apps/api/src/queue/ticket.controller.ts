import { endpoints } from '@haoban/contracts';
import { Controller } from '@nestjs/common';
import type { CitizenActor, StaffActor } from '../common/actor.js';
import { RateLimit } from '../common/rate-limit.js';
import { CurrentActor, Input, Route, type Inputs, type Outputs } from '../common/route.js';
import { DisplayService } from './display.service.js';
import { TicketIssueService } from './ticket-issue.service.js';
import { TicketService } from './ticket.service.js';

type Routes = typeof endpoints.queue;

@Controller()
export class TicketController {
  constructor(
    private readonly tickets: TicketService,
    private readonly issuing: TicketIssueService,
    private readonly displays: DisplayService,
  ) {}

  @Route(endpoints.queue.listQueues)
  listQueues(@Input() { hallId }: Inputs<Routes['listQueues']>): Promise<Outputs<Routes['listQueues']>> {
    return this.displays.listQueues(hallId);
  }

  @Route(endpoints.queue.display)
  display(@Input() { hallId }: Inputs<Routes['display']>): Promise<Outputs<Routes['display']>> {
    return this.displays.display(hallId);
  }

  @Route(endpoints.queue.takeTicket)
  @RateLimit({ points: 30, seconds: 60, by: 'actor' })
  takeTicket(
    @CurrentActor() actor: CitizenActor,
    @Input() input: Inputs<Routes['takeTicket']>,
  ): Promise<Outputs<Routes['takeTicket']>> {
    return this.issuing.take(actor, input);
  }

  @Route(endpoints.queue.checkIn)
  checkIn(
    @CurrentActor() actor: CitizenActor,
    @Input() { bookingId }: Inputs<Routes['checkIn']>,
  ): Promise<Outputs<Routes['checkIn']>> {
    return this.issuing.checkIn(actor, bookingId);
  }

  @Route(endpoints.queue.listMine)
  listMine(@CurrentActor() actor: CitizenActor): Promise<Outputs<Routes['listMine']>> {
    return this.tickets.listMine(actor);
  }

  @Route(endpoints.queue.getMine)
  getMine(
    @CurrentActor() actor: CitizenActor,
    @Input() { ticketId }: Inputs<Routes['getMine']>,
  ): Promise<Outputs<Routes['getMine']>> {
    return this.tickets.getMine(actor, ticketId);
  }

  @Route(endpoints.queue.leave)
  leave(
    @CurrentActor() actor: CitizenActor,
    @Input() { ticketId }: Inputs<Routes['leave']>,
  ): Promise<Outputs<Routes['leave']>> {
    return this.tickets.leave(actor, ticketId);
  }

  @Route(endpoints.queue.rejoin)
  rejoin(
    @CurrentActor() actor: CitizenActor,
    @Input() { ticketId }: Inputs<Routes['rejoin']>,
  ): Promise<Outputs<Routes['rejoin']>> {
    return this.tickets.rejoin(actor, ticketId);
  }

  @Route(endpoints.queue.issueTicket)
  issueTicket(
    @CurrentActor() actor: StaffActor,
    @Input() input: Inputs<Routes['issueTicket']>,
  ): Promise<Outputs<Routes['issueTicket']>> {
    return this.issuing.issueAtDesk(actor, input);
  }

  @Route(endpoints.queue.checkInAtDesk)
  checkInAtDesk(
    @CurrentActor() actor: StaffActor,
    @Input() { code }: Inputs<Routes['checkInAtDesk']>,
  ): Promise<Outputs<Routes['checkInAtDesk']>> {
    return this.issuing.checkInAtDesk(actor, code);
  }

  @Route(endpoints.queue.requeue)
  requeue(
    @CurrentActor() actor: StaffActor,
    @Input() { ticketId }: Inputs<Routes['requeue']>,
  ): Promise<Outputs<Routes['requeue']>> {
    return this.tickets.requeue(actor, ticketId);
  }
}
