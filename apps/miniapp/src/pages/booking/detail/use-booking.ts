import { ApiError } from '@haoban/client';
import type { Booking } from '@haoban/contracts';
import { addMinutes, isInHall } from '@haoban/domain';
import { useRouter, useShareAppMessage } from '@tarojs/taro';
import { api } from '../../../api/api';
import { serverNow } from '../../../api/server-clock';
import { confirmed, open, replaceBy, say } from '../../../hooks/navigate';
import { useAction } from '../../../hooks/use-action';
import { useLoad } from '../../../hooks/use-load';
import { useCitizen } from '../../../hooks/use-session';
import { useSubscription } from '../../../hooks/use-subscription';
import { addToCalendar } from '../../../platform/calendar';
import { when } from '../../../words';
import { letGoText } from '../no-way-back';
import { useVisitItems } from '../use-visit-items';
import { kindWords, visitOfBooking, visitParams } from '../visit';

/** As the hall reminds the last time, too. */
const REMIND_MINUTES = 60;

export function useBooking() {
  const { id: bookingId = '', new: isNew } = useRouter().params;
  const citizen = useCitizen();
  const booking = useLoad(citizen && bookingId, () => api.booking.getMine({ bookingId }));
  const data = booking.kind === 'ready' ? booking.data : undefined;
  const items = useVisitItems(data?.state === 'confirmed' ? data.items.map(({ itemId }) => itemId) : []);
  const subscription = useSubscription(['ticket_soon', 'ticket_called', 'rating_invited']);
  // The answer is to the evening's reminder, which has used up the grant; the last hour's needs one of its own.
  const reminders = useSubscription(['booking_reminder']);

  /** `givenUp`: as the answer to a reminder, which is told as it is after the deadline. */
  const cancel = useAction(async (givenUp = false) => {
    if (!data) return;
    const late = givenUp || isLate(data);
    const agreed = late
      ? await confirmed(
          `放弃 ${when(data.start)} 的名额`,
          `${data.itemName}。现在放弃不算爽约，名额${letGoText(data)}`,
          '放弃名额',
        )
      : await confirmed(
          `取消 ${when(data.start)} 的预约`,
          `${data.itemName}，取消后这个时间${letGoText(data)}`,
          '取消预约',
        );
    if (!agreed) return;
    booking.replace(await api.booking.cancel({ bookingId }));
    say(late ? '已放弃名额' : '已取消预约');
  });
  const checkIn = useAction(async () => {
    await subscription.ask();
    const ticket = await api.queue.checkIn({ bookingId });
    replaceBy(`pages/queue/ticket/index?id=${ticket.id}`);
  });
  const reply = useAction(async () => {
    if (data && serverNow() < addMinutes(new Date(data.start), -REMIND_MINUTES)) await reminders.ask();
    try {
      booking.replace(await api.booking.reply({ bookingId, coming: true }));
    } catch (error) {
      // Other times are on the page then.
      if (error instanceof ApiError && error.code === 'BOOKING_TIME_CLOSED') void booking.reload();
      throw error;
    }
    say('好的，到时间见');
  });
  const remember = useAction(async () => {
    if (!data) return;
    const outcome = await addToCalendar(eventOf(data), () => api.booking.calendar({ bookingId }));
    if (outcome === 'added') say('已加到手机日历');
    if (outcome === 'handed_over') say('已下载日历文件，打开它就加到日历');
  });
  // The card that others see leads to the guide: the booking itself is nobody else's.
  useShareAppMessage(() => ({
    title: data ? `${when(data.start)} 去${data.hallName}办${data.itemName}` : '好办',
    path: data ? `/pages/guide/detail/index?id=${data.itemId}` : '/pages/home/index',
  }));
  return {
    citizen,
    booking,
    items,
    isNew: isNew === '1',
    cancel,
    checkIn,
    reply,
    remember,
    move: () => {
      if (!data) return;
      const at = `itemId=${data.itemId}&hallId=${data.hallId}&day=${data.day}&move=${data.id}`;
      open(`pages/booking/days/index?${at}${visitParams(visitOfBooking(data))}`);
    },
  };
}

/** Too late to cancel as such: the place can still be given up, which is told apart. */
export function isLate({ cancelUntil }: Pick<Booking, 'cancelUntil'>): boolean {
  return serverNow().getTime() > Date.parse(cancelUntil);
}

function eventOf({ code, items, hallName, place, kind, start, end }: Booking) {
  return {
    title: `${hallName} 办${items.map(({ itemName }) => itemName).join('、')}`,
    start,
    end,
    place: isInHall(kind) ? `${hallName} ${place}` : hallName,
    text: `预约码 ${code}。${kindWords[kind].about}`,
    remindMinutes: REMIND_MINUTES,
  };
}
