import type { CalendarException } from '@haoban/contracts';
import { useState } from 'react';
import { client } from '../api/client.js';
import { toProblem, type Problem } from '../common/problem.js';
import { useAnswer } from '../common/use-answer.js';
import { usePages } from '../common/use-pages.js';
import { exceptionTitle } from './exception-words.js';
import type { Outcome } from './use-closure.js';

/** Taking a closure or a day's plan back, which is asked about first because bookings depend on it. */
export function useRemoveException(done: (outcome: Outcome) => void) {
  const [removing, setRemoving] = useState<CalendarException>();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const override = removing?.kind === 'override' ? removing.id : undefined;
  const impact = useAnswer(
    override,
    () => client.calendar.removeOverride({ exceptionId: override ?? '', reason: '预览', dryRun: true }),
    0,
  );

  const remove = async (reason: string) => {
    if (!removing || busy) return;
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
      setRemoving(exception);
    },
    affected: override ? (impact.data?.affectedCount ?? 0) : 0,
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
    return { text: `已取消${title}。${restored > 0 ? `${restored} 个预约恢复有效。` : ''}`, toRing: [] };
  }
  const { told, affected } = await client.calendar.removeOverride({ exceptionId, reason });
  return {
    text: `已取消${title}，恢复按规则放号。${told > 0 ? `已通知 ${told} 人改约。` : ''}`,
    toRing: affected.filter(({ reachable, cause }) => !reachable && cause === 'closed'),
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
