import { decideBooking, mayCancel } from '@haoban/domain';
import type { Booking } from '@haoban/contracts';
import { Injectable } from '@nestjs/common';
import type { CitizenActor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { Transactions } from '../db/transactions.js';
import { Outbox } from '../outbox/outbox.service.js';
import { BookingPolicies } from './booking-policies.service.js';
import { bookingTell } from './booking-tell.js';
import { BookingEntity } from './booking.entity.js';
import { BookingService } from './booking.service.js';
import { slotsOf } from './holds.service.js';
import { SlotLedger } from './slot-ledger.js';

@Injectable()
export class BookingCancelService {
  constructor(
    private readonly transactions: Transactions,
    private readonly bookings: BookingService,
    private readonly policies: BookingPolicies,
    private readonly ledger: SlotLedger,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * Gives the places back. Cancelling a cancelled booking again gives the same answer.
   * @throws AppError NOT_FOUND, BOOKING_STATE, BOOKING_CANCEL_TOO_LATE, BUSY
   */
  async cancel(
    actor: CitizenActor,
    input: { bookingId: string; reason?: string | undefined },
  ): Promise<Booking> {
    const { bookingId, reason } = input;
    const before = await this.bookings.getRow(actor, bookingId);
    const names = await this.bookings.namesOf(before);
    const policy = await this.policies.forHall(before.hallId);
    const booking = await this.transactions.run(async (em) => {
      // Slots before the booking, as everywhere.
      const slotIds = (await slotsOf(em, [bookingId])).get(bookingId) ?? [];
      const slots = await this.ledger.lock(em, slotIds);
      const row = await em.findOne(BookingEntity, {
        where: { id: bookingId, citizenId: actor.citizenId },
        lock: { mode: 'pessimistic_write' },
      });
      if (!row) throw new AppError('NOT_FOUND');
      if (row.state === 'cancelled') return row;
      const now = this.clock.now();
      const step = decideBooking(row.state, 'cancel', 'citizen');
      if (!step.ok) throw new AppError(step.code);
      const timely = mayCancel(row.startAt, now, policy);
      if (!timely.ok) throw new AppError(timely.code);
      const change = { state: step.next, cancelReason: reason || null, cancelledAt: now };
      await em.update(BookingEntity, { id: row.id }, change);
      const { contingent, persons: places, itemClass, personKey } = row;
      const { reopen } = policy;
      slots.giveBack(slotIds, { contingent, places, itemClass }, { personKey, reopen });
      await slots.write();
      const cancelled = Object.assign(row, change);
      const tell = bookingTell('booking_cancelled', cancelled, actor.citizenId, names);
      await this.outbox.add(em, 'notifications.tell', tell);
      return cancelled;
    });
    return this.bookings.toBooking(booking, names);
  }
}
