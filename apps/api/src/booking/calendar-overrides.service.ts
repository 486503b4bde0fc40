import { dayOf, formatDay, stretchFaults, stretchInWords, type LocalDay } from '@haoban/domain';
import type {
  AffectedBookings,
  CalendarException as WireException,
  CalendarStretch as WireStretch,
} from '@haoban/contracts';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Audit } from '../audit/audit.service.js';
import type { StaffActor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { Transactions } from '../db/transactions.js';
import { CalendarService } from '../guide/calendar.service.js';
import type { CalendarException } from '../guide/catalogue.service.js';
import { GuideService } from '../guide/guide.service.js';
import { QueueCalendarService } from '../guide/queue-calendar.service.js';
import { CalendarAffected, toldOf } from './calendar-affected.service.js';
import type { Applied } from './calendar-apply.service.js';
import { draftOverride } from './calendar-drafts.js';
import { CalendarExceptions } from './calendar-exceptions.service.js';
import { refuseFaults, toStretch } from './calendar-mapper.js';
import { requireAhead, requireOwn } from './calendar-scope.js';
import { CalendarViews } from './calendar-views.service.js';

interface OverrideInput {
  readonly requestId: string;
  readonly queueId: string;
  readonly day: LocalDay;
  readonly plan: readonly WireStretch[];
  readonly reason: string;
  readonly dryRun: boolean;
}

type Hits = AffectedBookings & { told: number };

/** A day of one queue that is planned by hand: it replaces every repeating rule and beats a holiday. */
@Injectable()
export class CalendarOverrides {
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

  /** @throws AppError QUEUE_NOT_FOUND, FORBIDDEN, CALENDAR_INVALID, CALENDAR_DAY_PAST, REQUEST_ID_REUSED, BUSY */
  async addOverride(
    actor: StaffActor,
    input: OverrideInput,
  ): Promise<Hits & { exception: WireException | null }> {
    const { queueId, day, reason, requestId } = input;
    const { hallId } = await this.own(actor, queueId);
    requireAhead([day], this.clock.now());
    const plan = input.plan.map(toStretch);
    refuseFaults(stretchFaults(plan), 'plan');
    if (input.dryRun) {
      return {
        exception: null,
        ...(await this.tryOut(hallId, queueId, day, draftOverride(queueId, day, plan))),
      };
    }
    const row = {
      ...{ hallId, queueId, day, reason, plan },
      ...{ kind: 'override' as const, fromMinute: null, toMinute: null },
    };
    const done = await this.transactions.run(async (em) => {
      const queues = await this.queues.lock(em, [queueId]);
      const [earlier] = await this.queues.madeBy(actor, requestId, em);
      if (earlier) return { made: sameOverride(earlier, row), applied: null };
      const replaced = await this.ofDay(em, hallId, queueId, day);
      for (const { id } of replaced) await this.queues.removeException(em, id, queues.values());
      const [made] = await this.queues.addExceptions(em, actor, requestId, [row], queues.values());
      if (!made) throw new Error('No exception was written');
      const applied = await this.exceptions.apply(em, hallId, [queueId], [day], {
        text: reason,
        exceptionOf: () => made.id,
      });
      await this.note(em, actor, 'override', reason, replaced, [made], applied);
      return { made, applied };
    });
    const [exception = null] = await this.views.toExceptions([done.made]);
    if (!done.applied) {
      const { hits, told } = await this.exceptions.earlierHits([done.made]);
      return { exception, told, ...(await this.affected.show(hits)) };
    }
    return { exception, told: done.applied.told, ...(await this.affected.show(done.applied.hits)) };
  }

  /** The rules hold again. @throws AppError NOT_FOUND, CALENDAR_DAY_PAST, BUSY */
  async removeOverride(
    actor: StaffActor,
    { exceptionId, reason, dryRun }: { exceptionId: string; reason: string; dryRun: boolean },
  ): Promise<Hits> {
    const found = await this.queues.getException(actor, exceptionId);
    const { hallId, queueId, day } = found;
    if (found.kind !== 'override' || queueId === null) throw new AppError('NOT_FOUND');
    requireAhead([day], this.clock.now());
    if (dryRun) return this.tryOut(hallId, queueId, day, null);
    const applied = await this.transactions.run(async (em) => {
      const queues = await this.queues.lock(em, [queueId]);
      if (!(await this.queues.removeException(em, exceptionId, queues.values()))) return null;
      const result = await this.exceptions.apply(em, hallId, [queueId], [day], {
        text: reason,
        exceptionOf: () => exceptionId,
      });
      await this.note(em, actor, 'override_removed', reason, [found], [], result);
      return result;
    });
    return { told: applied?.told ?? 0, ...(await this.affected.show(applied?.hits ?? [])) };
  }

  private async own(actor: StaffActor, queueId: string) {
    const queue = await this.guide.getQueue(queueId);
    requireOwn(actor, queue);
    return queue;
  }

  /** @param draft null where the day's plan would be removed */
  private async tryOut(
    hallId: string,
    queueId: string,
    day: LocalDay,
    draft: ReturnType<typeof draftOverride> | null,
  ): Promise<Hits> {
    const inForce = await this.queues.exceptionsOf(hallId, dayOf(this.clock.now()));
    const others = inForce.filter((each) => !isOverrideOf(each, queueId, day));
    const calendar = await this.calendars.forQueue(queueId, draft ? [...others, draft] : others);
    const hits = await this.affected.hitBy(await this.calendars.forQueue(queueId), { calendar }, [day]);
    return { told: toldOf(hits), ...(await this.affected.show(hits)) };
  }

  private async ofDay(em: EntityManager, hallId: string, queueId: string, day: LocalDay) {
    return (await this.queues.exceptionsOf(hallId, day, em)).filter((each) =>
      isOverrideOf(each, queueId, day),
    );
  }

  private async note(
    em: EntityManager,
    actor: StaffActor,
    action: 'override' | 'override_removed',
    reason: string,
    before: readonly CalendarException[],
    after: readonly CalendarException[],
    applied: Applied,
  ): Promise<void> {
    const { hallId, queueId, day } = after[0] ?? before[0] ?? {};
    if (hallId === undefined || queueId === undefined) return;
    const affected = applied.hits.length;
    const texts = { before: before.flatMap(planTexts), after: after.flatMap(planTexts) };
    await this.queues.record(em, actor, { hallId, queueId, action, reason, ...texts, affected });
    await this.audit.record(em, actor, {
      action: action === 'override' ? 'calendar.plan-day' : 'calendar.unplan-day',
      subjectKind: 'queue',
      subjectId: queueId ?? hallId,
      before: { plan: before[0]?.plan ?? null },
      after: { day, plan: after[0]?.plan ?? null, reason, affected },
    });
  }
}

function isOverrideOf(each: CalendarException, queueId: string, day: LocalDay): boolean {
  return each.kind === 'override' && each.queueId === queueId && each.day === day;
}

function planTexts({ day, plan }: CalendarException): string[] {
  return (plan ?? []).map((stretch) => `${formatDay(day)} ${stretchInWords(stretch)}`);
}

/** @throws AppError REQUEST_ID_REUSED where the earlier request planned something else */
function sameOverride(
  earlier: CalendarException,
  wanted: Pick<CalendarException, 'kind' | 'queueId' | 'day'>,
): CalendarException {
  const same =
    earlier.kind === wanted.kind && earlier.queueId === wanted.queueId && earlier.day === wanted.day;
  if (!same) throw new AppError('REQUEST_ID_REUSED');
  return earlier;
}
