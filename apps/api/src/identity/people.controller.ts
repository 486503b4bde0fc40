import { endpoints } from '@haoban/contracts';
import { Controller } from '@nestjs/common';
import type { CitizenActor, StaffActor } from '../common/actor.js';
import { RateLimit } from '../common/rate-limit.js';
import { CurrentActor, Input, Route, type Inputs } from '../common/route.js';
import { AuthorisationCitizenService } from './authorisation-citizen.service.js';
import { AuthorisationDeskService } from './authorisation-desk.service.js';
import { GreenDeskService } from './green-desk.service.js';
import { GreenProfileService } from './green-profile.service.js';

const { people } = endpoints;
type Of<Operation extends keyof typeof people> = Inputs<(typeof people)[Operation]>;

const perPerson = { points: 20, seconds: 60, by: 'actor' } as const;
/** A code has six characters: whoever tries more than a few is guessing. */
const guesses = [
  { points: 10, seconds: 600, by: 'actor' },
  { points: 40, seconds: 86_400, by: 'actor' },
] as const;

/** Standing and appeals, the rest of `people`, belong to booking. */
@Controller()
export class PeopleController {
  constructor(
    private readonly authorisations: AuthorisationCitizenService,
    private readonly desk: AuthorisationDeskService,
    private readonly green: GreenProfileService,
    private readonly greenDesk: GreenDeskService,
  ) {}

  @Route(people.listAuthorisations)
  listAuthorisations(@CurrentActor() actor: CitizenActor) {
    return this.authorisations.list(actor);
  }

  @Route(people.makeCode)
  @RateLimit(perPerson)
  makeCode(@CurrentActor() actor: CitizenActor, @Input() input: Of<'makeCode'>) {
    return this.authorisations.makeCode(actor, input);
  }

  @Route(people.acceptCode)
  @RateLimit(...guesses)
  acceptCode(@CurrentActor() actor: CitizenActor, @Input() input: Of<'acceptCode'>) {
    return this.authorisations.acceptCode(actor, input);
  }

  @Route(people.declareAuthorisation)
  @RateLimit(perPerson)
  declareAuthorisation(@CurrentActor() actor: CitizenActor, @Input() input: Of<'declareAuthorisation'>) {
    return this.authorisations.declare(actor, input);
  }

  @Route(people.endAuthorisation)
  endAuthorisation(@CurrentActor() actor: CitizenActor, @Input() input: Of<'endAuthorisation'>) {
    return this.authorisations.end(actor, input.authorisationId);
  }

  @Route(people.getGreen)
  getGreen(@CurrentActor() actor: CitizenActor, @Input() { authorisationId }: Of<'getGreen'>) {
    return this.green.get(actor, authorisationId);
  }

  @Route(people.declareGreen)
  @RateLimit(perPerson)
  declareGreen(@CurrentActor() actor: CitizenActor, @Input() input: Of<'declareGreen'>) {
    return this.green.declare(actor, input);
  }

  @Route(people.withdrawGreen)
  withdrawGreen(@CurrentActor() actor: CitizenActor, @Input() input: Of<'withdrawGreen'>) {
    return this.green.withdraw(actor, input);
  }

  @Route(people.listPendingAuthorisations)
  listPendingAuthorisations(
    @CurrentActor() actor: StaffActor,
    @Input() input: Of<'listPendingAuthorisations'>,
  ) {
    return this.desk.list(actor, input);
  }

  @Route(people.verifyAuthorisation)
  verifyAuthorisation(@CurrentActor() actor: StaffActor, @Input() input: Of<'verifyAuthorisation'>) {
    return this.desk.verify(actor, input);
  }

  @Route(people.registerAuthorisationAtDesk)
  registerAuthorisationAtDesk(
    @CurrentActor() actor: StaffActor,
    @Input() input: Of<'registerAuthorisationAtDesk'>,
  ) {
    return this.desk.register(actor, input);
  }

  @Route(people.endAuthorisationAtDesk)
  endAuthorisationAtDesk(@CurrentActor() actor: StaffActor, @Input() input: Of<'endAuthorisationAtDesk'>) {
    return this.desk.end(actor, input);
  }

  @Route(people.listGreenToCheck)
  listGreenToCheck(@CurrentActor() actor: StaffActor, @Input() input: Of<'listGreenToCheck'>) {
    return this.greenDesk.list(actor, input);
  }

  @Route(people.checkGreen)
  checkGreen(@CurrentActor() actor: StaffActor, @Input() input: Of<'checkGreen'>) {
    return this.greenDesk.check(actor, input);
  }
}
