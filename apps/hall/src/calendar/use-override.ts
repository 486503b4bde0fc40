import type { CalendarException, CalendarStretch } from '@haoban/contracts';
import { formatDay, isLocalDay, type LocalDay } from '@haoban/domain';
import { App } from 'antd';
import { useRef, useState } from 'react';
import { client } from '../api/client.js';
import { newRequestId } from '../api/request-id.js';
import { isUnanswered, toProblem, type Problem } from '../common/problem.js';
import { useAnswer } from '../common/use-answer.js';
import { stretchFaults } from './draft-model.js';
import { impactWord, isKnown, withTelling } from './impact-words.js';
import { planFor } from './override-model.js';
import type { QueueCalendar } from './use-calendar-page.js';
import { toRingOf, type Outcome } from './use-closure.js';

interface Options {
  readonly calendar: QueueCalendar;
  readonly today: LocalDay;
  readonly day: LocalDay;
  readonly done: (outcome: Outcome) => void;
}

export interface StretchDraft {
  readonly key: string;
  readonly stretch: CalendarStretch;
}

/** A day planned by hand, from what would apply on it anyway. */
export function useOverride({ calendar, today, day: wanted, done }: Options) {
  const { queueId, queueName, exceptions } = calendar;
  const { modal } = App.useApp();
  const [day, setDay] = useState(wanted < today ? today : wanted);
  const [plan, setPlan] = useState<readonly StretchDraft[]>(() => keyed(planFor(calendar, day)));
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const requestId = useRef<string>(undefined);

  const stretches = plan.map(({ stretch }) => stretch);
  const dayFault = !isLocalDay(day) ? '请选择日期' : day < today ? '请选择今天或以后' : undefined;
  const complete =
    !dayFault && plan.length > 0 && stretches.every((each) => Object.keys(stretchFaults(each)).length === 0);
  const preview = useAnswer(complete ? JSON.stringify([queueId, day, stretches]) : undefined, () =>
    client.calendar.preview({ queueId, overrides: [{ day, plan: stretches }], from: day, to: day }),
  );
  const replaces = exceptions.find((each): each is CalendarException => isOverride(each, day));
  const known = isKnown(preview);

  const perform = async () => {
    setBusy(true);
    setProblem(undefined);
    requestId.current ??= newRequestId();
    try {
      const planned = await client.calendar.addOverride({
        requestId: requestId.current,
        queueId,
        day,
        plan: stretches,
        reason: reason.trim(),
      });
      const text = `${formatDay(day)} ${queueName}已单独安排。${planned.told > 0 ? `已通知 ${planned.told} 人改约。` : ''}`;
      done({ text, ...toRingOf(planned) });
    } catch (error) {
      if (!isUnanswered(error)) requestId.current = undefined;
      setProblem(toProblem(error));
    } finally {
      setBusy(false);
    }
  };
  const submit = () => {
    setTried(true);
    if (busy || !complete || !reason.trim() || !known) return;
    const impact = preview.data;
    if (impact.closedCount === 0 && !replaces) return void perform();
    modal.confirm({
      width: 480,
      title: `确定单独安排 ${formatDay(day)} 的${queueName}？`,
      content: (replaces ? '这一天原有的单独安排会被替换。' : '') + impactWord(impact),
      okText: impact.closedCount > 0 ? withTelling('保存', impact) : '替换',
      cancelText: '再看看',
      okButtonProps: { danger: true },
      onOk: perform,
    });
  };
  const change = (next: (before: readonly StretchDraft[]) => readonly StretchDraft[]) => {
    requestId.current = undefined;
    setPlan(next);
  };
  return {
    day,
    dayFault,
    chooseDay: (next: LocalDay) => {
      setDay(next);
      if (isLocalDay(next)) change(() => keyed(planFor(calendar, next)));
    },
    plan,
    edit: (key: string, values: Partial<CalendarStretch>) =>
      change((before) =>
        before.map((each) =>
          each.key === key ? { ...each, stretch: { ...each.stretch, ...values } } : each,
        ),
      ),
    add: () => change((before) => [...before, ...keyed([before.at(-1)?.stretch ?? defaultStretch])]),
    remove: (key: string) => change((before) => before.filter((each) => each.key !== key)),
    reason,
    setReason,
    reasonFault: tried && !reason.trim() ? '请写明原因' : undefined,
    replaces,
    preview,
    /** Who is hit is still being looked for, or could not be found out. */
    blocked: complete && !known,
    submit,
    busy,
    problem,
  };
}

const defaultStretch: CalendarStretch = {
  kind: 'window',
  from: '09:00',
  to: '12:00',
  slotMinutes: 30,
  desksPublic: 2,
  desksGreen: 0,
  desksInternal: 3,
  classPlaces: null,
};

function keyed(plan: readonly CalendarStretch[]): StretchDraft[] {
  return plan.map((stretch) => ({ key: newRequestId(), stretch }));
}

function isOverride({ kind, day }: CalendarException, wanted: LocalDay): boolean {
  return kind === 'override' && day === wanted;
}
