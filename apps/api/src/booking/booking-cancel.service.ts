import { decideBooking, decideGivingUp, delayBefore, type BookingSettings } from '@haoban/domain';
import type { Booking } from '@haoban/contracts';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Audit } from '../audit/audit.service.js';
import type { CitizenActor, StaffActor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { Transactions } from '../db/transactions.js';
import { Outbox } from '../outbox/outbox.service.js';
import { calledOffTell } from './booking-act-tell.js';
import { recordChange } from './booking-changes.js';
import { againIfMoved, BookingLocks, type LockedBooking, type WhichBooking } from './booking-locks.js';
import { BookingPolicies } from './booking-policies.service.js';
import { BookingPrincipals } from './booking-principals.js';
import { bookingTell } from './booking-tell.js';
import { BookingEntity } from './booking.entity.js';
import type { BookingNames } from './booking.mapper.js';
import { BookingService } from './booking.service.js';
import { answerDisruption, isDisrupted } from './open-disruptions.js';
import { principalCancelledTell } from './principal-tell.js';

interface Ending {
  readonly actor: CitizenActor | StaffActor;
  readonly reason: string | null;
  readonly names: BookingNames;
  readonly policy: BookingSettings;
}

@Injectable()
export class BookingCancelService {
  constructor(
    private readonly transactions: Transactions,
    private readonly bookings: BookingService,
    private readonly policies: BookingPolicies,
    private readonly locks: BookingLocks,
    private readonly principals: BookingPrincipals,
    private readonly outbox: Outbox,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * Gives the places back: as a cancellation, or after its deadline as a late release, which is no no-show either. Cancelling a
   * cancelled booking again gives the same answer.
   * @throws AppError NOT_FOUND, BOOKING_STATE, BOOKING_CANCEL_TOO_LATE (it has begun), BUSY
   */
  async cancel(
    actor: CitizenActor,
    { bookingId, reason }: { bookingId: string; reason?: string | undefined },
  ): Promise<Booking> {
    const before = await this.bookings.getRow(actor, bookingId);
    const which = { id: bookingId, citizenId: actor.citizenId };
    const { booking, names } = await this.end(before, which, { actor, reason: reason || null });
    return this.bookings.toBooking(booking, names);
  }

  /**
   * Staff call a booking of their own hall off; the person is told why.
   * @throws AppError as `cancel`
   */
  async callOff(actor: StaffActor, before: BookingEntity, reason: string): Promise<BookingEntity> {
    const which = { id: before.id, hallId: before.hallId };
    return (await this.end(before, which, { actor, reason })).booking;
  }

  private async end(before: BookingEntity, which: WhichBooking, by: Pick<Ending, 'actor' | 'reason'>) {
    const names = await this.bookings.namesOf(before);
    const policy = await this.policies.forHall(before.hallId);
    const booking = await againIfMoved(() =>
      this.transactions.run(async (em) => {
        const locked = await this.locks.lock(em, which);
        if (locked.row.state === 'cancelled') return locked.row;
        return this.release(em, locked, { ...by, names, policy });
      }),
    );
    return { booking, names };
  }

  private async release(
    em: EntityManager,
    { row, slots, slotIds }: LockedBooking,
    { actor, reason, names, policy }: Ending,
  ): Promise<BookingEntity> {
    const now = this.clock.now();
    const byStaff = actor.kind === 'staff';
    const step = decideBooking(row.state, 'cancel', byStaff ? actor.role : 'citizen');
    if (!step.ok) throw new AppError(step.code);
    const how = decideGivingUp(row.startAt, now, policy);
    if (!how.ok) throw new AppError(how.code);
    const change = { state: step.next, cancelReason: reason, cancelledAt: now };
    await em.update(BookingEntity, { id: row.id }, change);
    const { contingent, persons: places, itemClass, personKey } = row;
    // Whom the hall sent away may come back; whoever gave the place up may not have it again.
    const free = byStaff || (await isDisrupted(em, row));
    const accountId = actor.kind === 'citizen' ? actor.citizenId : undefined;
    const reopen = free ? null : delayBefore(row.startAt, now, policy.reopen);
    slots.giveBack(slotIds, { contingent, places, itemClass }, { personKey, accountId, reopen });
    await slots.write();
    await answerDisruption(em, row.id, now);
    await recordChange(em, {
      bookingId: row.id,
      at: now,
      action: how.next === 'late' && !byStaff ? 'release' : 'cancel',
      actor,
      reason,
    });
    const cancelled = Object.assign(row, change);
    if (actor.kind === 'staff') {
      await this.audit.record(em, actor, {
        action: 'booking.cancel',
        subjectKind: 'booking',
        subjectId: row.id,
        before: { state: 'confirmed' },
        after: { state: step.next, reason },
      });
    }
    if (cancelled.citizenId) {
      const tell = byStaff
        ? calledOffTell(cancelled, cancelled.citizenId, names, reason ?? '')
        : bookingTell('booking_cancelled', cancelled, cancelled.citizenId, names);
      await this.outbox.add(em, 'notifications.tell', tell);
      await this.principals.tell(em, cancelled, (to) =>
        principalCancelledTell(tell, to, cancelled, names, byStaff ? (reason ?? '') : null),
      );
    }
    return cancelled;
  }
}
