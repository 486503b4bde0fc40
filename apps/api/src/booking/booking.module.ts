import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { GuideModule } from '../guide/guide.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { BookingAppealEntity } from './booking-appeal.entity.js';
import { BookingActsController } from './booking-acts.controller.js';
import { BookingCodes } from './booking-code.js';
import { BookingConfirmedJobs } from './booking-confirmed.jobs.js';
import { BookingAdoptJobs } from './booking-adopt.jobs.js';
import { BookingAlternativesService } from './booking-alternatives.service.js';
import { AppealViews } from './booking-appeal-views.js';
import { BookingAppealService } from './booking-appeal.service.js';
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
import { BookingDisruptionEntity } from './booking-disruption.entity.js';
import { BookingPolicyEntity } from './booking-policy.entity.js';
import { BookingPolicies } from './booking-policies.service.js';
import { BookingTake } from './booking-take.service.js';
import { HoldsService } from './holds.service.js';
import { SlotDays } from './slot-days.service.js';
import { ReopenDraw, SlotLedger } from './slot-ledger.js';
import { BookingStandingService } from './booking-standing.service.js';
import { BookingSubjects } from './booking-subjects.service.js';
import { SlotRelease } from './slot-release.js';
import { HallAppealsService } from './hall-appeals.service.js';
import { StandingController } from './standing.controller.js';
import { Visits } from './visits.service.js';
import { BookingJobs } from './booking.jobs.js';
import { BookingIcsService } from './booking-ics.service.js';
import { BookingLocks } from './booking-locks.js';
import { BookingMoveService } from './booking-move.service.js';
import { BookingReminderJobs } from './booking-reminders.jobs.js';
import { BookingReplyService } from './booking-reply.service.js';
import { BookingReserveService } from './booking-reserve.service.js';
import { BookingService } from './booking.service.js';
import { BookingOutcomes } from './booking-outcomes.service.js';
import { BookingPeople } from './booking-people.service.js';
import { BookingPrincipals } from './booking-principals.js';
import { PrincipalNames } from './principal-names.service.js';
import { HallBookingActs } from './hall-booking-acts.service.js';
import { HallBookingContact } from './hall-booking-contact.service.js';
import { HallBookingExportService } from './hall-booking-export.service.js';
import { HallBookingHistoryService } from './hall-booking-history.service.js';
import { HallBookingOfferService } from './hall-booking-offer.service.js';
import { HallBookingOutcomes } from './hall-booking-outcomes.service.js';
import { HallBookingsController } from './hall-bookings.controller.js';
import { HallBookingsService } from './hall-bookings.service.js';
import { HallWaitlistService } from './hall-waitlist.service.js';
import { ScalpingService } from './scalping.service.js';
import { ScalpingFacts } from './scalping-facts.service.js';
import { SlotReturnJobs } from './slot-return.jobs.js';
import { SlotReturns } from './slot-returns.service.js';
import { WaitlistController } from './waitlist.controller.js';
import { WaitlistEntryEntity, WaitlistOfferEntity } from './waitlist.entity.js';
import { WaitlistOffers } from './waitlist-offers.service.js';
import { WaitlistService } from './waitlist.service.js';
import { WaitlistSettling } from './waitlist-settling.service.js';
import { WaitlistViews } from './waitlist-views.service.js';
import { SlotEntity, SlotReturnEntity } from './slot.entity.js';
import { SlotAnswers } from './slot-answers.js';
import { SlotChanges } from './slot-changes.js';
import { SlotsService } from './slots.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([
      SlotEntity,
      SlotReturnEntity,
      WaitlistEntryEntity,
      WaitlistOfferEntity,
      BookingEntity,
      BookingSlotEntity,
      BookingItemEntity,
      BookingChangeEntity,
      BookingAppealEntity,
      BookingPolicyEntity,
      BookingDisruptionEntity,
    ]),
    IdentityModule,
    GuideModule,
  ],
  controllers: [
    WaitlistController,
    StandingController,
    BookingController,
    BookingActsController,
    HallBookingsController,
  ],
  providers: [
    SlotAnswers,
    SlotChanges,
    SlotsService,
    BookingService,
    PrincipalNames,
    BookingDaysService,
    BookingReserveService,
    BookingTake,
    BookingCodes,
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
    BookingLocks,
    BookingMoveService,
    BookingAlternativesService,
    BookingIcsService,
    BookingReplyService,
    BookingReminderJobs,
    BookingAdoptJobs,
    BookingConfirmedJobs,
    HallBookingsService,
    HallBookingActs,
    HallBookingOfferService,
    HallBookingHistoryService,
    HallBookingContact,
    HallBookingExportService,
    HallBookingOutcomes,
    BookingOutcomes,
    BookingJobs,
    BookingPeople,
    BookingPrincipals,
    HallWaitlistService,
    ScalpingService,
    ScalpingFacts,
    SlotReturns,
    SlotReturnJobs,
    WaitlistOffers,
    WaitlistService,
    WaitlistSettling,
    WaitlistViews,
    BookingStandingService,
    BookingAppealService,
    AppealViews,
    HallAppealsService,
  ],
  exports: [
    BookingService,
    BookingPolicies,
    BookingPrincipals,
    PrincipalNames,
    HoldsService,
    SlotChanges,
    SlotLedger,
    SlotsService,
  ],
})
export class BookingModule {}
