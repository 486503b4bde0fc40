import { endpoints } from '@haoban/contracts';
import { Controller } from '@nestjs/common';
import type { StaffActor } from '../common/actor.js';
import { RateLimit } from '../common/rate-limit.js';
import { CurrentActor, Input, Route, type Inputs, type Outputs } from '../common/route.js';
import { HallBookingActs } from './hall-booking-acts.service.js';
import { HallBookingContact } from './hall-booking-contact.service.js';
import { HallBookingExportService } from './hall-booking-export.service.js';
import { HallBookingHistoryService } from './hall-booking-history.service.js';
import { HallBookingOfferService } from './hall-booking-offer.service.js';
import { HallBookingOutcomes } from './hall-booking-outcomes.service.js';
import { HallBookingsService } from './hall-bookings.service.js';

type Routes = typeof endpoints.hallBookings;

@Controller()
export class HallBookingsController {
  constructor(
    private readonly bookings: HallBookingsService,
    private readonly acts: HallBookingActs,
    private readonly offers: HallBookingOfferService,
    private readonly contacts: HallBookingContact,
    private readonly histories: HallBookingHistoryService,
    private readonly exports: HallBookingExportService,
    private readonly outcomes: HallBookingOutcomes,
  ) {}

  @Route(endpoints.hallBookings.list)
  list(
    @CurrentActor() actor: StaffActor,
    @Input() input: Inputs<Routes['list']>,
  ): Promise<Outputs<Routes['list']>> {
    return this.bookings.list(actor, input);
  }

  @Route(endpoints.hallBookings.get)
  get(
    @CurrentActor() actor: StaffActor,
    @Input() { bookingId }: Inputs<Routes['get']>,
  ): Promise<Outputs<Routes['get']>> {
    return this.bookings.get(actor, bookingId);
  }

  @Route(endpoints.hallBookings.history)
  history(
    @CurrentActor() actor: StaffActor,
    @Input() { bookingId }: Inputs<Routes['history']>,
  ): Promise<Outputs<Routes['history']>> {
    return this.histories.ofBooking(actor, bookingId);
  }

  /** As fast as nobody can ring: who looks quicker is collecting numbers. */
  @Route(endpoints.hallBookings.readContact)
  @RateLimit({ points: 30, seconds: 60, by: 'actor' })
  readContact(
    @CurrentActor() actor: StaffActor,
    @Input() { bookingId }: Inputs<Routes['readContact']>,
  ): Promise<Outputs<Routes['readContact']>> {
    return this.contacts.read(actor, bookingId);
  }

  /** Ten thousand rows take a second of a processor. */
  @Route(endpoints.hallBookings.exportXlsx)
  @RateLimit({ points: 10, seconds: 60, by: 'actor' })
  exportXlsx(
    @CurrentActor() actor: StaffActor,
    @Input() input: Inputs<Routes['exportXlsx']>,
  ): Promise<Outputs<Routes['exportXlsx']>> {
    return this.exports.exportXlsx(actor, input);
  }

  /** One person before the desk at a time; who tries numbers one after the other is looking for somebody. */
  @Route(endpoints.hallBookings.findPerson)
  @RateLimit({ points: 20, seconds: 60, by: 'actor' })
  findPerson(
    @CurrentActor() actor: StaffActor,
    @Input() input: Inputs<Routes['findPerson']>,
  ): Promise<Outputs<Routes['findPerson']>> {
    return this.acts.findPerson(actor, input);
  }

  @Route(endpoints.hallBookings.days)
  listDays(
    @CurrentActor() actor: StaffActor,
    @Input() input: Inputs<Routes['days']>,
  ): Promise<Outputs<Routes['days']>> {
    return this.offers.listDays(actor, input);
  }

  @Route(endpoints.hallBookings.slots)
  listSlots(
    @CurrentActor() actor: StaffActor,
    @Input() input: Inputs<Routes['slots']>,
  ): Promise<Outputs<Routes['slots']>> {
    return this.offers.listSlots(actor, input);
  }

  @Route(endpoints.hallBookings.book)
  book(
    @CurrentActor() actor: StaffActor,
    @Input() input: Inputs<Routes['book']>,
  ): Promise<Outputs<Routes['book']>> {
    return this.acts.book(actor, input);
  }

  @Route(endpoints.hallBookings.move)
  move(
    @CurrentActor() actor: StaffActor,
    @Input() input: Inputs<Routes['move']>,
  ): Promise<Outputs<Routes['move']>> {
    return this.acts.move(actor, input);
  }

  @Route(endpoints.hallBookings.cancel)
  cancel(
    @CurrentActor() actor: StaffActor,
    @Input() input: Inputs<Routes['cancel']>,
  ): Promise<Outputs<Routes['cancel']>> {
    return this.acts.cancel(actor, input);
  }

  @Route(endpoints.hallBookings.serve)
  serve(
    @CurrentActor() actor: StaffActor,
    @Input() { bookingId }: Inputs<Routes['serve']>,
  ): Promise<Outputs<Routes['serve']>> {
    return this.outcomes.serve(actor, bookingId);
  }

  @Route(endpoints.hallBookings.notReached)
  notReached(
    @CurrentActor() actor: StaffActor,
    @Input() input: Inputs<Routes['notReached']>,
  ): Promise<Outputs<Routes['notReached']>> {
    return this.outcomes.notReached(actor, input);
  }
}
