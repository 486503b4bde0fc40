import { type BookingState, type LocalDay, type VisitKind } from '@haoban/domain';
import { Brackets, type Repository, type SelectQueryBuilder } from 'typeorm';
import { readBookingCode } from './booking-code.js';
import { likeText } from './booking.service.js';
import type { BookingEntity } from './booking.entity.js';

export interface HallBookingFilter {
  readonly from?: LocalDay | undefined;
  readonly to?: LocalDay | undefined;
  readonly states?: string | undefined;
  readonly kind?: VisitKind | undefined;
  readonly queueId?: string | undefined;
  readonly q?: string | undefined;
}

/** What was typed may be the beginning of a code or of a name, or the end of a phone number. */
export interface SearchText {
  readonly code: string | undefined;
  readonly name: string | undefined;
  readonly phoneEnd: string | undefined;
}

export function searchText(q: string): SearchText {
  const text = q.normalize('NFKC').trim();
  const code = readBookingCode(text);
  const digits = text.replace(/[\s-]/g, '');
  return {
    code: /^[0-9A-Z]{1,8}$/.test(code) ? code : undefined,
    name: /^[\p{Script=Han}A-Za-z][\p{Script=Han}A-Za-z·.' -]*$/u.test(text) ? text.toUpperCase() : undefined,
    phoneEnd: /^\d{4}$/.test(digits) ? digits : undefined,
  };
}

/** True where a person's record has to be opened to answer. */
export function needsPeople({ name, phoneEnd }: SearchText): boolean {
  return name !== undefined || phoneEnd !== undefined;
}

export function isPerson(
  { name, phoneEnd }: SearchText,
  person: { name: string | null; phone: string | null },
): boolean {
  const named = name !== undefined && person.name !== null && person.name.toUpperCase().startsWith(name);
  const called = phoneEnd !== undefined && person.phone !== null && person.phone.endsWith(phoneEnd);
  return named || called;
}

/** The hall's bookings by time; where nothing names the days, today and all that are ahead: how far one can book is each queue's own. */
export function hallBookings(
  bookings: Repository<BookingEntity>,
  hallId: string,
  filter: HallBookingFilter,
  today: LocalDay,
): SelectQueryBuilder<BookingEntity> {
  const from = filter.from ?? (filter.to && filter.to < today ? filter.to : today);
  const query = bookings
    .createQueryBuilder('booking')
    .where('booking.hallId = :hallId AND booking.day >= :from', { hallId, from })
    // As ix_booking_hall_day has them.
    .orderBy('booking.day', 'ASC')
    .addOrderBy('booking.startAt', 'ASC')
    .addOrderBy('booking.id', 'ASC');
  if (filter.to) query.andWhere('booking.day <= :to', { to: filter.to });
  const states = filter.states?.split(',') as BookingState[] | undefined;
  if (states) query.andWhere('booking.state IN (:...states)', { states });
  if (filter.kind) query.andWhere('booking.kind = :kind', { kind: filter.kind });
  if (filter.queueId) query.andWhere('booking.queueId = :queueId', { queueId: filter.queueId });
  return query;
}

export function byCode(query: SelectQueryBuilder<BookingEntity>, code: string): void {
  query.andWhere('booking.code LIKE :code', { code: `${likeText(code)}%` });
}

export function afterRow(query: SelectQueryBuilder<BookingEntity>, row: BookingEntity): void {
  const { day, startAt, id } = row;
  query.andWhere(
    new Brackets((or) =>
      or
        .where('booking.day > :afterDay', { afterDay: day })
        .orWhere('(booking.day = :afterDay AND booking.startAt > :afterStart)', { afterStart: startAt })
        .orWhere('(booking.day = :afterDay AND booking.startAt = :afterStart AND booking.id > :afterId)', {
          afterId: id,
        }),
    ),
  );
}
