import { addDays, instantAt, minutesOfDay, parseClock, type LocalDay } from '@haoban/domain';
import type { Booking } from '@haoban/contracts';
import type { INestApplicationContext, Type } from '@nestjs/common';
import { BookingCancelService } from '../../booking/booking-cancel.service.js';
import { offeredRows } from '../../booking/booking-offer.js';
import { BookingReserveService } from '../../booking/booking-reserve.service.js';
import { SlotsService } from '../../booking/slots.service.js';
import { Visits } from '../../booking/visits.service.js';
import type { CitizenActor, StaffActor } from '../../common/actor.js';
import type { FixedClock } from '../../common/clock.js';
import { demoCity } from '../demo/index.js';
import type { HallCode } from '../demo/types.js';
import { demoId } from '../seed/demo-id.js';

/** How far a search for open days goes: past the longest holidays. */
const FARTHEST = 30;

/** Lets the people of the demo city act through the services, each at a moment of the clock that it moves. */
export class StoryTeller {
  private acts = 0;

  constructor(
    private readonly app: Pick<INestApplicationContext, 'get'>,
    private readonly clock: FixedClock,
    readonly today: LocalDay,
  ) {}

  get<T>(service: Type<T>): T {
    return this.app.get(service, { strict: false });
  }

  /** Whatever follows happens then. @param time `HH:MM` in the city */
  at(day: LocalDay, time: string): void {
    this.clock.set(instantAt(day, parseClock(time)));
  }

  daysAgo(count: number): LocalDay {
    return addDays(this.today, -count);
  }

  /** A resident or a neighbour. */
  citizen(key: string): CitizenActor {
    return { kind: 'citizen', citizenId: demoId('resident', key) };
  }

  staff(username: string): StaffActor {
    const member = demoCity.staff.find((each) => each.username === username);
    if (!member) throw new Error(`The demo city has no ${username}`);
    const { name, role, hall } = member;
    return {
      kind: 'staff',
      staffId: demoId('staff', username),
      role,
      hallId: hall && demoId('hall', hall),
      name,
    };
  }

  /** The days on which an item can be had at its hall, nearest to today first. */
  async openDays(slug: string, towards: 'past' | 'future', count: number): Promise<LocalDay[]> {
    const { queueId } = await this.plan(slug);
    const step = towards === 'past' ? -1 : 1;
    const days = Array.from({ length: FARTHEST }, (_, index) => addDays(this.today, step * (index + 1)));
    const slots = await this.get(SlotsService).ofDays(queueId, days);
    const open = days.filter((day) => slots.get(day)?.some((row) => row.kind === 'window' && !row.closed));
    return open.slice(0, count);
  }

  /** Books the first time that is free. @returns undefined where none is */
  async book(key: string, slug: string, day: LocalDay, from = '09:00'): Promise<Booking | undefined> {
    const slotId = await this.freeSlot(slug, day, from);
    return slotId === undefined ? undefined : this.bookSlot(key, slug, slotId);
  }

  bookSlot(key: string, slug: string, slotId: string): Promise<Booking> {
    const visit = { itemId: demoId('item', slug), files: 1, also: [], persons: 1, green: false };
    const requestId = this.nextRequest();
    return this.get(BookingReserveService).reserve(this.citizen(key), { requestId, slotId, ...visit });
  }

  async cancel(key: string, { id }: Booking, reason: string): Promise<void> {
    await this.get(BookingCancelService).cancel(this.citizen(key), { bookingId: id, reason });
  }

  nextRequest(): string {
    this.acts += 1;
    return `demo-story-${this.acts}`;
  }

  plan(slug: string, hall: HallCode = 'RC-SM') {
    const wish = { itemId: demoId('item', slug), files: 1, also: [], persons: 1 };
    return this.get(Visits).plan(wish, demoId('hall', hall), 'window');
  }

  private async freeSlot(slug: string, day: LocalDay, from: string): Promise<string | undefined> {
    const visit = await this.plan(slug);
    const rows = (await this.get(SlotsService).ofDays(visit.queueId, [day])).get(day) ?? [];
    const offer = { ...visit, kind: 'window' as const, audience: 'public' as const };
    const offered = offeredRows(rows, visit.rules, offer, this.clock.now(), visit.policy);
    return offered.find(({ row, free }) => free > 0 && minutesOfDay(row.startAt) >= parseClock(from))?.row.id;
  }
}
