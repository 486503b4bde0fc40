import { endpoints } from '@haoban/contracts';
import { Controller } from '@nestjs/common';
import type { CitizenActor } from '../common/actor.js';
import { RateLimit } from '../common/rate-limit.js';
import { CurrentActor, Input, Route, type Inputs, type Outputs } from '../common/route.js';
import { BookingAlternativesService } from './booking-alternatives.service.js';
import { BookingIcsService } from './booking-ics.service.js';
import { BookingMoveService } from './booking-move.service.js';
import { BookingReplyService } from './booking-reply.service.js';
import { placeLimits } from './scalping.service.js';

type Routes = typeof endpoints.booking;

/** What a citizen does with a booking that stands. */
@Controller()
export class BookingActsController {
  constructor(
    private readonly moves: BookingMoveService,
    private readonly replies: BookingReplyService,
    private readonly alternatives: BookingAlternativesService,
    private readonly files: BookingIcsService,
  ) {}

  /** As for booking: a person changes the time now and then; a script tries every second. */
  @Route(endpoints.booking.reschedule)
  @RateLimit(...placeLimits)
  reschedule(
    @CurrentActor() actor: CitizenActor,
    @Input() input: Inputs<Routes['reschedule']>,
  ): Promise<Outputs<Routes['reschedule']>> {
    return this.moves.reschedule(actor, input);
  }

  @Route(endpoints.booking.reply)
  reply(
    @CurrentActor() actor: CitizenActor,
    @Input() { bookingId }: Inputs<Routes['reply']>,
  ): Promise<Outputs<Routes['reply']>> {
    return this.replies.coming(actor, bookingId);
  }

  @Route(endpoints.booking.alternatives)
  listAlternatives(
    @CurrentActor() actor: CitizenActor,
    @Input() { bookingId }: Inputs<Routes['alternatives']>,
  ): Promise<Outputs<Routes['alternatives']>> {
    return this.alternatives.forOwner(actor, bookingId);
  }

  @Route(endpoints.booking.calendar)
  calendar(
    @CurrentActor() actor: CitizenActor,
    @Input() { bookingId }: Inputs<Routes['calendar']>,
  ): Promise<Outputs<Routes['calendar']>> {
    return this.files.file(actor, bookingId);
  }
}
