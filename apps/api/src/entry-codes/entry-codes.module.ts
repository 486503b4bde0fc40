import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { GuideModule } from '../guide/guide.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { QueueModule } from '../queue/queue.module.js';
import { EntryCodeEntity } from './entry-code.entity.js';
import { EntryCodesController } from './entry-codes.controller.js';
import { EntryCodesService } from './entry-codes.service.js';
import { EntryPictureService } from './entry-picture.service.js';
import { EntryTargetService } from './entry-target.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([EntryCodeEntity]), IdentityModule, GuideModule, QueueModule],
  controllers: [EntryCodesController],
  providers: [EntryCodesService, EntryTargetService, EntryPictureService],
})
export class EntryCodesModule {}
