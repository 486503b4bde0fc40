import { dayOf, type LocalDay } from '@haoban/domain';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../common/clock.js';
import { CalendarService } from '../guide/calendar.service.js';
import type { CalendarException } from '../guide/catalogue.service.js';
import { QueueCalendarService } from '../guide/queue-calendar.service.js';
import type { Hit } from './calendar-affected.service.js';
import { CalendarApply, type Applied, type Reason } from './calendar-apply.service.js';
import { Disruptions } from './disruptions.service.js';

/** What closures and days planned by hand have in common: some days of some queues follow the exceptions as they are now. */
@Injectable()
export class CalendarExceptions {
  constructor(
    private readonly calendars: CalendarService,
    private readonly queues: QueueCalendarService,
    private readonly applying: CalendarApply,
    private readonly disruptions: Disruptions,
    private readonly clock: Clock,
  ) {}

  /** The queues' rows must be locked, and the exceptions written. */
  async apply(
    em: EntityManager,
    hallId: string,
    queueIds: readonly string[],
    days: readonly LocalDay[],
    reason: Reason,
  ): Promise<Applied> {
    // As the transaction sees them: the catalogue in memory does not know the newest yet.
    const exceptions = await this.queues.exceptionsOf(hallId, dayOf(this.clock.now()), em);
    const rules = await this.queues.rulesOf(em, queueIds);
    const drafts = await Promise.all(
      queueIds.map(async (queueId) => ({
        calendar: await this.calendars.forQueue(queueId, exceptions),
        rules: rules.get(queueId),
      })),
    );
    return this.applying.apply(em, drafts, reason, days);
  }

  /** For a retry: what the first try has hit. */
  async earlierHits(made: readonly CalendarException[]): Promise<{ hits: Hit[]; told: number }> {
    const { bookings, told } = await this.disruptions.bookingsOf(made.map(({ id }) => id));
    return { hits: bookings.map((booking) => ({ booking, cause: 'closed' as const })), told };
  }
}
