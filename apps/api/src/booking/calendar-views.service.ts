import { addDays, closureInWords, dayOf, formatClock, ruleInWords, type LocalDay } from '@haoban/domain';
import type {
  CalendarChange as WireChange,
  CalendarException as WireException,
  PublicDay,
} from '@haoban/contracts';
import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { CalendarService } from '../guide/calendar.service.js';
import type { CalendarException } from '../guide/catalogue.service.js';
import { GuideService } from '../guide/guide.service.js';
import { QueueCalendarService } from '../guide/queue-calendar.service.js';
import { fromRule, fromStretch } from './calendar-mapper.js';
import { daysInRange, hallOfManager, requireOwn } from './calendar-scope.js';
import { Disruptions } from './disruptions.service.js';

const SHOWN_AHEAD = 30;

/** What a manager sees of a queue's calendar and of its history. */
@Injectable()
export class CalendarViews {
  constructor(
    private readonly guide: GuideService,
    private readonly calendars: CalendarService,
    private readonly queues: QueueCalendarService,
    private readonly disruptions: Disruptions,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError QUEUE_NOT_FOUND, FORBIDDEN, CALENDAR_RANGE_TOO_LONG */
  async getCalendar(
    actor: StaffActor,
    input: { queueId: string; from?: LocalDay | undefined; to?: LocalDay | undefined },
  ) {
    const queue = await this.guide.getQueue(input.queueId);
    requireOwn(actor, queue);
    const today = dayOf(this.clock.now());
    const from = input.from ?? today;
    const days = daysInRange(from, input.to ?? addDays(from, SHOWN_AHEAD));
    const [hall, exceptions, { places }] = await Promise.all([
      this.calendars.forHall(queue.hallId),
      this.queues.exceptionsOf(queue.hallId, from < today ? from : today),
      this.guide.catalogue(),
    ]);
    const here = [...places.values()].flat().filter(({ queueId }) => queueId === queue.id);
    return {
      queueId: queue.id,
      queueName: queue.name,
      prefix: queue.prefix,
      hallId: queue.hallId,
      version: queue.rulesVersion,
      rules: queue.bookingRules.map(fromRule),
      ruleTexts: queue.bookingRules.map(ruleInWords),
      exceptions: await this.toExceptions(
        exceptions.filter(({ queueId }) => queueId === null || queueId === queue.id),
      ),
      days: days.map((day): PublicDay => {
        const { kind, note, openings } = hall.plan(day);
        const periods = openings.map((each) => ({ from: formatClock(each.from), to: formatClock(each.to) }));
        return { day, kind, note, periods };
      }),
      averageMinutes: queue.averageMinutes,
      dailyCap: queue.dailyCap,
      itemClasses: [...new Set(here.flatMap(({ itemClass }) => itemClass ?? []))].sort(),
      kinds: [...new Set(here.flatMap(({ kinds }) => kinds ?? ['window' as const, 'after_hours' as const]))],
    };
  }

  /** @throws AppError QUEUE_NOT_FOUND, FORBIDDEN */
  async listChanges(
    actor: StaffActor,
    input: { queueId?: string | undefined; cursor?: string | undefined; limit: number },
  ): Promise<{ items: WireChange[]; nextCursor: string | null }> {
    const hallId = hallOfManager(actor);
    if (input.queueId) requireOwn(actor, await this.guide.getQueue(input.queueId));
    const rows = await this.queues.listChanges({ ...input, hallId, limit: input.limit + 1 });
    const { queues } = await this.guide.catalogue();
    const items = rows.slice(0, input.limit).map((row) => ({
      id: row.id,
      at: row.at.toISOString(),
      staffName: row.staffName,
      action: row.action,
      queueId: row.queueId,
      queueName: row.queueId && (queues.get(row.queueId)?.name ?? null),
      reason: row.reason,
      before: row.before,
      after: row.after,
      affected: row.affected,
    }));
    return { items, nextCursor: rows.length > input.limit ? (items.at(-1)?.id ?? null) : null };
  }

  async toExceptions(exceptions: readonly CalendarException[]): Promise<WireException[]> {
    const [counts, { queues }] = await Promise.all([
      this.disruptions.countsOf(exceptions.map(({ id }) => id)),
      this.guide.catalogue(),
    ]);
    return exceptions.map((row) => ({
      id: row.id,
      kind: row.kind,
      queueId: row.queueId,
      queueName: row.queueId && (queues.get(row.queueId)?.name ?? null),
      day: row.day,
      from: row.fromMinute === null ? null : formatClock(row.fromMinute),
      to: row.toMinute === null ? null : formatClock(row.toMinute),
      reason: row.reason,
      plan: (row.plan ?? []).map(fromStretch),
      createdBy: row.createdByName,
      createdAt: row.createdAt.toISOString(),
      affected: counts.get(row.id)?.affected ?? 0,
      unanswered: counts.get(row.id)?.unanswered ?? 0,
    }));
  }
}

export function closureText(
  row: Pick<CalendarException, 'day' | 'fromMinute' | 'toMinute' | 'reason'>,
): string {
  return closureInWords({ day: row.day, from: row.fromMinute, to: row.toMinute, reason: row.reason });
}
