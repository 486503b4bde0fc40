import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { mayCall } from '../common/audience.js';
import { LiveTopics } from '../live/live-topics.js';
import { DeskViews } from './desk-views.service.js';
import { DeskEntity } from './desk.entity.js';
import { DisplayService } from './display.service.js';
import { QueueLive } from './queue-live.service.js';
import { TicketService } from './ticket.service.js';

/** What can be watched: a hall's display by everybody, a desk by staff of its hall, a ticket by whose it is. */
@Injectable()
export class QueueTopics implements OnModuleInit {
  constructor(
    @InjectRepository(DeskEntity) private readonly desks: Repository<DeskEntity>,
    private readonly topics: LiveTopics,
    private readonly displays: DisplayService,
    private readonly deskViews: DeskViews,
    private readonly tickets: TicketService,
    private readonly live: QueueLive,
  ) {}

  onModuleInit(): void {
    this.topics.register('queue::hallId', {
      authorize: () => true,
      snapshot: ({ hallId = '' }) => this.displays.display(hallId),
    });
    this.topics.register('desk::deskId', {
      authorize: async (actor, { deskId = '' }) =>
        actor.kind === 'staff' &&
        actor.hallId !== null &&
        mayCall('staff:clerk', actor) &&
        (await this.desks.existsBy({ id: deskId, hallId: actor.hallId })),
      snapshot: ({ deskId = '' }) => this.deskViews.snapshot(deskId),
    });
    this.topics.register('ticket::ticketId', {
      authorize: async (actor, { ticketId = '' }) => {
        const own = actor.kind === 'citizen' && (await this.tickets.belongsTo(actor.citizenId, ticketId));
        if (own) this.live.watch(ticketId);
        return own;
      },
      snapshot: ({ ticketId = '' }) => this.tickets.view(ticketId),
    });
  }
}
