import { formatClock, formatInstant, minutesOfDay } from '@haoban/domain';
import type { Tell } from '../outbox/topics.js';
import type { BookingEntity } from './booking.entity.js';
import type { BookingNames } from './booking.mapper.js';

/** The message about a booking: no name and no ID number of the person. */
export function bookingTell(
  template: 'booking_confirmed' | 'booking_cancelled',
  booking: BookingEntity,
  citizenId: string,
  names: BookingNames,
) {
  const when = formatInstant(booking.startAt);
  const confirmed = template === 'booking_confirmed';
  return {
    template,
    citizenId,
    dedupeKey: `${template}:${booking.id}`,
    title: confirmed ? '预约成功' : '预约已取消',
    body: confirmed
      ? `您已预约 ${when} 到${names.hallName}办理“${names.itemName}”，地点：${names.place}，预约码 ${booking.code}。`
      : `您 ${when} 在${names.hallName}办理“${names.itemName}”的预约已取消，名额已放出。`,
    page: `pages/booking/detail/index?id=${booking.id}`,
    data: {
      thing1: names.itemName,
      time2: `${booking.day} ${formatClock(minutesOfDay(booking.startAt))}`,
      thing3: names.hallName,
      character_string4: booking.code,
    },
  } satisfies Tell;
}
