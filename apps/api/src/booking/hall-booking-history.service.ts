import { formatInstant, isRemote, notReachedNames, type VisitKind } from '@haoban/domain';
import type { BookingHistoryEntry } from '@haoban/contracts';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import type { StaffActor } from '../common/actor.js';
import { GuideService } from '../guide/guide.service.js';
import { StaffService } from '../identity/staff.service.js';
import type { BookingPlace } from './booking-changes.js';
import { BookingChangeEntity, type BookingEntity } from './booking.entity.js';
import { HallBookingsService } from './hall-bookings.service.js';

type Entry = Omit<BookingHistoryEntry, 'name'> & { readonly staffId: string | null };

/** What happened to a booking, in words, from the booking itself and its changes. */
@Injectable()
export class HallBookingHistoryService {
  constructor(
    @InjectRepository(BookingChangeEntity) private readonly changes: Repository<BookingChangeEntity>,
    private readonly bookings: HallBookingsService,
    private readonly guide: GuideService,
    private readonly staff: StaffService,
  ) {}

  /** Oldest first. @throws AppError NOT_FOUND */
  async ofBooking(actor: StaffActor, bookingId: string): Promise<{ items: BookingHistoryEntry[] }> {
    const booking = await this.bookings.getRow(actor, bookingId);
    const changes = await this.changes.find({ where: { bookingId }, order: { at: 'ASC', id: 'ASC' } });
    const { halls } = await this.guide.catalogue();
    const hallName = (id: string) => halls.get(id)?.name ?? '';
    const entries = [
      made(booking, changes),
      ...changes.map((change) => changed(change, booking.kind, hallName)),
      ...marks(booking, changes),
    ].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
    const names = await this.staff.names(entries.flatMap(({ staffId }) => staffId ?? []));
    return {
      items: entries.map(({ staffId, ...entry }) => ({
        ...entry,
        name: staffId ? (names.get(staffId) ?? null) : null,
      })),
    };
  }
}

function made(booking: BookingEntity, changes: readonly BookingChangeEntity[]): Entry {
  const { channel, requesterId, createdAt, state } = booking;
  const first = changes.find(({ action }) => action === 'move')?.before as BookingPlace | null | undefined;
  const start = first ? new Date(first.start) : booking.startAt;
  const how = { app: '在手机上预约', desk: '在窗口预约', call: '打电话预约' }[channel];
  const held = state === 'held' || state === 'expired';
  return {
    at: createdAt.toISOString(),
    action: 'made',
    by: channel === 'app' ? 'citizen' : 'staff',
    staffId: channel === 'app' ? null : requesterId,
    text: `${how}了 ${formatInstant(start)}${held ? '，没有确认' : ''}`,
    reason: null,
  };
}

function changed(change: BookingChangeEntity, kind: VisitKind, hallName: (id: string) => string): Entry {
  const { at, actorKind, actorId, reason } = change;
  return {
    at: at.toISOString(),
    by: actorKind,
    staffId: actorKind === 'staff' ? actorId : null,
    reason,
    ...wordsOf(change, kind, hallName),
  };
}

function wordsOf(
  { action, actorKind, before, after }: BookingChangeEntity,
  kind: VisitKind,
  hallName: (id: string) => string,
): Pick<Entry, 'action' | 'text'> {
  switch (action) {
    case 'move': {
      const [from, to] = [before as BookingPlace | null, after as BookingPlace | null];
      const hall = from && to && from.hallId !== to.hallId ? `${hallName(to.hallId)} ` : '';
      return { action: 'moved', text: `改到 ${hall}${when(to)}，原为 ${when(from)}` };
    }
    case 'cancel':
      return { action: 'cancelled', text: '取消了预约' };
    case 'release':
      return { action: 'released', text: '过了取消时限后放弃名额，不算爽约' };
    case 'reply':
      return { action: 'replied', text: '回复提醒：会来' };
    case 'excuse':
      return { action: 'excused', text: '爽约经申诉撤销' };
    case 'serve':
      return {
        action: 'served',
        text: actorKind === 'staff' ? '记录为已办理' : '当天没有记录结果，按已办理处理',
      };
    case 'no_show':
      return { action: 'missed', text: isRemote(kind) ? notReachedNames[kind] : '没有到场签到，记为未到' };
  }
}

function when(place: BookingPlace | null): string {
  return place ? formatInstant(new Date(place.start)) : '—';
}

/** What the booking's own row says of times; cancellations that left no change were the system's. */
function marks(booking: BookingEntity, changes: readonly BookingChangeEntity[]): Entry[] {
  const { dayRemindedAt, hourRemindedAt, checkedInAt, cancelledAt, cancelReason } = booking;
  const entry = (
    at: Date | null,
    action: Entry['action'],
    by: Entry['by'],
    text: string,
    reason: string | null = null,
  ) => (at ? [{ at: at.toISOString(), action, by, staffId: null, text, reason }] : []);
  const known = changes.some(({ action }) => action === 'cancel' || action === 'release');
  return [
    ...entry(dayRemindedAt, 'reminded', 'system', '发送前一天提醒'),
    ...entry(hourRemindedAt, 'reminded', 'system', '发送一小时提醒'),
    ...entry(checkedInAt, 'checked_in', 'citizen', '到场签到'),
    ...entry(known ? null : cancelledAt, 'cancelled', 'system', '系统取消了预约', cancelReason),
  ];
}
