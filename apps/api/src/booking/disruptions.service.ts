import { addMinutes, answerUntil, decideBooking } from '@haoban/domain';
import type { AffectedBooking } from '@haoban/contracts';
import { Injectable } from '@nestjs/common';
import { DataSource, In, LessThanOrEqual, MoreThan, type EntityManager } from 'typeorm';
import type { StaffActor } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { newId } from '../common/id.js';
import { Transactions } from '../db/transactions.js';
import { GuideService } from '../guide/guide.service.js';
import { Outbox } from '../outbox/outbox.service.js';
import { BookingDisruptionEntity } from './booking-disruption.entity.js';
import { BookingPrincipals } from './booking-principals.js';
import { BookingChangeEntity, BookingEntity } from './booking.entity.js';
import { CalendarAffected } from './calendar-affected.service.js';
import { hallOfManager } from './calendar-scope.js';
import { calledOffTell, namesOf } from './disruption-tell.js';
import { slotsOf } from './holds.service.js';
import { principalCancelledTell } from './principal-tell.js';
import { SlotLedger } from './slot-ledger.js';

const BATCH = 200;
/** No booking is called off earlier than this before its time, see `answerUntil`. */
const EARLIEST_MINUTES = 120;

export interface DisruptionCounts {
  readonly affected: number;
  readonly unanswered: number;
}

/** Bookings that lost their time: who has answered, and what becomes of those who have not. */
@Injectable()
export class Disruptions {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly ledger: SlotLedger,
    private readonly affected: CalendarAffected,
    private readonly guide: GuideService,
    private readonly principals: BookingPrincipals,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** By exception; those that hit nobody are missing. */
  async countsOf(exceptionIds: readonly string[]): Promise<Map<string, DisruptionCounts>> {
    if (exceptionIds.length === 0) return new Map();
    const rows = await this.dataSource.query<{ id: string; affected: string; unanswered: string }[]>(
      `SELECT d.exception_id AS id, COUNT(*) AS affected,
          SUM(CASE WHEN ${UNANSWERED} THEN 1 ELSE 0 END) AS unanswered
        FROM booking_disruption d JOIN booking b ON b.id = d.booking_id
        WHERE d.exception_id IN (?) GROUP BY d.exception_id`,
      [exceptionIds],
    );
    return new Map(
      rows.map(({ id, affected, unanswered }) => [
        id,
        { affected: Number(affected), unanswered: Number(unanswered) },
      ]),
    );
  }

  /** Of the own hall, who was told or must be rung and has not answered yet; oldest first. */
  async listUnanswered(
    actor: StaffActor,
    input: {
      cursor?: string | undefined;
      limit: number;
      exceptionId?: string | undefined;
      unreachable?: boolean | undefined;
    },
  ) {
    const hallId = hallOfManager(actor);
    const query = this.dataSource.manager
      .createQueryBuilder(BookingDisruptionEntity, 'd')
      .innerJoin(BookingEntity, 'b', 'b.id = d.bookingId')
      .where(
        "d.hallId = :hallId AND d.state = 'open' AND b.state = 'confirmed' AND b.startAt = d.startAt AND b.startAt > :now",
        { hallId, now: this.clock.now() },
      )
      .orderBy('d.id', 'ASC')
      .take(input.limit + 1);
    if (input.cursor) query.andWhere('d.id > :cursor', { cursor: input.cursor });
    if (input.exceptionId) query.andWhere('d.exceptionId = :exceptionId', { exceptionId: input.exceptionId });
    if (input.unreachable !== undefined)
      query.andWhere('d.reachable = :reachable', { reachable: !input.unreachable });
    const rows = await query.getMany();
    const shown = rows.slice(0, input.limit);
    const bookings = await this.dataSource.manager.findBy(BookingEntity, {
      id: In(shown.map(({ bookingId }) => bookingId)),
    });
    const hits = shown.flatMap((row) => {
      const booking = bookings.find(({ id }) => id === row.bookingId);
      return booking ? [{ booking, cause: 'closed' as const, row }] : [];
    });
    const views: AffectedBooking[] = await this.affected.toAffected(hits);
    const items = hits.flatMap(({ row }, index) => {
      const view = views[index];
      return view
        ? [
            {
              ...view,
              reason: row.reason,
              toldAt: row.toldAt.toISOString(),
              answerUntil: answerUntil(row.startAt, row.toldAt).toISOString(),
            },
          ]
        : [];
    });
    return { items, nextCursor: rows.length > input.limit ? (shown.at(-1)?.id ?? null) : null };
  }

  /** Bookings that an exception took the time of, for a retry of the same request. */
  async bookingsOf(exceptionIds: readonly string[]): Promise<{ bookings: BookingEntity[]; told: number }> {
    const rows = await this.dataSource.manager.findBy(BookingDisruptionEntity, {
      exceptionId: In([...exceptionIds]),
    });
    const bookings = await this.dataSource.manager.find(BookingEntity, {
      where: { id: In(rows.map(({ bookingId }) => bookingId)) },
      order: { startAt: 'ASC', id: 'ASC' },
    });
    return { bookings, told: rows.filter(({ reachable }) => Boolean(reachable)).length };
  }

  /**
   * Calls off what nobody answered in time, with an excuse: the hall did not serve, so nobody missed anything.
   * @returns how many were called off
   */
  async settle(): Promise<number> {
    const horizon = addMinutes(this.clock.now(), EARLIEST_MINUTES);
    let calledOff = 0;
    let after = '';
    for (;;) {
      const due = await this.dataSource.manager.find(BookingDisruptionEntity, {
        where: { state: 'open', startAt: LessThanOrEqual(horizon), id: MoreThan(after) },
        order: { id: 'ASC' },
        take: BATCH,
      });
      for (const row of due) if (await this.settleOne(row)) calledOff += 1;
      after = due.at(-1)?.id ?? after;
      if (due.length < BATCH) return calledOff;
    }
  }

  private settleOne(row: BookingDisruptionEntity): Promise<boolean> {
    return this.transactions.run(async (em) => {
      const now = this.clock.now();
      const slotIds = (await slotsOf(em, [row.bookingId])).get(row.bookingId) ?? [];
      const slots = await this.ledger.lock(em, slotIds);
      const booking = await em.findOne(BookingEntity, {
        where: { id: row.bookingId },
        lock: { mode: 'pessimistic_write' },
      });
      // An answer, or the hall that serves again, may have come in between the look and the locks.
      if (!(await em.existsBy(BookingDisruptionEntity, { id: row.id, state: 'open' }))) return false;
      const same =
        booking?.state === 'confirmed' &&
        booking.startAt.getTime() === row.startAt.getTime() &&
        slotIds.includes(booking.slotId);
      if (!booking || !same) {
        await settled(em, row.id, 'answered', now);
        return false;
      }
      if (answerUntil(row.startAt, row.toldAt) > now) return false;
      // Opened again by whoever did not know of this booking.
      if (!slots.run(slotIds)?.some(({ closed }) => closed)) {
        await settled(em, row.id, 'restored', now);
        return false;
      }
      await this.callOff(em, booking, row);
      const { contingent, persons: places, itemClass, personKey } = booking;
      slots.giveBack(slotIds, { contingent, places, itemClass }, { personKey, reopen: null });
      await slots.write();
      await settled(em, row.id, 'cancelled', now);
      return true;
    });
  }

  private async callOff(
    em: EntityManager,
    booking: BookingEntity,
    row: BookingDisruptionEntity,
  ): Promise<void> {
    const now = this.clock.now();
    const step = decideBooking(booking.state, 'cancel', 'system');
    if (!step.ok) throw new Error(`A booking that is ${booking.state} was called off`);
    const cancelReason = `因${row.reason}不能办理`.slice(0, 100);
    await em.update(
      BookingEntity,
      { id: booking.id },
      { state: step.next, cancelReason, cancelledAt: now, excused: true, version: booking.version + 1 },
    );
    await em.insert(BookingChangeEntity, {
      id: newId(),
      bookingId: booking.id,
      at: now,
      action: 'cancel',
      actorKind: 'system',
      actorId: null,
      requestId: null,
      reason: cancelReason,
      before: { state: booking.state },
      after: { state: step.next },
    });
    if (!booking.citizenId) return;
    const catalogue = await this.guide.catalogue();
    const tell = calledOffTell(booking, booking.citizenId, row, catalogue);
    await this.outbox.add(em, 'notifications.tell', tell);
    const { item: itemName, hall: hallName } = namesOf(booking, catalogue);
    await this.principals.tell(em, booking, (to) =>
      principalCancelledTell(tell, to, booking, { itemName, hallName }, row.reason),
    );
  }
}

const UNANSWERED = "d.state = 'open' AND b.state = 'confirmed' AND b.start_at = d.start_at";

async function settled(
  em: EntityManager,
  id: string,
  state: BookingDisruptionEntity['state'],
  settledAt: Date,
): Promise<void> {
  await em.update(BookingDisruptionEntity, { id }, { state, settledAt });
}
