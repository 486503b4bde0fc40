import {
  addDays,
  addMinutes,
  dayOf,
  reminderAt,
  reminderDue,
  startOfDay,
  type ReminderKind,
} from '@haoban/domain';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, type EntityManager, type Repository } from 'typeorm';
import { Clock } from '../common/clock.js';
import { Transactions } from '../db/transactions.js';
import { Repeat } from '../outbox/job.js';
import { Outbox } from '../outbox/outbox.service.js';
import { reminderTell } from './booking-act-tell.js';
import { BookingEntity } from './booking.entity.js';
import { BookingService } from './booking.service.js';
import { openDisruptions } from './open-disruptions.js';

const BATCH = 200;

/** Bookings of which a reminder may be due, by their start. */
interface DueWindow {
  readonly kind: ReminderKind;
  readonly after: Date;
  readonly until: Date;
}

/** Who chose the time only after the moment of the reminder knows it: in SQL too, or many of them would hide the others. */
const MADE_BEFORE: Record<ReminderKind, string> = {
  day: 'booking.createdAt < :dayMoment',
  hour: 'booking.createdAt < DATE_SUB(booking.startAt, INTERVAL 60 MINUTE)',
};

@Injectable()
export class BookingReminderJobs {
  constructor(
    @InjectRepository(BookingEntity) private readonly bookings: Repository<BookingEntity>,
    private readonly transactions: Transactions,
    private readonly names: BookingService,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Every minute: whoever books a slot on the half hour is reminded on the half hour. */
  @Repeat('booking.remind', { everyMs: 60_000 })
  async remind(): Promise<void> {
    for (const window of dueWindows(this.clock.now())) {
      for (;;) {
        const ids = await this.candidates(window);
        const reminded = ids.length > 0 ? await this.remindOf(ids, window.kind) : 0;
        // A full batch of which nobody was reminded would come again and again.
        if (ids.length < BATCH || reminded === 0) break;
      }
    }
  }

  private async candidates({ kind, after, until }: DueWindow): Promise<string[]> {
    const rows = await this.bookings
      .createQueryBuilder('booking')
      .select('booking.id', 'id')
      .where("booking.state = 'confirmed' AND booking.citizenId IS NOT NULL")
      .andWhere('booking.startAt > :after AND booking.startAt <= :until', { after, until })
      .andWhere(MADE_BEFORE[kind], { dayMoment: reminderAt('day', until) })
      .andWhere(`booking.${kind === 'day' ? 'dayRemindedAt' : 'hourRemindedAt'} IS NULL`)
      // Whoever's time was closed has been told so and must not be asked to come.
      .andWhere(
        `NOT EXISTS (SELECT 1 FROM booking_disruption gone
          WHERE gone.booking_id = booking.id AND gone.start_at = booking.start_at AND gone.state = 'open')`,
      )
      .orderBy('booking.startAt', 'ASC')
      .limit(BATCH)
      .getRawMany<{ id: string }>();
    return rows.map(({ id }) => id);
  }

  /** @returns how many were reminded: a booking that has changed in the meantime is not */
  private async remindOf(ids: readonly string[], kind: ReminderKind): Promise<number> {
    // Looked up before: inside the transaction nothing else may ask for a connection.
    const rows = await this.bookings.findBy({ id: In([...ids]) });
    const names = await this.names.namesOfAll(rows);
    const namesById = new Map(rows.map(({ id }, index) => [id, names[index]]));
    return this.transactions.run(async (em) => {
      const now = this.clock.now();
      const locked = await lockInOrder(em, ids);
      // The hall may have closed the time since: of the two messages, "please come" must not be the later one.
      const disrupted = await openDisruptions(em, locked);
      const due = locked.filter(
        (row) =>
          row.state === 'confirmed' &&
          !disrupted.has(row.id) &&
          reminderDue({ ...row, startsAt: row.startAt, madeAt: row.createdAt }, now) === kind,
      );
      if (due.length === 0) return 0;
      const told = kind === 'day' ? { dayRemindedAt: now } : { hourRemindedAt: now };
      await em.update(BookingEntity, { id: In(due.map(({ id }) => id)) }, told);
      const tells = due.flatMap((row) => {
        const known = namesById.get(row.id);
        return known && row.citizenId ? [reminderTell(row, row.citizenId, known, kind, now)] : [];
      });
      await this.outbox.addMany(em, 'notifications.tell', tells);
      return due.length;
    });
  }
}

/** The hour's of all that start within the hour, the day's of today's later ones (missed ones) and from 18:00 on of tomorrow's. */
function dueWindows(now: Date): DueWindow[] {
  const today = dayOf(now);
  const inAnHour = addMinutes(now, 60);
  const endOf = (day: string) => new Date(startOfDay(addDays(day, 1)).getTime() - 1);
  const ofDay = (day: string): DueWindow => ({
    kind: 'day',
    after: new Date(Math.max(inAnHour.getTime(), startOfDay(day).getTime() - 1)),
    until: endOf(day),
  });
  const days = [today, addDays(today, 1)].filter((day) => reminderAt('day', startOfDay(day)) <= now);
  return [{ kind: 'hour', after: now, until: inAnHour }, ...days.map(ofDay)];
}

function lockInOrder(em: EntityManager, ids: readonly string[]): Promise<BookingEntity[]> {
  return em.find(BookingEntity, {
    where: { id: In([...ids]) },
    order: { id: 'ASC' },
    lock: { mode: 'pessimistic_write' },
  });
}
