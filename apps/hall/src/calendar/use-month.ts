import type { PreviewDay } from '@haoban/contracts';
import { client } from '../api/client.js';
import { useAnswer } from '../common/use-answer.js';
import { dayFacts, exceptionsOf, type DayFacts } from './day-model.js';
import { weeksOf, type Month } from './month-model.js';
import type { QueueCalendar } from './use-calendar-page.js';

export interface MonthDay {
  readonly plan: PreviewDay;
  readonly facts: DayFacts;
}

/** What is in force on each day that the month's grid shows. */
export function useMonth(calendar: QueueCalendar, month: Month) {
  const days = weeksOf(month).flat();
  const range = { from: days[0] ?? '', to: days.at(-1) ?? '' };
  const { queueId, exceptions } = calendar;
  // Asked anew after each change of rules and exceptions, too.
  const question = JSON.stringify([queueId, range, calendar.version, exceptions.map(({ id }) => id)]);
  const answer = useAnswer(
    question,
    async () => {
      const preview = await client.calendar.preview({ queueId, ...range });
      return { queueId, days: preview.days };
    },
    80,
  );
  const known = answer.data?.queueId === queueId ? answer.data.days : [];
  const byDay = new Map<string, MonthDay>(
    known.map((plan) => [plan.day, { plan, facts: dayFacts(plan, exceptionsOf(exceptions, plan.day)) }]),
  );
  return { byDay, problem: answer.problem, retry: answer.retry };
}
