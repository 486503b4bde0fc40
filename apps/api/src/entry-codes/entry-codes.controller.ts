import { endpoints } from '@haoban/contracts';
import { Controller } from '@nestjs/common';
import type { StaffActor } from '../common/actor.js';
import { CurrentActor, Input, Route, type Inputs, type Outputs } from '../common/route.js';
import { EntryCodesService } from './entry-codes.service.js';

type Routes = typeof endpoints.entryCodes;

@Controller()
export class EntryCodesController {
  constructor(private readonly codes: EntryCodesService) {}

  @Route(endpoints.entryCodes.issue)
  issue(
    @CurrentActor() actor: StaffActor,
    @Input() input: Inputs<Routes['issue']>,
  ): Promise<Outputs<Routes['issue']>> {
    return this.codes.issue(actor, input);
  }

  @Route(endpoints.entryCodes.resolve)
  resolve(@Input() { scene }: Inputs<Routes['resolve']>): Promise<Outputs<Routes['resolve']>> {
    return this.codes.resolve(scene);
  }
}
