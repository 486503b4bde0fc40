import { Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { HallNames } from '../identity/hall-names.js';
import { IdentityModule } from '../identity/identity.module.js';
import { CalendarChangeEntity, CalendarExceptionEntity } from './calendar.entity.js';
import { CalendarService } from './calendar.service.js';
import { CatalogueService } from './catalogue.service.js';
import { GuidePagesService } from './guide-pages.service.js';
import { GuideController } from './guide.controller.js';
import { GuideService } from './guide.service.js';
import { DepartmentEntity, HallDayEntity, HallEntity } from './hall.entity.js';
import { QueueCalendarService } from './queue-calendar.service.js';
import {
  ItemMaterialEntity,
  ItemPlaceEntity,
  ServiceItemEntity,
  ServiceQueueEntity,
} from './service-item.entity.js';

const entities = [
  HallEntity,
  HallDayEntity,
  CalendarExceptionEntity,
  CalendarChangeEntity,
  DepartmentEntity,
  ServiceItemEntity,
  ItemMaterialEntity,
  ItemPlaceEntity,
  ServiceQueueEntity,
];

@Module({
  imports: [TypeOrmModule.forFeature(entities), IdentityModule],
  controllers: [GuideController],
  providers: [CatalogueService, GuideService, GuidePagesService, CalendarService, QueueCalendarService],
  exports: [GuideService, CalendarService, QueueCalendarService],
})
export class GuideModule implements OnModuleInit {
  constructor(
    private readonly guide: GuideService,
    private readonly hallNames: HallNames,
  ) {}

  onModuleInit(): void {
    this.hallNames.register(async () => {
      const { halls } = await this.guide.catalogue();
      return new Map([...halls.values()].map(({ id, name }) => [id, name]));
    });
  }
}
