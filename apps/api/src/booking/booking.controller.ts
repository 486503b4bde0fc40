import { endpoints } from '@haoban/contracts';
import { Controller } from '@nestjs/common';
import type { CitizenActor, StaffActor } from '../common/actor.js';
import { RateLimit } from '../common/rate-limit.js';
import { CurrentActor, Input, Route, type Inputs, type Outputs } from '../common/route.js';
import { BookingCancelService } from './booking-cancel.service.js';
import { BookingDaysService } from './booking-days.service.js';
import { BookingHoldService } from './booking-hold.service.js';
import { BookingReserveService } from './booking-reserve.service.js';
import { BookingService } from './booking.service.js';
import { placeLimits } from './scalping.service.js';

type Routes = typeof endpoints.booking;

@Controller()
export class BookingController {
  constructor(
    private readonly bookings: BookingService,
    private readonly days: BookingDaysService,
    private readonly reserving: BookingReserveService,
    private readonly holding: BookingHoldService,
    private readonly cancelling: BookingCancelService,
  ) {}

  @Route(endpoints.booking.listDays)
  listDays(@Input() input: Inputs<Routes['listDays']>): Promise<Outputs<Routes['listDays']>> {
    return this.days.listDays(input);
  }

  @Route(endpoints.booking.listSlots)
  listSlots(@Input() input: Inputs<Routes['listSlots']>): Promise<Outputs<Routes['listSlots']>> {
    return this.days.listSlots(input);
  }

  /** A person picks a time now and then; a script tries every second. */
  @Route(endpoints.booking.reserve)
  @RateLimit(...placeLimits)
  reserve(
    @CurrentActor() actor: CitizenActor,
    @Input() input: Inputs<Routes['reserve']>,
  ): Promise<Outputs<Routes['reserve']>> {
    return this.reserving.reserve(actor, input);
  }

  /** Choosing a time and choosing again is what a hold is for; still, a script tries every second. */
  @Route(endpoints.booking.hold)
  @RateLimit(...placeLimits)
  hold(
    @CurrentActor() actor: CitizenActor,
    @Input() input: Inputs<Routes['hold']>,
  ): Promise<Outputs<Routes['hold']>> {
    return this.reserving.hold(actor, input);
  }

  @Route(endpoints.booking.confirm)
  confirm(
    @CurrentActor() actor: CitizenActor,
    @Input() input: Inputs<Routes['confirm']>,
  ): Promise<Outputs<Routes['confirm']>> {
    return this.holding.confirm(actor, input);
  }

  @Route(endpoints.booking.release)
  release(
    @CurrentActor() actor: CitizenActor,
    @Input() { bookingId }: Inputs<Routes['release']>,
  ): Promise<Outputs<Routes['release']>> {
    return this.holding.release(actor, bookingId);
  }

  @Route(endpoints.booking.listBranches)
  listBranches(@Input() input: Inputs<Routes['listBranches']>): Promise<Outputs<Routes['listBranches']>> {
    return this.days.listBranches(input);
  }

  @Route(endpoints.booking.listMine)
  listMine(
    @CurrentActor() actor: CitizenActor,
    @Input() input: Inputs<Routes['listMine']>,
  ): Promise<Outputs<Routes['listMine']>> {
    return this.bookings.listMine(actor, input);
  }

  @Route(endpoints.booking.getMine)
  getMine(
    @CurrentActor() actor: CitizenActor,
    @Input() { bookingId }: Inputs<Routes['getMine']>,
  ): Promise<Outputs<Routes['getMine']>> {
    return this.bookings.getMine(actor, bookingId);
  }

  @Route(endpoints.booking.cancel)
  cancel(
    @CurrentActor() actor: CitizenActor,
    @Input() input: Inputs<Routes['cancel']>,
  ): Promise<Outputs<Routes['cancel']>> {
    return this.cancelling.cancel(actor, input);
  }

  @Route(endpoints.booking.listOfDay)
  listOfDay(
    @CurrentActor() actor: StaffActor,
    @Input() input: Inputs<Routes['listOfDay']>,
  ): Promise<Outputs<Routes['listOfDay']>> {
    return this.bookings.listOfDay(actor, input);
  }
}
