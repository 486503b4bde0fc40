import { endpoints } from '@haoban/contracts';
import { Controller } from '@nestjs/common';
import type { CitizenActor, StaffActor } from '../common/actor.js';
import { RateLimit } from '../common/rate-limit.js';
import { CurrentActor, Input, Route, type Inputs, type Outputs } from '../common/route.js';
import { RatingGiveService } from './rating-give.service.js';
import { RatingInviteService } from './rating-invite.service.js';
import { RatingsService } from './ratings.service.js';

type Routes = typeof endpoints.ratings;
type In<Name extends keyof Routes> = Inputs<Routes[Name]>;
type Out<Name extends keyof Routes> = Promise<Outputs<Routes[Name]>>;

@Controller()
export class RatingsController {
  constructor(
    private readonly ratings: RatingsService,
    private readonly invites: RatingInviteService,
    private readonly giving: RatingGiveService,
  ) {}

  @Route(endpoints.ratings.options)
  options(): Out<'options'> {
    return this.ratings.options();
  }

  @Route(endpoints.ratings.invitations)
  invitations(@CurrentActor() actor: CitizenActor): Out<'invitations'> {
    return this.invites.list(actor);
  }

  @Route(endpoints.ratings.rate)
  @RateLimit({ points: 30, seconds: 60, by: 'actor' })
  rate(@CurrentActor() actor: CitizenActor, @Input() input: In<'rate'>): Out<'rate'> {
    return this.giving.rate(actor, input);
  }

  @Route(endpoints.ratings.listMine)
  listMine(@CurrentActor() actor: CitizenActor, @Input() input: In<'listMine'>): Out<'listMine'> {
    return this.ratings.listMine(actor, input);
  }

  @Route(endpoints.ratings.hallIndicators)
  hallIndicators(@Input() { hallId }: In<'hallIndicators'>): Out<'hallIndicators'> {
    return this.ratings.hallIndicators(hallId);
  }

  @Route(endpoints.ratings.listOfHall)
  listOfHall(@CurrentActor() actor: StaffActor, @Input() input: In<'listOfHall'>): Out<'listOfHall'> {
    return this.ratings.listOfHall(actor, input);
  }
}
