import {
  cancelDeadline,
  dayOf,
  maskName,
  maskPhone,
  type BookingState,
  type LocalDay,
  type VisitKind,
} from '@haoban/domain';
import type { Booking, HallBooking } from '@haoban/contracts';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import {
  In,
  LessThan,
  Not,
  type EntityManager,
  type FindOptionsWhere,
  type Repository,
  type SelectQueryBuilder,
} from 'typeorm';
import type { CitizenActor, StaffActor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { CalendarService } from '../guide/calendar.service.js';
import { GuideService } from '../guide/guide.service.js';
import { CitizensService, type MaskedCitizen } from '../identity/citizens.service.js';
import { PersonCipher } from '../identity/person-cipher.js';
import { readBookingCode } from './booking-code.js';
import { BookingAppealEntity } from './booking-appeal.entity.js';
import { BookingPolicies } from './booking-policies.service.js';
import { BookingEntity, BookingItemEntity } from './booking.entity.js';
import { toBooking, toHallBooking, type BookingNames, type BookingTimes } from './booking.mapper.js';
import { openDisruptions } from './open-disruptions.js';
import { PrincipalNames } from './principal-names.service.js';
import type { PlacedVisit } from './visits.service.js';

/** What the queue needs to know of a booking. */
export interface BookingFacts {
  readonly id: string;
  /** Null where staff booked for somebody without an account. */
  readonly citizenId: string | null;
  readonly code: string;
  readonly state: BookingState;
  readonly kind: VisitKind;
  readonly itemId: string;
  readonly hallId: string;
  readonly queueId: string;
  readonly day: LocalDay;
  readonly startAt: Date;
  readonly ticketId: string | null;
}

interface Page {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

const NOBODY = { name: '—', phone: null };

@Injectable()
export class BookingService {
  constructor(
    @InjectRepository(BookingEntity) private readonly bookings: Repository<BookingEntity>,
    @InjectRepository(BookingItemEntity) private readonly items: Repository<BookingItemEntity>,
    private readonly guide: GuideService,
    private readonly calendar: CalendarService,
    private readonly citizens: CitizensService,
    private readonly cipher: PersonCipher,
    private readonly principals: PrincipalNames,
    private readonly policies: BookingPolicies,
    private readonly clock: Clock,
  ) {}

  /** Own bookings, newest first. */
  async listMine(
    actor: CitizenActor,
    { cursor, limit, state }: Page & { state?: BookingState | undefined },
  ): Promise<{ items: Booking[]; nextCursor: string | null }> {
    const where: FindOptionsWhere<BookingEntity> = {
      citizenId: actor.citizenId,
      // Whoever looked at a time and went on has no booking to look back at; by name such holds are listed, too.
      state: state ?? Not('expired'),
      ...(cursor ? { id: LessThan(cursor) } : {}),
    };
    const rows = await this.bookings.find({ where, order: { id: 'DESC' }, take: limit + 1 });
    const items = await this.toBookings(rows.slice(0, limit));
    return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  }

  /** @throws AppError NOT_FOUND, for other people's bookings too */
  async getMine(actor: CitizenActor, bookingId: string): Promise<Booking> {
    return this.toBooking(await this.getRow(actor, bookingId));
  }

  /** For the booking feature itself. @throws AppError as `getMine` */
  async getRow(actor: CitizenActor, bookingId: string): Promise<BookingEntity> {
    const row = await this.bookings.findOneBy({ id: bookingId, citizenId: actor.citizenId });
    if (!row) throw new AppError('NOT_FOUND');
    return row;
  }

  /** The day's bookings of the actor's own hall, by time; `q` is the beginning of a code, or a name. */
  async listOfDay(
    actor: StaffActor,
    input: Page & { day?: LocalDay | undefined; queueId?: string | undefined; q?: string | undefined },
  ): Promise<{ items: HallBooking[]; nextCursor: string | null }> {
    if (!actor.hallId) return { items: [], nextCursor: null };
    const day = input.day ?? dayOf(this.clock.now());
    const query = this.bookings
      .createQueryBuilder('booking')
      .where('booking.hallId = :hallId AND booking.day = :day', { hallId: actor.hallId, day })
      .orderBy('booking.startAt', 'ASC')
      .addOrderBy('booking.id', 'ASC')
      .take(input.limit + 1);
    if (input.queueId) query.andWhere('booking.queueId = :queueId', { queueId: input.queueId });
    if (input.q) await this.narrow(query, { hallId: actor.hallId, day, q: input.q });
    const after = input.cursor
      ? await this.bookings.findOneBy({ id: input.cursor, hallId: actor.hallId })
      : null;
    if (after) {
      query.andWhere(
        '(booking.startAt > :startAt OR (booking.startAt = :startAt AND booking.id > :afterId))',
        { startAt: after.startAt, afterId: after.id },
      );
    }
    const rows = await query.getMany();
    const shown = rows.slice(0, input.limit);
    const items = await this.toHallBookings(shown);
    return { items, nextCursor: rows.length > input.limit ? (items.at(-1)?.id ?? null) : null };
  }

  /** Names are stored encrypted, so those of the day are opened and compared as the desk sees them: 陈 finds 陈**. */
  private async narrow(
    query: SelectQueryBuilder<BookingEntity>,
    { q, ...where }: { hallId: string; day: LocalDay; q: string },
  ): Promise<void> {
    if (!/\p{Script=Han}/u.test(q)) {
      query.andWhere('booking.code LIKE :code', { code: `${likeText(readBookingCode(q))}%` });
      return;
    }
    const all = await this.bookings.find({ select: { citizenId: true }, where });
    const wanted = [...q].length > 1 ? maskName(q) : q;
    const people = await this.citizens.maskedNames(all.flatMap(({ citizenId }) => citizenId ?? []));
    const found = [...people].filter(([, { name }]) => name.startsWith(wanted)).map(([id]) => id);
    query.andWhere('booking.citizenId IN (:...found)', { found: found.length > 0 ? found : [''] });
  }

  /** For the queue: facts by id; ids that are not known are missing. */
  async getMany(ids: readonly string[]): Promise<Map<string, BookingFacts>> {
    if (ids.length === 0) return new Map();
    const rows = await this.bookings.findBy({ id: In([...new Set(ids)]) });
    return new Map(rows.map((row) => [row.id, row]));
  }

  /**
   * For the queue's desk: whose booking a code of this hall is, today's before any other day's.
   * @throws AppError NOT_FOUND
   */
  async findByCode(hallId: string, text: string): Promise<BookingFacts> {
    const rows = await this.bookings.find({
      where: { hallId, code: readBookingCode(text) },
      order: { day: 'DESC' },
      take: 20,
    });
    const today = dayOf(this.clock.now());
    const found = rows.find(({ day }) => day === today) ?? rows[0];
    if (!found) throw new AppError('NOT_FOUND');
    return found;
  }

  /**
   * For a check-in: holds the booking's row until the end of the transaction.
   * @param citizenId where the owner asks
   * @throws AppError NOT_FOUND
   */
  async lockForCheckIn(
    em: EntityManager,
    which: { bookingId: string } | { hallId: string; code: string; day: LocalDay },
    citizenId?: string,
  ): Promise<BookingFacts> {
    const where: FindOptionsWhere<BookingEntity> =
      'bookingId' in which
        ? { id: which.bookingId }
        : { hallId: which.hallId, day: which.day, code: readBookingCode(which.code) };
    const row = await em.findOne(BookingEntity, {
      where: { ...where, ...(citizenId ? { citizenId } : {}) },
      lock: { mode: 'pessimistic_write' },
    });
    if (!row) throw new AppError('NOT_FOUND');
    return row;
  }

  /** The row must be locked. @throws AppError BOOKING_STATE where it is not confirmed */
  async markCheckedIn(em: EntityManager, bookingId: string, ticketId: string, at: Date): Promise<void> {
    const { affected } = await em.update(
      BookingEntity,
      { id: bookingId, state: 'confirmed' },
      { state: 'checked_in', ticketId, checkedInAt: at },
    );
    if (affected !== 1) throw new AppError('BOOKING_STATE');
  }

  /** @param names where they are known already */
  async toBooking(row: BookingEntity, names?: BookingNames): Promise<Booking> {
    const disrupted = await this.disruptedAmong([row]);
    return this.asBooking(row, disrupted.has(row.id), names);
  }

  private async asBooking(row: BookingEntity, disrupted: boolean, names?: BookingNames): Promise<Booking> {
    const appealed =
      row.state === 'no_show' &&
      (await this.bookings.manager.existsBy(BookingAppealEntity, { bookingId: row.id }));
    const times = { ...(await this.times(row)), appealed };
    // Names that a visit brings along know its item and hall, not for whom it is.
    const known = names
      ? { ...names, forName: names.forName ?? (await this.principals.of(row)) }
      : await this.namesOf(row);
    return toBooking(row, known, this.clock.now(), { ...times, disrupted });
  }

  /** What the visit knows need not be asked for again: in a rush that is nearly all. */
  toTaken(
    row: BookingEntity,
    { names, policy: settings, closesAt }: PlacedVisit,
  ): Booking | Promise<Booking> {
    const now = this.clock.now();
    const settled =
      row.state === 'confirmed' && row.forNameCipher === null && now <= cancelDeadline(row.startAt, settings);
    if (!settled || closesAt === undefined) return this.toBooking(row, names);
    return toBooking(row, names, now, { settings, closesAt });
  }

  /** Only of what is ahead: nothing can be done about the others. */
  private async disruptedAmong(rows: readonly BookingEntity[]): Promise<ReadonlyMap<string, unknown>> {
    const now = this.clock.now();
    const ahead = rows.filter(({ state, startAt }) => state === 'confirmed' && startAt > now);
    return openDisruptions(this.bookings.manager, ahead);
  }

  async toBookings(rows: readonly BookingEntity[]): Promise<Booking[]> {
    const names = await this.namesOfAll(rows);
    const disrupted = await this.disruptedAmong(rows);
    return Promise.all(
      rows.map((row, index) => this.asBooking(row, disrupted.has(row.id), nth(names, index))),
    );
  }

  /** Masked, as the hall sees them. */
  async toHallBookings(rows: readonly BookingEntity[]): Promise<HallBooking[]> {
    const people = await this.citizens.maskedNames(rows.flatMap(({ citizenId }) => citizenId ?? []));
    const names = await this.namesOfAll(rows);
    return Promise.all(
      rows.map(async (row, index) =>
        toHallBooking(
          row,
          nth(names, index),
          this.personOf(row, people, nth(names, index)),
          await this.times(row),
        ),
      ),
    );
  }

  async namesOf(row: BookingEntity): Promise<BookingNames> {
    return nth(await this.namesOfAll([row]), 0);
  }

  /** In the order of the rows; only the visits' items are asked of the database. */
  async namesOfAll(rows: readonly BookingEntity[]): Promise<BookingNames[]> {
    const { items, halls, queues, places } = await this.guide.catalogue();
    const visits =
      rows.length > 0
        ? await this.items.find({
            where: { bookingId: In(rows.map(({ id }) => id)) },
            order: { bookingId: 'ASC', position: 'ASC' },
          })
        : [];
    const itemsOf = ({ id, itemId }: BookingEntity) => {
      const several = visits.filter(({ bookingId }) => bookingId === id);
      return several.length > 0 ? several : [{ itemId, files: 1 }];
    };
    const forName = await this.principals.lookUp(rows);
    return rows.map((row) => {
      const { itemId, hallId, queueId } = row;
      const place = places.get(itemId)?.find((each) => each.hallId === hallId);
      return {
        itemName: items.get(itemId)?.name ?? '',
        hallName: halls.get(hallId)?.name ?? '',
        queueName: queues.get(queueId)?.name ?? '',
        place: place ? `${place.floor} ${place.zone}` : '',
        items: itemsOf(row).map((visit) => ({
          itemId: visit.itemId,
          itemName: items.get(visit.itemId)?.name ?? '',
          files: visit.files,
        })),
        forName: forName(row),
      };
    });
  }

  /** Who comes: named on the booking, else the account's owner. */
  private personOf(
    { citizenId, forPhoneCipher }: BookingEntity,
    people: ReadonlyMap<string, MaskedCitizen>,
    { forName }: BookingNames,
  ): MaskedCitizen {
    const owner = people.get(citizenId ?? '') ?? NOBODY;
    return {
      name: forName ?? owner.name,
      phone: forPhoneCipher === null ? owner.phone : maskPhone(this.cipher.openPhone(forPhoneCipher)),
    };
  }

  private async times({ hallId, queueId, day }: BookingEntity): Promise<BookingTimes> {
    const [settings, closesAt] = await Promise.all([
      this.policies.forHall(hallId),
      this.calendar.closesAt(hallId, day, queueId),
    ]);
    return { settings, closesAt };
  }
}

function nth<T>(list: readonly T[], index: number): T {
  const value = list[index];
  if (value === undefined) throw new RangeError(`No element ${index}`);
  return value;
}

export function likeText(text: string): string {
  return text.replace(/[\\%_]/g, (character) => `\\${character}`);
}
