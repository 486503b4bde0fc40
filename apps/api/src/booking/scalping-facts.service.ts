import { dayOf, type BookingAct, type CancelAct } from '@haoban/domain';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { BookingEntity } from './booking.entity.js';

/** A booking as a signal needs it. */
export interface ActRow {
  readonly id: string;
  readonly code: string;
  readonly personKey: string;
  readonly citizenId: string | null;
  readonly itemId: string;
  readonly queueId: string;
  readonly startAt: Date;
  readonly createdAt: Date;
  readonly cancelledAt: Date | null;
}

const columns = `booking.id, booking.code, booking.person_key AS personKey, booking.citizen_id AS citizenId,
  booking.item_id AS itemId, booking.queue_id AS queueId, booking.start_at AS startAt, booking.created_at AS createdAt,
  booking.cancelled_at AS cancelledAt`;

/** Neither called off by staff nor by a closure, which is nobody's doing. */
const byThemselves = (booking: string) => `NOT EXISTS (SELECT 1 FROM booking_change
  WHERE booking_change.booking_id = ${booking}.id AND booking_change.action = 'cancel'
    AND booking_change.actor_kind <> 'citizen')`;

interface RebookedRow {
  readonly cancelId: string;
  readonly slotId: string;
  readonly openedAt: Date;
  readonly takenId: string;
  readonly takenBy: string;
  readonly takenAt: Date;
}

/** Reads what the signals are made of: grouped by the database, so that only the conspicuous are read in full. */
@Injectable()
export class ScalpingFacts {
  constructor(@InjectRepository(BookingEntity) private readonly bookings: Repository<BookingEntity>) {}

  /** Cancels by people themselves, of those who cancelled at least so often. */
  cancelled(hallId: string, since: Date, atLeast: number): Promise<ActRow[]> {
    const own = `booking.hall_id = ? AND booking.\`day\` >= ? AND booking.state = 'cancelled' AND booking.channel = 'app'
      AND booking.cancelled_at >= ? AND booking.cancelled_at < booking.start_at
      AND ${byThemselves('booking')}`;
    return this.conspicuous(own, [hallId, dayOf(since), since], 'person_key', 'COUNT(*)', atLeast);
  }

  unusedHolds(hallId: string, since: Date, atLeast: number): Promise<ActRow[]> {
    const own = `booking.hall_id = ? AND booking.\`day\` >= ? AND booking.state = 'expired' AND booking.waitlist_id IS NULL
      AND booking.created_at >= ?`;
    return this.conspicuous(own, [hallId, dayOf(since), since], 'person_key', 'COUNT(*)', atLeast);
  }

  /** Bookings for others, of accounts that booked for at least so many of them. */
  forOthers(hallId: string, since: Date, atLeast: number): Promise<ActRow[]> {
    const own = `booking.hall_id = ? AND booking.\`day\` >= ? AND booking.authorisation_id IS NOT NULL
      AND booking.state NOT IN ('held', 'expired') AND booking.created_at >= ?`;
    const counted = 'COUNT(DISTINCT booking.person_key)';
    return this.conspicuous(own, [hallId, dayOf(since), since], 'citizen_id', counted, atLeast);
  }

  /** Cancelled places that were open to all, with whoever else had one of them soon after. */
  async rebooked(
    hallId: string,
    since: Date,
    withinMinutes: number,
  ): Promise<{ cancels: CancelAct[]; taken: BookingAct[]; rows: Map<string, ActRow> }> {
    const { manager } = this.bookings;
    const pairs = await manager.query<RebookedRow[]>(
      `SELECT cancelled.id AS cancelId, cancelled_slot.slot_id AS slotId,
          COALESCE(slot_return.reopened_at, cancelled.cancelled_at) AS openedAt,
          taken.id AS takenId, taken.person_key AS takenBy, taken.created_at AS takenAt
        FROM booking cancelled
        JOIN booking_slot cancelled_slot ON cancelled_slot.booking_id = cancelled.id
        LEFT JOIN slot_return ON slot_return.slot_id = cancelled_slot.slot_id
          AND slot_return.person_key = cancelled.person_key
        JOIN booking_slot taken_slot ON taken_slot.slot_id = cancelled_slot.slot_id
        JOIN booking taken ON taken.id = taken_slot.booking_id AND taken.person_key <> cancelled.person_key
          AND taken.waitlist_id IS NULL AND taken.state NOT IN ('held', 'expired')
          AND taken.created_at >= COALESCE(slot_return.reopened_at, cancelled.cancelled_at)
          AND taken.created_at <= DATE_ADD(
            COALESCE(slot_return.reopened_at, cancelled.cancelled_at), INTERVAL ? MINUTE)
        WHERE cancelled.hall_id = ? AND cancelled.\`day\` >= ? AND cancelled.state = 'cancelled'
          AND cancelled.cancelled_at >= ? AND (slot_return.id IS NULL OR slot_return.went_to = 'all')
          AND ${byThemselves('cancelled')}`,
      [withinMinutes, hallId, dayOf(since), since],
    );
    const rows = await this.byId(pairs.map(({ cancelId }) => cancelId));
    const cancels = new Map<string, CancelAct>();
    const taken = new Map<string, BookingAct>();
    for (const pair of pairs) {
      const row = rows.get(pair.cancelId);
      if (!row) continue;
      const { personKey, cancelledAt, createdAt } = row;
      const slotIds = [...(cancels.get(row.id)?.slotIds ?? []), pair.slotId];
      const at = cancelledAt ?? createdAt;
      cancels.set(row.id, { bookingId: row.id, personKey, at, slotIds, openedAt: pair.openedAt });
      taken.set(pair.takenId, {
        bookingId: pair.takenId,
        personKey: pair.takenBy,
        at: pair.takenAt,
        slotIds: [...(taken.get(pair.takenId)?.slotIds ?? []), pair.slotId],
      });
    }
    return { cancels: [...cancels.values()], taken: [...taken.values()], rows };
  }

  /** Of these accounts, those that have bookings, but none at this hall. */
  async onlyElsewhere(hallId: string, citizenIds: readonly string[]): Promise<Set<string>> {
    if (citizenIds.length === 0) return new Set();
    const rows = await this.bookings.manager.query<{ citizenId: string }[]>(
      `SELECT citizen_id AS citizenId FROM booking WHERE citizen_id IN (?)
        GROUP BY citizen_id HAVING SUM(CASE WHEN hall_id = ? THEN 1 ELSE 0 END) = 0`,
      [citizenIds, hallId],
    );
    return new Set(rows.map(({ citizenId }) => citizenId));
  }

  private async conspicuous(
    where: string,
    values: readonly unknown[],
    who: 'person_key' | 'citizen_id',
    counted: string,
    atLeast: number,
  ): Promise<ActRow[]> {
    const { manager } = this.bookings;
    const found = await manager.query<{ who: string }[]>(
      `SELECT booking.${who} AS who FROM booking WHERE ${where} GROUP BY booking.${who} HAVING ${counted} >= ?`,
      [...values, atLeast],
    );
    if (found.length === 0) return [];
    return manager.query<ActRow[]>(
      `SELECT ${columns} FROM booking WHERE ${where} AND booking.${who} IN (?) ORDER BY booking.id`,
      [...values, found.map((each) => each.who)],
    );
  }

  private async byId(ids: readonly string[]): Promise<Map<string, ActRow>> {
    if (ids.length === 0) return new Map();
    const rows = await this.bookings.manager.query<ActRow[]>(
      `SELECT ${columns} FROM booking WHERE booking.id IN (?)`,
      [[...new Set(ids)]],
    );
    return new Map(rows.map((row) => [row.id, row]));
  }
}
