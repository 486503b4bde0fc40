import type { Booking } from '@haoban/contracts';
import { SlotReturnJobs } from '../../booking/slot-return.jobs.js';
import type { StoryTeller } from './story-teller.js';

const TRANSFER = 'vehicle-transfer';
const HOARDER = 'shi-yonggang';
const BUYER = 'tu-xiaolong';

/**
 * A dealer in used cars takes times to transfer them and gives them back when he has a buyer, who has them minutes after they open again. All
 * within the rules; only together do four cancels and two places that changed hands tell something.
 */
export async function tellTrading(story: StoryTeller): Promise<void> {
  const [first = '', second = '', third = '', fourth = ''] = await story.openDays(TRANSFER, 'future', 4);
  const [dayBefore, yesterday] = [story.daysAgo(2), story.daysAgo(1)];

  story.at(dayBefore, '09:03');
  const taken = await hoard(story, [first, second]);
  story.at(dayBefore, '15:20');
  for (const booking of taken) await story.cancel(HOARDER, booking, '时间不合适');
  // By then the hall's random delay is over.
  story.at(dayBefore, '15:31');
  await story.get(SlotReturnJobs).reopenPlaces();
  story.at(dayBefore, '15:33');
  for (const { slotId } of taken) await story.bookSlot(BUYER, TRANSFER, slotId);

  story.at(yesterday, '09:02');
  const more = await hoard(story, [third, fourth]);
  story.at(yesterday, '16:45');
  for (const booking of more) await story.cancel(HOARDER, booking, '另约时间');
  story.at(yesterday, '16:56');
  await story.get(SlotReturnJobs).reopenPlaces();
}

async function hoard(story: StoryTeller, days: readonly string[]): Promise<Booking[]> {
  const taken: Booking[] = [];
  for (const day of days) {
    const booking = await story.book(HOARDER, TRANSFER, day, '10:00');
    if (booking) taken.push(booking);
  }
  return taken;
}
