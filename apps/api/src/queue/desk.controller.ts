import { endpoints } from '@haoban/contracts';
import { Controller } from '@nestjs/common';
import type { StaffActor } from '../common/actor.js';
import { CurrentActor, Input, Route, type Inputs, type Outputs } from '../common/route.js';
import { DeskService } from './desk.service.js';
import { DeskViews } from './desk-views.service.js';
import { QueueCallService } from './queue-call.service.js';
import { QueueServeService } from './queue-serve.service.js';

type Routes = typeof endpoints.queue;

@Controller()
export class DeskController {
  constructor(
    private readonly seats: DeskService,
    private readonly views: DeskViews,
    private readonly calling: QueueCallService,
    private readonly serving: QueueServeService,
  ) {}

  @Route(endpoints.queue.listDesks)
  listDesks(@CurrentActor() actor: StaffActor): Promise<Outputs<Routes['listDesks']>> {
    return this.views.list(actor);
  }

  @Route(endpoints.queue.desk)
  desk(
    @CurrentActor() actor: StaffActor,
    @Input() { deskId }: Inputs<Routes['desk']>,
  ): Promise<Outputs<Routes['desk']>> {
    return this.views.view(actor, deskId);
  }

  @Route(endpoints.queue.openDesk)
  openDesk(
    @CurrentActor() actor: StaffActor,
    @Input() { deskId }: Inputs<Routes['openDesk']>,
  ): Promise<Outputs<Routes['openDesk']>> {
    return this.seats.open(actor, deskId);
  }

  @Route(endpoints.queue.closeDesk)
  closeDesk(
    @CurrentActor() actor: StaffActor,
    @Input() { deskId }: Inputs<Routes['closeDesk']>,
  ): Promise<Outputs<Routes['closeDesk']>> {
    return this.seats.close(actor, deskId);
  }

  @Route(endpoints.queue.pauseDesk)
  pauseDesk(
    @CurrentActor() actor: StaffActor,
    @Input() { deskId, reason }: Inputs<Routes['pauseDesk']>,
  ): Promise<Outputs<Routes['pauseDesk']>> {
    return this.seats.pause(actor, deskId, reason);
  }

  @Route(endpoints.queue.resumeDesk)
  resumeDesk(
    @CurrentActor() actor: StaffActor,
    @Input() { deskId }: Inputs<Routes['resumeDesk']>,
  ): Promise<Outputs<Routes['resumeDesk']>> {
    return this.seats.resume(actor, deskId);
  }

  @Route(endpoints.queue.callNext)
  callNext(
    @CurrentActor() actor: StaffActor,
    @Input() input: Inputs<Routes['callNext']>,
  ): Promise<Outputs<Routes['callNext']>> {
    return this.calling.callNext(actor, input);
  }

  @Route(endpoints.queue.callTicket)
  callTicket(
    @CurrentActor() actor: StaffActor,
    @Input() input: Inputs<Routes['callTicket']>,
  ): Promise<Outputs<Routes['callTicket']>> {
    return this.calling.callTicket(actor, input);
  }

  @Route(endpoints.queue.recall)
  recall(
    @CurrentActor() actor: StaffActor,
    @Input() { deskId }: Inputs<Routes['recall']>,
  ): Promise<Outputs<Routes['recall']>> {
    return this.calling.recall(actor, deskId);
  }

  @Route(endpoints.queue.start)
  start(
    @CurrentActor() actor: StaffActor,
    @Input() { deskId }: Inputs<Routes['start']>,
  ): Promise<Outputs<Routes['start']>> {
    return this.serving.start(actor, deskId);
  }

  @Route(endpoints.queue.finish)
  finish(
    @CurrentActor() actor: StaffActor,
    @Input() { deskId }: Inputs<Routes['finish']>,
  ): Promise<Outputs<Routes['finish']>> {
    return this.serving.finish(actor, deskId);
  }

  @Route(endpoints.queue.noShow)
  noShow(
    @CurrentActor() actor: StaffActor,
    @Input() { deskId }: Inputs<Routes['noShow']>,
  ): Promise<Outputs<Routes['noShow']>> {
    return this.serving.noShow(actor, deskId);
  }
}
