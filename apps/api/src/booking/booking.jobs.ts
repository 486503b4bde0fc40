import { decideBooking, minutesOfDay, noShowFrom } from '@haoban/domain';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, LessThanOrEqual, type Repository } from 'typeorm';
import { Clock } from '../common/clock.js';
import { CalendarService } from '../guide/calendar.service.js';
import { Repeat } from '../outbox/job.js';
import { BookingPolicies } from './booking-policies.service.js';
import { BookingEntity } from './booking.entity.js';
import { HoldsService } from './holds.service.js';
import { SlotsService } from './slots.service.js';

const BATCH = 500;
const SHUT = '中心在预约时间临时不对外服务';

@Injectable()
export class BookingJobs {
  constructor(
    @InjectRepository(BookingEntity) private readonly bookings: Repository<BookingEntity>,
    private readonly slots: SlotsService,
    private readonly holds: HoldsService,
    private readonly policies: BookingPolicies,
    private readonly calendar: CalendarService,
    private readonly clock: Clock,
  ) {}

  /** Hourly, so that the day after the last shown one is there whenever midnight comes. */
  @Repeat('booking.materialise-slots', { everyMs: 3600_000 })
  materialise(): Promise<void> {
    return this.slots.ensureAll();
  }

  /** Every second, so that a place that nobody confirmed is on offer again while others still look. */
  @Repeat('booking.expire-holds', { everyMs: 1_000 })
  async expireHolds(): Promise<void> {
    await this.holds.sweep();
  }

  /**
   * Who can no longer check in did not come. The update repeats the state, so a check-in that was faster stays. Where the hall
   * was shut at the booked time after all, nobody could come: that counts against nobody.
   */
  @Repeat('booking.mark-no-shows', { everyMs: 60_000 })
  async markNoShows(): Promise<void> {
    const now = this.clock.now();
    const missed = decideBooking('confirmed', 'markNoShow', 'system');
    const calledOff = decideBooking('confirmed', 'cancel', 'system');
    if (!missed.ok || !calledOff.ok) return;
    const cancelled = { state: calledOff.next, cancelReason: SHUT, cancelledAt: now };
    for (;;) {
      const due = await this.bookings.find({
        select: { id: true, startAt: true, hallId: true, queueId: true, day: true },
        where: { state: 'confirmed', startAt: LessThanOrEqual(now) },
        order: { startAt: 'ASC' },
        take: BATCH,
      });
      const over: typeof due = [];
      for (const booking of due) {
        const policy = await this.policies.forHall(booking.hallId);
        if (noShowFrom(booking.startAt, policy) <= now) over.push(booking);
      }
      const absent: string[] = [];
      const barred: string[] = [];
      for (const booking of over) ((await this.wasOpen(booking)) ? absent : barred).push(booking.id);
      if (absent.length > 0)
        await this.bookings.update({ id: In(absent), state: 'confirmed' }, { state: missed.next });
      if (barred.length > 0) await this.bookings.update({ id: In(barred), state: 'confirmed' }, cancelled);
      if (over.length < BATCH) return;
    }
  }

  private async wasOpen({
    hallId,
    queueId,
    day,
    startAt,
  }: Pick<BookingEntity, 'hallId' | 'queueId' | 'day' | 'startAt'>) {
    const minute = minutesOfDay(startAt);
    // Null also for a hall that is no longer known, which must not hold up the others.
    if (!(await this.calendar.closesAt(hallId, day, queueId))) return false;
    return (await this.calendar.openPeriods(hallId, day, queueId)).some(
      ({ from, to }) => from <= minute && minute < to,
    );
  }
}
