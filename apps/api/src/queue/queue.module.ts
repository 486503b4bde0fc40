import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BookingModule } from '../booking/booking.module.js';
import { GuideModule } from '../guide/guide.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { DeskController } from './desk.controller.js';
import { DeskEntity, DeskQueueEntity, DeskSessionEntity } from './desk.entity.js';
import { DeskRows } from './desk-rows.service.js';
import { DeskService } from './desk.service.js';
import { DeskViews } from './desk-views.service.js';
import { DisplayService } from './display.service.js';
import { GoodRates } from './good-rate.js';
import { LineService } from './line.service.js';
import { QueueCallService } from './queue-call.service.js';
import { QueueJobs } from './queue.jobs.js';
import { QueueLive } from './queue-live.service.js';
import { QueueNotices } from './queue-notices.service.js';
import { QueueServeService } from './queue-serve.service.js';
import { QueueService } from './queue.service.js';
import { QueueTopics } from './queue-topics.js';
import { TicketController } from './ticket.controller.js';
import { QueueDayEntity, TicketEntity, TicketEventEntity } from './ticket.entity.js';
import { TicketIssueService } from './ticket-issue.service.js';
import { TicketService } from './ticket.service.js';
import { TicketSteps } from './ticket-steps.service.js';
import { TicketViews } from './ticket-views.service.js';

const entities = [
  QueueDayEntity,
  TicketEntity,
  TicketEventEntity,
  DeskEntity,
  DeskQueueEntity,
  DeskSessionEntity,
];

@Module({
  imports: [TypeOrmModule.forFeature(entities), IdentityModule, GuideModule, BookingModule],
  controllers: [TicketController, DeskController],
  providers: [
    LineService,
    TicketSteps,
    TicketViews,
    TicketService,
    TicketIssueService,
    DeskRows,
    DeskService,
    DeskViews,
    DisplayService,
    GoodRates,
    QueueCallService,
    QueueServeService,
    QueueNotices,
    QueueLive,
    QueueTopics,
    QueueJobs,
    QueueService,
  ],
  exports: [QueueService, GoodRates],
})
export class QueueModule {}
