import { addDays, type LocalDay } from '@haoban/domain';
import { BookingAppealService } from '../../booking/booking-appeal.service.js';
import { BookingJobs } from '../../booking/booking.jobs.js';
import { HallAppealsService } from '../../booking/hall-appeals.service.js';
import type { StoryTeller } from './story-teller.js';

const RENEWAL = 'driver-licence-renew';
const PERMIT = 'residence-permit';

/**
 * 何文斌 missed three bookings within a month, which suspends him, and appeals against the last; of the two that 谢雨桐 missed the manager
 * excused one, and the other waits for her.
 */
export async function tellAbsences(story: StoryTeller): Promise<void> {
  const [late = '', , , third = '', , second = '', , , first = '', , earliest = ''] = await story.openDays(
    RENEWAL,
    'past',
    11,
  );
  const appeals = story.get(BookingAppealService);

  await miss(story, 'he-wenbin', RENEWAL, earliest);
  const excused = await miss(story, 'xie-yutong', PERMIT, first);
  story.at(addDays(first, 1), '09:12');
  const appeal = await appeals.appeal(story.citizen('xie-yutong'), {
    bookingId: excused,
    text: '当天早上 2 号线故障停运，改坐公交到中心时已经过了签到时间，现场没有号了。',
  });
  story.at(addDays(first, 1), '15:40');
  await story.get(HallAppealsService).decide(story.staff('manager01'), {
    appealId: appeal.id,
    result: 'granted',
    reason: '已核对地铁停运公告，情况属实。',
  });

  await miss(story, 'he-wenbin', RENEWAL, second);
  const missed = await miss(story, 'xie-yutong', PERMIT, third);
  story.at(addDays(third, 1), '08:35');
  await appeals.appeal(story.citizen('xie-yutong'), {
    bookingId: missed,
    text: '前一晚发烧到 39 度，在市一医院急诊输液，没来得及取消。可以出示急诊病历。',
  });

  const last = await miss(story, 'he-wenbin', RENEWAL, late);
  story.at(late, '19:48');
  await appeals.appeal(story.citizen('he-wenbin'), {
    bookingId: last,
    text: '送货回来在沈海高速上爆胎，等救援等了三个小时，手机没电没法取消。有高速救援的单据。',
  });
}

/** Booked two days before, and not there when it was time. @returns the booking's id */
async function miss(story: StoryTeller, key: string, slug: string, day: LocalDay): Promise<string> {
  story.at(addDays(day, -2), '20:17');
  const booking = await story.book(key, slug, day, '10:00');
  if (!booking) throw new Error(`No time is free on ${day}`);
  story.at(day, '18:00');
  await story.get(BookingJobs).markNoShows();
  return booking.id;
}
