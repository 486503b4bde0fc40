import { dayOf, type LocalDay } from '@haoban/domain';
import { useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { client } from '../api/client.js';
import { serverNow } from '../api/server-clock.js';
import { useLoad } from '../common/use-load.js';
import { useStaff } from '../session/use-session.js';

export type QueueCalendar = Awaited<ReturnType<typeof client.calendar.getCalendar>>;

export const calendarTabs = ['month', 'rules', 'exceptions', 'changes'] as const;
export type CalendarTab = (typeof calendarTabs)[number];

/** Queue, view and day stand in the address, so that a reload and the back key keep them. */
export function useCalendarPage() {
  const { hallId } = useStaff();
  const [params, setParams] = useSearchParams();
  const queues = useLoad(hallId ?? undefined, () => client.queue.listQueues({ hallId: hallId ?? '' }));
  const items = queues.state.status === 'ready' ? queues.state.data.items : [];
  const queueId = params.get('queue') ?? items[0]?.id;
  const calendar = useLoad(queueId, () => client.calendar.getCalendar({ queueId: queueId ?? '' }));
  const today = dayOf(serverNow());
  // The address follows a little later, but the next arrow key counts from this day at once.
  const [day, setDay] = useState(params.get('day') ?? today);
  const set = (values: Record<string, string | undefined>) =>
    setParams(
      (before) => {
        for (const [name, value] of Object.entries(values)) {
          if (value) before.set(name, value);
          else before.delete(name);
        }
        return before;
      },
      { replace: true },
    );
  return {
    queues: { ...queues, items },
    queueId,
    calendar,
    today,
    tab: calendarTabs.find((each) => each === params.get('tab')) ?? 'month',
    day,
    chooseQueue: (id: string) => set({ queue: id }),
    chooseTab: (tab: string) => set({ tab }),
    chooseDay: (next: LocalDay) => {
      setDay(next);
      set({ day: next });
    },
  };
}
