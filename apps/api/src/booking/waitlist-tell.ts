import { dayOf, formatClock, formatInstant, minutesOfDay } from '@haoban/domain';
import type { Tell } from '../outbox/topics.js';
import type { BookingEntity } from './booking.entity.js';
import type { BookingNames } from './booking.mapper.js';

/** The message about a kept place: no name and no ID number. */
export function waitlistTell(booking: BookingEntity, citizenId: string, until: Date, names: BookingNames) {
  const at = (instant: Date) => `${dayOf(instant)} ${formatClock(minutesOfDay(instant))}`;
  return {
    template: 'waitlist_offered',
    citizenId,
    dedupeKey: `waitlist_offered:${booking.id}`,
    title: '候补有名额了',
    body: `您候补的“${names.itemName}”有名额了：${formatInstant(booking.startAt)}，${names.hallName}。名额为您保留到 ${formatClock(minutesOfDay(until))}，请在此前点开确认；不需要请点“放弃”，让给下一位。`,
    page: `pages/booking/detail/index?id=${booking.id}`,
    data: {
      thing1: names.itemName,
      time2: at(booking.startAt),
      thing3: names.hallName,
      time4: at(until),
    },
  } satisfies Tell;
}
