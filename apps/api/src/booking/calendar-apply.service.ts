import { answerUntil, dayOf, type LocalDay } from '@haoban/domain';
import { Injectable } from '@nestjs/common';
import { In, MoreThanOrEqual, type EntityManager } from 'typeorm';
import { Clock } from '../common/clock.js';
import { newId } from '../common/id.js';
import { GuideService } from '../guide/guide.service.js';
import { Outbox } from '../outbox/outbox.service.js';
import type { Tell } from '../outbox/topics.js';
import { BookingDisruptionEntity } from './booking-disruption.entity.js';
import { BookingEntity } from './booking.entity.js';
import {
  CalendarAffected,
  loses,
  toldOf,
  type Draft,
  type Hit,
  type Judged,
} from './calendar-affected.service.js';
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
    const judged: Judged[] = [];
    for (const draft of drafts) {
      const { queue } = draft.calendar;
      const own = locked.filter(({ queueId }) => queueId === queue.id);
      const ownDays = days ?? [...new Set(own.map(({ day }) => day))];
      const plan = comparePlan(own, plannedSlots(draft.calendar, ownDays, draft.rules));
      await writePlan(em, queue, plan);
      judged.push(...(await this.affected.judge(em, draft, ownDays)));
      for (const day of ownDays) this.changes.changed(em, queue.id, day);
    }
    return this.follow(em, slots, judged, reason);
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

  /** While the slots are locked, nobody's time changes, nor whether its owner was told. */
  private async follow(
    em: EntityManager,
    slots: LockedSlots,
    judged: readonly Judged[],
    reason: Reason,
  ): Promise<Applied> {
    const concerned = await lockBookings(
      em,
      judged.filter((each) => loses(each) || hasAgain(each)),
    );
    const held = concerned.filter(({ booking }) => booking.state === 'held');
    if (held.length > 0) {
      // Whoever still fills the form is told by the form itself that the time is gone.
      await this.holds.end(
        em,
        slots,
        held.map(({ booking }) => booking.id),
      );
      await slots.write();
    }
    const confirmed = concerned.filter(({ booking }) => booking.state === 'confirmed');
    const hits = confirmed
      .filter(loses)
      .map(({ booking }): Hit => ({ booking, cause: 'closed' }))
      .sort((a, b) => a.booking.startAt.getTime() - b.booking.startAt.getTime());
    await this.disrupt(em, hits, reason);
    const restored = await this.restore(em, confirmed.filter(hasAgain));
    return { hits, told: toldOf(hits), restored };
  }

  private async disrupt(em: EntityManager, hits: readonly Hit[], reason: Reason): Promise<void> {
    if (hits.length === 0) return;
    const now = this.clock.now();
    const catalogue = await this.guide.catalogue();
    const rows = hits.map(({ booking }): BookingDisruptionEntity => ({
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
    }));
    await em.insert(BookingDisruptionEntity, rows);
    const tells = hits.flatMap(({ booking }, index): Tell[] => {
      const row = rows[index];
      if (!row || booking.citizenId === null) return [];
      return [closedTell(booking, booking.citizenId, row, answerUntil(booking.startAt, now), catalogue)];
    });
    await this.outbox.addMany(em, 'notifications.tell', tells);
  }

  /** People who were told that their time is gone, and have it again. */
  private async restore(em: EntityManager, again: readonly Judged[]): Promise<number> {
    if (again.length === 0) return 0;
    const catalogue = await this.guide.catalogue();
    const ids = again.flatMap(({ disruption }) => disruption?.id ?? []);
    const change = { state: 'restored' as const, settledAt: this.clock.now() };
    await em.update(BookingDisruptionEntity, { id: In(ids) }, change);
    const tells = again.flatMap(({ booking, disruption }) =>
      disruption && booking.citizenId
        ? [restoredTell(booking, booking.citizenId, disruption, catalogue)]
        : [],
    );
    await this.outbox.addMany(em, 'notifications.tell', tells);
    return again.length;
  }
}

function hasAgain({ fate, disruption }: Judged): boolean {
  return fate !== 'closed' && disruption !== undefined;
}

/** All at once and by id, as everybody locks them, with the state that each has by now; those that have ended are missing. */
async function lockBookings(em: EntityManager, judged: readonly Judged[]): Promise<Judged[]> {
  if (judged.length === 0) return [];
  const rows = await em.find(BookingEntity, {
    where: { id: In(judged.map(({ booking }) => booking.id)), state: In(['held', 'confirmed']) },
    order: { id: 'ASC' },
    lock: { mode: 'pessimistic_write' },
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return judged.flatMap((each) => {
    const booking = byId.get(each.booking.id);
    return booking ? [{ ...each, booking }] : [];
  });
}
