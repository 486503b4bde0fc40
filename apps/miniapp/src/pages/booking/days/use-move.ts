import { ApiError } from '@haoban/client';
import { api } from '../../../api/api';
import { useRequestId } from '../../../api/request-id';
import { back, say } from '../../../hooks/navigate';
import { useAction } from '../../../hooks/use-action';
import { useLoad } from '../../../hooks/use-load';
import { useCitizen } from '../../../hooks/use-session';
import { when } from '../../../words';
import { moveWarning } from '../no-way-back';

/** Gives a booking another time, in one act: the old place goes only when the new one is taken. */
export function useMove(bookingId: string | undefined, onGone: () => void) {
  const citizen = useCitizen();
  const requestId = useRequestId();
  const booking = useLoad(citizen && bookingId, () => api.booking.getMine({ bookingId: bookingId ?? '' }));
  const act = useAction(async (slotId: string) => {
    const content = { bookingId: bookingId ?? '', slotId };
    try {
      const moved = await api.booking.reschedule({ requestId: requestId.for(content), ...content });
      requestId.done();
      say(`已改到 ${when(moved.start)}`);
      back();
    } catch (error) {
      if (error instanceof ApiError && error.code.startsWith('SLOT_')) onGone();
      throw error;
    }
  });
  const old = booking.kind === 'ready' ? booking.data : undefined;
  return { old, warning: old && moveWarning(old), act };
}
