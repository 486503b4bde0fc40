import type { CalendarRule, CalendarStretch } from '@haoban/contracts';
import { ruleApplies, type LocalDay, type Weekday } from '@haoban/domain';
import type { QueueCalendar } from './use-calendar-page.js';

/** What a day planned by hand starts from: its present plan, the rules of that weekday, or those of any other. */
export function planFor(
  calendar: Pick<QueueCalendar, 'rules' | 'exceptions'>,
  day: LocalDay,
): CalendarStretch[] {
  const now = calendar.exceptions.find((each) => each.kind === 'override' && each.day === day);
  if (now) return now.plan;
  const applying = calendar.rules.filter((rule) => appliesOn(rule, day));
  const first = calendar.rules.slice(0, 1);
  return (applying.length > 0 ? applying : first).map(stretchOf);
}

export function appliesOn(rule: CalendarRule, day: LocalDay): boolean {
  return ruleApplies(
    {
      id: rule.id ?? '',
      fromMinute: 0,
      toMinute: 0,
      slotMinutes: 0,
      desks: { public: 0, internal: 0 },
      from: rule.firstDay ?? '2000-01-01',
      to: rule.lastDay ?? '9999-12-31',
      weekdays: rule.weekdays as Weekday[],
      everyWeeks: rule.everyWeeks,
      ...(rule.weekOfMonth !== null && { weekOfMonth: rule.weekOfMonth }),
      window: { fromDays: 0, toDays: 0 },
    },
    day,
  );
}

function stretchOf(rule: CalendarRule): CalendarStretch {
  const { kind, from, to, slotMinutes, desksPublic, desksGreen, desksInternal, classPlaces } = rule;
  return { kind, from, to, slotMinutes, desksPublic, desksGreen, desksInternal, classPlaces };
}
