import { addDays, dayOf, instantAt, type LocalDay, type Slot, type VisitKind } from '@haoban/domain';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, type EntityManager, type Repository } from 'typeorm';
import { Clock } from '../common/clock.js';
import { newId } from '../common/id.js';
import { Transactions } from '../db/transactions.js';
import { CalendarService } from '../guide/calendar.service.js';
import { GuideService } from '../guide/guide.service.js';
import { plannedSlots } from './booking-offer.js';
import { SHOWN_DAYS } from './booking-settings.js';
import { SlotChanges } from './slot-changes.js';
import { SlotEntity } from './slot.entity.js';

interface Planned {
  readonly day: LocalDay;
  readonly startAt: Date;
  readonly endAt: Date;
  readonly slot: Slot;
}

/** Turns the opening rules into rows that can be locked and counted. Places that are taken stay, whatever the rules become. */
@Injectable()
export class SlotsService {
  constructor(
    @InjectRepository(SlotEntity) private readonly slots: Repository<SlotEntity>,
    private readonly transactions: Transactions,
    private readonly guide: GuideService,
    private readonly calendar: CalendarService,
    private readonly changes: SlotChanges,
    private readonly clock: Clock,
  ) {}

  /** The rows of these days by day; a day that should have slots and has none gets them now. */
  async ofDays(queueId: string, days: readonly LocalDay[]): Promise<Map<LocalDay, SlotEntity[]>> {
    const rows = await this.read(queueId, days);
    const empty = days.filter((day) => !rows.some((row) => row.day === day));
    const planned = empty.length > 0 ? await this.plan(queueId, empty) : [];
    const missing = empty.filter((day) => planned.some((slot) => slot.day === day));
    if (missing.length > 0) {
      await this.ensureDays(queueId, missing);
      rows.push(...(await this.read(queueId, missing)));
    }
    return new Map(days.map((day) => [day, rows.filter((row) => row.day === day)]));
  }

  /**
   * Brings the rows of these days in line with the queue's rules and the hall's calendar: adds what is missing, changes
   * places (never below what is taken), closes what is no longer offered. Doing it twice changes nothing.
   */
  async ensureDays(queueId: string, days: readonly LocalDay[]): Promise<void> {
    const planned = await this.plan(queueId, days);
    const { hallId } = await this.guide.getQueue(queueId);
    const rows = await this.read(queueId, days);
    const known = new Set(rows.map((row) => keyOf(row.startAt, row.kind)));
    const missing = planned.filter(({ startAt, slot }) => !known.has(keyOf(startAt, slot.kind)));
    const wanted = new Map(planned.map((each) => [keyOf(each.startAt, each.slot.kind), each]));
    const changed = rows.filter((row) => differs(row, wanted.get(keyOf(row.startAt, row.kind))));
    if (missing.length === 0 && changed.length === 0) return;
    await this.transactions.run(async (em) => {
      await insertMissing(em, queueId, hallId, missing);
      // Rows by id, as a reserve locks them.
      for (const row of changed.sort((a, b) => (a.id < b.id ? -1 : 1))) {
        await adjust(em, row, wanted.get(keyOf(row.startAt, row.kind)));
      }
      for (const day of days) this.changes.changed(em, queueId, day);
    });
  }

  /** All queues for the shown days and one more, so that midnight finds them ready. */
  async ensureAll(): Promise<void> {
    const today = dayOf(this.clock.now());
    const days = Array.from({ length: SHOWN_DAYS + 1 }, (_, index) => addDays(today, index));
    const { queues } = await this.guide.catalogue();
    for (const queueId of queues.keys()) await this.ensureDays(queueId, days);
  }

  private async read(queueId: string, days: readonly LocalDay[]): Promise<SlotEntity[]> {
    return this.slots.find({ where: { queueId, day: In([...days]) }, order: { startAt: 'ASC' } });
  }

  private async plan(queueId: string, days: readonly LocalDay[]): Promise<Planned[]> {
    const queue = await this.guide.getQueue(queueId);
    const hours = await this.calendar.forHall(queue.hallId);
    return days.flatMap((day) =>
      plannedSlots({
        day,
        rules: queue.bookingRules,
        periods: hours.openings(day),
        workedWeekend: hours.plan(day).kind === 'worked_weekend',
      }).map((slot) => ({
        day,
        startAt: instantAt(day, slot.startMinute),
        endAt: instantAt(day, slot.endMinute),
        slot,
      })),
    );
  }
}

const keyOf = (startAt: Date, kind: VisitKind = 'window'): string => `${startAt.getTime()} ${kind}`;

function differs(row: SlotEntity, planned: Planned | undefined): boolean {
  if (!planned) return !row.closed;
  const { places, ruleId } = planned.slot;
  return (
    row.closed ||
    row.ruleId !== ruleId ||
    row.greenCapacity !== (places.green ?? 0) ||
    JSON.stringify(row.classPlaces) !== JSON.stringify(places.perClass ?? null) ||
    row.capacity !== Math.max(places.public, row.taken) ||
    row.internalCapacity !== places.internal ||
    row.endAt.getTime() !== planned.endAt.getTime()
  );
}

async function insertMissing(
  em: EntityManager,
  queueId: string,
  hallId: string,
  missing: readonly Planned[],
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

async function adjust(em: EntityManager, row: SlotEntity, planned: Planned | undefined): Promise<void> {
  const update = em.createQueryBuilder().update(SlotEntity).where('id = :id', { id: row.id });
  if (!planned) {
    await update.set({ closed: true }).execute();
    return;
  }
  const { places, ruleId } = planned.slot;
  await update
    .set({
      // By the value in the row, not by the one read before: a reserve may have come in between.
      capacity: () => 'GREATEST(:places, taken)',
      internalCapacity: places.internal,
      greenCapacity: places.green ?? 0,
      classPlaces: places.perClass ?? null,
      ruleId,
      endAt: planned.endAt,
      closed: false,
    })
    .setParameter('places', places.public)
    .execute();
}
