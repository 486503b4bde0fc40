import { endpoints } from '@haoban/contracts';
import { Controller } from '@nestjs/common';
import type { CitizenActor, StaffActor } from '../common/actor.js';
import { RateLimit } from '../common/rate-limit.js';
import { CurrentActor, Input, Route, type Inputs } from '../common/route.js';
import { BookingAppealService } from './booking-appeal.service.js';
import { BookingStandingService } from './booking-standing.service.js';
import { HallAppealsService } from './hall-appeals.service.js';

const { people } = endpoints;
type Of<Operation extends keyof typeof people> = Inputs<(typeof people)[Operation]>;

/** The part of `people` that is about bookings. */
@Controller()
export class StandingController {
  constructor(
    private readonly standings: BookingStandingService,
    private readonly appeals: BookingAppealService,
    private readonly hallAppeals: HallAppealsService,
  ) {}

  @Route(people.standing)
  standing(@CurrentActor() actor: CitizenActor, @Input() input: Of<'standing'>) {
    return this.standings.of(actor, input);
  }

  @Route(people.appeal)
  @RateLimit({ points: 20, seconds: 60, by: 'actor' })
  appeal(@CurrentActor() actor: CitizenActor, @Input() input: Of<'appeal'>) {
    return this.appeals.appeal(actor, input);
  }

  @Route(people.listAppeals)
  listAppeals(@CurrentActor() actor: CitizenActor, @Input() input: Of<'listAppeals'>) {
    return this.appeals.list(actor, input);
  }

  @Route(people.listHallAppeals)
  listHallAppeals(@CurrentActor() actor: StaffActor, @Input() input: Of<'listHallAppeals'>) {
    return this.hallAppeals.list(actor, input);
  }

  @Route(people.decideAppeal)
  decideAppeal(@CurrentActor() actor: StaffActor, @Input() input: Of<'decideAppeal'>) {
    return this.hallAppeals.decide(actor, input);
  }
}
