import {
  bookingFate,
  dayMinutes,
  dayOf,
  formatClock,
  maskName,
  maskPhone,
  minutesOfDay,
  type BookingRule,
  type LocalDay,
  type Slot,
} from '@haoban/domain';
import type { AffectedBooking, AffectedBookings } from '@haoban/contracts';
import { Injectable } from '@nestjs/common';
import { DataSource, In, MoreThan, type EntityManager } from 'typeorm';
import { Clock } from '../common/clock.js';
import type { QueueCalendar } from '../guide/calendar.service.js';
import { GuideService } from '../guide/guide.service.js';
import { CitizensService } from '../identity/citizens.service.js';
import { PersonCipher } from '../identity/person-cipher.js';
import { BookingEntity } from './booking.entity.js';

/** A queue's calendar as it would be. */
export interface Draft {
  readonly calendar: QueueCalendar;
  readonly rules?: readonly BookingRule[] | undefined;
}

export interface Hit {
  readonly booking: BookingEntity;
  readonly cause: AffectedBooking['cause'];
}

interface CoveredSlot {
  readonly bookingId: string;
  readonly startAt: Date;
}

/** So many bookings are shown; all are counted. */
const SHOWN = 200;

/** Finds the bookings that lose their time, and puts names to them, masked. */
@Injectable()
export class CalendarAffected {
  constructor(
    private readonly dataSource: DataSource,
    private readonly guide: GuideService,
    private readonly citizens: CitizensService,
    private readonly cipher: PersonCipher,
    private readonly clock: Clock,
  ) {}

  /**
   * Bookings ahead that stand in the calendar in force and would not, or not as they are, in the draft; by time.
   * @param days only of these
   */
  async hitBy(now: QueueCalendar, draft: Draft, days?: readonly LocalDay[]): Promise<Hit[]> {
    const bookings = await this.ahead(this.dataSource.manager, now.queue.id, days);
    const starts = await this.startsOf(this.dataSource.manager, bookings);
    const [fateNow, fateThen] = [fatesIn({ calendar: now }), fatesIn(draft)];
    return bookings.flatMap((booking) => {
      const then = fateThen(booking, starts.get(booking.id));
      const already = fateNow(booking, starts.get(booking.id));
      return then && then !== already ? [{ booking, cause: then }] : [];
    });
  }

  /** Held and confirmed ones, by time. */
  async ahead(em: EntityManager, queueId: string, days?: readonly LocalDay[]): Promise<BookingEntity[]> {
    return em.find(BookingEntity, {
      where: {
        queueId,
        state: In(['held', 'confirmed']),
        startAt: MoreThan(this.clock.now()),
        day: days ? In([...days]) : MoreThan('2000-01-01'),
      },
      order: { startAt: 'ASC', id: 'ASC' },
    });
  }

  /** Minutes of the day at which each booking's slots begin. */
  async startsOf(em: EntityManager, bookings: readonly BookingEntity[]): Promise<Map<string, number[]>> {
    const found = new Map<string, number[]>();
    if (bookings.length === 0) return found;
    const rows = await em.query<CoveredSlot[]>(
      `SELECT covered.booking_id AS bookingId, slot.start_at AS startAt
        FROM booking_slot covered JOIN slot ON slot.id = covered.slot_id WHERE covered.booking_id IN (?)`,
      [bookings.map(({ id }) => id)],
    );
    for (const { bookingId, startAt } of rows)
      found.set(bookingId, [...(found.get(bookingId) ?? []), minutesOfDay(startAt)]);
    return found;
  }

  /** The first of them, for the screen, with how many there are and what becomes of all. */
  async show(hits: readonly Hit[]): Promise<AffectedBookings> {
    const closed = hits.filter(({ cause }) => cause === 'closed');
    return {
      affected: await this.toAffected(hits.slice(0, SHOWN)),
      affectedCount: hits.length,
      closedCount: closed.length,
      ringCount: closed.filter(({ booking }) => booking.citizenId === null).length,
    };
  }

  async toAffected(hits: readonly Hit[]): Promise<AffectedBooking[]> {
    const { items, queues } = await this.guide.catalogue();
    const owners = await this.citizens.maskedNames(hits.flatMap(({ booking }) => booking.citizenId ?? []));
    return hits.map(({ booking, cause }) => {
      const { citizenId, forNameCipher, forPhoneCipher } = booking;
      const owner = owners.get(citizenId ?? '');
      return {
        bookingId: booking.id,
        code: booking.code,
        state: booking.state,
        channel: booking.channel,
        queueId: booking.queueId,
        queueName: queues.get(booking.queueId)?.name ?? '',
        itemName: items.get(booking.itemId)?.name ?? '',
        kind: booking.kind,
        day: booking.day,
        startTime: formatClock(minutesOfDay(booking.startAt)),
        endTime: formatClock(minutesOfDay(booking.endAt)),
        name: forNameCipher === null ? (owner?.name ?? '—') : maskName(this.cipher.openName(forNameCipher)),
        phone:
          forPhoneCipher === null ? (owner?.phone ?? null) : maskPhone(this.cipher.openPhone(forPhoneCipher)),
        reachable: citizenId !== null,
        cause,
      };
    });
  }
}

type Fate = (
  booking: Pick<BookingEntity, 'kind' | 'day' | 'startAt' | 'endAt'>,
  starts: readonly number[] | undefined,
) => 'closed' | 'regridded' | undefined;

/** What the calendar does to a booking whose slots begin at these minutes. The slots of a day are cut once for all its bookings. */
export function fatesIn({ calendar, rules }: Draft): Fate {
  const days = new Map<LocalDay, readonly Slot[]>();
  return ({ kind, day, startAt, endAt }, starts = []) => {
    const slots = days.get(day) ?? calendar.slots(day, rules);
    days.set(day, slots);
    // A booking up to midnight ends on the next day's first minute.
    const to = dayOf(endAt) === day ? minutesOfDay(endAt) : dayMinutes;
    return bookingFate(kind, { from: minutesOfDay(startAt), to }, starts, slots);
  };
}
