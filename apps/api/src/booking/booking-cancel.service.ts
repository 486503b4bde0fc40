import { decideBooking, mayCancel } from '@haoban/domain';
import type { Booking } from '@haoban/contracts';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, type EntityManager, type Repository } from 'typeorm';
import type { CitizenActor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { Transactions } from '../db/transactions.js';
import { Outbox } from '../outbox/outbox.service.js';
import { bookingSettings } from './booking-settings.js';
import { bookingTell } from './booking-tell.js';
import { BookingEntity, BookingSlotEntity } from './booking.entity.js';
import type { BookingNames } from './booking.mapper.js';
import { BookingService } from './booking.service.js';
import { SlotEntity } from './slot.entity.js';

@Injectable()
export class BookingCancelService {
  constructor(
    @InjectRepository(BookingSlotEntity) private readonly covered: Repository<BookingSlotEntity>,
    private readonly transactions: Transactions,
    private readonly bookings: BookingService,
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
    const names = await this.bookings.names(await this.bookings.getMine(actor, bookingId));
    const slotIds = (await this.covered.findBy({ bookingId })).map(({ slotId }) => slotId);
    const booking = await this.transactions.run(async (em) => {
      // Slots before the booking, as everywhere.
      await lockSlots(em, slotIds);
      const row = await em.findOne(BookingEntity, {
        where: { id: bookingId, citizenId: actor.citizenId },
        lock: { mode: 'pessimistic_write' },
      });
      if (!row) throw new AppError('NOT_FOUND');
      return row.state === 'cancelled' ? row : this.release(em, row, slotIds, reason || null, names);
    });
    return this.bookings.toBooking(booking);
  }

  private async release(
    em: EntityManager,
    booking: BookingEntity,
    slotIds: readonly string[],
    cancelReason: string | null,
    names: BookingNames,
  ): Promise<BookingEntity> {
    const now = this.clock.now();
    const step = decideBooking(booking.state, 'cancel', 'citizen');
    if (!step.ok) throw new AppError(step.code);
    const timely = mayCancel(booking.startAt, now, bookingSettings);
    if (!timely.ok) throw new AppError(timely.code);
    const change = { state: step.next, cancelReason, cancelledAt: now };
    await em.update(BookingEntity, { id: booking.id }, change);
    await em
      .createQueryBuilder()
      .update(SlotEntity)
      .set({ taken: () => 'taken - 1' })
      .where('id IN (:...ids) AND taken > 0', { ids: [...slotIds] })
      .execute();
    const cancelled = Object.assign(booking, change);
    if (cancelled.citizenId) {
      const tell = bookingTell('booking_cancelled', cancelled, cancelled.citizenId, names);
      await this.outbox.add(em, 'notifications.tell', tell);
    }
    return cancelled;
  }
}

async function lockSlots(em: EntityManager, ids: readonly string[]): Promise<void> {
  await em.find(SlotEntity, {
    select: { id: true },
    where: { id: In([...ids]) },
    order: { id: 'ASC' },
    lock: { mode: 'pessimistic_write' },
  });
}
