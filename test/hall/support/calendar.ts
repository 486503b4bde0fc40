import type { CalendarRule } from '@haoban/contracts';

/** Weekday mornings, two of three places for the public, bookable from today on for two weeks. */
export const rule: CalendarRule = {
  name: '',
  kind: 'window',
  from: '09:00',
  to: '12:00',
  slotMinutes: 30,
  desksPublic: 2,
  desksGreen: 0,
  desksInternal: 3,
  classPlaces: null,
  weekdays: [1, 2, 3, 4, 5],
  everyWeeks: 1,
  weekOfMonth: null,
  firstDay: null,
  lastDay: null,
  windowFromDays: 0,
  windowToDays: 13,
  noticeMinutes: null,
};
