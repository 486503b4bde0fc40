import { describe, expect, it } from '@jest/globals';
import {
  addDays,
  calendarSlots,
  dayOf,
  formatClock,
  instantAt,
  parseClock,
  serviceHours,
  type BookingRule,
  type CalendarDay,
  type Opening,
  type Slot,
} from '@haoban/domain';

const rule = (from: string, to: string, more: Partial<BookingRule> = {}): BookingRule => ({
  weekdays: [1, 2, 3, 4, 5],
  from: parseClock(from),
  to: parseClock(to),
  slotMinutes: 30,
  desksPublic: 2,
  desksInternal: 3,
  windowFromDays: 0,
  windowToDays: 13,
  ...more,
});
const span = (from: string, to: string): Opening => ({ from: parseClock(from), to: parseClock(to) });
const hours = [span('09:00', '12:00'), span('13:30', '17:00')];
const wednesday = '2026-07-15';
const of = (more: Partial<CalendarDay> = {}): CalendarDay => ({
  day: wednesday,
  periods: hours,
  workedWeekend: false,
  closures: [],
  ...more,
});
const starts = (slots: readonly Slot[]) => slots.map(({ startMinute }) => formatClock(startMinute));
const clock = (spans: readonly Opening[]) =>
  spans.map(({ from, to }) => `${formatClock(from)}-${formatClock(to)}`);

describe('the slots of a day', () => {
  it('keep within the hall’s hours: a rule over lunch has no slot at lunch', () => {
    const slots = starts(calendarSlots([rule('11:00', '14:30')], of()));
    expect(slots).toEqual(['11:00', '11:30', '13:30', '14:00']);
  });

  it('carry the rule’s id, its kind and all three contingents', () => {
    const video = rule('09:00', '10:00', {
      id: 'rule-1',
      kind: 'video',
      desksPublic: 2,
      desksGreen: 1,
      desksInternal: 4,
      classPlaces: { long: 1 },
    });
    expect(calendarSlots([video], of())[0]).toEqual({
      ruleId: 'rule-1',
      kind: 'video',
      startMinute: 540,
      endMinute: 570,
      places: { public: 2, green: 1, internal: 4, perClass: { long: 1 } },
    });
  });

  it('of two kinds stand side by side at one time', () => {
    const slots = calendarSlots([rule('09:00', '09:30'), rule('09:00', '09:30', { kind: 'phone' })], of());
    expect(slots.map(({ kind }) => kind).sort()).toEqual(['phone', 'window']);
  });

  it('after hours are not clipped by the hall’s hours', () => {
    const late = rule('17:00', '19:00', { kind: 'after_hours', weekdays: [3] });
    expect(starts(calendarSlots([late], of()))).toEqual(['17:00', '17:30', '18:00', '18:30']);
    expect(calendarSlots([late], of({ day: addDays(wednesday, 1) }))).toEqual([]);
  });

  it('after hours need a day on which the hall opens at all', () => {
    const late = rule('17:00', '19:00', { kind: 'after_hours', weekdays: [3] });
    expect(calendarSlots([late], of({ periods: [] }))).toEqual([]);
  });

  it('are none on a holiday, whatever the rules say', () => {
    expect(calendarSlots([rule('09:00', '12:00')], of({ periods: [] }))).toEqual([]);
  });

  it('planned by hand beat a holiday', () => {
    const override = { id: 'by-hand', plan: [rule('09:00', '10:00', { desksPublic: 5, desksInternal: 5 })] };
    const slots = calendarSlots([rule('09:00', '12:00')], of({ day: '2026-10-01', periods: [], override }));
    expect(starts(slots)).toEqual(['09:00', '09:30']);
    expect(slots.every(({ ruleId, places }) => ruleId === 'by-hand' && places.public === 5)).toBe(true);
  });

  it('planned by hand replace every rule of the day, after hours too', () => {
    const override = { id: 'by-hand', plan: [rule('10:00', '11:00')] };
    const rules = [rule('09:00', '12:00'), rule('17:00', '19:00', { kind: 'after_hours' })];
    expect(starts(calendarSlots(rules, of({ override })))).toEqual(['10:00', '10:30']);
  });

  it('give way to a closure of a part of the day: touched ones go, the others stay', () => {
    const closures = [span('10:15', '11:00')];
    expect(starts(calendarSlots([rule('09:00', '12:00')], of({ closures })))).toEqual([
      '09:00',
      '09:30',
      '11:00',
      '11:30',
    ]);
  });

  it('give way to a closure even where they were planned by hand or after hours', () => {
    const closures = [span('00:00', '24:00')];
    const override = { id: 'by-hand', plan: [rule('10:00', '11:00')] };
    expect(calendarSlots([], of({ closures, override }))).toEqual([]);
    expect(calendarSlots([rule('17:00', '19:00', { kind: 'after_hours' })], of({ closures }))).toEqual([]);
  });

  it('on a worked weekend are those of a Monday, not of the weekend', () => {
    const saturday = '2026-10-10';
    const rules = [rule('09:00', '10:00'), rule('09:00', '10:00', { weekdays: [6, 7], desksPublic: 1 })];
    const worked = calendarSlots(rules, of({ day: saturday, workedWeekend: true }));
    expect(worked.map(({ places }) => places.public)).toEqual([2, 2]);
    const usual = calendarSlots(rules, of({ day: saturday }));
    expect(usual.map(({ places }) => places.public)).toEqual([1, 1]);
  });

  it('of a rule that has not begun or has ended are none', () => {
    const short = [rule('09:00', '10:00', { firstDay: '2026-07-15', lastDay: '2026-07-16' })];
    const on = (day: string) => calendarSlots(short, of({ day })).length;
    expect([on('2026-07-14'), on('2026-07-15'), on('2026-07-16'), on('2026-07-17')]).toEqual([0, 2, 2, 0]);
  });

  it('of every second week go on in step over the end of the year', () => {
    const second = [rule('09:00', '10:00', { weekdays: [3], everyWeeks: 2, firstDay: '2026-12-16' })];
    const on = (day: string) => calendarSlots(second, of({ day })).length > 0;
    expect(['2026-12-16', '2026-12-23', '2026-12-30', '2027-01-06', '2027-01-13'].map(on)).toEqual([
      true,
      false,
      true,
      false,
      true,
    ]);
  });

  it('of the third and of the last such weekday of the month', () => {
    const on = (day: string, weekOfMonth: 3 | -1) =>
      calendarSlots([rule('09:00', '10:00', { weekdays: [3], weekOfMonth })], of({ day })).length > 0;
    expect([on('2026-12-16', 3), on('2026-12-23', 3)]).toEqual([true, false]);
    expect([on('2026-12-23', -1), on('2026-12-30', -1)]).toEqual([false, true]);
  });

  it('are at the hall’s clock: a slot at 00:30 on New Year’s Day is an instant of the old year in UTC', () => {
    const night = rule('00:00', '01:00', { weekdays: [5] });
    const [, slot] = calendarSlots([night], of({ day: '2027-01-01', periods: [span('00:00', '02:00')] }));
    const instant = instantAt('2027-01-01', slot?.startMinute ?? 0);
    expect(instant.toISOString()).toBe('2026-12-31T16:30:00.000Z');
    expect(dayOf(instant)).toBe('2027-01-01');
  });

  it('of a hall without hours or with a slot length of 0 are none', () => {
    expect(calendarSlots([rule('09:00', '12:00', { slotMinutes: 0 })], of())).toEqual([]);
  });
});

describe('the hours of service', () => {
  it('are the hall’s, with opening after hours joined on', () => {
    const late = rule('17:00', '19:00', { kind: 'after_hours', weekdays: [3] });
    expect(clock(serviceHours([late], of()))).toEqual(['09:00-12:00', '13:30-19:00']);
    expect(clock(serviceHours([late], of({ day: '2026-07-16' })))).toEqual(['09:00-12:00', '13:30-17:00']);
  });

  it('are those planned by hand on a holiday; advice by phone opens no hall', () => {
    const plan = [rule('09:00', '11:00'), rule('14:00', '15:00', { kind: 'phone' })];
    expect(clock(serviceHours([], of({ periods: [], override: { id: 'x', plan } })))).toEqual([
      '09:00-11:00',
    ]);
  });

  it('of calls on a holiday are those planned by hand for calls, beside the windows’', () => {
    const plan = [rule('09:00', '11:00'), rule('14:00', '15:00', { kind: 'phone' })];
    const holiday = of({ periods: [], override: { id: 'x', plan } });
    expect(clock(serviceHours([], holiday, 'phone'))).toEqual(['09:00-11:00', '14:00-15:00']);
    expect(clock(serviceHours([], holiday, 'home'))).toEqual(['09:00-11:00']);
    const shut = { ...holiday, closures: [span('00:00', '24:00')] };
    expect(serviceHours([], shut, 'phone')).toEqual([]);
  });

  it('have closures cut out', () => {
    const closures = [span('10:00', '14:00')];
    expect(clock(serviceHours([], of({ closures })))).toEqual(['09:00-10:00', '14:00-17:00']);
    expect(serviceHours([], of({ closures: [span('00:00', '24:00')] }))).toEqual([]);
  });
});
