import { decideBooking } from '@haoban/domain';
import { Injectable } from '@nestjs/common';
import { In, LessThanOrEqual, type EntityManager } from 'typeorm';
import { Clock } from '../common/clock.js';
import { Transactions } from '../db/transactions.js';
import { BookingEntity, BookingSlotEntity } from './booking.entity.js';
import type { TakeIntent } from './booking-take.service.js';
import { SlotLedger, type LockedSlots } from './slot-ledger.js';

const BATCH = 200;

/** Holds that are to end, and the slots they cover: to be locked with those of whoever asks. */
export interface EndingHolds {
  readonly ids: ReadonlySet<string>;
  readonly slotIds: readonly string[];
}

/** Ends holds: released, replaced or run out. A place is given back exactly once, by whoever changes the row from `held`. */
@Injectable()
export class HoldsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly ledger: SlotLedger,
    private readonly clock: Clock,
  ) {}

  /** Somebody who picks another time does not want the first any more: one open hold a person and hall. */
  async replacedBy(em: EntityManager, intents: readonly TakeIntent[]): Promise<EndingHolds> {
    const holding = intents.filter(({ holdMinutes, waitlistId }) => holdMinutes !== undefined && !waitlistId);
    const citizenIds = holding.flatMap(({ citizenId }) => citizenId ?? []);
    if (citizenIds.length === 0) return { ids: new Set(), slotIds: [] };
    const rows = await em.find(BookingEntity, {
      select: { id: true, citizenId: true, hallId: true, waitlistId: true },
      where: { citizenId: In(citizenIds), state: 'held' },
    });
    const replaced = rows.filter(
      (row) =>
        row.waitlistId === null &&
        holding.some(({ citizenId, visit }) => citizenId === row.citizenId && visit.hallId === row.hallId),
    );
    const ids = replaced.map(({ id }) => id);
    return { ids: new Set(ids), slotIds: [...(await slotsOf(em, ids)).values()].flat() };
  }

  /** @param wanted slots that are taken next: there the old hold makes room for the new one, not for the waitlist */
  async endReplaced(
    em: EntityManager,
    slots: LockedSlots,
    { ids }: EndingHolds,
    wanted: readonly string[],
  ): Promise<void> {
    if (ids.size > 0) await this.end(em, slots, [...ids], { atOnce: new Set(wanted) });
  }

  /** Holds that ran out a moment ago must not stand in the way until the next sweep: those that cover one of these slots. */
  async runOutIn(em: EntityManager, slotIds: readonly string[], now: Date): Promise<EndingHolds> {
    const due = await dueHolds(em, now);
    const wanted = new Set(slotIds);
    const covered = [...(await slotsOf(em, due))].filter(([, ids]) => ids.some((id) => wanted.has(id)));
    return { ids: new Set(covered.map(([id]) => id)), slotIds: covered.flatMap(([, ids]) => ids) };
  }

  /** Those that were confirmed in the meantime stay. */
  async endRunOut(em: EntityManager, slots: LockedSlots, { ids }: EndingHolds, dueAt: Date): Promise<void> {
    if (ids.size > 0) await this.end(em, slots, [...ids], { dueAt });
  }

  /** @returns how many holds ended */
  async sweep(): Promise<number> {
    let ended = 0;
    for (;;) {
      const count = await this.transactions.run(async (em) => {
        const now = this.clock.now();
        const due = await dueHolds(em, now);
        if (due.length === 0) return 0;
        const slots = await this.ledger.lock(em, [...(await slotsOf(em, due)).values()].flat());
        await this.end(em, slots, due, { dueAt: now });
        await slots.write();
        return due.length;
      });
      ended += count;
      if (count < BATCH) return ended;
    }
  }

  /**
   * The slots must be locked and are written by the caller. A booking that was confirmed in the meantime stays.
   * @param options.dueAt only those that have run out by then
   * @param options.atOnce slots whose places nobody else is to be asked about
   */
  async end(
    em: EntityManager,
    slots: LockedSlots,
    ids: readonly string[],
    { dueAt, atOnce }: { dueAt?: Date; atOnce?: ReadonlySet<string> } = {},
  ): Promise<void> {
    const step = decideBooking('held', dueAt ? 'expire' : 'release', 'system');
    if (!step.ok) return;
    const rows = await em.find(BookingEntity, {
      where: {
        id: In([...ids]),
        state: 'held',
        ...(dueAt && { holdUntil: LessThanOrEqual(dueAt) }),
      },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
    if (rows.length === 0) return;
    const covered = await slotsOf(
      em,
      rows.map(({ id }) => id),
    );
    await em.update(BookingEntity, { id: In(rows.map(({ id }) => id)) }, { state: step.next });
    for (const row of rows) {
      const { contingent, persons: places, itemClass, personKey } = row;
      const given = { contingent, places, itemClass };
      slots.giveBack(covered.get(row.id) ?? [], given, { personKey, reopen: null, atOnce });
    }
  }
}

async function dueHolds(em: EntityManager, now: Date): Promise<string[]> {
  const rows = await em.query<{ id: string }[]>(
    `SELECT id FROM booking WHERE state = 'held' AND hold_until <= ? ORDER BY hold_until LIMIT ${BATCH}`,
    [now],
  );
  return rows.map(({ id }) => id);
}

/** By booking. */
export async function slotsOf(
  em: EntityManager,
  bookingIds: readonly string[],
): Promise<Map<string, string[]>> {
  if (bookingIds.length === 0) return new Map();
  const rows = await em.findBy(BookingSlotEntity, { bookingId: In([...bookingIds]) });
  const byBooking = new Map<string, string[]>();
  for (const { bookingId, slotId } of rows)
    byBooking.set(bookingId, [...(byBooking.get(bookingId) ?? []), slotId]);
  return byBooking;
}
