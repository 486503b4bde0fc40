import { planVisit, type BookingSettings, type VisitKind, type VisitPlan } from '@haoban/domain';
import { Injectable } from '@nestjs/common';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { CalendarService } from '../guide/calendar.service.js';
import type { ServiceQueue } from '../guide/catalogue.service.js';
import { GuideService } from '../guide/guide.service.js';
import { BookingPolicies } from './booking-policies.service.js';
import { releaseOf, runOfRows, shownDays, type BookingRule, type Released } from './booking-offer.js';
import type { BookingNames } from './booking.mapper.js';
import { SlotDays, type SlotPlace } from './slot-days.service.js';
import type { PublicPlaces } from './slot-ledger.js';
import { SlotRelease } from './slot-release.js';
import type { SlotEntity } from './slot.entity.js';

export interface VisitItem {
  readonly itemId: string;
  readonly files: number;
}

/** What a person wants to have done in one go. */
export interface VisitWish {
  readonly itemId: string;
  readonly files: number;
  readonly also: readonly VisitItem[];
  readonly persons: number;
}

export interface PlannedVisit extends VisitPlan {
  readonly items: readonly VisitItem[];
  readonly hallId: string;
  readonly queueId: string;
  readonly rules: readonly BookingRule[];
  /** In which of them the item may be served there; when is another matter. */
  readonly kinds: readonly VisitKind[];
  readonly policy: BookingSettings;
  readonly names: BookingNames;
}

/** A planned visit and the slots that it would take. */
export interface PlacedVisit extends PlannedVisit {
  readonly slotId: string;
  /** As it looked before anything was locked. */
  readonly slot: SlotEntity;
  /** Consecutive, by time; empty where the run is broken. */
  readonly runIds: readonly string[];
  readonly release: Released;
  /** When the day's business ends, where it was looked up. */
  readonly closesAt?: Date | null;
  /** What of the public places is out by now. */
  readonly publicPlaces: PublicPlaces;
}

/** The same visit for everybody who wants it, at any time. */
type Placing = (now: Date) => PlacedVisit;

const windowOnly: readonly VisitKind[] = ['window', 'after_hours'];

/** Finds out what a wish takes, from the catalogue in memory. */
@Injectable()
export class Visits {
  /** By a day's rows as they looked: in a rush thousands want the same of the same day, which is worked out once. */
  private readonly placed = new WeakMap<readonly SlotEntity[], Map<string, Promise<Placing>>>();

  constructor(
    private readonly guide: GuideService,
    private readonly calendar: CalendarService,
    private readonly policies: BookingPolicies,
    private readonly days: SlotDays,
    private readonly releases: SlotRelease,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError ITEM_NOT_FOUND, HALL_NOT_FOUND, ITEM_NOT_OFFERED, BOOKING_NOT_BOOKABLE, VISIT_… */
  async plan(wish: VisitWish, hallId: string, kind: VisitKind): Promise<PlannedVisit> {
    const items = [{ itemId: wish.itemId, files: wish.files }, ...wish.also];
    const places = await Promise.all(items.map(({ itemId }) => this.guide.getPlace(itemId, hallId)));
    const [first] = places;
    if (!first) throw new AppError('ITEM_NOT_FOUND');
    const { queue, hall, place } = first;
    if (places.some(({ item }) => !item.bookable) || !(await this.takesBookings(queue)))
      throw new AppError('BOOKING_NOT_BOOKABLE');
    const policy = await this.policies.forHall(hallId);
    const plan = planVisit(
      places.map((each, index) => ({
        queueId: each.queue.id,
        slotsNeeded: each.place.slotsNeeded,
        files: items[index]?.files ?? 1,
        alone: Boolean(each.place.alone),
        kinds: each.place.kinds ?? windowOnly,
        itemClass: each.place.itemClass,
      })),
      wish.persons,
      kind,
      policy,
    );
    if (!plan.ok) throw new AppError(plan.code);
    return {
      ...plan.next,
      items,
      hallId,
      queueId: queue.id,
      rules: queue.bookingRules,
      kinds: place.kinds ?? windowOnly,
      policy,
      names: {
        itemName: first.item.name,
        hallName: hall.name,
        queueName: queue.name,
        place: `${place.floor} ${place.zone}`,
        items: places.map(({ item }, index) => ({
          itemId: item.id,
          itemName: item.name,
          files: items[index]?.files ?? 1,
        })),
        forName: null,
      },
    };
  }

  /** A queue without repeating rules is booked on the days that were planned by hand. */
  private async takesBookings({ id, bookingRules }: ServiceQueue): Promise<boolean> {
    if (bookingRules.length > 0) return true;
    const calendar = await this.calendar.forQueue(id);
    return shownDays(this.clock.now(), bookingRules).some((day) => calendar.override(day) !== undefined);
  }

  /** @throws AppError as `plan`, and SLOT_NOT_FOUND */
  async place(wish: VisitWish, slotId: string): Promise<PlacedVisit> {
    const at = await this.days.placeOf(slotId);
    if (!at) throw new AppError('SLOT_NOT_FOUND');
    const rows = await this.days.rowsOf(at.queueId, at.day);
    const known = this.placed.get(rows) ?? new Map<string, Promise<Placing>>();
    this.placed.set(rows, known);
    const key = keyOf(wish, slotId);
    const placing = known.get(key) ?? this.work(wish, slotId, at, rows);
    known.set(key, placing);
    // A refusal is not kept: what is offered may change before the rows do.
    placing.catch(() => known.delete(key));
    return (await placing)(this.clock.now());
  }

  private async work(
    wish: VisitWish,
    slotId: string,
    at: SlotPlace,
    ofDay: readonly SlotEntity[],
  ): Promise<Placing> {
    const visit = await this.plan(wish, at.hallId, at.kind);
    if (visit.queueId !== at.queueId) throw new AppError('ITEM_NOT_OFFERED');
    const rows = ofDay.filter(({ kind }) => kind === at.kind);
    const slot = rows.find(({ id }) => id === slotId);
    if (!slot) throw new AppError('SLOT_NOT_FOUND');
    const run = runOfRows(rows, slot, visit.need);
    const placed = {
      ...visit,
      slotId,
      slot,
      runIds: (run ?? []).map(({ id }) => id),
      closesAt: await this.calendar.closesAt(at.hallId, at.day, at.queueId),
      publicPlaces: this.releases.publicPlaces(rows, visit.rules, visit.policy),
    };
    const releaseAt = releaseOf(slot, rows, visit.rules);
    const byRelease: Partial<Record<Released, PlacedVisit>> = {};
    return (now) => {
      const release = releaseAt(now);
      return (byRelease[release] ??= { ...placed, release });
    };
  }
}

function keyOf({ itemId, files, also, persons }: VisitWish, slotId: string): string {
  const more = also.map((item) => `${item.itemId}*${item.files}`);
  return [slotId, persons, `${itemId}*${files}`, ...more].join();
}
