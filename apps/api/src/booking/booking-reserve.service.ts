import { addDays, dayOf } from '@haoban/domain';
import type { Booking, BookingReserve } from '@haoban/contracts';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, MoreThanOrEqual, Not, type EntityManager, type Repository } from 'typeorm';
import type { CitizenActor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { newId } from '../common/id.js';
import { violatedIndex } from '../db/database-error.js';
import { Transactions } from '../db/transactions.js';
import { GuideService } from '../guide/guide.service.js';
import { CitizensService } from '../identity/citizens.service.js';
import { Outbox } from '../outbox/outbox.service.js';
import { newBookingCode } from './booking-code.js';
import { BookingDaysService } from './booking-days.service.js';
import { decideReserve, released, runOfRows, type ReserveFacts } from './booking-offer.js';
import { bookingSettings } from './booking-settings.js';
import { bookingTell } from './booking-tell.js';
import { BookingEntity, BookingSlotEntity } from './booking.entity.js';
import type { BookingNames } from './booking.mapper.js';
import { BookingService } from './booking.service.js';
import { SlotEntity } from './slot.entity.js';
import { SlotsService } from './slots.service.js';

/** How far back no-shows and monthly limits look. */
const HISTORY_DAYS = 120;
const CODE_TRIES = 5;

interface Visit {
  readonly itemId: string;
  readonly slot: SlotEntity;
  readonly runIds: readonly string[];
  readonly release: ReserveFacts['release'];
  /** As it looked before anything was locked. */
  readonly soldOut: boolean;
  /** Looked up here: inside the transaction nothing else may ask for a connection. */
  readonly names: BookingNames;
}

@Injectable()
export class BookingReserveService {
  constructor(
    @InjectRepository(SlotEntity) private readonly slots: Repository<SlotEntity>,
    private readonly transactions: Transactions,
    private readonly citizens: CitizensService,
    private readonly guide: GuideService,
    private readonly days: BookingDaysService,
    private readonly slotDays: SlotsService,
    private readonly bookings: BookingService,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * Takes a place for a person. The same `requestId` again gives the first answer.
   * @throws AppError REAL_NAME_REQUIRED, SLOT_NOT_FOUND, ITEM_NOT_OFFERED, BOOKING_NOT_BOOKABLE, SLOT_FULL (details: the nearest
   * free `{ slotId, start }` or null), SLOT_CLOSED, SLOT_IN_PAST, SLOT_NOT_RELEASED, BOOKING_LIMIT_REACHED, BOOKING_SUSPENDED,
   * REQUEST_ID_REUSED, BUSY
   */
  async reserve(actor: CitizenActor, input: BookingReserve): Promise<Booking> {
    await this.citizens.requireRealName(actor.citizenId);
    const visit = await this.visit(input);
    try {
      await this.refuseSoldOut(actor.citizenId, input, visit);
      const booking = await this.transactions.run((em) => this.take(em, actor.citizenId, input, visit));
      return await this.bookings.toBooking(booking);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'SLOT_FULL') throw error;
      const nearest = await this.days.nearestFree(visit.slot, visit.runIds.length);
      throw new AppError('SLOT_FULL', { nearest }, { cause: error });
    }
  }

  /** Most of a rush comes when everything is gone: those need no transaction and no lock. A retry still gets its answer. */
  private async refuseSoldOut(
    citizenId: string,
    { requestId }: BookingReserve,
    { soldOut }: Visit,
  ): Promise<void> {
    if (!soldOut || (await this.bookings.exists(citizenId, requestId))) return;
    throw new AppError('SLOT_FULL');
  }

  /** What can be known before anything is locked: rows never change their time or queue. */
  private async visit({ itemId, slotId }: BookingReserve): Promise<Visit> {
    const slot = await this.slots.findOneBy({ id: slotId });
    if (!slot) throw new AppError('SLOT_NOT_FOUND');
    const { item, place, queue } = await this.guide.getPlace(itemId, slot.hallId);
    if (queue.id !== slot.queueId) throw new AppError('ITEM_NOT_OFFERED');
    if (!item.bookable) throw new AppError('BOOKING_NOT_BOOKABLE');
    const rows = (await this.slotDays.ofDays(slot.queueId, [slot.day])).get(slot.day) ?? [];
    const run = runOfRows(rows, slot, Math.max(1, place.slotsNeeded));
    const now = this.clock.now();
    const release = released(slot, rows, queue.bookingRules, now);
    // Other reasons to refuse come first, and are left to the decision.
    const soldOut =
      slot.startAt > now &&
      release === 'open' &&
      (run ?? []).some(({ taken, capacity }) => taken >= capacity);
    const names = await this.bookings.names({ itemId, hallId: slot.hallId, queueId: slot.queueId });
    return { itemId, slot, runIds: (run ?? []).map(({ id }) => id), release, soldOut, names };
  }

  /** Lock order: citizen → slots by id. The citizen's row makes the limits exact, the slots' rows the capacity. */
  private async take(
    em: EntityManager,
    citizenId: string,
    { requestId, slotId }: BookingReserve,
    visit: Visit,
  ): Promise<BookingEntity> {
    await this.citizens.lock(em, citizenId);
    const earlier = await em.findOneBy(BookingEntity, { requesterId: citizenId, requestId });
    if (earlier) {
      if (earlier.slotId !== slotId || earlier.itemId !== visit.itemId)
        throw new AppError('REQUEST_ID_REUSED');
      return earlier;
    }
    const now = this.clock.now();
    const history = await em.find(BookingEntity, {
      select: { itemId: true, day: true, startAt: true, state: true },
      where: {
        citizenId,
        day: MoreThanOrEqual(addDays(dayOf(now), -HISTORY_DAYS)),
        state: Not('cancelled'),
      },
    });
    const run = await em.find(SlotEntity, {
      where: { id: In([...visit.runIds]) },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
    const inTime = run.sort((a, b) => a.startAt.getTime() - b.startAt.getTime());
    const { itemId, release, slot } = visit;
    const decision = decideReserve(
      { itemId, day: slot.day, run: inTime, release, history },
      now,
      bookingSettings,
    );
    if (!decision.ok) throw new AppError(decision.code);
    await this.count(em, inTime);
    return this.insert(em, { citizenId, requestId }, visit, inTime);
  }

  /** The condition has the last word, should a lock ever be missing. */
  private async count(em: EntityManager, run: readonly SlotEntity[]): Promise<void> {
    const { affected } = await em
      .createQueryBuilder()
      .update(SlotEntity)
      .set({ taken: () => 'taken + 1' })
      .where('id IN (:...ids) AND taken < capacity AND closed = 0', { ids: run.map(({ id }) => id) })
      .execute();
    if (affected !== run.length) throw new AppError('SLOT_FULL');
  }

  private async insert(
    em: EntityManager,
    who: { citizenId: string; requestId: string },
    { itemId, names }: Visit,
    run: readonly SlotEntity[],
  ): Promise<BookingEntity> {
    const first = run[0];
    const last = run.at(-1);
    if (!first || !last) throw new AppError('SLOT_CLOSED');
    const booking = em.create(BookingEntity, {
      id: newId(),
      ...who,
      requesterId: who.citizenId,
      personKey: who.citizenId,
      code: newBookingCode(),
      state: 'confirmed',
      itemId,
      hallId: first.hallId,
      queueId: first.queueId,
      slotId: first.id,
      day: first.day,
      startAt: first.startAt,
      endAt: last.endAt,
      kind: first.kind,
      contingent: 'public',
      channel: 'app',
      persons: 1,
      itemClass: null,
      holdUntil: null,
      authorisationId: null,
      forNameCipher: null,
      forPhoneCipher: null,
      addressCipher: null,
      waitlistId: null,
      reply: null,
      dayRemindedAt: null,
      hourRemindedAt: null,
      excused: false,
      version: 1,
      ticketId: null,
      cancelReason: null,
      cancelledAt: null,
      checkedInAt: null,
      createdAt: this.clock.now(),
    });
    await insertWithFreeCode(em, booking);
    await em.insert(
      BookingSlotEntity,
      run.map(({ id }) => ({ bookingId: booking.id, slotId: id })),
    );
    await this.outbox.add(
      em,
      'notifications.tell',
      bookingTell('booking_confirmed', booking, who.citizenId, names),
    );
    return booking;
  }
}

/** A failed insert ends the statement, not the transaction, so another code can be tried. */
async function insertWithFreeCode(em: EntityManager, booking: BookingEntity): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await em.insert(BookingEntity, booking);
      return;
    } catch (error) {
      if (violatedIndex(error) !== 'ux_booking_code' || attempt === CODE_TRIES) throw error;
      booking.code = newBookingCode();
    }
  }
}
