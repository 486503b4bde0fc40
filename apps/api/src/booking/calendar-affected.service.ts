import {
  bookingFate,
  dayMinutes,
  dayOf,
  formatClock,
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
import type { BookingDisruptionEntity } from './booking-disruption.entity.js';
import { BookingEntity } from './booking.entity.js';
import { openDisruptions } from './open-disruptions.js';
import { PrincipalNames } from './principal-names.service.js';

/** A queue's calendar as it would be. */
export interface Draft {
  readonly calendar: QueueCalendar;
  readonly rules?: readonly BookingRule[] | undefined;
}

export interface Hit {
  readonly booking: BookingEntity;
  readonly cause: AffectedBooking['cause'];
}

/** What a calendar does to a booking, and whether its owner was told before. */
export interface Judged {
  readonly booking: BookingEntity;
  readonly starts: readonly number[] | undefined;
  readonly fate: AffectedBooking['cause'] | undefined;
  readonly disruption: BookingDisruptionEntity | undefined;
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
    private readonly principals: PrincipalNames,
    private readonly clock: Clock,
  ) {}

  /**
   * Bookings ahead that would lose their time in the draft, exactly those that the change itself will tell; and those that would be cut
   * otherwise there, and are not in the calendar in force. By time.
   * @param days only of these
   */
  async hitBy(now: QueueCalendar, draft: Draft, days?: readonly LocalDay[]): Promise<Hit[]> {
    const fateNow = fatesIn({ calendar: now });
    const judged = await this.judge(this.dataSource.manager, draft, days);
    return judged.flatMap((each): Hit[] => {
      const { booking, starts, fate } = each;
      // Whoever still fills the form is told by the form itself.
      if (booking.state !== 'confirmed') return [];
      if (loses(each)) return [{ booking, cause: 'closed' }];
      return fate === 'regridded' && fateNow(booking, starts) !== fate ? [{ booking, cause: fate }] : [];
    });
  }

  /**
   * What a calendar does to all held and confirmed bookings ahead, in closed slots too: a time that was cut otherwise before is kept, and may
   * go now. By time.
   */
  async judge(em: EntityManager, draft: Draft, days?: readonly LocalDay[]): Promise<Judged[]> {
    const bookings = await em.find(BookingEntity, {
      where: {
        queueId: draft.calendar.queue.id,
        state: In(['held', 'confirmed']),
        startAt: MoreThan(this.clock.now()),
        day: days ? In([...days]) : MoreThan('2000-01-01'),
      },
      order: { startAt: 'ASC', id: 'ASC' },
    });
    const starts = await this.startsOf(em, bookings);
    const disruptions = await openDisruptions(em, bookings);
    const fateOf = fatesIn(draft);
    return bookings.map((booking) => ({
      booking,
      starts: starts.get(booking.id),
      fate: fateOf(booking, starts.get(booking.id)),
      disruption: disruptions.get(booking.id),
    }));
  }

  /** Minutes of the day at which each booking's slots begin. */
  private async startsOf(
    em: EntityManager,
    bookings: readonly BookingEntity[],
  ): Promise<Map<string, number[]>> {
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
    const closedCount = hits.filter(({ cause }) => cause === 'closed').length;
    return {
      affected: await this.toAffected(hits.slice(0, SHOWN)),
      affectedCount: hits.length,
      closedCount,
      ringCount: closedCount - toldOf(hits),
    };
  }

  async toAffected(hits: readonly Hit[]): Promise<AffectedBooking[]> {
    const { items, queues } = await this.guide.catalogue();
    const owners = await this.citizens.maskedNames(hits.flatMap(({ booking }) => booking.citizenId ?? []));
    const forName = await this.principals.lookUp(hits.map(({ booking }) => booking));
    return hits.map(({ booking, cause }) => {
      const { citizenId, forPhoneCipher } = booking;
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
        name: forName(booking) ?? owner?.name ?? '—',
        phone:
          forPhoneCipher === null ? (owner?.phone ?? null) : maskPhone(this.cipher.openPhone(forPhoneCipher)),
        reachable: citizenId !== null,
        cause,
      };
    });
  }
}

/** Told once: a second closure of the same time changes nothing for the person. */
export function loses({ fate, disruption }: Judged): boolean {
  return fate === 'closed' && disruption === undefined;
}

/** How many of those who lose their time get a message; the others must be rung. */
export function toldOf(hits: readonly Hit[]): number {
  return hits.filter(({ booking, cause }) => cause === 'closed' && booking.citizenId !== null).length;
}

type Fate = (
  booking: Pick<BookingEntity, 'kind' | 'day' | 'startAt' | 'endAt'>,
  starts: readonly number[] | undefined,
) => Judged['fate'];

/** What the calendar does to a booking whose slots begin at these minutes. The slots of a day are cut once for all its bookings. */
function fatesIn({ calendar, rules }: Draft): Fate {
  const days = new Map<LocalDay, readonly Slot[]>();
  return ({ kind, day, startAt, endAt }, starts = []) => {
    const slots = days.get(day) ?? calendar.slots(day, rules);
    days.set(day, slots);
    // A booking up to midnight ends on the next day's first minute.
    const to = dayOf(endAt) === day ? minutesOfDay(endAt) : dayMinutes;
    return bookingFate(kind, { from: minutesOfDay(startAt), to }, starts, slots);
  };
}
