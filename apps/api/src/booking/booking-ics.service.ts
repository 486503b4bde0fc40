import { bookingAlarms, calendarFile, calendarFileName, type VisitKind } from '@haoban/domain';
import { Injectable } from '@nestjs/common';
import type { CitizenActor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { GuideService } from '../guide/guide.service.js';
import type { BookingEntity } from './booking.entity.js';
import type { BookingNames } from './booking.mapper.js';
import { BookingService } from './booking.service.js';

/** The booking for the calendar of the owner's phone; it holds no name and no ID number, since calendars are shared. */
@Injectable()
export class BookingIcsService {
  constructor(
    private readonly bookings: BookingService,
    private readonly guide: GuideService,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError NOT_FOUND, BOOKING_STATE where it is not a booking that stands */
  async file(actor: CitizenActor, bookingId: string): Promise<{ fileName: string; ics: string }> {
    const booking = await this.bookings.getRow(actor, bookingId);
    if (booking.state !== 'confirmed' && booking.state !== 'checked_in') throw new AppError('BOOKING_STATE');
    const [names, hall] = await Promise.all([
      this.bookings.namesOf(booking),
      this.guide.getHall(booking.hallId),
    ]);
    const { startAt: start, endAt: end, kind, code } = booking;
    const now = this.clock.now();
    const title = titleOf(kind, names);
    const ics = calendarFile({
      uid: `${booking.id}@haoban`,
      sequence: booking.version - 1,
      stamp: now,
      start,
      end,
      title,
      place: comesToHall(kind) ? `${hall.name}（${hall.address}）${names.place}` : '',
      text: [`预约码：${code}`, ...(await this.papers(booking, names)), `大厅电话：${hall.phone}`].join('\n'),
      alarms: bookingAlarms(title, start, now),
    });
    return { fileName: calendarFileName(start, code), ics };
  }

  private async papers({ itemId }: BookingEntity, names: BookingNames): Promise<string[]> {
    const itemIds = new Set([itemId, ...names.items.map((item) => item.itemId)]);
    const lists = await Promise.all([...itemIds].map((id) => this.guide.materialsOf(id)));
    const required = new Set(lists.flat().flatMap(({ name, required: needed }) => (needed ? [name] : [])));
    return required.size > 0 ? [`请带：${[...required].join('、')}`] : [];
  }
}

function comesToHall(kind: VisitKind): boolean {
  return kind === 'window' || kind === 'after_hours' || kind === 'agent';
}

function titleOf(kind: VisitKind, { itemName, hallName }: BookingNames): string {
  switch (kind) {
    case 'phone':
      return `${hallName}电话办理“${itemName}”`;
    case 'video':
      return `${hallName}视频办理“${itemName}”`;
    case 'home':
      return `${hallName}上门办理“${itemName}”`;
    case 'window':
    case 'after_hours':
    case 'agent':
      return `到${hallName}办理“${itemName}”`;
  }
}
