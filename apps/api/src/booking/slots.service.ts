import { addDays, dayOf, shownDayCount, type LocalDay } from '@haoban/domain';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, type Repository } from 'typeorm';
import { Clock } from '../common/clock.js';
import { Transactions } from '../db/transactions.js';
import { CalendarService } from '../guide/calendar.service.js';
import { GuideService } from '../guide/guide.service.js';
import { QueueCalendarService } from '../guide/queue-calendar.service.js';
import { SlotChanges } from './slot-changes.js';
import { SlotEntity } from './slot.entity.js';
import { comparePlan, isDone, plannedSlots, writePlan, type SlotPlan } from './slot-plan.js';

/** Another process may have changed the calendar while this one cut slots from the old one. */
const TRIES = 3;
/** Half a year at once would be thousands of rows in one transaction, which keeps the queue locked. */
const DAYS_AT_ONCE = 31;

/** Turns the opening rules into rows that can be locked and counted. Places that are taken stay, whatever the rules become. */
@Injectable()
export class SlotsService {
  constructor(
    @InjectRepository(SlotEntity) private readonly slots: Repository<SlotEntity>,
    private readonly transactions: Transactions,
    private readonly guide: GuideService,
    private readonly calendar: CalendarService,
    private readonly queues: QueueCalendarService,
    private readonly changes: SlotChanges,
    private readonly clock: Clock,
  ) {}

  /** The rows of these days by day; a day that should have slots and has none gets them now. */
  async ofDays(queueId: string, days: readonly LocalDay[]): Promise<Map<LocalDay, SlotEntity[]>> {
    const rows = await this.read(queueId, days);
    const byDay = new Map(days.map((day): [LocalDay, SlotEntity[]] => [day, []]));
    const sort = (read: readonly SlotEntity[]) => {
      for (const row of read) byDay.get(row.day)?.push(row);
    };
    sort(rows);
    const calendar = await this.calendar.forQueue(queueId);
    const missing = days.filter((day) => byDay.get(day)?.length === 0 && calendar.slots(day).length > 0);
    if (missing.length > 0) {
      await this.ensureDays(queueId, missing);
      sort(await this.read(queueId, missing));
    }
    return byDay;
  }

  /**
   * Brings the rows of these days in line with the queue's rules and the hall's calendar: adds what is missing, changes
   * places (those that are taken stay taken), closes what is no longer offered. Doing it twice changes nothing.
   */
  async ensureDays(queueId: string, days: readonly LocalDay[]): Promise<void> {
    for (let from = 0; from < days.length; from += DAYS_AT_ONCE)
      await this.ensureTogether(queueId, days.slice(from, from + DAYS_AT_ONCE));
  }

  /** All queues for the days that each shows and one more, so that midnight finds them ready. */
  async ensureAll(): Promise<void> {
    const today = dayOf(this.clock.now());
    const { queues } = await this.guide.catalogue();
    for (const { id, bookingRules } of queues.values()) {
      const count = shownDayCount(bookingRules) + 1;
      await this.ensureDays(
        id,
        Array.from({ length: count }, (_, index) => addDays(today, index)),
      );
    }
  }

  private async ensureTogether(queueId: string, days: readonly LocalDay[]): Promise<void> {
    for (let tries = 1; ; tries++) {
      const calendar = await this.calendar.forQueue(queueId);
      const plan = comparePlan(await this.read(queueId, days), plannedSlots(calendar, days));
      if (isDone(plan)) return;
      const written = await this.transactions.run(async (em) => {
        const queue = (await this.queues.lock(em, [queueId])).get(queueId);
        // A closure that was saved a moment ago must not be undone by whoever has not heard of it.
        if (queue?.calendarVersion !== calendar.queue.calendarVersion) return false;
        await writePlan(em, calendar.queue, plan);
        for (const day of daysOf(plan)) this.changes.changed(em, queueId, day);
        return true;
      });
      if (written || tries === TRIES) return;
      await this.guide.refresh();
    }
  }

  private async read(queueId: string, days: readonly LocalDay[]): Promise<SlotEntity[]> {
    return this.slots.find({ where: { queueId, day: In([...days]) }, order: { startAt: 'ASC' } });
  }
}

/** The days of which anything is written. */
function daysOf({ missing, changed, gone }: SlotPlan): Set<LocalDay> {
  return new Set([...missing, ...changed.map(({ planned }) => planned), ...gone].map(({ day }) => day));
}
