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

/** A hold whose row is locked. */
export interface LockedHold {
  readonly row: BookingEntity;
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
    const holding = intents.filter(isForHold);
    const citizenIds = holding.flatMap(({ citizenId }) => citizenId ?? []);
    if (citizenIds.length === 0) return { ids: new Set(), slotIds: [] };
    const rows = await em.find(BookingEntity, {
      select: { id: true, citizenId: true, hallId: true, waitlistId: true },
      where: { citizenId: In(citizenIds), state: 'held' },
    });
    const replaced = rows.filter((row) => holding.some((intent) => replaces(intent, row)));
    const ids = replaced.map(({ id }) => id);
    return { ids: new Set(ids), slotIds: [...(await slotsOf(em, ids)).values()].flat() };
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
    const held = await this.lock(em, ids, dueAt);
    for (const each of held) this.giveBack(slots, each, atOnce);
    await this.markEnded(em, held, dueAt ? 'expire' : 'release');
  }

  /** In id order. Those that were confirmed or ended in the meantime are missing. The slots must be locked. */
  async lock(em: EntityManager, ids: readonly string[], dueAt?: Date): Promise<LockedHold[]> {
    if (ids.length === 0) return [];
    const rows = await em.find(BookingEntity, {
      where: { id: In([...ids]), state: 'held', ...(dueAt && { holdUntil: LessThanOrEqual(dueAt) }) },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
    const covered = await slotsOf(
      em,
      rows.map(({ id }) => id),
    );
    return rows.map((row) => ({ row, slotIds: covered.get(row.id) ?? [] }));
  }

  /** @param atOnce slots whose places nobody else is to be asked about: there the old hold makes room for the new one */
  giveBack(slots: LockedSlots, { row, slotIds }: LockedHold, atOnce?: ReadonlySet<string>): void {
    const { contingent, persons: places, itemClass, personKey } = row;
    slots.giveBack(slotIds, { contingent, places, itemClass }, { personKey, reopen: null, atOnce });
  }

  async markEnded(em: EntityManager, held: readonly LockedHold[], how: 'expire' | 'release'): Promise<void> {
    const step = decideBooking('held', how, 'system');
    if (held.length === 0 || !step.ok) return;
    await em.update(BookingEntity, { id: In(held.map(({ row }) => row.id)) }, { state: step.next });
  }
}

/** What the waitlist offered is another matter. */
const isForHold = ({ holdMinutes, waitlistId }: TakeIntent): boolean =>
  holdMinutes !== undefined && !waitlistId;

/** Whether this intent, if it comes to something, ends that hold. */
export function replaces(
  intent: TakeIntent,
  row: Pick<BookingEntity, 'citizenId' | 'hallId' | 'waitlistId'>,
): boolean {
  const same = row.citizenId === intent.citizenId && row.hallId === intent.visit.hallId;
  return isForHold(intent) && same && row.waitlistId === null;
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
