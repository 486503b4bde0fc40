import { addDays, dayOf, isHeld } from '@haoban/domain';
import type { EntityManager } from 'typeorm';
import type { EarlierBooking } from './take-decision.js';

/** How far back monthly limits look. */
const HISTORY_DAYS = 120;
/** No-shows count for a year and bar for another at most: what the rules of a hall may say. */
export const NO_SHOW_DAYS = 2 * 366;

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
  const today = dayOf(now);
  const rows = await em.query<HistoryRow[]>(
    `SELECT booking.id, person_key AS personKey, hall_id AS hallId, \`day\`, start_at AS startAt, state,
        hold_until AS holdUntil, requester_id AS requesterId, request_id AS requestId,
        COALESCE(booking_item.item_id, booking.item_id) AS itemId
      FROM booking FORCE INDEX (ix_booking_person_day) LEFT JOIN booking_item ON booking_item.booking_id = booking.id
      WHERE person_key IN (?) AND \`day\` >= ? AND (\`day\` >= ? OR state = 'no_show')
        AND state IN ('held', 'confirmed', 'checked_in', 'no_show') AND excused = 0`,
    [personKeys, addDays(today, -NO_SHOW_DAYS), addDays(today, -HISTORY_DAYS)],
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

/**
 * `slotId who` of the places that these gave back, `who` being the person whose booking it was, and the account that gave it back:
 * an agent must not hand a place from one client to the next.
 * @param whose person keys and account ids
 */
export async function readGivenBack(
  em: EntityManager,
  slotIds: readonly string[],
  whose: readonly string[],
): Promise<Set<string>> {
  if (slotIds.length === 0 || whose.length === 0) return new Set();
  const rows = await em.query<{ slotId: string; personKey: string | null; accountId: string | null }[]>(
    `SELECT slot_id AS slotId, person_key AS personKey, account_id AS accountId
      FROM slot_return FORCE INDEX (ix_slot_return_slot)
      WHERE slot_id IN (?) AND (person_key IN (?) OR account_id IN (?))`,
    [[...new Set(slotIds)], whose, whose],
  );
  return new Set(
    rows.flatMap(({ slotId, personKey, accountId }) =>
      [personKey, accountId].flatMap((who) => (who === null ? [] : [`${slotId} ${who}`])),
    ),
  );
}
