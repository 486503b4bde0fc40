import { formatClock, minutesOfDay, nearestTimes } from '@haoban/domain';
import type { SlotHint } from '@haoban/contracts';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import type { CitizenActor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { offeredVisits, shownDays, type Offer } from './booking-offer.js';
import type { BookingEntity } from './booking.entity.js';
import { BookingService } from './booking.service.js';
import { isDisrupted } from './open-disruptions.js';
import { SlotRelease } from './slot-release.js';
import { SlotReturnEntity } from './slot.entity.js';
import { SlotsService } from './slots.service.js';
import { Visits } from './visits.service.js';

const OFFERS = 3;

/** Other times for a booking that cannot or need not stay: few and near, so that one tap is enough. */
@Injectable()
export class BookingAlternativesService {
  constructor(
    @InjectRepository(SlotReturnEntity) private readonly returns: Repository<SlotReturnEntity>,
    private readonly bookings: BookingService,
    private readonly visits: Visits,
    private readonly slots: SlotsService,
    private readonly release: SlotRelease,
    private readonly clock: Clock,
  ) {}

  /** At the same hall and of the same kind; a place that this person gave back is not among them. None once the booking has ended. @throws AppError NOT_FOUND */
  async forOwner(actor: CitizenActor, bookingId: string): Promise<{ closed: boolean; items: SlotHint[] }> {
    const booking = await this.bookings.getRow(actor, bookingId);
    if (booking.state !== 'confirmed') return { closed: false, items: [] };
    const closed = await isDisrupted(this.returns.manager, booking);
    return { closed, items: await this.nearest(booking) };
  }

  /** Where the item is no longer offered as it was booked there is nothing to propose. */
  private async nearest(booking: BookingEntity): Promise<SlotHint[]> {
    const { kind, contingent, startAt, persons, hallId } = booking;
    const [first, ...also] = (await this.bookings.namesOf(booking)).items;
    if (!first) return [];
    const wish = { itemId: first.itemId, files: first.files, also, persons };
    const visit = await this.visits.plan(wish, hallId, kind).catch((error: unknown) => {
      if (error instanceof AppError) return undefined;
      throw error;
    });
    if (!visit) return [];
    const now = this.clock.now();
    const { need, places, itemClass, rules, policy } = visit;
    const audience = contingent === 'green' ? 'green' : 'public';
    const offer: Offer = { need, places, itemClass, kind, audience };
    const byDay = await this.slots.ofDays(visit.queueId, shownDays(now, visit.rules));
    const free = [...byDay.values()]
      .flatMap((rows) => {
        const publicPlaces = this.release.publicPlaces(rows, rules, policy);
        return offeredVisits(rows, rules, { ...offer, publicPlaces }, now, policy);
      })
      .filter(({ slot }) => slot.free > 0 && slot.row.id !== booking.slotId)
      .map(({ slot }) => ({ startAt: slot.row.startAt, slot }));
    const { queueId } = visit;
    const returned = await this.returns.findBy([
      { personKey: booking.personKey, queueId },
      { accountId: booking.citizenId ?? '', queueId },
    ]);
    const refused = new Set(returned.map(({ slotId }) => slotId));
    const open = free.filter(({ slot }) => !refused.has(slot.row.id));
    return nearestTimes(open, startAt, OFFERS).map(({ slot }) => ({
      slotId: slot.row.id,
      day: slot.row.day,
      startTime: formatClock(minutesOfDay(slot.row.startAt)),
      remaining: slot.free,
    }));
  }
}
