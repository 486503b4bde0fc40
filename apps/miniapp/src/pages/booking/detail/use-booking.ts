import { useRouter, useShareAppMessage } from '@tarojs/taro';
import { api } from '../../../api/api';
import { confirmed, replaceBy, say } from '../../../hooks/navigate';
import { useAction } from '../../../hooks/use-action';
import { useLoad } from '../../../hooks/use-load';
import { useCitizen } from '../../../hooks/use-session';
import { useSubscription } from '../../../hooks/use-subscription';
import { when } from '../../../words';

export function useBooking() {
  const { id: bookingId = '', new: isNew } = useRouter().params;
  const citizen = useCitizen();
  const booking = useLoad(citizen && bookingId, () => api.booking.getMine({ bookingId }));
  const data = booking.kind === 'ready' ? booking.data : undefined;
  const subscription = useSubscription(['ticket_soon', 'ticket_called', 'rating_invited']);

  const cancel = useAction(async () => {
    if (!data) return;
    const agreed = await confirmed(
      `取消 ${when(data.start)} 的预约`,
      `${data.itemName}，取消后这个时间会让给别人。`,
      '取消预约',
    );
    if (!agreed) return;
    booking.replace(await api.booking.cancel({ bookingId }));
    say('已取消预约');
  });
  const checkIn = useAction(async () => {
    await subscription.ask();
    const ticket = await api.queue.checkIn({ bookingId });
    replaceBy(`pages/queue/ticket/index?id=${ticket.id}`);
  });
  // The card that others see leads to the guide: the booking itself is nobody else's.
  useShareAppMessage(() => ({
    title: data ? `${when(data.start)} 去${data.hallName}办${data.itemName}` : '好办',
    path: data ? `/pages/guide/detail/index?id=${data.itemId}` : '/pages/home/index',
  }));
  return { citizen, booking, isNew: isNew === '1', cancel, checkIn };
}
