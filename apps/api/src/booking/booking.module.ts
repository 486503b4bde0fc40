import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { GuideModule } from '../guide/guide.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { BookingAppealEntity } from './booking-appeal.entity.js';
import { BookingCancelService } from './booking-cancel.service.js';
import { BookingController } from './booking.controller.js';
import { BookingDaysService } from './booking-days.service.js';
import { BookingEntity, BookingSlotEntity } from './booking.entity.js';
import { BookingJobs } from './booking.jobs.js';
import { BookingReserveService } from './booking-reserve.service.js';
import { BookingService } from './booking.service.js';
import { SlotEntity } from './slot.entity.js';
import { SlotChanges } from './slot-changes.js';
import { SlotsService } from './slots.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([SlotEntity, BookingEntity, BookingSlotEntity, BookingAppealEntity]),
    IdentityModule,
    GuideModule,
  ],
  controllers: [BookingController],
  providers: [
    SlotChanges,
    SlotsService,
    BookingService,
    BookingDaysService,
    BookingReserveService,
    BookingCancelService,
    BookingJobs,
  ],
  exports: [BookingService, SlotChanges, SlotsService],
})
export class BookingModule {}
