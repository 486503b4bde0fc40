import { endpoints } from '@haoban/contracts';
import { Controller } from '@nestjs/common';
import type { CitizenActor } from '../common/actor.js';
import { RateLimit } from '../common/rate-limit.js';
import { CurrentActor, Input, Route, type Inputs, type Outputs } from '../common/route.js';
import { GrantsService } from './grants.service.js';
import { InboxService } from './inbox.service.js';
import { TemplatesService } from './templates.service.js';

type Routes = typeof endpoints.notifications;
type In<Name extends keyof Routes> = Inputs<Routes[Name]>;
type Out<Name extends keyof Routes> = Promise<Outputs<Routes[Name]>>;

@Controller()
export class NotificationsController {
  constructor(
    private readonly templates: TemplatesService,
    private readonly grants: GrantsService,
    private readonly inbox: InboxService,
  ) {}

  @Route(endpoints.notifications.templates)
  listTemplates(): Out<'templates'> {
    return this.templates.list();
  }

  @Route(endpoints.notifications.recordGrants)
  @RateLimit({ points: 30, seconds: 60, by: 'actor' })
  recordGrants(
    @CurrentActor() actor: CitizenActor,
    @Input() { results }: In<'recordGrants'>,
  ): Out<'recordGrants'> {
    return this.grants.record(actor, results);
  }

  @Route(endpoints.notifications.listInbox)
  listInbox(@CurrentActor() actor: CitizenActor, @Input() input: In<'listInbox'>): Out<'listInbox'> {
    return this.inbox.list(actor, input);
  }

  @Route(endpoints.notifications.markRead)
  markRead(@CurrentActor() actor: CitizenActor, @Input() { ids }: In<'markRead'>): Out<'markRead'> {
    return this.inbox.markRead(actor, ids);
  }
}
