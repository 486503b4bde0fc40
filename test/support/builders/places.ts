import { SlotEntity } from '../../../apps/api/src/booking/slot.entity.js';
import type { World } from '../world.js';
import { requestId, type TestHall } from './booking.js';
import { managerOf } from './calendar.js';

/** What is counted in each slot of a queue, by its local start `2026-07-15 10:00`; empty slots are left out. */
export async function countsOf(world: World, queueId: string): Promise<Record<string, number>> {
  const rows = await world.dataSource.manager.findBy(SlotEntity, { queueId });
  const taken = rows.flatMap((row): [string, number][] => {
    const count = row.taken + row.greenTaken + row.internalTaken;
    const local = new Date(row.startAt.getTime() + 8 * 3600_000).toISOString();
    return count > 0 ? [[`${local.slice(0, 10)} ${local.slice(11, 16)}`, count]] : [];
  });
  return Object.fromEntries(taken);
}

/** All places taken of a queue, as its slots count them and as its bookings say. */
export async function sumsOf(world: World, queueId: string): Promise<{ counted: number; booked: number }> {
  const [slots] = await world.dataSource.query<{ total: string | null }[]>(
    'SELECT SUM(taken + green_taken + internal_taken) AS total FROM slot WHERE queue_id = ?',
    [queueId],
  );
  const [bookings] = await world.dataSource.query<{ total: string | null }[]>(
    `SELECT SUM(booking.persons) AS total FROM booking JOIN booking_slot ON booking_slot.booking_id = booking.id
      JOIN slot ON slot.id = booking_slot.slot_id
      WHERE slot.queue_id = ? AND booking.state IN ('held', 'confirmed', 'checked_in', 'no_show')`,
    [queueId],
  );
  return { counted: Number(slots?.total ?? 0), booked: Number(bookings?.total ?? 0) };
}

/** Queue A is shut for a part of a day, as a manager's closure has it. */
export async function closeTimes(
  world: World,
  hall: TestHall,
  at: { day: string; from: string; to: string },
): Promise<void> {
  const { day, ...part } = at;
  await managerOf(world, hall.hallId).api.calendar.addClosure({
    requestId: requestId(),
    queueId: hall.a.queueId,
    days: [day],
    ...part,
    reason: '设备检修',
  });
}
