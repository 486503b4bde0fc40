import {
  dayOf,
  formatClock,
  formatDay,
  formatInstant,
  minutesOfDay,
  type WaitlistPart,
} from '@haoban/domain';
import type { Tell } from '../outbox/topics.js';
import type { BookingEntity } from './booking.entity.js';
import type { BookingNames } from './booking.mapper.js';
import type { WaitlistEntryEntity } from './waitlist.entity.js';

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

type Ended = Pick<
  WaitlistEntryEntity,
  'id' | 'citizenId' | 'itemId' | 'hallId' | 'day' | 'part' | 'kind' | 'authorisationId' | 'passed'
>;

/** The wished times of the day, in words and as a template's time. */
const parts: Record<WaitlistPart, { words: string; time: string }> = {
  any: { words: '', time: '00:00~23:59' },
  morning: { words: '上午', time: '00:00~12:00' },
  afternoon: { words: '下午', time: '12:00~23:59' },
};

/** That the waiting is over without a place, and what to do now; its page offers the other days. */
export function waitlistEndedTell(
  entry: Ended,
  reason: 'day_over' | 'day_closed',
  { itemName, hallName }: Pick<BookingNames, 'itemName' | 'hallName'>,
) {
  const { words, time } = parts[entry.part];
  const what = `您候补的“${itemName}”（${formatDay(entry.day)}${words}，${hallName}）`;
  const next = '您可以点开这条消息，另选一天预约或候补';
  const closed = reason === 'day_closed';
  const waited = entry.passed > 0 ? '曾为您保留过名额，但没有确认，之后' : '';
  return {
    template: 'booking_closed',
    citizenId: entry.citizenId,
    dedupeKey: `waitlist_ended:${entry.id}`,
    title: closed ? '候补已结束：这天不再放号' : '候补已结束：没有等到名额',
    body: closed
      ? `${what}已结束：大厅调整了办理时间，不再放号。${next}。`
      : `${what}${waited}没有等到名额，候补已结束。${next}，也可以在大厅开门时到现场取号办理。`,
    page: daysPage(entry),
    data: {
      thing1: itemName,
      time2: `${entry.day} ${time}`,
      thing3: hallName,
      thing4: closed ? '这天不再放号，请另选一天' : '候补没有等到名额，请另选',
    },
  } satisfies Tell;
}

function daysPage({ itemId, hallId, kind, authorisationId }: Ended): string {
  const other = kind === 'window' ? '' : `&kind=${kind}`;
  const forWhom = authorisationId === null ? '' : `&for=${authorisationId}`;
  return `pages/booking/days/index?itemId=${itemId}&hallId=${hallId}${other}${forWhom}`;
}
