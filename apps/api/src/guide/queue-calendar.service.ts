import type { BookingRule, LocalDay } from '@haoban/domain';
import { Injectable } from '@nestjs/common';
import { In, IsNull, LessThan, type EntityManager, DataSource } from 'typeorm';
import type { StaffActor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { newId } from '../common/id.js';
import { CalendarChangeEntity, CalendarExceptionEntity } from './calendar.entity.js';
import { CatalogueService, type CalendarException, type ServiceQueue } from './catalogue.service.js';
import { ServiceQueueEntity } from './service-item.entity.js';

export type CalendarChange = Readonly<CalendarChangeEntity>;
export type NewException = Pick<
  CalendarException,
  'hallId' | 'queueId' | 'kind' | 'day' | 'fromMinute' | 'toMinute' | 'reason' | 'plan'
>;
export type NewChange = Pick<
  CalendarChange,
  'hallId' | 'queueId' | 'action' | 'reason' | 'before' | 'after' | 'affected'
>;

/**
 * Writes to the calendars of queues, for the feature that cuts slots from them. Whoever changes one holds its queue's row first, so that
 * changes of a calendar, and the slots that follow, come one after another.
 */
@Injectable()
export class QueueCalendarService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly catalogue: CatalogueService,
    private readonly clock: Clock,
  ) {}

  /** By id, in id order: the first lock of every change of a calendar, and of making slots. @throws AppError QUEUE_NOT_FOUND */
  async lock(em: EntityManager, queueIds: readonly string[]): Promise<Map<string, ServiceQueue>> {
    const rows = await em.find(ServiceQueueEntity, {
      where: { id: In([...queueIds]) },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
    if (rows.length < new Set(queueIds).size) throw new AppError('QUEUE_NOT_FOUND');
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** The queue's row must be locked. @returns the new version */
  async saveRules(em: EntityManager, queue: ServiceQueue, rules: readonly BookingRule[]): Promise<number> {
    const rulesVersion = queue.rulesVersion + 1;
    await em.update(
      ServiceQueueEntity,
      { id: queue.id },
      { bookingRules: [...rules], rulesVersion, calendarVersion: queue.calendarVersion + 1 },
    );
    this.catalogue.changed(em);
    return rulesVersion;
  }

  /** The queues' rows must be locked. */
  async addExceptions(
    em: EntityManager,
    actor: StaffActor,
    requestId: string,
    exceptions: readonly NewException[],
    queues: Iterable<ServiceQueue>,
  ): Promise<CalendarException[]> {
    const rows = exceptions.map((exception) => ({
      ...exception,
      plan: exception.plan && [...exception.plan],
      id: newId(),
      requestId,
      createdBy: actor.staffId,
      createdByName: actor.name,
      createdAt: this.clock.now(),
      removedAt: null,
    }));
    await em.insert(CalendarExceptionEntity, rows);
    await this.grow(em, queues);
    return rows;
  }

  /** The queues' rows must be locked. False where it was removed already. */
  async removeException(em: EntityManager, id: string, queues: Iterable<ServiceQueue>): Promise<boolean> {
    const { affected } = await em.update(
      CalendarExceptionEntity,
      { id, removedAt: IsNull() },
      { removedAt: this.clock.now() },
    );
    if (affected === 1) await this.grow(em, queues);
    return affected === 1;
  }

  /** As the transaction sees them, by queue. */
  async rulesOf(em: EntityManager, queueIds: readonly string[]): Promise<Map<string, BookingRule[]>> {
    const rows = await em.find(ServiceQueueEntity, {
      select: { id: true, bookingRules: true },
      where: { id: In([...queueIds]) },
    });
    return new Map(rows.map(({ id, bookingRules }) => [id, bookingRules]));
  }

  /** In force, of the hall and of all its queues, from a day on. */
  exceptionsOf(hallId: string, from: LocalDay, em?: EntityManager): Promise<CalendarException[]> {
    return (em ?? this.dataSource.manager)
      .createQueryBuilder(CalendarExceptionEntity, 'exception')
      .where('exception.hallId = :hallId AND exception.day >= :from AND exception.removedAt IS NULL', {
        hallId,
        from,
      })
      .orderBy('exception.day', 'ASC')
      .addOrderBy('exception.id', 'ASC')
      .getMany();
  }

  /** Removed ones too. @throws AppError NOT_FOUND, for those of other halls too */
  async getException(actor: StaffActor, id: string, em?: EntityManager): Promise<CalendarException> {
    const found = await (em ?? this.dataSource.manager).findOneBy(CalendarExceptionEntity, { id });
    if (found?.hallId !== actor.hallId) throw new AppError('NOT_FOUND');
    return found;
  }

  /** What an earlier try of the same request has made. */
  madeBy(actor: StaffActor, requestId: string, em?: EntityManager): Promise<CalendarException[]> {
    return (em ?? this.dataSource.manager).find(CalendarExceptionEntity, {
      where: { createdBy: actor.staffId, requestId },
      order: { day: 'ASC' },
    });
  }

  async record(em: EntityManager, actor: StaffActor, change: NewChange): Promise<void> {
    await em.insert(CalendarChangeEntity, {
      ...change,
      before: [...change.before],
      after: [...change.after],
      id: newId(),
      at: this.clock.now(),
      staffId: actor.staffId,
      staffName: actor.name,
    });
  }

  /** Newest first; of one queue with what was done to the whole hall. */
  listChanges(filter: {
    hallId: string;
    queueId?: string | undefined;
    cursor?: string | undefined;
    limit: number;
  }): Promise<CalendarChange[]> {
    const { hallId, queueId, cursor, limit } = filter;
    const where = { hallId, ...(cursor ? { id: LessThan(cursor) } : {}) };
    return this.dataSource.manager.find(CalendarChangeEntity, {
      where: queueId
        ? [
            { ...where, queueId },
            { ...where, queueId: IsNull() },
          ]
        : where,
      order: { id: 'DESC' },
      take: limit,
    });
  }

  private async grow(em: EntityManager, queues: Iterable<ServiceQueue>): Promise<void> {
    const ids = [...queues].map(({ id }) => id);
    await em
      .createQueryBuilder()
      .update(ServiceQueueEntity)
      .set({ calendarVersion: () => 'calendar_version + 1' })
      .where('id IN (:...ids)', { ids })
      .execute();
    this.catalogue.changed(em);
  }
}
