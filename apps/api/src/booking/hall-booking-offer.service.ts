import { placesFree, type LocalDay, type VisitKind } from '@haoban/domain';
import type { BookableDay, HallSlot } from '@haoban/contracts';
import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { BookingDaysService, wishOf, type WishQuery } from './booking-days.service.js';
import { isShown, offeredVisits } from './booking-offer.js';
import { toSlot } from './booking.mapper.js';
import { capacityOf, loadOf } from './slot-ledger.js';
import { SlotsService } from './slots.service.js';
import { Visits } from './visits.service.js';

type StaffQuery = Omit<WishQuery, 'audience'>;

/** What staff may book for somebody before them or on the phone: what is left of all places, the hall's own included. */
@Injectable()
export class HallBookingOfferService {
  constructor(
    private readonly days: BookingDaysService,
    private readonly visits: Visits,
    private readonly slots: SlotsService,
    private readonly clock: Clock,
  ) {}

  async listDays(
    actor: StaffActor,
    query: StaffQuery,
  ): Promise<{ items: BookableDay[]; kinds: VisitKind[] }> {
    const hallId = hallOf(actor);
    const { items, kinds } = await this.days.listDays({ ...query, hallId, audience: 'internal' });
    return { items, kinds };
  }

  async listSlots(
    actor: StaffActor,
    { day, ...query }: StaffQuery & { day: LocalDay },
  ): Promise<{ items: HallSlot[] }> {
    const hallId = hallOf(actor);
    const { kind } = query;
    const visit = await this.visits.plan(wishOf({ ...query, audience: 'internal' }), hallId, kind);
    const now = this.clock.now();
    if (!isShown(day, now, visit.rules)) return { items: [] };
    const rows = (await this.slots.ofDays(visit.queueId, [day])).get(day) ?? [];
    const { need, places, itemClass, rules, policy } = visit;
    const offer = { need, places, itemClass, kind, audience: 'internal' as const };
    return {
      items: offeredVisits(rows, rules, offer, now, policy).map(({ slot, last, capacity }) => {
        const { row } = slot;
        const [all, load] = [capacityOf(row), loadOf(row)];
        return {
          ...toSlot(slot, last, capacity),
          publicRemaining: placesFree(all, load, 'public', itemClass),
          greenRemaining: Math.max(0, all.green - load.green),
          heldBack: row.heldBack,
        };
      }),
    };
  }
}

/** @throws AppError FORBIDDEN for staff of no hall */
export function hallOf({ hallId }: StaffActor): string {
  if (!hallId) throw new AppError('FORBIDDEN');
  return hallId;
}
