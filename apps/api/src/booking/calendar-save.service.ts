import { dayOf, ruleFaults, ruleInWords, type BookingRule } from '@haoban/domain';
import type { CalendarRule as WireRule } from '@haoban/contracts';
import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.service.js';
import type { StaffActor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { newId } from '../common/id.js';
import { Transactions } from '../db/transactions.js';
import { CalendarService } from '../guide/calendar.service.js';
import { GuideService } from '../guide/guide.service.js';
import { QueueCalendarService } from '../guide/queue-calendar.service.js';
import { CalendarAffected } from './calendar-affected.service.js';
import { CalendarApply } from './calendar-apply.service.js';
import { fromRule, refuseFaults, toRule } from './calendar-mapper.js';
import { requireOwn } from './calendar-scope.js';

/** Saves the opening rules of a queue; slots and bookings follow in the same transaction. */
@Injectable()
export class CalendarSave {
  constructor(
    private readonly transactions: Transactions,
    private readonly guide: GuideService,
    private readonly calendars: CalendarService,
    private readonly queues: QueueCalendarService,
    private readonly applying: CalendarApply,
    private readonly affected: CalendarAffected,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * @param input.version as it was read: of two managers who save at once, one is told to look again
   * @throws AppError QUEUE_NOT_FOUND, FORBIDDEN, CALENDAR_CHANGED, CALENDAR_INVALID, BUSY
   */
  async saveRules(
    actor: StaffActor,
    input: { queueId: string; version: number; rules: readonly WireRule[]; reason: string },
  ) {
    const queue = await this.guide.getQueue(input.queueId);
    requireOwn(actor, queue);
    const rules = withIds(input.rules.map(toRule));
    refuseFaults(ruleFaults(rules), 'rules');
    const saved = await this.transactions.run(async (em) => {
      const locked = (await this.queues.lock(em, [queue.id])).get(queue.id);
      if (!locked) throw new AppError('QUEUE_NOT_FOUND');
      if (locked.rulesVersion !== input.version)
        throw new AppError('CALENDAR_CHANGED', { version: locked.rulesVersion });
      const version = await this.queues.saveRules(em, locked, rules);
      // As the transaction sees them: the catalogue in memory may be a moment older.
      const exceptions = await this.queues.exceptionsOf(queue.hallId, dayOf(this.clock.now()), em);
      const calendar = await this.calendars.forQueue(queue.id, exceptions);
      const reason = { text: '放号时间调整', exceptionOf: () => null };
      const applied = await this.applying.apply(em, [{ calendar, rules }], reason);
      const [before, after] = [locked.bookingRules.map(ruleInWords), rules.map(ruleInWords)];
      await this.queues.record(em, actor, {
        hallId: queue.hallId,
        queueId: queue.id,
        action: 'rules',
        reason: input.reason,
        before: before.filter((text) => !after.includes(text)),
        after: after.filter((text) => !before.includes(text)),
        affected: applied.hits.length,
      });
      await this.audit.record(em, actor, {
        action: 'calendar.save-rules',
        subjectKind: 'queue',
        subjectId: queue.id,
        before: { version: locked.rulesVersion, rules: locked.bookingRules },
        after: { version, rules, reason: input.reason, affected: applied.hits.length },
      });
      return { version, hits: applied.hits };
    });
    return {
      version: saved.version,
      rules: rules.map(fromRule),
      ...(await this.affected.show(saved.hits)),
    };
  }
}

/** Slots carry their rule's id, so it stays the same over edits. */
function withIds(rules: readonly BookingRule[]): BookingRule[] {
  return rules.map((rule) => ({ ...rule, id: rule.id ?? newId() }));
}
