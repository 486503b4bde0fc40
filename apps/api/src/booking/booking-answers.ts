import { In, type EntityManager } from 'typeorm';
import { AppError } from '../common/app-error.js';
import { requestKeyOf } from './booking-history.js';
import type { TakeIntent, TakeOutcome } from './booking-take.service.js';
import { BookingEntity } from './booking.entity.js';
import type { EarlierBooking } from './take-decision.js';

/** What comes again gets the first answer. */
export function answerAgain(earlier: BookingEntity, { visit }: TakeIntent): TakeOutcome {
  const same = earlier.slotId === visit.slotId && earlier.itemId === visit.items[0]?.itemId;
  return same ? earlier : new AppError('REQUEST_ID_REUSED');
}

/** Earlier answers to these requests, by request. */
export async function answeredBefore(
  em: EntityManager,
  intents: readonly TakeIntent[],
): Promise<Map<string, BookingEntity>> {
  if (intents.length === 0) return new Map();
  // Nearly always there are none, and TypeORM takes longer to ask for two hundred than the database to answer.
  const found = await em.query<{ id: string }[]>(
    `SELECT id FROM booking FORCE INDEX (ux_booking_request)
      WHERE ${intents.map(() => '(requester_id = ? AND request_id = ?)').join(' OR ')}`,
    intents.flatMap(({ requesterId, requestId }) => [requesterId, requestId]),
  );
  return readAnswers(
    em,
    found.map(({ id }) => id),
  );
}

/** The same as far as the people's bookings tell. */
export function answeredIn(
  em: EntityManager,
  history: ReadonlyMap<string, readonly EarlierBooking[]> | undefined,
  intents: readonly TakeIntent[],
): Promise<Map<string, BookingEntity>> {
  const earlier = [...(history?.values() ?? [])].flat();
  if (earlier.length === 0) return Promise.resolve(new Map());
  const asked = new Set(intents.map(requestKeyOf));
  return readAnswers(
    em,
    earlier.filter(({ requestKey }) => asked.has(requestKey)).map(({ id }) => id),
  );
}

async function readAnswers(em: EntityManager, ids: readonly string[]): Promise<Map<string, BookingEntity>> {
  if (ids.length === 0) return new Map();
  const rows = await em.findBy(BookingEntity, { id: In([...ids]) });
  return new Map(rows.map((row) => [requestKeyOf(row), row]));
}
