import type { Booking } from '@haoban/contracts';
import { useRouter } from '@tarojs/taro';
import { useState } from 'react';
import { api } from '../../../api/api';
import { useRequestId } from '../../../api/request-id';
import { say } from '../../../hooks/navigate';
import { useAction } from '../../../hooks/use-action';
import { useLoad } from '../../../hooks/use-load';
import { when } from '../../../words';
import { moveWarning } from '../no-way-back';

/** Times in place of one that the hall has closed; a tap on one moves the booking there. */
export function useOffers(booking: Booking | undefined, onMoved: (booking: Booking) => void) {
  const [wished, setWished] = useState(useRouter().params.offers === '1');
  const requestId = useRequestId();
  const movable = booking?.state === 'confirmed' && booking.actions.includes('reschedule');
  const bookingId = booking?.id ?? '';
  // `returnIsFinal` changes where the hall closes the time while the page is open.
  const key = movable ? `${bookingId} ${booking.slotId} ${booking.returnIsFinal}` : undefined;
  const found = useLoad(key, () => api.booking.alternatives({ bookingId }));
  const take = useAction(async (slotId: string) => {
    const content = { bookingId, slotId };
    const moved = await api.booking.reschedule({ requestId: requestId.for(content), ...content });
    requestId.done();
    setWished(false);
    onMoved(moved);
    say(`已改到 ${when(moved.start)}`);
  });
  const data = found.kind === 'ready' ? found.data : undefined;
  return {
    /** The hall is shut at the booked time; undefined while that is not known yet. */
    closed: movable ? (found.kind === 'loading' ? undefined : data?.closed === true) : false,
    /** Undefined where nothing is wrong with the booked time. */
    offers: movable && data && (data.closed || (wished && data.items.length > 0)) ? data : undefined,
    /** Where the hall has closed the time, nobody could go back to it anyway. */
    warning: booking && data && !data.closed ? moveWarning(booking) : undefined,
    take,
    refresh: found.reload,
  };
}
