import { formatClock, formatInstant, minutesOfDay } from '@haoban/domain';
import type { Catalogue } from '../guide/catalogue.service.js';
import type { Tell } from '../outbox/topics.js';
import type { BookingDisruptionEntity } from './booking-disruption.entity.js';
import type { BookingEntity } from './booking.entity.js';

type Disruption = Pick<BookingDisruptionEntity, 'id' | 'reason' | 'startAt'>;

/** The booked time is gone: what to do, until when, and that nothing is held against anybody. */
export function closedTell(
  booking: BookingEntity,
  citizenId: string,
  disruption: Disruption,
  answerUntil: Date,
  catalogue: Catalogue,
): Tell {
  const { item, hall, when } = namesOf(booking, catalogue);
  return {
    ...common(booking, citizenId, catalogue, `因${disruption.reason}不能按时办理，请改约`),
    template: 'booking_closed',
    dedupeKey: `booking_closed:${disruption.id}`,
    title: '预约时间有变动',
    body: `很抱歉，您 ${when} 在${hall}办理“${item}”的预约不能按时办理，原因：${disruption.reason}。请点开本消息改到其他时间；${formatInstant(answerUntil)} 前没有改约的，我们会代您取消，不算爽约。`,
    page: `pages/booking/detail/index?id=${booking.id}&offers=1`,
  };
}

/** The time is open again, and nobody has to do anything. */
export function restoredTell(
  booking: BookingEntity,
  citizenId: string,
  disruption: Disruption,
  catalogue: Catalogue,
): Tell {
  const { item, hall, when } = namesOf(booking, catalogue);
  return {
    ...common(booking, citizenId, catalogue, '恢复办理，请按原时间来'),
    template: 'booking_closed',
    dedupeKey: `booking_restored:${disruption.id}`,
    title: '预约照常办理',
    body: `您 ${when} 在${hall}办理“${item}”的预约恢复办理，请按原来的时间来，不用改约。`,
    page: `pages/booking/detail/index?id=${booking.id}`,
  };
}

/** Called off by the hall, since nobody answered. */
export function calledOffTell(
  booking: BookingEntity,
  citizenId: string,
  disruption: Disruption,
  catalogue: Catalogue,
): Tell {
  const { item, hall, when } = namesOf(booking, catalogue);
  const { thing1, time2, thing3 } = common(booking, citizenId, catalogue, '').data;
  return {
    template: 'booking_cancelled',
    citizenId,
    dedupeKey: `booking_called_off:${disruption.id}`,
    title: '预约已代您取消',
    body: `您 ${when} 在${hall}办理“${item}”的预约因${disruption.reason}不能办理，已代您取消，不算爽约。需要办理请重新选择时间。`,
    page: `pages/booking/detail/index?id=${booking.id}`,
    data: { thing1, time2, thing3, character_string4: booking.code },
  };
}

function common(booking: BookingEntity, citizenId: string, catalogue: Catalogue, says: string) {
  const { item, hall } = namesOf(booking, catalogue);
  return {
    citizenId,
    data: {
      thing1: item,
      time2: `${booking.day} ${formatClock(minutesOfDay(booking.startAt))}`,
      thing3: hall,
      thing4: says,
    },
  };
}

export function namesOf({ itemId, hallId, startAt }: BookingEntity, { items, halls }: Catalogue) {
  return {
    item: items.get(itemId)?.name ?? '办事预约',
    hall: halls.get(hallId)?.name ?? '政务服务中心',
    when: formatInstant(startAt),
  };
}
