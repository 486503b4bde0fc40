import { addDays, dayOf, type LocalDay } from '@haoban/domain';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, type Repository } from 'typeorm';
import { Clock } from '../common/clock.js';
import { Transactions } from '../db/transactions.js';
import { CalendarService } from '../guide/calendar.service.js';
import { GuideService } from '../guide/guide.service.js';
import { QueueCalendarService } from '../guide/queue-calendar.service.js';
import { SHOWN_DAYS } from './booking-settings.js';
import { SlotChanges } from './slot-changes.js';
import { SlotEntity } from './slot.entity.js';
import { comparePlan, isDone, plannedSlots, writePlan } from './slot-plan.js';

/** Another process may have changed the calendar while this one cut slots from the old one. */
const TRIES = 3;

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
    const empty = days.filter((day) => !rows.some((row) => row.day === day));
    const calendar = await this.calendar.forQueue(queueId);
    const missing = empty.filter((day) => calendar.slots(day).length > 0);
    if (missing.length > 0) {
      await this.ensureDays(queueId, missing);
      rows.push(...(await this.read(queueId, missing)));
    }
    return new Map(days.map((day) => [day, rows.filter((row) => row.day === day)]));
  }

  /**
   * Brings the rows of these days in line with the queue's rules and the hall's calendar: adds what is missing, changes
   * places (those that are taken stay taken), closes what is no longer offered. Doing it twice changes nothing.
   */
  async ensureDays(queueId: string, days: readonly LocalDay[]): Promise<void> {
    for (let tries = 1; ; tries++) {
      const calendar = await this.calendar.forQueue(queueId);
      const plan = comparePlan(await this.read(queueId, days), plannedSlots(calendar, days));
      if (isDone(plan)) return;
      const written = await this.transactions.run(async (em) => {
        const queue = (await this.queues.lock(em, [queueId])).get(queueId);
        // A closure that was saved a moment ago must not be undone by whoever has not heard of it.
        if (queue?.calendarVersion !== calendar.queue.calendarVersion) return false;
        await writePlan(em, calendar.queue, plan);
        for (const day of days) this.changes.changed(em, queueId, day);
        return true;
      });
      if (written || tries === TRIES) return;
      await this.guide.refresh();
    }
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
}
