import { dayOf, defaultQueueSettings, minutesOfDay, type LocalDay } from '@haoban/domain';
import type { WaitRange } from '@haoban/contracts';
import { Injectable } from '@nestjs/common';
import { DataSource, In, type EntityManager } from 'typeorm';
import { BookingPolicies } from '../booking/booking-policies.service.js';
import { Clock } from '../common/clock.js';
import { CalendarService } from '../guide/calendar.service.js';
import type { Catalogue } from '../guide/catalogue.service.js';
import { GuideService } from '../guide/guide.service.js';
import {
  deskOrder,
  sharedQueues,
  emptyLine,
  toLine,
  waitBehind,
  type Line,
  type OpenDesk,
  type Placed,
  type WaitingRow,
} from './line.js';
import { DeskEntity, DeskQueueEntity } from './desk.entity.js';
import { queueSettingsOf } from './queue-settings.js';
import { QueueDayEntity, TicketEntity } from './ticket.entity.js';

/** The lines of some queues at one moment, with what is needed to say how long they take. */
export interface Lines {
  readonly day: LocalDay;
  readonly catalogue: Catalogue;
  readonly queueDays: ReadonlyMap<string, QueueDayEntity>;
  readonly desks: readonly OpenDesk[];
  /** An empty line for a queue without people. */
  line(queueId: string): Line;
  /** The wait of the person at this place, counted from 0, or at the end of the line. */
  waitAt(queueId: string, index?: number): WaitRange | null;
  /** Grows with every change of these queues on this day. */
  readonly version: number;
}

@Injectable()
export class LineService {
  private readonly known = new Set<string>();
  private readonly cache = new Map<string, { readonly key: string; readonly line: Line }>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly guide: GuideService,
    private readonly calendar: CalendarService,
    private readonly policies: BookingPolicies,
    private readonly clock: Clock,
  ) {}

  today(): LocalDay {
    return dayOf(this.clock.now());
  }

  /** Whether the queue's people are served now. */
  async isOpen(hallId: string, queueId: string): Promise<boolean> {
    const minute = minutesOfDay(this.clock.now());
    const periods = await this.calendar.openPeriods(hallId, this.today(), queueId);
    return periods.some(({ from, to }) => minute >= from && minute < to);
  }

  /** When nobody is called any more that day; null where the queue is shut all day. */
  closesAt(hallId: string, day: LocalDay, queueId: string): Promise<Date | null> {
    return this.calendar.closesAt(hallId, day, queueId);
  }

  async read(queueIds: readonly string[], day: LocalDay = this.today()): Promise<Lines> {
    const catalogue = await this.guide.catalogue();
    const em = this.dataSource.manager;
    const asked = new Set(queueIds);
    const desks = await openDesks(em, hallsOf(asked, catalogue));
    // Whoever stands before the same desk is waited for, whatever the queue.
    const ids = sharedQueues([...asked], desks);
    // The versions first: a change in between makes the people newer than their version says, never older.
    const days = await em.findBy(QueueDayEntity, { queueId: In(ids), day });
    const queueDays = new Map(days.map((row) => [row.queueId, row]));
    const lines = await this.linesOf(ids, day, queueDays);
    const now = this.clock.now();
    const line = (queueId: string) => lines.get(queueId) ?? emptyLine(queueId);
    const orders = new Map<string, Placed[]>();
    /** Everybody before the desks of this queue, in the order of calling. */
    const orderAround = (queueId: string) => {
      const shared = sharedQueues([queueId], desks).sort();
      const key = shared.join(' ');
      const order = orders.get(key) ?? deskOrder(shared.map(line), now);
      orders.set(key, order);
      return order;
    };
    return {
      day,
      catalogue,
      queueDays,
      desks,
      line,
      waitAt: (queueId, index) => {
        const queue = catalogue.queues.get(queueId);
        if (!queue) return null;
        const order = orderAround(queueId);
        const self = index === undefined ? undefined : line(queueId).order[index]?.ticket.id;
        const end = self === undefined ? -1 : order.findIndex(({ ticket }) => ticket.id === self);
        const ahead = end < 0 ? order : order.slice(0, end);
        return waitBehind(
          ahead.map(({ ticket }) => ticket),
          { queue, items: catalogue.items, desks, now },
        );
      },
      version: days.reduce((sum, row) => sum + (asked.has(row.queueId) ? row.version : 0), 0),
    };
  }

  /**
   * The same line is asked for by every phone in it. Each change of a line counts its version up, so one that was read at this
   * version, and within this second, for the order depends on the time too, is still true.
   */
  private async linesOf(
    ids: readonly string[],
    day: LocalDay,
    queueDays: ReadonlyMap<string, QueueDayEntity>,
  ): Promise<Map<string, Line>> {
    const now = this.clock.now();
    const keyOf = (id: string) =>
      `${id} ${day} ${queueDays.get(id)?.version ?? 0} ${now.toISOString().slice(0, 19)}`;
    const stale = ids.filter((id) => this.cache.get(id)?.key !== keyOf(id));
    const waiting = await readWaiting(this.dataSource.manager, stale, day);
    const fresh = await this.toLines(stale, waiting, queueDays);
    const lines = new Map(fresh.map((line) => [line.queueId, line]));
    for (const id of ids) {
      const cached = this.cache.get(id);
      if (!lines.has(id) && cached) lines.set(id, cached.line);
    }
    for (const line of fresh) this.cache.set(line.queueId, { key: keyOf(line.queueId), line });
    return lines;
  }

  /** Makes sure that the rows can be locked. Outside the transaction, so that no insert waits for another inside one. */
  async ensureDays(queueIds: readonly string[], day: LocalDay): Promise<void> {
    const missing = queueIds.filter((queueId) => !this.known.has(`${queueId} ${day}`));
    if (missing.length === 0) return;
    await this.dataSource
      .createQueryBuilder()
      .insert()
      .into(QueueDayEntity)
      .values(
        missing.map((queueId) => ({ queueId, day, lastNumber: 0, issued: 0, recentCalls: [], version: 0 })),
      )
      .orIgnore()
      .execute();
    for (const queueId of missing) this.known.add(`${queueId} ${day}`);
    if (this.known.size > 1_000) this.known.clear();
  }

  /** Locks the rows by queue id: the first lock of whatever changes a line. `ensureDays` must have run. */
  async lockDays(
    em: EntityManager,
    queueIds: readonly string[],
    day: LocalDay,
  ): Promise<Map<string, QueueDayEntity>> {
    const rows = await em.find(QueueDayEntity, {
      where: { queueId: In([...queueIds]), day },
      order: { queueId: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
    return new Map(rows.map((row) => [row.queueId, row]));
  }

  /** The lines of locked queue days, as the transaction sees them. */
  async readLocked(
    em: EntityManager,
    rows: ReadonlyMap<string, QueueDayEntity>,
    day: LocalDay,
  ): Promise<Line[]> {
    const queueIds = [...rows.keys()];
    return this.toLines(queueIds, await readWaiting(em, queueIds, day), rows);
  }

  private async toLines(
    queueIds: readonly string[],
    waiting: readonly WaitingRow[],
    queueDays: ReadonlyMap<string, QueueDayEntity>,
  ): Promise<Line[]> {
    const { queues } = await this.guide.catalogue();
    const now = this.clock.now();
    return Promise.all(
      queueIds.map(async (queueId) => {
        const hallId = queues.get(queueId)?.hallId;
        const settings = hallId ? queueSettingsOf(await this.policies.forHall(hallId)) : defaultQueueSettings;
        return toLine(queueId, waiting, queueDays.get(queueId), { settings, now });
      }),
    );
  }
}

/** By hand, since it is the widest read of the feature: entities take several times as long. */
async function readWaiting(
  em: EntityManager,
  queueIds: readonly string[],
  day: LocalDay,
): Promise<WaitingRow[]> {
  if (queueIds.length === 0) return [];
  return em.query<WaitingRow[]>(
    `SELECT id, queue_id AS queueId, hall_id AS hallId, \`day\`, \`number\`, label, state, \`source\`,
            item_id AS itemId, citizen_id AS citizenId, booked_for AS bookedFor, priority, rejoined_at AS rejoinedAt,
            soon_told_at AS soonToldAt, created_at AS createdAt, called_at AS calledAt, started_at AS startedAt,
            called_count AS calledCount, \`reason\`, case_id AS caseId, desk_id AS deskId
       FROM ticket
      WHERE queue_id IN (${queueIds.map(() => '?').join(', ')}) AND \`day\` = ? AND state = 'waiting'`,
    [...queueIds, day],
  );
}

function hallsOf(queueIds: ReadonlySet<string>, { queues }: Catalogue): string[] {
  return [...new Set([...queueIds].flatMap((queueId) => queues.get(queueId)?.hallId ?? []))];
}

interface DeskRow {
  desk_id: string;
  queue_id: string;
  item_id: string | null;
  started_at: Date | null;
}

/** Desks of these halls that are open, each with its queues and whom it has. */
async function openDesks(em: EntityManager, hallIds: readonly string[]): Promise<OpenDesk[]> {
  if (hallIds.length === 0) return [];
  const rows = await em
    .createQueryBuilder()
    .select('desk.id', 'desk_id')
    .addSelect('served.queue_id', 'queue_id')
    .addSelect('ticket.item_id', 'item_id')
    .addSelect('ticket.started_at', 'started_at')
    .from(DeskEntity, 'desk')
    .innerJoin(DeskQueueEntity, 'served', 'served.desk_id = desk.id')
    .leftJoin(TicketEntity, 'ticket', 'ticket.active_desk_id = desk.id')
    .where("desk.status = 'open' AND desk.hall_id IN (:...hallIds)", { hallIds })
    .getRawMany<DeskRow>();
  const desks = new Map<string, OpenDesk & { queueIds: string[] }>();
  for (const { desk_id: deskId, queue_id: queueId, item_id: itemId, started_at: startedAt } of rows) {
    const desk = desks.get(deskId) ?? {
      deskId,
      queueIds: [],
      current: itemId === null ? null : { itemId, startedAt },
    };
    desk.queueIds.push(queueId);
    desks.set(deskId, desk);
  }
  return [...desks.values()];
}
