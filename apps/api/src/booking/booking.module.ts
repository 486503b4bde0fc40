import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { GuideModule } from '../guide/guide.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { BookingAppealEntity } from './booking-appeal.entity.js';
import { BookingCancelService } from './booking-cancel.service.js';
import { BookingController } from './booking.controller.js';
import { BookingDaysService } from './booking-days.service.js';
import {
  BookingChangeEntity,
  BookingEntity,
  BookingItemEntity,
  BookingSlotEntity,
} from './booking.entity.js';
import { BookingHoldService } from './booking-hold.service.js';
import { BookingPolicies } from './booking-policies.service.js';
import { BookingTake } from './booking-take.service.js';
import { HoldsService } from './holds.service.js';
import { SlotDays } from './slot-days.service.js';
import { ReopenDraw, SlotLedger } from './slot-ledger.js';
import { BookingSubjects } from './booking-subjects.service.js';
import { SlotRelease } from './slot-release.js';
import { Visits } from './visits.service.js';
import { BookingJobs } from './booking.jobs.js';
import { BookingReserveService } from './booking-reserve.service.js';
import { BookingService } from './booking.service.js';
import { SlotEntity, SlotReturnEntity } from './slot.entity.js';
import { SlotChanges } from './slot-changes.js';
import { SlotsService } from './slots.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([
      SlotEntity,
      SlotReturnEntity,
      BookingEntity,
      BookingSlotEntity,
      BookingItemEntity,
      BookingChangeEntity,
      BookingAppealEntity,
    ]),
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
    BookingTake,
    BookingHoldService,
    BookingPolicies,
    HoldsService,
    SlotDays,
    ReopenDraw,
    SlotLedger,
    SlotRelease,
    BookingSubjects,
    Visits,
    BookingCancelService,
    BookingJobs,
  ],
  exports: [BookingService, SlotChanges, SlotsService],
})
export class BookingModule {}
