import type { HallBookingRow } from '@haoban/contracts';
import { dayOf } from '@haoban/domain';
import { useState } from 'react';
import { client } from '../api/client.js';
import { serverNow } from '../api/server-clock.js';
import { toProblem, type Problem } from '../common/problem.js';
import { useAct } from '../common/use-act.js';
import { useLoad } from '../common/use-load.js';
import { toldWord } from './told-words.js';

type Outcome = { readonly text: string; readonly toRing?: boolean } | { readonly problem: Problem };

/** One booking with its history, and what may be done with it now. @param changed is told of each new state */
export function useBooking(bookingId: string, changed: (booking: HallBookingRow) => void) {
  const { state, reload, replace } = useLoad(bookingId, () => client.hallBookings.get({ bookingId }));
  const history = useLoad(bookingId, () => client.hallBookings.history({ bookingId }));
  const [moving, setMoving] = useState(false);
  const [checkingIn, setCheckingIn] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>();
  const cancelling = useAct<HallBookingRow>();
  const booking = state.status === 'ready' ? state.data : undefined;

  const take = (after: HallBookingRow, text: string, toRing = false) => {
    replace(() => after);
    history.reload();
    setOutcome({ text, toRing });
    changed(after);
  };
  const takeAndTell = (after: HallBookingRow, done: string) =>
    take(after, `${done}，${toldWord(after)}`, !after.reachable);

  const checkIn = async () => {
    if (!booking || checkingIn || !mayCheckIn(booking)) return;
    setCheckingIn(true);
    setOutcome(undefined);
    try {
      const ticket = await client.queue.checkInAtDesk({ code: booking.code });
      take(
        { ...booking, state: 'checked_in', ticketId: ticket.id, actions: [] },
        `已签到，排队号 ${ticket.label}。`,
      );
      reload();
    } catch (error) {
      setOutcome({ problem: toProblem(error) });
    } finally {
      setCheckingIn(false);
    }
  };

  const cancel = (reason: string) =>
    cancelling.run(async () => {
      const asked = cancelling.asking;
      if (asked) takeAndTell(await client.hallBookings.cancel({ bookingId: asked.id, reason }), '已取消');
    });

  return {
    state,
    reload,
    history,
    outcome,
    moving,
    startMoving: () => {
      setOutcome(undefined);
      setMoving(true);
    },
    stopMoving: () => setMoving(false),
    moved: (after: HallBookingRow) => {
      setMoving(false);
      takeAndTell(after, '已改时间');
    },
    cancelling,
    askCancel: () => {
      setOutcome(undefined);
      cancelling.ask(booking);
    },
    cancel,
    checkingIn,
    checkIn: () => void checkIn(),
  };
}

export type BookingModel = ReturnType<typeof useBooking>;

/** On the day itself; whether it is too early or too late, the server says. */
export function mayCheckIn({ state, day }: Pick<HallBookingRow, 'state' | 'day'>): boolean {
  return state === 'confirmed' && day === dayOf(serverNow());
}
