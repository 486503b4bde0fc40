import { answerUntil, dayOf, type LocalDay } from '@haoban/domain';
import { Injectable } from '@nestjs/common';
import { In, MoreThanOrEqual, type EntityManager } from 'typeorm';
import { Clock } from '../common/clock.js';
import { newId } from '../common/id.js';
import { GuideService } from '../guide/guide.service.js';
import { Outbox } from '../outbox/outbox.service.js';
import type { Tell } from '../outbox/topics.js';
import { BookingDisruptionEntity } from './booking-disruption.entity.js';
import { BookingEntity, BookingSlotEntity } from './booking.entity.js';
import { CalendarAffected, fatesIn, type Draft, type Hit } from './calendar-affected.service.js';
import { closedTell, restoredTell } from './disruption-tell.js';
import { HoldsService } from './holds.service.js';
import { SlotChanges } from './slot-changes.js';
import { SlotLedger, type LockedSlots } from './slot-ledger.js';
import { comparePlan, plannedSlots, writePlan } from './slot-plan.js';
import { SlotEntity } from './slot.entity.js';

export interface Applied {
  /** Bookings that lost their time now. */
  readonly hits: readonly Hit[];
  /** How many people were sent a message; the others must be rung. */
  readonly told: number;
  /** Bookings that hold again as they were. */
  readonly restored: number;
}

export interface Reason {
  readonly text: string;
  /** The exception that closes a day; undefined where the rules were changed. */
  readonly exceptionOf: (day: LocalDay) => string | null;
}

const nothing: Applied = { hits: [], told: 0, restored: 0 };

/**
 * Makes slots and bookings follow a calendar that was changed in the same transaction. Nobody is left in a closed slot untold: whoever takes
 * a place locks its slot too, so a booking was either there before, and is found here, or finds the slot closed.
 */
@Injectable()
export class CalendarApply {
  constructor(
    private readonly ledger: SlotLedger,
    private readonly holds: HoldsService,
    private readonly affected: CalendarAffected,
    private readonly guide: GuideService,
    private readonly changes: SlotChanges,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * The rows of the queues must be locked.
   * @param drafts the calendars as they are now, one a queue
   * @param days only these; default every day ahead that has slots
   */
  async apply(
    em: EntityManager,
    drafts: readonly Draft[],
    reason: Reason,
    days?: readonly LocalDay[],
  ): Promise<Applied> {
    const rows = await this.rowsOf(em, drafts, days);
    // All slots at once and in id order, as everybody locks them.
    const slots = await this.ledger.lock(
      em,
      rows.map(({ id }) => id),
    );
    const locked = slots.run(rows.map(({ id }) => id)) ?? [];
    let result = nothing;
    for (const draft of drafts) {
      const { queue } = draft.calendar;
      const own = locked.filter(({ queueId }) => queueId === queue.id);
      const ownDays = days ?? [...new Set(own.map(({ day }) => day))];
      const plan = comparePlan(own, plannedSlots(draft.calendar, ownDays, draft.rules));
      await writePlan(em, queue, plan);
      const closed = await this.close(em, slots, plan.gone, draft, reason);
      const restored = await this.restore(em, draft, ownDays);
      for (const day of ownDays) this.changes.changed(em, queue.id, day);
      result = {
        hits: [...result.hits, ...closed.hits],
        told: result.told + closed.told,
        restored: result.restored + restored,
      };
    }
    return result;
  }

  /** As they were before anything was locked: which they are does not change while the queue's row is held. */
  private rowsOf(
    em: EntityManager,
    drafts: readonly Draft[],
    days?: readonly LocalDay[],
  ): Promise<SlotEntity[]> {
    return em.find(SlotEntity, {
      where: {
        queueId: In(drafts.map(({ calendar }) => calendar.queue.id)),
        day: days ? In([...days]) : MoreThanOrEqual(dayOf(this.clock.now())),
      },
      select: { id: true },
    });
  }

  private async close(
    em: EntityManager,
    slots: LockedSlots,
    gone: readonly SlotEntity[],
    draft: Draft,
    reason: Reason,
  ): Promise<Pick<Applied, 'hits' | 'told'>> {
    const now = this.clock.now();
    const bookings = await this.lockBookings(em, gone);
    const held = bookings.filter(({ state }) => state === 'held');
    if (held.length > 0) {
      // Whoever still fills the form is told by the form itself that the time is gone.
      await this.holds.end(
        em,
        slots,
        held.map(({ id }) => id),
      );
      await slots.write();
    }
    const confirmed = bookings.filter(({ state, startAt }) => state === 'confirmed' && startAt > now);
    const starts = await this.affected.startsOf(em, confirmed);
    const fateOf = fatesIn(draft);
    const hits = confirmed.flatMap((booking): Hit[] => {
      const fate = fateOf(booking, starts.get(booking.id));
      return fate === 'closed' ? [{ booking, cause: fate }] : [];
    });
    return {
      hits,
      told: await this.disrupt(
        em,
        hits.map(({ booking }) => booking),
        reason,
      ),
    };
  }

  private async lockBookings(em: EntityManager, gone: readonly SlotEntity[]): Promise<BookingEntity[]> {
    if (gone.length === 0) return [];
    const covered = await em.findBy(BookingSlotEntity, { slotId: In(gone.map(({ id }) => id)) });
    const ids = [...new Set(covered.map(({ bookingId }) => bookingId))];
    if (ids.length === 0) return [];
    return em.find(BookingEntity, {
      where: { id: In(ids), state: In(['held', 'confirmed']) },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
  }

  private async disrupt(
    em: EntityManager,
    bookings: readonly BookingEntity[],
    reason: Reason,
  ): Promise<number> {
    if (bookings.length === 0) return 0;
    const now = this.clock.now();
    const open = await openDisruptions(em, bookings);
    const catalogue = await this.guide.catalogue();
    const tells: Tell[] = [];
    const rows: BookingDisruptionEntity[] = [];
    for (const booking of bookings) {
      const known = open.get(booking.id);
      // Told once: a second closure of the same time changes nothing for the person.
      if (known && known.startAt.getTime() === booking.startAt.getTime()) continue;
      const row: BookingDisruptionEntity = {
        id: newId(),
        bookingId: booking.id,
        hallId: booking.hallId,
        queueId: booking.queueId,
        exceptionId: reason.exceptionOf(booking.day),
        startAt: booking.startAt,
        reason: reason.text,
        reachable: booking.citizenId !== null,
        toldAt: now,
        state: 'open',
        settledAt: null,
      };
      rows.push(row);
      if (booking.citizenId) {
        const until = answerUntil(booking.startAt, now);
        tells.push(closedTell(booking, booking.citizenId, row, until, catalogue));
      }
    }
    if (rows.length > 0) await em.insert(BookingDisruptionEntity, rows);
    await this.outbox.addMany(em, 'notifications.tell', tells);
    return tells.length;
  }

  /** People who were told that their time is gone, and have it again. */
  private async restore(em: EntityManager, draft: Draft, days: readonly LocalDay[]): Promise<number> {
    const now = this.clock.now();
    const open = await em.findBy(BookingDisruptionEntity, {
      queueId: draft.calendar.queue.id,
      state: 'open',
    });
    if (open.length === 0) return 0;
    const bookings = await em.find(BookingEntity, {
      where: { id: In(open.map(({ bookingId }) => bookingId)), state: 'confirmed', day: In([...days]) },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
    const starts = await this.affected.startsOf(em, bookings);
    const catalogue = await this.guide.catalogue();
    const fateOf = fatesIn(draft);
    const again = open.flatMap((disruption) => {
      const booking = bookings.find(({ id }) => id === disruption.bookingId);
      const same = booking?.startAt.getTime() === disruption.startAt.getTime();
      if (!booking || !same || booking.startAt <= now) return [];
      const fate = fateOf(booking, starts.get(booking.id));
      return fate === 'closed' ? [] : [{ booking, disruption }];
    });
    if (again.length === 0) return 0;
    const ids = again.map(({ disruption }) => disruption.id);
    await em.update(BookingDisruptionEntity, { id: In(ids) }, { state: 'restored', settledAt: now });
    const tells = again.flatMap(({ booking, disruption }) =>
      booking.citizenId ? [restoredTell(booking, booking.citizenId, disruption, catalogue)] : [],
    );
    await this.outbox.addMany(em, 'notifications.tell', tells);
    return again.length;
  }
}

async function openDisruptions(
  em: EntityManager,
  bookings: readonly BookingEntity[],
): Promise<Map<string, BookingDisruptionEntity>> {
  const rows = await em.findBy(BookingDisruptionEntity, {
    bookingId: In(bookings.map(({ id }) => id)),
    state: 'open',
  });
  return new Map(rows.map((row) => [row.bookingId, row]));
}
