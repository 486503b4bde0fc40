import { decideBooking, type BookingState } from '@haoban/domain';
import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import type { StaffActor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { Transactions } from '../db/transactions.js';
import { recordChanges } from './booking-changes.js';
import { BookingEntity } from './booking.entity.js';

/** How a booked time ended without a check-in: nobody came, it was held elsewhere than in the hall, or the hall was shut. */
export type Outcome = 'missed' | 'served' | 'shut';

export type Seen = Pick<BookingEntity, 'id' | 'version'>;

interface Ended {
  readonly outcome: Outcome;
  /** Without one it was the system. */
  readonly actor?: StaffActor;
  readonly note?: string | null;
}

const SHUT = '中心在预约时间临时不对外服务';
const actionOf = { missed: 'markNoShow', served: 'serve', shut: 'cancel' } as const;

/** What becomes of bookings whose time has passed: their state and their history. */
@Injectable()
export class BookingOutcomes {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** One transaction. Whoever checked in, or was given another time, since the bookings were looked at keeps that. */
  async endAll(seen: readonly { readonly booking: Seen; readonly outcome: Outcome }[]): Promise<void> {
    const outcomes = new Map(seen.map(({ booking, outcome }) => [booking.id, { ...booking, outcome }]));
    await this.transactions.run(async (em) => {
      const rows = await em.find(BookingEntity, {
        where: { id: In([...outcomes.keys()]) },
        order: { id: 'ASC' },
        lock: { mode: 'pessimistic_write' },
      });
      const still = rows.filter(
        ({ id, state, version }) => state === 'confirmed' && version === outcomes.get(id)?.version,
      );
      for (const outcome of ['missed', 'served', 'shut'] as const) {
        const ended = still.filter(({ id }) => outcomes.get(id)?.outcome === outcome);
        await this.end(em, ended, { outcome });
      }
    });
  }

  /** The rows must be locked; they are as they were written after. @throws AppError BOOKING_STATE, FORBIDDEN */
  async end(
    em: EntityManager,
    rows: readonly BookingEntity[],
    { outcome, actor, note }: Ended,
  ): Promise<void> {
    if (rows.length === 0) return;
    const now = this.clock.now();
    const [state] = rows.map((row) => nextState(row.state, outcome, actor));
    const change = { state, ...(outcome === 'shut' && { cancelReason: SHUT, cancelledAt: now }) };
    await em.update(BookingEntity, { id: In(rows.map(({ id }) => id)) }, change);
    for (const row of rows) Object.assign(row, change);
    // A cancellation by the system is told from the booking itself.
    if (outcome === 'shut') return;
    const action = outcome === 'missed' ? ('no_show' as const) : ('serve' as const);
    const by = { at: now, action, reason: note ?? null, ...(actor && { actor }) };
    await recordChanges(
      em,
      rows.map(({ id }) => ({ ...by, bookingId: id })),
    );
  }
}

function nextState(state: BookingState, outcome: Outcome, actor: StaffActor | undefined): BookingState {
  const step = decideBooking(state, actionOf[outcome], actor?.role ?? 'system');
  if (!step.ok) throw new AppError(step.code);
  return step.next;
}
