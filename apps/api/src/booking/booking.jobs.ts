import { dayOf, heldFrom, isInHall, minutesOfDay, noShowFrom, remoteKinds, startOfDay } from '@haoban/domain';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, LessThan, LessThanOrEqual, Not, type FindOptionsWhere, type Repository } from 'typeorm';
import { Clock } from '../common/clock.js';
import { CalendarService } from '../guide/calendar.service.js';
import { Repeat } from '../outbox/job.js';
import { BookingOutcomes } from './booking-outcomes.service.js';
import { BookingPolicies } from './booking-policies.service.js';
import { BookingEntity } from './booking.entity.js';
import { HoldsService } from './holds.service.js';
import { SlotsService } from './slots.service.js';

const BATCH = 500;
const DUE = {
  id: true,
  version: true,
  startAt: true,
  hallId: true,
  queueId: true,
  kind: true,
  day: true,
} as const;

type Due = Pick<BookingEntity, keyof typeof DUE>;

@Injectable()
export class BookingJobs {
  constructor(
    @InjectRepository(BookingEntity) private readonly bookings: Repository<BookingEntity>,
    private readonly slots: SlotsService,
    private readonly holds: HoldsService,
    private readonly outcomes: BookingOutcomes,
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
   * Who can no longer check in did not come. Where the hall was shut at the booked time after all, nobody could come: that counts
   * against nobody. Nor does a visit by phone, video or at home of which nobody recorded anything: with its day over it counts as held.
   */
  @Repeat('booking.mark-no-shows', { everyMs: 60_000 })
  async markNoShows(): Promise<void> {
    const now = this.clock.now();
    const today = startOfDay(dayOf(now));
    await this.endDue({ kind: Not(In([...remoteKinds])), startAt: LessThanOrEqual(now) }, 'missed', now);
    await this.endDue({ kind: In([...remoteKinds]), startAt: LessThan(today) }, 'served', now);
  }

  private async endDue(
    which: FindOptionsWhere<BookingEntity>,
    outcome: 'missed' | 'served',
    now: Date,
  ): Promise<void> {
    for (;;) {
      const due = await this.bookings.find({
        select: DUE,
        where: { ...which, state: 'confirmed' },
        order: { startAt: 'ASC' },
        take: BATCH,
      });
      const over: Due[] = [];
      for (const booking of due) if ((await this.endsAt(booking)) <= now) over.push(booking);
      if (over.length > 0) {
        const ends = over.map(async (booking) => ({
          booking,
          outcome: (await this.wasServed(booking)) ? outcome : ('shut' as const),
        }));
        await this.outcomes.endAll(await Promise.all(ends));
      }
      if (over.length < BATCH) return;
    }
  }

  /** From when on nobody can check in any more, or record how it went. */
  private async endsAt({ hallId, kind, startAt }: Due): Promise<Date> {
    return isInHall(kind) ? noShowFrom(startAt, await this.policies.forHall(hallId)) : heldFrom(startAt);
  }

  private wasServed({ hallId, queueId, kind, day, startAt }: Due): Promise<boolean> {
    return this.calendar.serves(hallId, { queueId, kind, day, minute: minutesOfDay(startAt) });
  }
}
