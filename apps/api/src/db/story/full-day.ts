import type { WaitlistJoin } from '@haoban/contracts';
import { WaitlistService } from '../../booking/waitlist.service.js';
import { neighbours } from '../demo/neighbours.js';
import { demoId } from '../seed/demo-id.js';
import type { StoryTeller } from './story-teller.js';

const HOUSE = 'property-transfer';
/** Not tomorrow, so that the demo has somebody waiting for some days. */
const NTH_OPEN_DAY = 3;

/** A day with no time left for 二手房过户: 黄志强 has the first of them, 郭建军 heads the line of four who wait for one. */
export async function tellFullDay(story: StoryTeller, { forFather }: { forFather: string }): Promise<void> {
  const day = (await story.openDays(HOUSE, 'future', NTH_OPEN_DAY)).at(-1) ?? '';
  const waiter = 'zhuang-lijun';
  const holders = ['huang-zhiqiang', ...neighbours.map(({ key }) => key).filter((key) => key !== waiter)];
  story.at(story.daysAgo(2), '11:05');
  for (const key of holders) if (!(await story.book(key, HOUSE, day))) break;

  const join = (key: string, wish: Partial<WaitlistJoin>) =>
    story.get(WaitlistService).join(story.citizen(key), {
      requestId: story.nextRequest(),
      hallId: demoId('hall', 'RC-SM'),
      itemId: demoId('item', HOUSE),
      files: 1,
      also: [],
      persons: 1,
      day,
      part: 'any',
      kind: 'window',
      green: false,
      ...wish,
    });
  story.at(story.daysAgo(2), '20:14');
  await join('guo-jianjun', {});
  story.at(story.daysAgo(1), '08:52');
  await join(waiter, { part: 'morning' });
  story.at(story.daysAgo(1), '12:30');
  await join('lin-guodong', { green: true });
  story.at(story.daysAgo(1), '20:41');
  await join('cai-lihua', { part: 'afternoon', authorisationId: forFather });
}
