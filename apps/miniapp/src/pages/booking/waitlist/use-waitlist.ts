import type { WaitlistEntry } from '@haoban/contracts';
import { api } from '../../../api/api';
import { confirmed, open, say } from '../../../hooks/navigate';
import { useAction } from '../../../hooks/use-action';
import { useList } from '../../../hooks/use-list';
import { useCitizen } from '../../../hooks/use-session';
import { whichDay } from '../../../words';
import { useBookedSubscription, useWaitingSubscription } from '../subscriptions';
import { isInHall } from '@haoban/domain';

export function useWaitlist() {
  const citizen = useCitizen();
  const entries = useList(citizen?.id, (cursor, limit) => api.waitlist.listMine({ cursor, limit }));
  const booked = useBookedSubscription();
  const waiting = useWaitingSubscription();
  const leave = useAction(async ({ id, day, itemName }: WaitlistEntry) => {
    const agreed = await confirmed(
      `退出 ${whichDay(day)} 的候补`,
      `${itemName}，退出后再加入要重新排队。`,
      '退出候补',
    );
    if (!agreed) return;
    await api.waitlist.leave({ entryId: id });
    say('已退出候补');
    await entries.reload();
  });
  const decline = useAction(async ({ id, offer }: WaitlistEntry) => {
    await waiting.ask();
    const agreed = await confirmed(
      `放弃 ${offer?.startTime ?? ''} 的名额`,
      '名额会给后面的人；您继续候补，但会排到让得更少的人后面。',
      '放弃名额',
    );
    if (!agreed) return;
    await api.waitlist.decline({ entryId: id });
    await entries.reload();
  });
  const accept = useAction(async ({ offer, kind }: WaitlistEntry) => {
    if (!offer) return;
    if (!isInHall(kind)) {
      // Where and by which number one is reached is asked on the page of the place.
      open(`pages/booking/detail/index?id=${offer.bookingId}`);
      return;
    }
    await booked.ask();
    const booking = await api.booking.confirm({ bookingId: offer.bookingId });
    open(`pages/booking/detail/index?id=${booking.id}&new=1`);
  });
  const remind = useAction(async () => {
    await waiting.ask();
    say('好的，轮到您就通知');
  });
  return { citizen, entries, leave, decline, accept, remind };
}
