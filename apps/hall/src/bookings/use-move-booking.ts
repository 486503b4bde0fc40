import type { HallBookingRow } from '@haoban/contracts';
import { ApiError } from '@haoban/client';
import { App } from 'antd';
import { useRef, useState } from 'react';
import { client } from '../api/client.js';
import { newRequestId } from '../api/request-id.js';
import { isUnanswered, toProblem, type Problem } from '../common/problem.js';
import { timeOf, visitOf } from './book-model.js';
import { reasonFault, willTellWord } from './told-words.js';
import { useTimes } from './use-times.js';

/** Another time for a booking, with a reason, confirmed with both times before it is done. */
export function useMoveBooking(booking: HallBookingRow, moved: (after: HallBookingRow) => void) {
  const { modal } = App.useApp();
  const times = useTimes(visitOf(booking), booking.day);
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const request = useRef<{ readonly id: string; readonly body: string }>(undefined);

  const { slot, day } = times;
  const before = timeOf(booking);
  const after = slot && day ? timeOf({ day, ...slot }) : undefined;
  const why = reason.trim();
  const faults = {
    ...(!slot && { slot: '请选择新的时间' }),
    ...(!why && { reason: reasonFault(booking) }),
  };

  const move = async (slotId: string) => {
    const body = JSON.stringify([slotId, why]);
    if (request.current?.body !== body) request.current = { id: newRequestId(), body };
    setProblem(undefined);
    try {
      const done = await client.hallBookings.move({
        bookingId: booking.id,
        requestId: request.current.id,
        slotId,
        reason: why,
      });
      request.current = undefined;
      moved(done);
    } catch (error) {
      if (!isUnanswered(error)) request.current = undefined;
      setProblem(toProblem(error));
      if (error instanceof ApiError && error.code.startsWith('SLOT_')) times.again();
    }
  };

  const ask = () => {
    setTried(true);
    if (!slot || !after || !why) return;
    void modal.confirm({
      title: `把 ${booking.citizenName} 的预约改到 ${after}？`,
      content: `原来是 ${before}。原因：${why}。改好后原来的名额让给别人。${willTellWord(booking)}`,
      width: 560,
      okText: `改到 ${after}`,
      cancelText: '再看看',
      focusable: { autoFocusButton: 'ok' },
      onOk: () => move(slot.id),
    });
  };

  return {
    times,
    before,
    after,
    reason,
    setReason,
    faults: tried ? faults : ({} as Partial<typeof faults>),
    problem,
    ask,
  };
}
