import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AppError } from '../common/app-error.js';
import { BookingEntity } from './booking.entity.js';
import { SlotLedger, type LockedSlots } from './slot-ledger.js';

/** Which booking, and whose it must be. */
export interface WhichBooking {
  readonly id: string;
  readonly citizenId?: string;
  readonly hallId?: string;
}

export interface LockedBooking {
  readonly row: BookingEntity;
  readonly slots: LockedSlots;
  /** What the booking covers now. */
  readonly slotIds: readonly string[];
}

/** The booking was moved between the look at its slots and the locks: what is locked is not what it covers. */
class MovedMeanwhile extends Error {}

const TRIES = 5;

/** Runs a whole transaction again where somebody moved its booking at the same moment. @throws AppError BUSY after the last try */
export async function againIfMoved<T>(transact: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await transact();
    } catch (error) {
      if (!(error instanceof MovedMeanwhile)) throw error;
      if (attempt === TRIES) throw new AppError('BUSY', undefined, { cause: error });
    }
  }
}

/** A booking together with its slots, in the order of locks that everybody keeps: slots by id, then the booking. Lock people before. */
@Injectable()
export class BookingLocks {
  constructor(private readonly ledger: SlotLedger) {}

  /**
   * To be used inside `againIfMoved`.
   * @param more slots that the act will take beside the booking's own
   * @throws AppError NOT_FOUND, for other people's and other halls' bookings too
   */
  async lock(em: EntityManager, which: WhichBooking, more: readonly string[] = []): Promise<LockedBooking> {
    // One statement, so that version and slots belong together.
    const covered = await em.query<{ slotId: string; version: number }[]>(
      `SELECT booking_slot.slot_id AS slotId, booking.version
        FROM booking JOIN booking_slot ON booking_slot.booking_id = booking.id WHERE booking.id = ?`,
      [which.id],
    );
    const slotIds = covered.map(({ slotId }) => slotId);
    const slots = await this.ledger.lock(em, [...slotIds, ...more]);
    const row = await em.findOne(BookingEntity, {
      where: { ...which },
      lock: { mode: 'pessimistic_write' },
    });
    if (!row) throw new AppError('NOT_FOUND');
    if (row.version !== covered[0]?.version) throw new MovedMeanwhile();
    return { row, slots, slotIds };
  }
}
