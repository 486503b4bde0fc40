import type { DemoBookingRule, Weekday } from './types.js';

const workdays: readonly Weekday[] = [1, 2, 3, 4, 5];
const weekend: readonly Weekday[] = [6, 7];

interface Capacity {
  readonly slotMinutes: DemoBookingRule['slotMinutes'];
  readonly desksPublic: number;
  readonly desksInternal: number;
  readonly bookToDays: number;
  /** One place for the green channel, at the busy queues. */
  readonly green?: boolean;
  /** Long visits at once. */
  readonly long?: number;
}

/** A rule without the days and times at which it holds. */
const offer = (capacity: Capacity, kind: DemoBookingRule['kind'] = 'window') => {
  const { slotMinutes, desksPublic, desksInternal, bookToDays, green = false, long = 1 } = capacity;
  return {
    ...{ kind, slotMinutes, desksPublic, desksInternal, bookToDays },
    desksGreen: green ? Math.min(1, desksInternal - desksPublic) : 0,
    longPlaces: long,
  };
};

/** Residents' hall: booking from today on; at the weekend half of the desks, at least one, or none at all. */
export const residents = (capacity: Capacity, openAtWeekend: boolean): readonly DemoBookingRule[] => {
  const full = { ...offer(capacity), bookFromDays: 0 };
  const half = {
    ...offer({
      ...capacity,
      desksPublic: Math.max(1, Math.floor(capacity.desksPublic / 2)),
      desksInternal: Math.max(1, Math.floor(capacity.desksInternal / 2)),
      long: 1,
    }),
    bookFromDays: 0,
  };
  const week: readonly DemoBookingRule[] = [
    { name: '工作日上午', weekdays: workdays, from: '09:00', to: '12:00', ...full },
    { name: '工作日下午', weekdays: workdays, from: '13:30', to: '17:00', ...full },
  ];
  return openAtWeekend
    ? [
        ...week,
        { name: '周末上午', weekdays: weekend, from: '09:00', to: '12:00', ...half },
        { name: '周末下午', weekdays: weekend, from: '13:30', to: '16:30', ...half },
      ]
    : week;
};

/** Companies' hall: from the next day on, so that the clerk can look at the papers sent ahead. */
export const companies = (capacity: Capacity): readonly DemoBookingRule[] => {
  const full = { ...offer(capacity), bookFromDays: 1 };
  return [
    { name: '上午', weekdays: workdays, from: '08:30', to: '12:00', ...full },
    { name: '下午', weekdays: workdays, from: '14:00', to: '17:30', ...full },
  ];
};

/** 延时服务: every Wednesday evening, for people who work in the daytime. */
export const wednesdayEvening = (desks: number, slotMinutes: Capacity['slotMinutes']): DemoBookingRule => ({
  name: '周三延时',
  weekdays: [3],
  from: '17:00',
  to: '19:00',
  ...offer({ slotMinutes, desksPublic: desks, desksInternal: desks, bookToDays: 13 }, 'after_hours'),
  bookFromDays: 0,
});

/** Advice by telephone in the early afternoon. */
export const byPhone = (desks: number, from = '14:00', to = '16:00'): DemoBookingRule => ({
  name: '电话咨询',
  weekdays: workdays,
  from,
  to,
  ...offer({ slotMinutes: 20, desksPublic: desks, desksInternal: desks, bookToDays: 7 }, 'phone'),
  bookFromDays: 1,
});

/** Advice by video in the morning: papers are shown to the camera. */
export const byVideo = (from = '09:30', to = '11:30'): DemoBookingRule => ({
  name: '视频咨询',
  weekdays: workdays,
  from,
  to,
  ...offer({ slotMinutes: 20, desksPublic: 1, desksInternal: 1, bookToDays: 7 }, 'video'),
  bookFromDays: 1,
});

/** 上门服务: two afternoons a week, one team. */
export const atHome = (weekdays: readonly Weekday[]): DemoBookingRule => ({
  name: '上门服务',
  weekdays,
  from: '14:00',
  to: '17:00',
  ...offer({ slotMinutes: 60, desksPublic: 1, desksInternal: 1, bookToDays: 13 }, 'home'),
  bookFromDays: 2,
});

/** 代办: an agent of the hall carries a building project through the bodies. */
export const byAgent: DemoBookingRule = {
  name: '项目代办',
  weekdays: workdays,
  from: '14:00',
  to: '17:00',
  ...offer({ slotMinutes: 60, desksPublic: 1, desksInternal: 1, bookToDays: 13 }, 'agent'),
  bookFromDays: 2,
};
