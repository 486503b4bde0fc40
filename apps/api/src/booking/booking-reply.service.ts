import type { Booking } from '@haoban/contracts';
import { Injectable } from '@nestjs/common';
import type { CitizenActor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { Transactions } from '../db/transactions.js';
import { recordChange } from './booking-changes.js';
import { BookingEntity } from './booking.entity.js';
import { BookingService } from './booking.service.js';
import { isDisrupted } from './open-disruptions.js';

/** The answer to a reminder. Giving the place up is a cancellation. */
@Injectable()
export class BookingReplyService {
  constructor(
    private readonly transactions: Transactions,
    private readonly bookings: BookingService,
    private readonly clock: Clock,
  ) {}

  /** “I am coming”; again gives the same answer. @throws AppError NOT_FOUND, BOOKING_STATE, BOOKING_TIME_CLOSED */
  async coming(actor: CitizenActor, bookingId: string): Promise<Booking> {
    const booking = await this.transactions.run(async (em) => {
      const row = await em.findOne(BookingEntity, {
        where: { id: bookingId, citizenId: actor.citizenId },
        lock: { mode: 'pessimistic_write' },
      });
      if (!row) throw new AppError('NOT_FOUND');
      const now = this.clock.now();
      if (row.state !== 'confirmed' || row.startAt <= now) throw new AppError('BOOKING_STATE');
      if (await isDisrupted(em, row)) throw new AppError('BOOKING_TIME_CLOSED');
      if (row.reply === 'coming') return row;
      await em.update(BookingEntity, { id: row.id }, { reply: 'coming' });
      await recordChange(em, { bookingId, at: now, action: 'reply', actor, after: { reply: 'coming' } });
      return Object.assign(row, { reply: 'coming' as const });
    });
    return this.bookings.toBooking(booking);
  }
}
