import type { AffectedBooking, AffectedBookings } from '@haoban/contracts';
import { addDays, daysBetween, type LocalDay } from '@haoban/domain';
import { App } from 'antd';
import { useRef, useState } from 'react';
import { client } from '../api/client.js';
import { newRequestId } from '../api/request-id.js';
import { isUnanswered, toProblem, type Problem } from '../common/problem.js';
import { useAnswer } from '../common/use-answer.js';
import { closureFaults, closureTitle, type ClosureForm } from './closure-model.js';
import { impactWord, isKnown, withTelling } from './impact-words.js';
import type { Faults } from './draft-model.js';

export interface Outcome {
  readonly text: string;
  /** Bookings without an account: somebody has to ring. */
  readonly toRing: readonly AffectedBooking[];
  /** May be more than are listed. */
  readonly ringCount: number;
}

export function toRingOf({ affected, ringCount }: AffectedBookings): Omit<Outcome, 'text'> {
  return {
    toRing: affected.filter(({ reachable, cause }) => !reachable && cause === 'closed'),
    ringCount,
  };
}

interface Options {
  readonly queue: { readonly id: string; readonly name: string };
  readonly today: LocalDay;
  readonly day: LocalDay;
  readonly done: (outcome: Outcome) => void;
}

export function useClosure({ queue, today, day, done }: Options) {
  const { modal } = App.useApp();
  const [form, setForm] = useState<ClosureForm>({
    scope: 'queue',
    firstDay: day < today ? today : day,
    lastDay: day < today ? today : day,
    part: false,
    from: '',
    to: '',
    reason: '',
  });
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const requestId = useRef<string>(undefined);
  const faults = closureFaults(form, today);
  const { reason: reasonFault, ...planFaults } = faults;
  const planned = Object.keys(planFaults).length === 0;
  const { reason, ...plan } = form;

  const request = () => ({
    queueId: form.scope === 'hall' ? null : queue.id,
    days: daysFrom(form.firstDay, form.lastDay),
    from: form.part ? form.from : null,
    to: form.part ? form.to : null,
  });
  const impact = useAnswer(planned ? JSON.stringify([queue.id, plan]) : undefined, () =>
    client.calendar.addClosure({ ...request(), requestId: newRequestId(), reason: '预览', dryRun: true }),
  );
  const title = closureTitle(form, queue.name, today);

  const perform = async () => {
    setBusy(true);
    setProblem(undefined);
    requestId.current ??= newRequestId();
    try {
      const closed = await client.calendar.addClosure({
        ...request(),
        requestId: requestId.current,
        reason: reason.trim(),
      });
      const told = closed.told > 0 ? `已通知 ${closed.told} 人改约。` : '';
      done({ text: `已${title}。${told}`, ...toRingOf(closed) });
    } catch (error) {
      // Without an answer it may have happened: the same request id finds out.
      if (!isUnanswered(error)) requestId.current = undefined;
      setProblem(toProblem(error));
    } finally {
      setBusy(false);
    }
  };
  const known = isKnown(impact);
  const submit = () => {
    setTried(true);
    if (busy || !planned || reasonFault || !known) return;
    const hit = impact.data;
    modal.confirm({
      width: 480,
      title: `确定${title}？`,
      content: hit.closedCount > 0 ? impactWord(hit) : '没有预约受影响。停办期间市民约不到这些时段。',
      okText: withTelling('停办', hit),
      cancelText: '再看看',
      okButtonProps: { danger: true },
      onOk: perform,
    });
  };
  return {
    form,
    change: (values: Partial<ClosureForm>) => {
      requestId.current = undefined;
      setForm((before) => ({ ...before, ...values }));
    },
    faults: (tried ? faults : planFaults) as Faults<ClosureForm>,
    impact,
    /** Who is hit is still being looked for, or could not be found out. */
    blocked: planned && !known,
    submit,
    busy,
    problem,
    title,
  };
}

function daysFrom(first: LocalDay, last: LocalDay): LocalDay[] {
  return Array.from({ length: daysBetween(first, last) + 1 }, (_, i) => addDays(first, i));
}
