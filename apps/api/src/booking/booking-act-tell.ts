import {
  addDays,
  dayOf,
  formatClock,
  formatDay,
  formatInstant,
  minutesOfDay,
  type LocalDay,
  type ReminderKind,
  type VisitKind,
} from '@haoban/domain';
import type { Tell } from '../outbox/topics.js';
import type { BookingEntity } from './booking.entity.js';
import type { BookingNames } from './booking.mapper.js';

const detail = ({ id }: BookingEntity) => `pages/booking/detail/index?id=${id}`;
const clock = (instant: Date) => formatClock(minutesOfDay(instant));
const timeField = (instant: Date) => `${dayOf(instant)} ${clock(instant)}`;

/** The message about a new time: no name and no ID number of the person. */
export function movedTell(
  booking: BookingEntity,
  citizenId: string,
  names: BookingNames,
  move: { from: Date; reason: string | null },
) {
  const { startAt, version } = booking;
  const why = move.reason ? `原因：${move.reason}。` : '';
  const ask = move.reason ? '如新时间不方便，请打开预约改到其他时间。' : '';
  return {
    template: 'booking_moved',
    citizenId,
    dedupeKey: `booking_moved:${booking.id}:${version}`,
    title: move.reason ? '您的预约时间有变动' : '预约已改期',
    body: `您在${names.hallName}办理“${names.itemName}”的预约，已从 ${formatInstant(move.from)} 改到 ${formatInstant(startAt)}，地点：${names.place}，预约码 ${booking.code}。${why}${ask}`,
    page: detail(booking),
    data: {
      thing1: names.itemName,
      time2: timeField(startAt),
      time3: timeField(move.from),
      thing4: names.hallName,
      thing5: move.reason ?? '您申请了改期',
    },
  } satisfies Tell;
}

/** That the hall itself has called the booking off, and why. */
export function calledOffTell(
  booking: BookingEntity,
  citizenId: string,
  names: BookingNames,
  reason: string,
) {
  const when = formatInstant(booking.startAt);
  return {
    template: 'booking_cancelled',
    citizenId,
    dedupeKey: `booking_cancelled:${booking.id}`,
    title: '您的预约已由大厅取消',
    body: `您 ${when} 在${names.hallName}办理“${names.itemName}”的预约已由工作人员取消，原因：${reason}。您可以重新预约其他时间，这次取消不计入您的记录。`,
    page: detail(booking),
    data: {
      thing1: names.itemName,
      time2: timeField(booking.startAt),
      thing3: names.hallName,
      character_string4: booking.code,
    },
  } satisfies Tell;
}

/** A reminder that can be answered: its page has 我会来 and 放弃名额. */
export function reminderTell(
  booking: BookingEntity,
  citizenId: string,
  names: BookingNames,
  kind: ReminderKind,
  now: Date,
) {
  const when = `${dayWords(booking.day, dayOf(now))} ${clock(booking.startAt)}`;
  return {
    template: 'booking_reminder',
    citizenId,
    // The time is part of the key: a booking that was moved is reminded of its new time, too.
    dedupeKey: `booking_reminder:${booking.id}:${kind}:${booking.startAt.getTime()}`,
    title: kind === 'day' ? '预约提醒' : '您的预约快到了',
    body: `您预约了${when} ${visitWords(booking.kind, names)}“${names.itemName}”，预约码 ${booking.code}。${toDo(booking.kind)}来不了请点开这条消息放弃名额，让给需要的人。`,
    page: detail(booking),
    data: {
      thing1: names.itemName,
      time2: timeField(booking.startAt),
      thing3: names.hallName,
      character_string4: booking.code,
      thing5: '来不了请点开放弃名额',
    },
  } satisfies Tell;
}

function dayWords(day: LocalDay, today: LocalDay): string {
  if (day === today) return '今天';
  return day === addDays(today, 1) ? `明天（${formatDay(day)}）` : formatDay(day);
}

/** Where and how: `到…（一层 A 区）办理`. */
export function visitWords(kind: VisitKind, names: Pick<BookingNames, 'hallName' | 'place'>): string {
  switch (kind) {
    case 'phone':
      return `由${names.hallName}电话为您办理`;
    case 'video':
      return `由${names.hallName}视频为您办理`;
    case 'home':
      return `由${names.hallName}上门为您办理`;
    case 'window':
    case 'after_hours':
    case 'agent':
      return `到${names.hallName}（${names.place}）办理`;
  }
}

function toDo(kind: VisitKind): string {
  switch (kind) {
    case 'phone':
    case 'video':
      return '请保持电话畅通，备好材料。';
    case 'home':
      return '请备好材料，在家等候。';
    case 'window':
    case 'after_hours':
    case 'agent':
      return '请带好材料。';
  }
}
