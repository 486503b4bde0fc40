import type { CalendarException } from '@haoban/contracts';
import { useState } from 'react';
import { client } from '../api/client.js';
import { toProblem, type Problem } from '../common/problem.js';
import { useAnswer } from '../common/use-answer.js';
import { usePages } from '../common/use-pages.js';
import { exceptionTitle } from './exception-words.js';
import { isKnown } from './impact-words.js';
import { toRingOf, type Outcome } from './use-closure.js';

/** Taking a closure or a day's plan back, which is asked about first because bookings depend on it. */
export function useRemoveException(done: (outcome: Outcome) => void) {
  const [removing, setRemoving] = useState<CalendarException>();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const [round, setRound] = useState(0);
  const override = removing?.kind === 'override' ? removing.id : undefined;
  // Asked anew each time: what was found out earlier may be long past.
  const impact = useAnswer(
    override && `${override} ${round}`,
    () => client.calendar.removeOverride({ exceptionId: override ?? '', reason: '预览', dryRun: true }),
    0,
  );
  const blocked = override !== undefined && !isKnown(impact);

  const remove = async (reason: string) => {
    if (!removing || busy || blocked) return;
    setBusy(true);
    setProblem(undefined);
    try {
      done(await send(removing, reason.trim()));
      setRemoving(undefined);
    } catch (error) {
      setProblem(toProblem(error));
    } finally {
      setBusy(false);
    }
  };
  return {
    removing,
    choose: (exception: CalendarException | undefined) => {
      setProblem(undefined);
      setRound((before) => before + 1);
      setRemoving(exception);
    },
    /** What taking back a planned day does to bookings; undefined for a closure, which only gives back. */
    impact: override ? impact : undefined,
    /** Who is hit is still being looked for, or could not be found out. */
    blocked,
    remove,
    busy,
    problem,
  };
}

async function send(exception: CalendarException, reason: string): Promise<Outcome> {
  const { id: exceptionId, kind } = exception;
  const title = exceptionTitle(exception);
  if (kind === 'closure') {
    const { restored } = await client.calendar.removeClosure({ exceptionId, reason });
    return {
      text: `已取消${title}。${restored > 0 ? `${restored} 个预约恢复有效。` : ''}`,
      toRing: [],
      ringCount: 0,
    };
  }
  const removed = await client.calendar.removeOverride({ exceptionId, reason });
  return {
    text: `已取消${title}，恢复按规则放号。${removed.told > 0 ? `已通知 ${removed.told} 人改约。` : ''}`,
    ...toRingOf(removed),
  };
}

/** Bookings that were hit and whose owners have not answered yet; `round` grows to ask anew. */
export function useAffected(unreachable: boolean, round: number) {
  return usePages(JSON.stringify([unreachable, round]), (cursor) =>
    client.calendar
      .listAffected({
        ...(unreachable && { unreachable: 'true' as const }),
        ...(cursor && { cursor }),
      })
      .then(({ items, nextCursor }) => ({
        items: items.map((item) => ({ ...item, id: item.bookingId })),
        nextCursor,
      })),
  );
}

export function useChanges(queueId: string | undefined) {
  return usePages(queueId ?? 'hall', (cursor) =>
    client.calendar.listChanges({ ...(queueId && { queueId }), ...(cursor && { cursor }) }),
  );
}
