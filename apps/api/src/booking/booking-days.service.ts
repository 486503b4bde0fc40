import { runFrom, type LocalDay } from '@haoban/domain';
import type { BookableDay, Slot } from '@haoban/contracts';
import { Injectable } from '@nestjs/common';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { CalendarService, type HallCalendar } from '../guide/calendar.service.js';
import { GuideService } from '../guide/guide.service.js';
import {
  offeredRows,
  released,
  shownDays,
  visitsThatFit,
  type BookingRule,
  type RowSlot,
} from './booking-offer.js';
import { bookingSettings, ruleTexts, SHOWN_DAYS } from './booking-settings.js';
import { toSlot } from './booking.mapper.js';
import type { SlotEntity } from './slot.entity.js';
import { SlotsService } from './slots.service.js';

interface ItemAtHall {
  readonly itemId: string;
  readonly hallId: string;
}

interface Recent {
  readonly at: number;
  readonly days: readonly LocalDay[];
  readonly rows: Promise<Map<LocalDay, SlotEntity[]>>;
}

const RECENT_MS = 1_000;

/** What can be booked: days, times, and the nearest other time when one is full. */
@Injectable()
export class BookingDaysService {
  private readonly recent = new Map<string, Recent>();

  constructor(
    private readonly slots: SlotsService,
    private readonly guide: GuideService,
    private readonly calendar: CalendarService,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError ITEM_NOT_FOUND, HALL_NOT_FOUND, ITEM_NOT_OFFERED, BOOKING_NOT_BOOKABLE */
  async listDays(at: ItemAtHall) {
    const { queueId, rules, need } = await this.bookable(at);
    const days = shownDays(this.clock.now(), SHOWN_DAYS);
    const rows = await this.slots.ofDays(queueId, days);
    const calendar = await this.calendar.forHall(at.hallId);
    return {
      items: days.map((day) => this.toDay(day, rows.get(day) ?? [], rules, need, calendar)),
      rules: ruleTexts(bookingSettings),
      kinds: ['window' as const],
      soonest: null,
      quietest: null,
    };
  }

  /** @throws AppError as `listDays` */
  async listSlots({ day, ...at }: ItemAtHall & { day: LocalDay }): Promise<{ items: Slot[] }> {
    const { queueId, rules, need } = await this.bookable(at);
    const now = this.clock.now();
    // Any day may be asked for, but only days that can be shown are worth rows.
    if (!shownDays(now, SHOWN_DAYS).includes(day)) return { items: [] };
    const rows = (await this.slots.ofDays(queueId, [day])).get(day) ?? [];
    const offered = offeredRows(rows, rules, need, now, bookingSettings);
    const items = offered.flatMap((slot) => {
      const run = runFrom(offered, slot.startMinute, need);
      const last = run?.at(-1);
      if (!run || !last || (need > 1 && slot.free === 0)) return [];
      return [toSlot(slot, last.row, Math.min(...run.map(({ row }) => row.capacity)))];
    });
    return { items };
  }

  /** The free time nearest to a full one, for a visit of `need` slots; null where the shown days have none. */
  async nearestFree(slot: SlotEntity, need: number): Promise<{ slotId: string; start: string } | null> {
    const now = this.clock.now();
    const { bookingRules } = await this.guide.getQueue(slot.queueId);
    const byDay = await this.recentDays(slot.queueId, shownDays(now, SHOWN_DAYS));
    const distance = ({ row }: RowSlot) => Math.abs(row.startAt.getTime() - slot.startAt.getTime());
    const [nearest] = [...byDay.values()]
      .flatMap((rows) => offeredRows(rows, bookingRules, need, now, bookingSettings))
      .filter(({ free, row }) => free > 0 && row.id !== slot.id)
      .sort((a, b) => distance(a) - distance(b) || a.row.startAt.getTime() - b.row.startAt.getTime());
    return nearest ? { slotId: nearest.row.id, start: nearest.row.startAt.toISOString() } : null;
  }

  /** For advice only: in a rush everybody who is refused asks for the same days, and a second's age does no harm. */
  private recentDays(queueId: string, days: readonly LocalDay[]): Promise<Map<LocalDay, SlotEntity[]>> {
    const now = performance.now();
    const known = this.recent.get(queueId);
    if (known && known.days[0] === days[0] && now - known.at < RECENT_MS) return known.rows;
    const rows = this.slots.ofDays(queueId, days);
    this.recent.set(queueId, { at: now, days, rows });
    rows.catch(() => this.recent.delete(queueId));
    return rows;
  }

  private async bookable({ itemId, hallId }: ItemAtHall) {
    const { item, place, queue } = await this.guide.getPlace(itemId, hallId);
    if (!item.bookable || queue.bookingRules.length === 0) throw new AppError('BOOKING_NOT_BOOKABLE');
    return { queueId: queue.id, rules: queue.bookingRules, need: Math.max(1, place.slotsNeeded) };
  }

  private toDay(
    day: LocalDay,
    all: readonly SlotEntity[],
    rules: readonly BookingRule[],
    need: number,
    calendar: HallCalendar,
  ): BookableDay {
    const now = this.clock.now();
    const closed = (note: string): BookableDay => ({
      day,
      status: 'closed',
      remaining: 0,
      capacity: 0,
      note,
    });
    const rows = all.filter((row) => !row.closed);
    if (rows.length === 0) {
      const { openings, note } = calendar.plan(day);
      return closed(openings.length > 0 ? '当日不办理该业务的预约' : (note ?? '当日不对外服务'));
    }
    const offered = offeredRows(rows, rules, need, now, bookingSettings);
    if (offered.length === 0) {
      const early = rows.every((row) => released(row, rows, rules, now) === 'too_early');
      return closed(early ? '尚未开放预约' : '已过预约时间');
    }
    const frees = offered.map(({ row }) => Math.max(0, row.capacity - row.taken));
    const remaining = visitsThatFit(offered, frees, need);
    const capacity = visitsThatFit(
      offered,
      offered.map(({ row }) => row.capacity),
      need,
    );
    return {
      day,
      status: remaining > 0 ? 'open' : 'full',
      remaining,
      capacity,
      note: remaining > 0 ? null : '已约满',
    };
  }
}
