import { mayRecord } from '@haoban/domain';
import type { HallBookingRow } from '@haoban/contracts';
import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.service.js';
import type { StaffActor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { Transactions } from '../db/transactions.js';
import { BookingOutcomes } from './booking-outcomes.service.js';
import { BookingEntity } from './booking.entity.js';
import { HallBookingsService } from './hall-bookings.service.js';

const states = { served: 'checked_in', missed: 'no_show' } as const;

/** Staff record how a visit by phone, video or at home went, each with its audit entry in the same transaction. */
@Injectable()
export class HallBookingOutcomes {
  constructor(
    private readonly transactions: Transactions,
    private readonly bookings: HallBookingsService,
    private readonly outcomes: BookingOutcomes,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** 已办理. @throws AppError NOT_FOUND, BOOKING_STATE, BOOKING_IN_HALL, BOOKING_NOT_BEGUN */
  serve(actor: StaffActor, bookingId: string): Promise<HallBookingRow> {
    return this.record(actor, bookingId, 'served', null);
  }

  /** 未联系上、上门无人: counts like every no-show, and can be appealed like it. @throws AppError as `serve` */
  notReached(
    actor: StaffActor,
    input: { bookingId: string; note?: string | undefined },
  ): Promise<HallBookingRow> {
    return this.record(actor, input.bookingId, 'missed', input.note || null);
  }

  /** Recorded again, after a lost answer, it is the same. */
  private async record(
    actor: StaffActor,
    bookingId: string,
    outcome: keyof typeof states,
    note: string | null,
  ): Promise<HallBookingRow> {
    const seen = await this.bookings.getRow(actor, bookingId);
    const known = await this.outcomes.knownOf([seen]);
    const row = await this.transactions.run(async (em) => {
      const booking = await em.findOne(BookingEntity, {
        where: { id: bookingId, hallId: seen.hallId },
        lock: { mode: 'pessimistic_write' },
      });
      if (!booking) throw new AppError('NOT_FOUND');
      const may = mayRecord({ kind: booking.kind, startsAt: booking.startAt }, this.clock.now());
      if (!may.ok) throw new AppError(may.code);
      if (booking.state === states[outcome]) return booking;
      const before = booking.state;
      await this.outcomes.end(em, [booking], { outcome, known, actor, note });
      await this.audit.record(em, actor, {
        action: outcome === 'served' ? 'booking.serve' : 'booking.not-reached',
        subjectKind: 'booking',
        subjectId: bookingId,
        before: { state: before },
        after: { state: booking.state, ...(note !== null && { note }) },
      });
      return booking;
    });
    return this.bookings.toRow(row);
  }
}
