import type { HallBookingRow } from '@haoban/contracts';
import { bookingStateName, dayOf, isInHall } from '@haoban/domain';
import { useEffect, useState } from 'react';
import { client } from '../api/client.js';
import { serverNow } from '../api/server-clock.js';
import { toProblem, type Problem } from '../common/problem.js';
import { useAct } from '../common/use-act.js';
import { useLoad } from '../common/use-load.js';
import { toldWord } from './told-words.js';

const DAY_MS = 24 * 3600_000;

type Outcome = { readonly text: string; readonly toRing?: boolean } | { readonly problem: Problem };

/** One booking with its history, and what may be done with it now. @param changed is told of each new state */
export function useBooking(bookingId: string, changed: (booking: HallBookingRow) => void) {
  const { state, reload, replace } = useLoad(bookingId, () => client.hallBookings.get({ bookingId }));
  const history = useLoad(bookingId, () => client.hallBookings.history({ bookingId }));
  const [moving, setMoving] = useState(false);
  const [checkingIn, setCheckingIn] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>();
  const cancelling = useAct<HallBookingRow>();
  const missing = useAct<HallBookingRow>();
  const serving = useAct<HallBookingRow>();
  const booking = state.status === 'ready' ? state.data : undefined;
  useReloadAt(booking?.start, reload);

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

  const serve = () => {
    if (!booking?.actions.includes('serve')) return;
    setOutcome(undefined);
    serving.ask(undefined);
    void serving.run(async () =>
      take(await client.hallBookings.serve({ bookingId: booking.id }), '已记录为已办理。'),
    );
  };

  const notReached = (note: string) =>
    missing.run(async () => {
      const asked = missing.asking;
      if (!asked) return;
      const after = await client.hallBookings.notReached({ bookingId: asked.id, ...(note && { note }) });
      takeAndTell(after, `已记录为${bookingStateName(after.state, after.kind)}`);
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
    serving,
    serve,
    missing,
    askMissing: () => {
      setOutcome(undefined);
      serving.ask(undefined);
      missing.ask(booking);
    },
    notReached,
  };
}

export type BookingModel = ReturnType<typeof useBooking>;

/** At its start other acts are possible than before, also in a drawer that was opened to make the call. */
function useReloadAt(start: string | undefined, reload: () => void): void {
  useEffect(() => {
    const left = start === undefined ? 0 : Date.parse(start) - serverNow().getTime();
    if (left <= 0 || left > DAY_MS) return undefined;
    const timer = setTimeout(reload, left + 500);
    return () => clearTimeout(timer);
  }, [start, reload]);
}

/** On the day itself, of visits at the hall; whether it is too early or too late, the server says. */
export function mayCheckIn({ state, day, kind }: Pick<HallBookingRow, 'state' | 'day' | 'kind'>): boolean {
  return state === 'confirmed' && isInHall(kind) && day === dayOf(serverNow());
}
