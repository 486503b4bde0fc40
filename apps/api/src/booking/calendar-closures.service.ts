import { dayOf, type LocalDay } from '@haoban/domain';
import type { AffectedBookings, CalendarException as WireException } from '@haoban/contracts';
import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.service.js';
import type { StaffActor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { Transactions } from '../db/transactions.js';
import { CalendarService } from '../guide/calendar.service.js';
import type { CalendarException } from '../guide/catalogue.service.js';
import { GuideService } from '../guide/guide.service.js';
import { QueueCalendarService } from '../guide/queue-calendar.service.js';
import { CalendarAffected, toldOf, type Hit } from './calendar-affected.service.js';
import { CalendarExceptions } from './calendar-exceptions.service.js';
import { checkSpan, type SpanDraft } from './calendar-drafts.js';
import { hallOfManager, requireAhead, requireOwn } from './calendar-scope.js';
import { CalendarViews, closureText } from './calendar-views.service.js';

interface ClosureInput extends SpanDraft {
  readonly requestId: string;
  readonly queueId: string | null;
  readonly days: readonly LocalDay[];
  readonly reason: string;
  readonly dryRun: boolean;
}

type ClosureAnswer = AffectedBookings & { exceptions: WireException[]; told: number };

/** Closes a hall or a queue, and opens it again. */
@Injectable()
export class CalendarClosures {
  constructor(
    private readonly transactions: Transactions,
    private readonly guide: GuideService,
    private readonly calendars: CalendarService,
    private readonly queues: QueueCalendarService,
    private readonly exceptions: CalendarExceptions,
    private readonly affected: CalendarAffected,
    private readonly views: CalendarViews,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * Works at once: what is not booked can no longer be, and who is booked is told. The same `requestId` again changes nothing.
   * @throws AppError QUEUE_NOT_FOUND, FORBIDDEN, CALENDAR_INVALID, CALENDAR_DAY_PAST, REQUEST_ID_REUSED, BUSY
   */
  async addClosure(actor: StaffActor, input: ClosureInput): Promise<ClosureAnswer> {
    const hallId = hallOfManager(actor);
    const days = [...new Set(input.days)].sort();
    const { reason, queueId, requestId } = input;
    const span = checkSpan(input);
    if (queueId) requireOwn(actor, await this.guide.getQueue(queueId));
    requireAhead(days, this.clock.now());
    const rows = days.map((day) => ({
      hallId,
      queueId,
      kind: 'closure' as const,
      day,
      ...span,
      reason,
      plan: null,
    }));
    const queueIds = await this.queuesOf(hallId, queueId);
    if (input.dryRun) {
      const drafts = rows.map((row) => ({ ...row, id: `draft ${row.day}` }));
      const hits = await this.hitsOf(hallId, queueIds, days, drafts);
      return { exceptions: [], told: toldOf(hits), ...(await this.affected.show(hits)) };
    }
    const done = await this.transactions.run(async (em) => {
      const queues = await this.queues.lock(em, queueIds);
      const earlier = await this.queues.madeBy(actor, requestId, em);
      if (earlier.length > 0) return { made: sameClosure(earlier, rows), applied: null };
      const made = await this.queues.addExceptions(em, actor, requestId, rows, queues.values());
      const applied = await this.exceptions.apply(em, hallId, queueIds, days, {
        text: reason,
        exceptionOf: (day) => made.find((each) => each.day === day)?.id ?? null,
      });
      await this.queues.record(em, actor, {
        hallId,
        queueId,
        action: 'close',
        reason,
        before: [],
        after: made.map(closureText),
        affected: applied.hits.length,
      });
      await this.audit.record(em, actor, {
        action: 'calendar.close',
        subjectKind: queueId ? 'queue' : 'hall',
        subjectId: queueId ?? hallId,
        after: { days, ...span, reason, affected: applied.hits.length },
      });
      return { made, applied };
    });
    const exceptions = await this.views.toExceptions(done.made);
    if (!done.applied) {
      const { hits, told } = await this.exceptions.earlierHits(done.made);
      return { exceptions, told, ...(await this.affected.show(hits)) };
    }
    return { exceptions, told: done.applied.told, ...(await this.affected.show(done.applied.hits)) };
  }

  /** @throws AppError NOT_FOUND, CALENDAR_DAY_PAST, BUSY */
  async removeClosure(
    actor: StaffActor,
    { exceptionId, reason }: { exceptionId: string; reason: string },
  ): Promise<{ restored: number }> {
    const found = await this.queues.getException(actor, exceptionId);
    if (found.kind !== 'closure') throw new AppError('NOT_FOUND');
    requireAhead([found.day], this.clock.now());
    const { hallId, queueId, day } = found;
    const queueIds = await this.queuesOf(hallId, queueId);
    return this.transactions.run(async (em) => {
      const queues = await this.queues.lock(em, queueIds);
      if (!(await this.queues.removeException(em, exceptionId, queues.values()))) return { restored: 0 };
      const applied = await this.exceptions.apply(em, hallId, queueIds, [day], {
        text: reason,
        exceptionOf: () => null,
      });
      await this.queues.record(em, actor, {
        hallId,
        queueId,
        action: 'reopen',
        reason,
        before: [closureText(found)],
        after: [],
        affected: applied.hits.length,
      });
      await this.audit.record(em, actor, {
        action: 'calendar.reopen',
        subjectKind: queueId ? 'queue' : 'hall',
        subjectId: queueId ?? hallId,
        before: { day, fromMinute: found.fromMinute, toMinute: found.toMinute, reason: found.reason },
        after: { reason, restored: applied.restored },
      });
      return { restored: applied.restored };
    });
  }

  private async queuesOf(hallId: string, queueId: string | null): Promise<string[]> {
    if (queueId) return [queueId];
    return (await this.guide.queuesOfHall(hallId)).map(({ id }) => id);
  }

  private async hitsOf(
    hallId: string,
    queueIds: readonly string[],
    days: readonly LocalDay[],
    drafts: readonly Omit<
      CalendarException,
      'requestId' | 'createdBy' | 'createdByName' | 'createdAt' | 'removedAt'
    >[],
  ): Promise<Hit[]> {
    const inForce = await this.queues.exceptionsOf(hallId, dayOf(this.clock.now()));
    const hits = await Promise.all(
      queueIds.map(async (queueId) => {
        const calendar = await this.calendars.forQueue(queueId, [...inForce, ...drafts]);
        return this.affected.hitBy(await this.calendars.forQueue(queueId), { calendar }, days);
      }),
    );
    return hits.flat().sort((a, b) => a.booking.startAt.getTime() - b.booking.startAt.getTime());
  }
}

/** @throws AppError REQUEST_ID_REUSED where the earlier request closed something else */
function sameClosure(
  earlier: readonly CalendarException[],
  wanted: readonly Pick<CalendarException, 'kind' | 'queueId' | 'day' | 'fromMinute' | 'toMinute'>[],
): readonly CalendarException[] {
  const textOf = ({ kind, queueId, day, fromMinute, toMinute }: (typeof wanted)[number]) =>
    JSON.stringify([kind, queueId, day, fromMinute, toMinute]);
  const same = earlier.map(textOf).join() === wanted.map(textOf).join();
  if (!same) throw new AppError('REQUEST_ID_REUSED');
  return earlier;
}
