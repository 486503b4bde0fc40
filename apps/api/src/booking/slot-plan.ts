import { instantAt, type BookingRule, type LocalDay, type Slot, type VisitKind } from '@haoban/domain';
import type { EntityManager } from 'typeorm';
import { newId } from '../common/id.js';
import type { QueueCalendar } from '../guide/calendar.service.js';
import { SlotEntity } from './slot.entity.js';

/** A slot that the calendar has, at its instants. */
export interface PlannedSlot {
  readonly day: LocalDay;
  readonly startAt: Date;
  readonly endAt: Date;
  readonly slot: Slot;
}

/** What has to be done so that the rows are as the calendar says. */
export interface SlotPlan {
  readonly missing: readonly PlannedSlot[];
  readonly changed: readonly { readonly row: SlotEntity; readonly planned: PlannedSlot }[];
  /** Rows of slots that the calendar no longer has. */
  readonly gone: readonly SlotEntity[];
}

/** @param rules in place of those in force */
export function plannedSlots(
  calendar: QueueCalendar,
  days: readonly LocalDay[],
  rules?: readonly BookingRule[],
): PlannedSlot[] {
  return days.flatMap((day) =>
    calendar.slots(day, rules).map((slot) => ({
      day,
      startAt: instantAt(day, slot.startMinute),
      endAt: instantAt(day, slot.endMinute),
      slot,
    })),
  );
}

export function comparePlan(rows: readonly SlotEntity[], planned: readonly PlannedSlot[]): SlotPlan {
  const byKey = new Map(rows.map((row) => [keyOf(row.startAt, row.kind), row]));
  const wanted = new Map(planned.map((each) => [keyOf(each.startAt, each.slot.kind), each]));
  return {
    missing: planned.filter(({ startAt, slot }) => !byKey.has(keyOf(startAt, slot.kind))),
    changed: planned.flatMap((each) => {
      const row = byKey.get(keyOf(each.startAt, each.slot.kind));
      return row && differs(row, each) ? [{ row, planned: each }] : [];
    }),
    gone: rows.filter((row) => !row.closed && !wanted.has(keyOf(row.startAt, row.kind))),
  };
}

export function isDone({ missing, changed, gone }: SlotPlan): boolean {
  return missing.length + changed.length + gone.length === 0;
}

/**
 * Places may go below what is taken: bookings stay, and nobody gets a place until as many have gone. Doing it twice changes nothing; the
 * queue's row must be locked.
 */
export async function writePlan(
  em: EntityManager,
  { id: queueId, hallId }: { readonly id: string; readonly hallId: string },
  plan: SlotPlan,
): Promise<void> {
  await insertMissing(em, queueId, hallId, plan.missing);
  const groups = new Map<string, { ids: string[]; planned: PlannedSlot }>();
  for (const { row, planned } of plan.changed) {
    const key = JSON.stringify([planned.slot.places, planned.slot.ruleId, minutesOf(planned.slot)]);
    const group = groups.get(key) ?? { ids: [], planned };
    group.ids.push(row.id);
    groups.set(key, group);
  }
  for (const { ids, planned } of groups.values()) await adjust(em, ids.sort(), planned.slot);
  if (plan.gone.length > 0) {
    const ids = plan.gone.map(({ id }) => id).sort();
    const update = em.createQueryBuilder().update(SlotEntity).set({ closed: true });
    await update.where('id IN (:...ids)', { ids }).execute();
  }
}

export const keyOf = (startAt: Date, kind: VisitKind = 'window'): string => `${startAt.getTime()} ${kind}`;

const minutesOf = ({ startMinute, endMinute }: Slot): number => endMinute - startMinute;

function differs(row: SlotEntity, planned: PlannedSlot): boolean {
  const { places, ruleId } = planned.slot;
  return (
    row.closed ||
    row.ruleId !== ruleId ||
    row.greenCapacity !== (places.green ?? 0) ||
    JSON.stringify(row.classPlaces) !== JSON.stringify(places.perClass ?? null) ||
    row.capacity !== places.public ||
    row.internalCapacity !== places.internal ||
    row.endAt.getTime() !== planned.endAt.getTime()
  );
}

async function insertMissing(
  em: EntityManager,
  queueId: string,
  hallId: string,
  missing: readonly PlannedSlot[],
): Promise<void> {
  if (missing.length === 0) return;
  const rows = missing.map(({ day, startAt, endAt, slot }) => ({
    id: newId(),
    queueId,
    hallId,
    day,
    startAt,
    endAt,
    kind: slot.kind ?? 'window',
    ruleId: slot.ruleId,
    capacity: slot.places.public,
    greenCapacity: slot.places.green ?? 0,
    internalCapacity: slot.places.internal,
    classPlaces: slot.places.perClass ?? null,
    taken: 0,
    closed: false,
  }));
  // Two processes may see the same gap: ux_slot_start lets one in.
  await em.createQueryBuilder().insert().into(SlotEntity).values(rows).orIgnore().execute();
}

async function adjust(em: EntityManager, ids: readonly string[], slot: Slot): Promise<void> {
  const { places, ruleId } = slot;
  await em
    .createQueryBuilder()
    .update(SlotEntity)
    .set({
      capacity: places.public,
      internalCapacity: places.internal,
      greenCapacity: places.green ?? 0,
      classPlaces: places.perClass ?? null,
      ruleId,
      endAt: () => 'DATE_ADD(start_at, INTERVAL :minutes MINUTE)',
      closed: false,
    })
    .where('id IN (:...ids)', { ids: [...ids] })
    .setParameters({ minutes: minutesOf(slot) })
    .execute();
}
