import { describe, expect, it } from '@jest/globals';
import {
  addDays,
  answerUntil,
  bookingFate,
  calendarSlots,
  closureInWords,
  compareSlots,
  idleRules,
  overlappingRules,
  parseClock,
  ruleFaults,
  ruleInWords,
  stretchFaults,
  weekdaysInWords,
  type BookingRule,
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
const day = '2026-07-15';
const week = Array.from({ length: 7 }, (_, i) => addDays('2026-07-13', i));
const open = [{ from: 540, to: 1020 }];
const slots = (...rules: BookingRule[]) =>
  calendarSlots(rules, { day, periods: open, workedWeekend: false, closures: [] });
const fields = (rules: BookingRule[]) =>
  ruleFaults(rules).map(({ rule: index, field }) => `${index} ${field}`);

describe('what can’t be saved', () => {
  it('is nothing in a proper rule', () => {
    expect(ruleFaults([rule('09:00', '12:00', { desksGreen: 1 })])).toEqual([]);
  });

  it.each([
    ['an end before the start', { from: 720, to: 540 }, '0 to'],
    ['no length at all', { from: 540, to: 540 }, '0 to'],
    ['slots of no length', { slotMinutes: 0 }, '0 slotMinutes'],
    ['a slot longer than the opening', { from: 540, to: 560, slotMinutes: 30 }, '0 slotMinutes'],
    ['public and green places above all places', { desksPublic: 2, desksGreen: 2 }, '0 desksInternal'],
    ['no place at all', { desksPublic: 0, desksInternal: 0 }, '0 desksInternal'],
    ['half a place', { desksPublic: 0.5 }, '0 desksInternal'],
    ['a class that may take more than all places', { classPlaces: { long: 4 } }, '0 classPlaces'],
    ['no weekday', { weekdays: [] }, '0 weekdays'],
    ['a weekday twice', { weekdays: [1, 1] }, '0 weekdays'],
    ['a window that ends before it begins', { windowFromDays: 5, windowToDays: 2 }, '0 windowToDays'],
    ['a last day before the first', { firstDay: '2026-08-01', lastDay: '2026-07-01' }, '0 lastDay'],
    ['a day that is not in the calendar', { firstDay: '2026-02-30' }, '0 firstDay'],
    ['every second week counted from nowhere', { everyWeeks: 2 }, '0 firstDay'],
  ] as [string, Partial<BookingRule>, string][])('is %s', (_, more, field) => {
    expect(fields([rule('09:00', '12:00', more)])).toContain(field);
  });

  it('says in Chinese what to do, for the rule it is about', () => {
    const faults = ruleFaults([rule('09:00', '12:00'), rule('12:00', '09:00')]);
    expect(faults.every(({ rule: index }) => index === 1)).toBe(true);
    for (const { text } of faults) expect(text).toMatch(/[\u4e00-\u9fff]+.*[。]$/u);
  });

  it('is looked for in a day planned by hand, too', () => {
    expect(stretchFaults([rule('12:00', '09:00')]).map(({ field }) => field)).toEqual(['to']);
  });
});

describe('conflicts that are shown before saving', () => {
  it('are rules of one kind that open at one time, with the days', () => {
    const [found] = overlappingRules(
      [rule('09:00', '12:00'), rule('11:00', '14:00', { weekdays: [3] })],
      week,
    );
    expect(found).toEqual({ rules: [0, 1], days: [day] });
  });

  it('are not rules of two kinds, nor rules that only touch', () => {
    expect(
      overlappingRules([rule('09:00', '12:00'), rule('09:00', '12:00', { kind: 'phone' })], week),
    ).toEqual([]);
    expect(overlappingRules([rule('09:00', '12:00'), rule('12:00', '14:00')], week)).toEqual([]);
  });

  it('are rules that never open in the days looked at', () => {
    expect(
      idleRules([rule('09:00', '12:00'), rule('09:00', '12:00', { lastDay: '2026-07-01' })], week),
    ).toEqual([1]);
  });
});

describe('what becomes of the slots', () => {
  it('is said for each: same, new, changed or gone', () => {
    const before = slots(rule('09:00', '10:00'), rule('14:00', '14:30'));
    const after = slots(rule('09:00', '09:30'), rule('09:30', '10:30', { desksPublic: 1 }));
    expect(compareSlots(before, after).map(({ slot, change }) => [slot.startMinute, change])).toEqual([
      [540, 'same'],
      [570, 'changed'],
      [600, 'new'],
      [840, 'gone'],
    ]);
  });

  it('knows a kind from another at the same time', () => {
    const changes = compareSlots(
      slots(rule('09:00', '09:30')),
      slots(rule('09:00', '09:30', { kind: 'phone' })),
    );
    expect(changes.map(({ slot, change }) => [slot.kind, change])).toEqual([
      ['phone', 'new'],
      ['window', 'gone'],
    ]);
  });
});

describe('what becomes of a booking', () => {
  const nine = { from: 540, to: 600 };
  it('is nothing where its slots stay', () => {
    expect(bookingFate('window', nine, [540, 570], slots(rule('09:00', '10:00')))).toBeUndefined();
  });

  it('is that it stays as it is where the time is only cut otherwise', () => {
    const other = slots(rule('09:00', '10:00', { slotMinutes: 20 }));
    expect(bookingFate('window', nine, [540, 570], other)).toBe('regridded');
  });

  it('is that it loses its time where a part of it is shut, or only another kind is open', () => {
    expect(bookingFate('window', nine, [540, 570], slots(rule('09:00', '09:30')))).toBe('closed');
    expect(bookingFate('window', nine, [540, 570], slots(rule('09:00', '10:00', { kind: 'phone' })))).toBe(
      'closed',
    );
    expect(bookingFate('window', nine, [540, 570], [])).toBe('closed');
  });
});

describe('the time to answer', () => {
  const startsAt = new Date('2026-07-15T02:00:00Z');
  const told = (iso: string) => answerUntil(startsAt, new Date(iso)).toISOString();

  it('ends two hours before the booked time', () => {
    expect(told('2026-07-14T02:00:00Z')).toBe('2026-07-15T00:00:00.000Z');
  });

  it('is at least half an hour for whoever is told late, but never after the booked time', () => {
    expect(told('2026-07-15T00:30:00Z')).toBe('2026-07-15T01:00:00.000Z');
    expect(told('2026-07-15T01:45:00Z')).toBe('2026-07-15T02:00:00.000Z');
  });
});

describe('a calendar in words', () => {
  it('reads as a manager would say it', () => {
    expect(ruleInWords(rule('09:00', '12:00', { desksGreen: 1, classPlaces: { long: 2 } }))).toBe(
      '窗口：周一至周五 09:00–12:00，每 30 分钟一段，每段 3 个名额（网上 2 个，绿色通道 1 个，长事项最多 2 个）；提前 0 至 13 天可约',
    );
    expect(
      ruleInWords(rule('17:00', '19:00', { kind: 'after_hours', weekdays: [3], weekOfMonth: -1 })),
    ).toMatch(/^延时：每月最后一个周三 17:00–19:00/);
  });

  it('names weekdays shortly', () => {
    expect(
      [
        [1, 2, 3, 4, 5],
        [6, 7],
        [1, 3],
        [7, 6, 5, 4, 3, 2, 1],
      ].map(weekdaysInWords),
    ).toEqual(['周一至周五', '周六、周日', '周一、周三', '每天']);
  });

  it('tells a closure with its time and reason', () => {
    const closure = { day, from: 840, to: 1020, reason: '设备检修' };
    expect(closureInWords(closure)).toBe('7月15日 周三 14:00–17:00 停办：设备检修');
    expect(closureInWords({ ...closure, from: null, to: null })).toBe('7月15日 周三 全天 停办：设备检修');
  });
});
