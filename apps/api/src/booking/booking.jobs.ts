import { decideBooking, noShowFrom } from '@haoban/domain';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, LessThanOrEqual, type Repository } from 'typeorm';
import { Clock } from '../common/clock.js';
import { Repeat } from '../outbox/job.js';
import { bookingSettings } from './booking-settings.js';
import { BookingEntity } from './booking.entity.js';
import { SlotsService } from './slots.service.js';

const BATCH = 500;

@Injectable()
export class BookingJobs {
  constructor(
    @InjectRepository(BookingEntity) private readonly bookings: Repository<BookingEntity>,
    private readonly slots: SlotsService,
    private readonly clock: Clock,
  ) {}

  /** Hourly, so that the day after the last shown one is there whenever midnight comes. */
  @Repeat('booking.materialise-slots', { everyMs: 3600_000 })
  materialise(): Promise<void> {
    return this.slots.ensureAll();
  }

  /** Who can no longer check in did not come. The update repeats the state, so a check-in that was faster stays. */
  @Repeat('booking.mark-no-shows', { everyMs: 60_000 })
  async markNoShows(): Promise<void> {
    const now = this.clock.now();
    const step = decideBooking('confirmed', 'markNoShow', 'system');
    if (!step.ok) return;
    for (;;) {
      const due = await this.bookings.find({
        select: { id: true, startAt: true },
        where: { state: 'confirmed', startAt: LessThanOrEqual(now) },
        order: { startAt: 'ASC' },
        take: BATCH,
      });
      const ids = due
        .filter(({ startAt }) => noShowFrom(startAt, bookingSettings) <= now)
        .map(({ id }) => id);
      if (ids.length === 0) return;
      await this.bookings.update({ id: In(ids), state: 'confirmed' }, { state: step.next });
      if (ids.length < BATCH) return;
    }
  }
}
