import { endpoints } from '@haoban/contracts';
import { Controller } from '@nestjs/common';
import type { CitizenActor, StaffActor } from '../common/actor.js';
import { RateLimit } from '../common/rate-limit.js';
import { CurrentActor, Input, Route, type Inputs, type Outputs } from '../common/route.js';
import { HallWaitlistService } from './hall-waitlist.service.js';
import { placeLimits, ScalpingService } from './scalping.service.js';
import { WaitlistService } from './waitlist.service.js';

type Routes = typeof endpoints.waitlist;

@Controller()
export class WaitlistController {
  constructor(
    private readonly waitlist: WaitlistService,
    private readonly hall: HallWaitlistService,
    private readonly scalping: ScalpingService,
  ) {}

  @Route(endpoints.waitlist.join)
  @RateLimit(...placeLimits)
  join(
    @CurrentActor() actor: CitizenActor,
    @Input() input: Inputs<Routes['join']>,
  ): Promise<Outputs<Routes['join']>> {
    return this.waitlist.join(actor, input);
  }

  @Route(endpoints.waitlist.listMine)
  listMine(
    @CurrentActor() actor: CitizenActor,
    @Input() input: Inputs<Routes['listMine']>,
  ): Promise<Outputs<Routes['listMine']>> {
    return this.waitlist.listMine(actor, input);
  }

  @Route(endpoints.waitlist.leave)
  leave(
    @CurrentActor() actor: CitizenActor,
    @Input() { entryId }: Inputs<Routes['leave']>,
  ): Promise<Outputs<Routes['leave']>> {
    return this.waitlist.leave(actor, entryId);
  }

  @Route(endpoints.waitlist.decline)
  decline(
    @CurrentActor() actor: CitizenActor,
    @Input() { entryId }: Inputs<Routes['decline']>,
  ): Promise<Outputs<Routes['decline']>> {
    return this.waitlist.decline(actor, entryId);
  }

  @Route(endpoints.waitlist.listOfHall)
  listOfHall(
    @CurrentActor() actor: StaffActor,
    @Input() input: Inputs<Routes['listOfHall']>,
  ): Promise<Outputs<Routes['listOfHall']>> {
    return this.hall.listOfHall(actor, input);
  }

  @Route(endpoints.waitlist.releases)
  releases(
    @CurrentActor() actor: StaffActor,
    @Input() input: Inputs<Routes['releases']>,
  ): Promise<Outputs<Routes['releases']>> {
    return this.hall.releases(actor, input);
  }

  @Route(endpoints.waitlist.signals)
  signals(
    @CurrentActor() actor: StaffActor,
    @Input() { days }: Inputs<Routes['signals']>,
  ): Promise<Outputs<Routes['signals']>> {
    return this.scalping.signals(actor, days);
  }

  @Route(endpoints.waitlist.reopenNow)
  reopenNow(
    @CurrentActor() actor: StaffActor,
    @Input() input: Inputs<Routes['reopenNow']>,
  ): Promise<Outputs<Routes['reopenNow']>> {
    return this.hall.reopenNow(actor, input);
  }
}
