import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { GuideModule } from '../guide/guide.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { BookingDisruptionEntity } from './booking-disruption.entity.js';
import { BookingModule } from './booking.module.js';
import { BookingPolicyService } from './booking-policy.service.js';
import { CalendarAffected } from './calendar-affected.service.js';
import { CalendarApply } from './calendar-apply.service.js';
import { CalendarClosures } from './calendar-closures.service.js';
import { BookingPolicyController, CalendarController } from './calendar.controller.js';
import { CalendarExceptions } from './calendar-exceptions.service.js';
import { CalendarJobs } from './calendar.jobs.js';
import { CalendarOverrides } from './calendar-overrides.service.js';
import { CalendarPreview } from './calendar-preview.service.js';
import { CalendarSave } from './calendar-save.service.js';
import { CalendarUse } from './calendar-use.service.js';
import { CalendarViews } from './calendar-views.service.js';
import { Disruptions } from './disruptions.service.js';
import { SlotEntity } from './slot.entity.js';

/** The manager's side of booking: calendars, closures, rules of the hall. */
@Module({
  imports: [
    TypeOrmModule.forFeature([SlotEntity, BookingDisruptionEntity]),
    IdentityModule,
    GuideModule,
    BookingModule,
  ],
  controllers: [CalendarController, BookingPolicyController],
  providers: [
    BookingPolicyService,
    CalendarAffected,
    CalendarApply,
    CalendarClosures,
    CalendarExceptions,
    CalendarJobs,
    CalendarOverrides,
    CalendarPreview,
    CalendarSave,
    CalendarUse,
    CalendarViews,
    Disruptions,
  ],
})
export class CalendarModule {}
