import { addDays, dayOf, isHeld } from '@haoban/domain';
import type { EntityManager } from 'typeorm';
import type { EarlierBooking } from './take-decision.js';

/** How far back no-shows and monthly limits look. */
export const HISTORY_DAYS = 120;

type HistoryRow = Omit<EarlierBooking, 'itemIds' | 'requestKey'> & {
  readonly personKey: string;
  readonly holdUntil: Date | null;
  readonly itemId: string;
  readonly requesterId: string;
  readonly requestId: string;
};

/**
 * What counts of each person's bookings, by person key: not cancelled, not run out, not excused.
 * @param without ids that do not count, as of the booking that is being moved
 */
export async function readHistory(
  em: EntityManager,
  personKeys: readonly string[],
  now: Date,
  without: ReadonlySet<string> = new Set(),
): Promise<Map<string, EarlierBooking[]>> {
  if (personKeys.length === 0) return new Map();
  const rows = await em.query<HistoryRow[]>(
    `SELECT booking.id, person_key AS personKey, hall_id AS hallId, \`day\`, start_at AS startAt, state,
        hold_until AS holdUntil, requester_id AS requesterId, request_id AS requestId,
        COALESCE(booking_item.item_id, booking.item_id) AS itemId
      FROM booking FORCE INDEX (ix_booking_person_day) LEFT JOIN booking_item ON booking_item.booking_id = booking.id
      WHERE person_key IN (?) AND \`day\` >= ? AND state IN ('held', 'confirmed', 'checked_in', 'no_show') AND excused = 0`,
    [personKeys, addDays(dayOf(now), -HISTORY_DAYS)],
  );
  const bookings = new Map<string, { row: HistoryRow; itemIds: string[] }>();
  for (const row of rows) {
    const runOut = row.state === 'held' && !isHeld(row.holdUntil, now);
    if (runOut || without.has(row.id)) continue;
    const known = bookings.get(row.id);
    if (known) known.itemIds.push(row.itemId);
    else bookings.set(row.id, { row, itemIds: [row.itemId] });
  }
  const byPerson = new Map<string, EarlierBooking[]>();
  for (const { row, itemIds } of bookings.values()) {
    const { id, hallId, day, startAt, state } = row;
    const list = byPerson.get(row.personKey) ?? [];
    list.push({ id, hallId, day, startAt, state, itemIds, requestKey: requestKeyOf(row) });
    byPerson.set(row.personKey, list);
  }
  return byPerson;
}

/** One request of one requester: what comes again under it gets the first answer. */
export const requestKeyOf = (request: { requesterId: string; requestId: string }): string =>
  `${request.requesterId} ${request.requestId}`;

/** `slotId personKey` of the places that these people gave back. */
export async function readGivenBack(
  em: EntityManager,
  slotIds: readonly string[],
  personKeys: readonly string[],
): Promise<Set<string>> {
  if (slotIds.length === 0 || personKeys.length === 0) return new Set();
  const rows = await em.query<{ slotId: string; personKey: string }[]>(
    'SELECT slot_id AS slotId, person_key AS personKey FROM slot_return FORCE INDEX (ix_slot_return_slot) WHERE slot_id IN (?) AND person_key IN (?)',
    [[...new Set(slotIds)], personKeys],
  );
  return new Set(rows.map(({ slotId, personKey }) => `${slotId} ${personKey}`));
}
