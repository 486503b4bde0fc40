import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, type EntityManager, type Repository } from 'typeorm';
import { Transactions } from '../db/transactions.js';
import { JobHandler } from '../outbox/job.js';
import { Outbox } from '../outbox/outbox.service.js';
import { BookingPrincipals } from './booking-principals.js';
import { bookingTell } from './booking-tell.js';
import { BookingEntity } from './booking.entity.js';
import { BookingService } from './booking.service.js';
import { principalBookedTell } from './principal-tell.js';

const TOPIC = 'booking.confirmed';

type Confirmed = { bookingIds: string[] };

/** Puts down, with the bookings, that their owners, and those they booked for, are to be told: one row for all, since in a rush hundreds share a commit. */
export async function tellConfirmed(
  outbox: Outbox,
  em: EntityManager,
  bookings: readonly BookingEntity[],
): Promise<void> {
  const bookingIds = bookings
    .filter(({ state, citizenId }) => state === 'confirmed' && citizenId !== null)
    .map(({ id }) => id);
  if (bookingIds.length > 0) await outbox.add(em, TOPIC, { bookingIds } satisfies Confirmed);
}

/** Writes the messages about new bookings, after the commit and not while others wait for their places. */
@Injectable()
export class BookingConfirmedJobs {
  constructor(
    @InjectRepository(BookingEntity) private readonly rows: Repository<BookingEntity>,
    private readonly transactions: Transactions,
    private readonly bookings: BookingService,
    private readonly principals: BookingPrincipals,
    private readonly outbox: Outbox,
  ) {}

  /** Twice is once, by the messages' own key. Who gave the booking back meanwhile has been told of that. */
  @JobHandler(TOPIC)
  async tell({ bookingIds }: Confirmed): Promise<void> {
    const found = await this.rows.findBy({ id: In(bookingIds) });
    const rows = found.filter(({ state }) => state !== 'cancelled' && state !== 'expired');
    const names = await this.bookings.namesOfAll(rows);
    const principalOf = await this.principals.accountsOf(this.rows.manager, rows);
    const tells = rows.flatMap((row, index) => {
      const known = names[index];
      if (!known || !row.citizenId) return [];
      const tell = bookingTell('booking_confirmed', row, row.citizenId, known);
      const principal = principalOf(row);
      return principal ? [tell, principalBookedTell(tell, principal, row, known)] : [tell];
    });
    await this.transactions.run((em) => this.outbox.addMany(em, 'notifications.tell', tells));
  }
}
