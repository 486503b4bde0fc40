import {
  dayOf,
  distanceMetres,
  formatClock,
  formatDay,
  minutesOfDay,
  policyInWords,
  slotHints,
  type Contingent,
  type HintSlot,
  type LocalDay,
  type VisitKind,
} from '@haoban/domain';
import type { BookableDay, Slot, SlotHint } from '@haoban/contracts';
import { Injectable } from '@nestjs/common';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { CalendarService, type QueueCalendar } from '../guide/calendar.service.js';
import { GuideService } from '../guide/guide.service.js';
import {
  fullParts,
  isShown,
  offeredRows,
  offeredVisits,
  opensAt,
  released,
  shownDays,
  visitsThatFit,
  type Offer,
  type OfferedVisit,
} from './booking-offer.js';
import { toSlot } from './booking.mapper.js';
import type { SlotEntity } from './slot.entity.js';
import { SlotRelease } from './slot-release.js';
import { SlotsService } from './slots.service.js';
import { Visits, type PlannedVisit, type VisitWish } from './visits.service.js';

/** A wish in the words of a query string. */
export interface WishQuery {
  readonly itemId: string;
  readonly files: number;
  readonly also?: string | undefined;
  readonly persons: number;
  readonly kind: Offer['kind'];
  readonly audience: Contingent;
}

/** Those of the usual openings, and those of a single day: a manager may plan an evening by hand. */
function kindsOffered({ kinds, rules }: PlannedVisit, rows: readonly SlotEntity[]): VisitKind[] {
  const offered = new Set([
    ...rules.map(({ kind = 'window' }) => kind),
    ...rows.filter(({ closed }) => !closed).map(({ kind }) => kind),
  ]);
  return kinds.filter((kind) => offered.has(kind));
}

type DayRows = Map<LocalDay, SlotEntity[]>;

interface Recent {
  readonly at: number;
  readonly days: readonly LocalDay[];
  readonly rows: Promise<DayRows>;
  /** Free times by what is asked for, worked out once for everybody who is refused in the same second. */
  readonly free: Map<string, readonly OfferedVisit[]>;
}

const RECENT_MS = 1_000;

type FullPart = ReturnType<typeof fullParts>[number];

/** A day of the list, and where it is open the parts of it that are full. */
interface LookedAt {
  readonly item: BookableDay;
  readonly full: readonly FullPart[];
}

/** What can be booked: days, times, and the nearest other time when one is full. */
@Injectable()
export class BookingDaysService {
  private readonly recent = new Map<string, Recent>();

  constructor(
    private readonly slots: SlotsService,
    private readonly visits: Visits,
    private readonly release: SlotRelease,
    private readonly guide: GuideService,
    private readonly calendar: CalendarService,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError ITEM_NOT_FOUND, HALL_NOT_FOUND, ITEM_NOT_OFFERED, BOOKING_NOT_BOOKABLE, VISIT_… */
  async listDays({ hallId, ...query }: WishQuery & { hallId: string }): Promise<{
    items: BookableDay[];
    rules: string[];
    kinds: PlannedVisit['kinds'][number][];
    soonest: SlotHint | null;
    quietest: SlotHint | null;
    fullParts: { day: LocalDay; part: FullPart }[];
    offerMinutes: number;
  }> {
    const visit = await this.visits.plan(wishOf(query), hallId, query.kind);
    const now = this.clock.now();
    const days = shownDays(now, visit.rules);
    const rows = await this.slots.ofDays(visit.queueId, days);
    const calendar = await this.calendar.forQueue(visit.queueId);
    const offer = offerOf(visit, query);
    const hints = slotHints(this.hintSlots(rows, visit, offer, now));
    const looked = days.map((day) => this.toDay(day, rows.get(day) ?? [], visit, offer, calendar));
    return {
      items: looked.map(({ item }) => item),
      rules: policyInWords(visit.policy),
      kinds: kindsOffered(visit, [...rows.values()].flat()),
      soonest: toHint(hints.soonest),
      quietest: toHint(hints.quietest),
      fullParts: looked.flatMap(({ item, full }) => full.map((part) => ({ day: item.day, part }))),
      offerMinutes: visit.policy.offerMinutes,
    };
  }

  /** @throws AppError as `listDays` */
  async listSlots({
    day,
    hallId,
    ...query
  }: WishQuery & { hallId: string; day: LocalDay }): Promise<{ items: Slot[] }> {
    const visit = await this.visits.plan(wishOf(query), hallId, query.kind);
    const now = this.clock.now();
    // Any day may be asked for, but only days that can be shown are worth rows.
    if (!isShown(day, now, visit.rules)) return { items: [] };
    const rows = (await this.slots.ofDays(visit.queueId, [day])).get(day) ?? [];
    const offer = this.ofDay(rows, visit, offerOf(visit, query));
    const offered = offeredVisits(rows, visit.rules, offer, now, visit.policy);
    return { items: offered.map(({ slot, last, capacity }) => toSlot(slot, last, capacity)) };
  }

  /** Every hall that offers the item: nearest first where the asker's place is known, else soonest first. */
  async listBranches({
    itemId,
    latitude,
    longitude,
    kind,
  }: {
    itemId: string;
    latitude?: number | undefined;
    longitude?: number | undefined;
    kind: Offer['kind'];
  }) {
    const item = await this.guide.getItem(itemId);
    if (!item.bookable) throw new AppError('BOOKING_NOT_BOOKABLE');
    const { places, halls } = await this.guide.catalogue();
    const here = latitude !== undefined && longitude !== undefined ? { latitude, longitude } : undefined;
    const branches = await Promise.all(
      (places.get(itemId) ?? []).map(async ({ hallId }) => {
        const hall = halls.get(hallId);
        return {
          hallId,
          hallName: hall?.name ?? '',
          address: hall?.address ?? '',
          distanceMetres: hall && here ? distanceMetres(here, hall) : null,
          soonest: await this.soonestAt(itemId, hallId, kind),
        };
      }),
    );
    const startOf = ({ soonest }: (typeof branches)[number]) =>
      soonest ? `${soonest.day} ${soonest.startTime}` : '9999';
    return {
      items: branches.sort(
        (a, b) => (a.distanceMetres ?? 0) - (b.distanceMetres ?? 0) || (startOf(a) < startOf(b) ? -1 : 1),
      ),
    };
  }

  /** The free time nearest to a full one; null where the shown days have none. */
  async nearestFree(
    visit: PlannedVisit & { readonly slot: SlotEntity; readonly slotId: string },
    audience: Contingent,
  ): Promise<{ slotId: string; start: string } | null> {
    const now = this.clock.now();
    const recent = this.recentDays(visit.queueId, shownDays(now, visit.rules));
    const byDay = await recent.rows;
    const { kind, startAt } = visit.slot;
    const { need, places, itemClass } = visit;
    const offer: Offer = { need, places, itemClass, kind, audience };
    const key = JSON.stringify(offer);
    const free =
      recent.free.get(key) ??
      [...byDay.values()]
        .flatMap((rows) =>
          offeredVisits(rows, visit.rules, this.ofDay(rows, visit, offer), now, visit.policy),
        )
        .filter(({ slot }) => slot.free > 0);
    recent.free.set(key, free);
    const wanted = startAt.getTime();
    let nearest: SlotEntity | undefined;
    for (const { slot } of free) {
      const { row } = slot;
      if (row.id === visit.slotId) continue;
      const closer =
        !nearest || Math.abs(row.startAt.getTime() - wanted) < Math.abs(nearest.startAt.getTime() - wanted);
      if (closer) nearest = row;
    }
    return nearest ? { slotId: nearest.id, start: nearest.startAt.toISOString() } : null;
  }

  private async soonestAt(itemId: string, hallId: string, kind: Offer['kind']): Promise<SlotHint | null> {
    try {
      const wish: WishQuery = { itemId, files: 1, persons: 1, kind, audience: 'public' };
      const visit = await this.visits.plan(wishOf(wish), hallId, kind);
      const now = this.clock.now();
      const { rows } = this.recentDays(visit.queueId, shownDays(now, visit.rules));
      return toHint(slotHints(this.hintSlots(await rows, visit, offerOf(visit, wish), now)).soonest);
    } catch (error) {
      // A hall that does not serve people this way is a branch without a time, not a failure of the list.
      if (error instanceof AppError) return null;
      throw error;
    }
  }

  /** The offer with what of its places is out by now. */
  private ofDay(rows: readonly SlotEntity[], { rules, policy }: PlannedVisit, offer: Offer): Offer {
    return { ...offer, publicPlaces: this.release.publicPlaces(rows, rules, policy) };
  }

  private hintSlots(byDay: DayRows, visit: PlannedVisit, offer: Offer, now: Date): HintSlot[] {
    return [...byDay].flatMap(([day, rows]) =>
      offeredVisits(rows, visit.rules, this.ofDay(rows, visit, offer), now, visit.policy).map(
        ({ slot, capacity }) => ({
          id: slot.row.id,
          day,
          startMinute: slot.startMinute,
          free: slot.free,
          capacity,
        }),
      ),
    );
  }

  /** For advice only: in a rush everybody who is refused asks for the same days, and a second's age does no harm. */
  private recentDays(queueId: string, days: readonly LocalDay[]): Recent {
    const now = performance.now();
    const known = this.recent.get(queueId);
    if (known && known.days[0] === days[0] && now - known.at < RECENT_MS) return known;
    const recent: Recent = {
      at: now,
      days,
      rows: this.slots.ofDays(queueId, days),
      free: new Map(),
    };
    this.recent.set(queueId, recent);
    recent.rows.catch(() => this.recent.delete(queueId));
    return recent;
  }

  private toDay(
    day: LocalDay,
    all: readonly SlotEntity[],
    visit: PlannedVisit,
    wanted: Offer,
    calendar: QueueCalendar,
  ): LookedAt {
    const now = this.clock.now();
    const { rules, policy } = visit;
    const offer = this.ofDay(all, visit, wanted);
    const closed = (note: string, opensAt: string | null = null): LookedAt => ({
      item: { day, status: 'closed', remaining: 0, capacity: 0, note, opensAt },
      full: [],
    });
    const rows = all.filter((row) => !row.closed && row.kind === offer.kind);
    if (rows.length === 0) {
      const open = calendar.hours(day).length > 0;
      return closed(open ? '当日不办理该业务的预约' : (calendar.note(day) ?? '当日不对外服务'));
    }
    const offered = offeredRows(rows, rules, offer, now, policy);
    if (offered.length === 0) {
      const opens = opensAt(rows, rules, now);
      if (!opens) {
        const early = rows.every((row) => released(row, rows, rules, now) === 'too_early');
        return closed(early ? '尚未开放预约' : '已过预约时间');
      }
      const time = formatClock(minutesOfDay(opens));
      const when = dayOf(opens) === dayOf(now) ? `今天 ${time}` : `${formatDay(dayOf(opens))} ${time}`;
      return closed(`${when} 开放预约`, opens.toISOString());
    }
    const remaining = visitsThatFit(offered, offer);
    const capacity = visitsThatFit(offered, offer, 'capacity');
    if (remaining === 0)
      return { item: { day, status: 'full', remaining, capacity, note: '已约满', opensAt: null }, full: [] };
    return {
      item: { day, status: 'open', remaining, capacity, note: null, opensAt: null },
      full: fullParts(offered, offer.need),
    };
  }
}

/** `ID,ID*3` → items with files. */
export function wishOf({ itemId, files, also, persons }: WishQuery): VisitWish {
  const more = (also?.split(',') ?? []).map((each) => {
    const [id = '', count = '1'] = each.split('*');
    return { itemId: id, files: Number(count) };
  });
  return { itemId, files, also: more, persons };
}

function offerOf({ need, places, itemClass }: PlannedVisit, { kind, audience }: WishQuery): Offer {
  return { need, places, itemClass, kind, audience };
}

function toHint(slot: HintSlot | undefined): SlotHint | null {
  if (!slot) return null;
  const { id, day, startMinute, free } = slot;
  return { slotId: id, day, startTime: formatClock(startMinute), remaining: free };
}
