import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { IdentityModule } from '../identity/identity.module.js';
import { GrantsService } from './grants.service.js';
import { InboxService } from './inbox.service.js';
import { InboxMessageEntity, SubscriptionGrantEntity } from './notification.entity.js';
import { NotificationsController } from './notifications.controller.js';
import { NotificationsJobs } from './notifications.jobs.js';
import { TellService } from './tell.service.js';
import { TemplatesService } from './templates.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([InboxMessageEntity, SubscriptionGrantEntity]), IdentityModule],
  controllers: [NotificationsController],
  providers: [TellService, GrantsService, InboxService, TemplatesService, NotificationsJobs],
})
export class NotificationsModule {}
