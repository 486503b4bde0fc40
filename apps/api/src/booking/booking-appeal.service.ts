import type { Appeal, endpoints } from '@haoban/contracts';
import { dayOf, mayAppeal } from '@haoban/domain';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThan, type Repository } from 'typeorm';
import type { CitizenActor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { newId } from '../common/id.js';
import type { Inputs } from '../common/route.js';
import { onUnique } from '../db/database-error.js';
import { Transactions } from '../db/transactions.js';
import { CitizensService } from '../identity/citizens.service.js';
import { BookingAppealEntity } from './booking-appeal.entity.js';
import { AppealViews } from './booking-appeal-views.js';
import { BookingEntity } from './booking.entity.js';

type Of<Operation extends keyof typeof endpoints.people> = Inputs<(typeof endpoints.people)[Operation]>;

/** What a person says about a booking that was missed. */
@Injectable()
export class BookingAppealService {
  constructor(
    @InjectRepository(BookingAppealEntity) private readonly appeals: Repository<BookingAppealEntity>,
    private readonly transactions: Transactions,
    private readonly citizens: CitizensService,
    private readonly views: AppealViews,
    private readonly clock: Clock,
  ) {}

  /**
   * Once a booking, by whoever booked it or whose matter it was. The same words again get the first answer.
   * @throws AppError NOT_FOUND, BOOKING_STATE, APPEAL_EXISTS, APPEAL_TOO_LATE
   */
  async appeal({ citizenId }: CitizenActor, { bookingId, text }: Of<'appeal'>): Promise<Appeal> {
    const { idNumberHash } = await this.citizens.get(citizenId);
    const row = await this.transactions.run(async (em) => {
      const booking = await em.findOne(BookingEntity, {
        where: { id: bookingId },
        lock: { mode: 'pessimistic_write' },
      });
      if (!booking || (booking.citizenId !== citizenId && booking.personKey !== idNumberHash))
        throw new AppError('NOT_FOUND');
      const earlier = await em.findOneBy(BookingAppealEntity, { bookingId });
      if (earlier?.citizenId === citizenId && this.views.textOf(earlier) === text) return earlier;
      const { state, day, excused } = booking;
      const missed = { state, day, excused: Boolean(excused), appealed: earlier !== null };
      const decision = mayAppeal(missed, dayOf(this.clock.now()));
      if (!decision.ok) throw new AppError(decision.code);
      const made = em.create(BookingAppealEntity, {
        id: newId(),
        bookingId,
        hallId: booking.hallId,
        citizenId,
        state: decision.next,
        textCipher: this.views.sealText(text),
        reason: null,
        decidedBy: null,
        decidedAt: null,
        createdAt: this.clock.now(),
      });
      try {
        await em.insert(BookingAppealEntity, made);
      } catch (error) {
        onUnique(error, { ux_booking_appeal_booking: 'APPEAL_EXISTS' });
      }
      return made;
    });
    return this.views.one(row);
  }

  /** Own appeals, newest first. */
  async list(
    { citizenId }: CitizenActor,
    { cursor, limit }: Of<'listAppeals'>,
  ): Promise<{ items: Appeal[]; nextCursor: string | null }> {
    const rows = await this.appeals.find({
      where: { citizenId, ...(cursor ? { id: LessThan(cursor) } : {}) },
      order: { id: 'DESC' },
      take: limit + 1,
    });
    const items = await this.views.many(rows.slice(0, limit));
    return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  }
}
