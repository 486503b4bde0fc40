import { In, type EntityManager } from 'typeorm';
import { BookingDisruptionEntity } from './booking-disruption.entity.js';
import type { BookingEntity } from './booking.entity.js';

type BookedTime = Pick<BookingEntity, 'id' | 'startAt'>;

/**
 * By booking, where the hall took the booked time away and nobody has answered yet. This, not a closed slot, says that the hall is shut then: a
 * booking whose time was only cut otherwise stands in a closed slot and is served.
 */
export async function openDisruptions(
  em: EntityManager,
  bookings: readonly BookedTime[],
): Promise<Map<string, BookingDisruptionEntity>> {
  if (bookings.length === 0) return new Map();
  const startOf = new Map(bookings.map(({ id, startAt }) => [id, startAt.getTime()]));
  const rows = await em.findBy(BookingDisruptionEntity, {
    bookingId: In([...startOf.keys()]),
    state: 'open',
  });
  const current = rows.filter(({ bookingId, startAt }) => startOf.get(bookingId) === startAt.getTime());
  return new Map(current.map((row) => [row.bookingId, row]));
}

export async function isDisrupted(em: EntityManager, booking: BookedTime): Promise<boolean> {
  return (await openDisruptions(em, [booking])).has(booking.id);
}

/**
 * The booking has another time, or has ended: at once, since the hall may open the old time again and close it again, which would be news. The
 * booking's row must be locked.
 */
export async function answerDisruption(em: EntityManager, bookingId: string, settledAt: Date): Promise<void> {
  const open = await em.find(BookingDisruptionEntity, {
    select: { id: true },
    where: { bookingId, state: 'open' },
  });
  // By id, since a search for open ones would wait for those of other bookings.
  const ids = open.map(({ id }) => id);
  if (ids.length > 0)
    await em.update(BookingDisruptionEntity, { id: In(ids) }, { state: 'answered', settledAt });
}
