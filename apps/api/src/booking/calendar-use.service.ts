import type { LocalDay } from '@haoban/domain';
import type { CapacityUse } from '@haoban/contracts';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { StaffActor } from '../common/actor.js';
import { GuideService } from '../guide/guide.service.js';
import { daysInRange, hallOfManager, requireOwn } from './calendar-scope.js';

type Count = keyof CapacityUse;
type CountRow = { day: LocalDay; hour: number } & Partial<Record<Count, string | null>>;

const counts = [
  'capacity',
  'publicCapacity',
  'greenCapacity',
  'public',
  'green',
  'internal',
  'came',
  'noShows',
  'cancelled',
  'missedPlaces',
] as const satisfies readonly Count[];

/** Halls keep Beijing time, UTC+8 without daylight saving. */
const HOUR = (column: string) => `HOUR(DATE_ADD(${column}, INTERVAL 8 HOUR))`;

/** Capacity against use: what was offered, what was taken of it, and who came. */
@Injectable()
export class CalendarUse {
  constructor(
    private readonly dataSource: DataSource,
    private readonly guide: GuideService,
  ) {}

  /** @throws AppError QUEUE_NOT_FOUND, FORBIDDEN, CALENDAR_RANGE_TOO_LONG */
  async use(actor: StaffActor, input: { from: LocalDay; to: LocalDay; queueId?: string | undefined }) {
    const hallId = hallOfManager(actor);
    const { from, to, queueId } = input;
    if (queueId) requireOwn(actor, await this.guide.getQueue(queueId));
    const days = daysInRange(from, to);
    const rows = [
      ...(await this.slots(hallId, input)),
      ...(await this.visits(hallId, input)),
      ...(await this.missed(hallId, input)),
    ];
    return {
      days: days.map((day) => ({ day, ...sumOf(rows.filter((row) => row.day === day)) })),
      hours: [...new Set(rows.map(({ hour }) => hour))]
        .sort((a, b) => a - b)
        .map((hour) => ({ hour, ...sumOf(rows.filter((row) => row.hour === hour)) })),
      total: sumOf(rows),
    };
  }

  /** A closed slot has no capacity, but what was taken in it was. */
  private slots(hallId: string, { from, to, queueId }: Range): Promise<CountRow[]> {
    return this.dataSource.query<CountRow[]>(
      `SELECT day, ${HOUR('start_at')} AS hour,
          SUM(CASE WHEN closed = 0 THEN GREATEST(internal_capacity, capacity) ELSE 0 END) AS capacity,
          SUM(CASE WHEN closed = 0 THEN capacity ELSE 0 END) AS publicCapacity,
          SUM(CASE WHEN closed = 0 THEN green_capacity ELSE 0 END) AS greenCapacity,
          SUM(taken) AS public, SUM(green_taken) AS green, SUM(internal_taken) AS internal
        FROM slot WHERE hall_id = ? AND day BETWEEN ? AND ? ${queueId ? 'AND queue_id = ?' : ''}
        GROUP BY day, ${HOUR('start_at')}`,
      [hallId, from, to, ...(queueId ? [queueId] : [])],
    );
  }

  private visits(hallId: string, { from, to, queueId }: Range): Promise<CountRow[]> {
    return this.dataSource.query<CountRow[]>(
      `SELECT day, ${HOUR('start_at')} AS hour,
          SUM(CASE WHEN state = 'checked_in' THEN 1 ELSE 0 END) AS came,
          SUM(CASE WHEN state = 'no_show' AND excused = 0 THEN 1 ELSE 0 END) AS noShows,
          SUM(CASE WHEN state = 'cancelled' THEN 1 ELSE 0 END) AS cancelled
        FROM booking WHERE hall_id = ? AND day BETWEEN ? AND ? ${queueId ? 'AND queue_id = ?' : ''}
        GROUP BY day, ${HOUR('start_at')}`,
      [hallId, from, to, ...(queueId ? [queueId] : [])],
    );
  }

  /** In the same hours in which the slots count them as taken: a long visit misses places in several. */
  private missed(hallId: string, { from, to, queueId }: Range): Promise<CountRow[]> {
    return this.dataSource.query<CountRow[]>(
      `SELECT slot.day, ${HOUR('slot.start_at')} AS hour, SUM(booking.persons) AS missedPlaces
        FROM booking
        JOIN booking_slot covered ON covered.booking_id = booking.id
        JOIN slot ON slot.id = covered.slot_id
        WHERE booking.hall_id = ? AND booking.day BETWEEN ? AND ? ${queueId ? 'AND booking.queue_id = ?' : ''}
          AND booking.state = 'no_show' AND booking.excused = 0
        GROUP BY slot.day, ${HOUR('slot.start_at')}`,
      [hallId, from, to, ...(queueId ? [queueId] : [])],
    );
  }
}

interface Range {
  readonly from: LocalDay;
  readonly to: LocalDay;
  readonly queueId?: string | undefined;
}

function sumOf(rows: readonly CountRow[]): CapacityUse {
  const sum = (count: Count) => rows.reduce((total, row) => total + Number(row[count] ?? 0), 0);
  return Object.fromEntries(counts.map((count) => [count, sum(count)])) as CapacityUse;
}
