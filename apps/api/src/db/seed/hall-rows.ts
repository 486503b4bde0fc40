import { addDays, bookingPresets, dayOf, parseClock, weekdayOf } from '@haoban/domain';
import type { BookingPolicyEntity } from '../../booking/booking-policy.entity.js';
import type { Department, Hall, HallDay, ServiceQueue } from '../../guide/catalogue.service.js';
import type { DemoBookingRule, DemoCity, DemoHall, DemoQueue } from '../demo/types.js';
import { demoId } from './demo-id.js';
import { LONG } from './item-rows.js';

const ISO_WEEK = [1, 2, 3, 4, 5, 6, 7] as const;

export function hallRow(hall: DemoHall): Hall {
  const { code, name, serves, address, transport, phone, facilities, latitude, longitude, notices } = hall;
  return {
    id: demoId('hall', code),
    code,
    name,
    serves,
    address,
    transport,
    phone,
    facilities: [...facilities],
    latitude,
    longitude,
    week: ISO_WEEK.map((weekday) =>
      hall.opening
        .filter((opening) => opening.weekdays.includes(weekday))
        .map((opening) => ({ from: parseClock(opening.from), to: parseClock(opening.to) }))
        .sort((a, b) => a.from - b.from),
    ),
    notices: notices.map(({ title, body }) => ({ title, body })),
    courierAddress: { name: `${name}邮政寄递专窗`, phone, ...splitAddress(address) },
  };
}

/** '榕江省榕城市江滨区望江大道 88 号' → its four parts, as the courier wants them. */
function splitAddress(address: string): { province: string; city: string; county: string; detail: string } {
  const parts = /^(?<province>.+?省)(?<city>.+?市)(?<county>.+?[区县])(?<detail>.+)$/u.exec(address)?.groups;
  if (!parts) throw new Error(`The demo hall's address has no province, city and district: ${address}`);
  const { province = '', city = '', county = '', detail = '' } = parts;
  return { province, city, county, detail };
}

const TRAINING = { hall: 'RC-XZ', weekday: 5, ordinal: 3, note: '每月第三个周五下午业务学习，暂停对外服务' };
const PLANNED_DAYS = 60;

/** The demo of a day that differs: every third Friday of a month the companies' hall is shut in the afternoon. */
export function hallDayRows(city: DemoCity, now: Date): HallDay[] {
  const hall = city.halls.find(({ code }) => code === TRAINING.hall);
  if (!hall) return [];
  const morning = hallRow(hall).week[TRAINING.weekday - 1]?.slice(0, 1) ?? [];
  const today = dayOf(now);
  return Array.from({ length: PLANNED_DAYS }, (_, index) => addDays(today, index))
    .filter((day) => weekdayOf(day) === TRAINING.weekday && ordinalOf(day) === TRAINING.ordinal)
    .map((day) => ({
      id: demoId('hall_day', `${hall.code} ${day}`),
      hallId: demoId('hall', hall.code),
      day,
      periods: morning,
      note: TRAINING.note,
    }));
}

/** Which such weekday of its month a day is: the 17th is always a third. */
function ordinalOf(day: string): number {
  return Math.ceil(Number(day.slice(8)) / 7);
}

export function departmentRows(city: DemoCity): Department[] {
  return city.departments.map(({ code, name, shortName, uscc, phone }, index) => ({
    id: demoId('department', code),
    code,
    name,
    shortName,
    creditCode: uscc,
    phone,
    rank: index + 1,
  }));
}

/** Without its versions, which count what was done to it in use. */
export type QueueRow = Omit<ServiceQueue, 'rulesVersion' | 'calendarVersion'>;

export function queueRow(queue: DemoQueue, city: DemoCity): QueueRow {
  const { code, prefix, name, remoteAllowed, firstNumber, lastNumber, dailyCap, booking } = queue;
  return {
    id: demoId('queue', code),
    hallId: demoId('hall', queue.hall),
    code,
    prefix,
    name,
    remoteAllowed,
    firstNumber,
    lastNumber,
    dailyCap,
    averageMinutes: averageMinutes(queue, city),
    slotMinutes: booking[0]?.slotMinutes ?? 15,
    bookingRules: booking.map((rule, index) => ruleRow(rule, `${code}-${index + 1}`)),
  };
}

function ruleRow(rule: DemoBookingRule, id: string): ServiceQueue['bookingRules'][number] {
  const { name, kind, weekdays, slotMinutes, desksPublic, desksGreen, desksInternal, longPlaces } = rule;
  return {
    ...{ id, name, kind, slotMinutes, desksPublic, desksInternal },
    weekdays: [...weekdays],
    from: parseClock(rule.from),
    to: parseClock(rule.to),
    ...(desksGreen > 0 && { desksGreen }),
    ...(longPlaces < desksInternal && { classPlaces: { [LONG]: longPlaces } }),
    windowFromDays: rule.bookFromDays,
    windowToDays: rule.bookToDays,
  };
}

/** The residents' hall lets returned places open again by chance, which spares it the traders; the companies' has places to spare. */
export function policyRows(): Pick<BookingPolicyEntity, 'hallId' | 'preset' | 'settings' | 'version'>[] {
  const { standard, relaxed } = bookingPresets;
  return [
    {
      hallId: demoId('hall', 'RC-SM'),
      preset: 'custom',
      settings: { ...standard, reopen: { minMinutes: 2, maxMinutes: 10 } },
      version: 1,
    },
    { hallId: demoId('hall', 'RC-XZ'), preset: 'relaxed', settings: relaxed, version: 1 },
  ];
}

/** Of the items that this queue serves, each counted by how often it is asked for: rank 1 most. */
function averageMinutes(queue: DemoQueue, city: DemoCity): number {
  const served = city.items.filter(({ queues }) => queues.includes(queue.code));
  const weights = served.map(({ popularRank, serviceMinutes }) => ({
    w: 1 / popularRank,
    m: serviceMinutes.p50,
  }));
  const total = weights.reduce((sum, { w }) => sum + w, 0);
  if (total === 0) return 10;
  return Math.max(1, Math.round(weights.reduce((sum, { w, m }) => sum + w * m, 0) / total));
}
