import { describe, expect, it } from '@jest/globals';
import {
  addDays,
  conflictingRules,
  defaultWindow,
  formatClock,
  inBookingWindow,
  noExceptions,
  openingsOfDay,
  parseClock,
  reducedSlots,
  ruleApplies,
  runFrom,
  slotsOfDay,
} from '@haoban/domain';
import type { DayExceptions, OpeningRule, Slot, Weekday } from '@haoban/domain';

const rule = (
  from: string,
  to: string,
  slotMinutes: number,
  more: Partial<OpeningRule> = {},
): OpeningRule => ({
  id: 'r1',
  from: '2026-01-01',
  to: '2026-12-31',
  weekdays: [1, 2, 3, 4, 5],
  fromMinute: parseClock(from),
  toMinute: parseClock(to),
  slotMinutes,
  desks: { public: 3, internal: 3 },
  window: defaultWindow,
  ...more,
});
const tuesday = '2026-07-14';
const at = (clock: string, day = tuesday) => new Date(`${day}T${clock}:00+08:00`);
const starts = (slots: readonly Slot[]) => slots.map((slot) => formatClock(slot.startMinute));
const exceptions = (more: Partial<DayExceptions>): DayExceptions => ({ ...noExceptions, ...more });

describe('the slots of one opening', () => {
  it('begin every slot length and never at the end', () => {
    expect(starts(slotsOfDay([rule('12:00', '18:00', 90)], noExceptions, tuesday))).toEqual([
      '12:00',
      '13:30',
      '15:00',
      '16:30',
    ]);
    expect(slotsOfDay([rule('12:00', '16:00', 15)], noExceptions, tuesday)).toHaveLength(16);
  });

  it('are none without a length or without desks', () => {
    expect(slotsOfDay([rule('12:00', '18:00', 0)], noExceptions, tuesday)).toEqual([]);
    const unmanned = rule('12:00', '18:00', 30, { desks: { public: 0, internal: 0 } });
    expect(slotsOfDay([unmanned], noExceptions, tuesday)).toEqual([]);
  });

  it('leave out a rest that is too short for one', () => {
    expect(starts(slotsOfDay([rule('09:00', '10:10', 30)], noExceptions, tuesday))).toEqual([
      '09:00',
      '09:30',
    ]);
  });
});

describe('a repeating rule', () => {
  it('applies on its weekdays within its dates', () => {
    const july = rule('09:00', '12:00', 30, { from: '2026-07-14', to: '2026-07-20' });
    expect(ruleApplies(july, '2026-07-13')).toBe(false);
    expect(ruleApplies(july, '2026-07-14')).toBe(true);
    expect(ruleApplies(july, '2026-07-18')).toBe(false);
    expect(ruleApplies(july, '2026-07-20')).toBe(true);
    expect(ruleApplies(july, '2026-07-21')).toBe(false);
    expect(ruleApplies({ ...july, weekdays: [] }, '2026-07-14')).toBe(false);
  });

  it('may come every second week, counted from the week it begins in', () => {
    const everySecond = rule('09:00', '12:00', 30, { from: '2026-07-16', everyWeeks: 2 });
    const days = ['2026-07-16', '2026-07-20', '2026-07-27', '2026-08-03', '2026-08-10'];
    expect(days.map((day) => ruleApplies(everySecond, day))).toEqual([true, false, true, false, true]);
  });

  it('may come on the n-th or last weekday of a month', () => {
    const second = rule('09:00', '12:00', 30, { weekdays: [6], weekOfMonth: 2 });
    expect(['2026-08-01', '2026-08-08', '2026-08-15'].map((day) => ruleApplies(second, day))).toEqual([
      false,
      true,
      false,
    ]);
    const last = rule('09:00', '12:00', 30, { weekdays: [6], weekOfMonth: -1 });
    expect(['2026-08-22', '2026-08-29'].map((day) => ruleApplies(last, day))).toEqual([false, true]);
  });

  it('that opens at the time of another is reported', () => {
    const rules = [
      rule('09:00', '12:00', 30),
      rule('11:00', '13:00', 30, { id: 'r2' }),
      rule('13:00', '15:00', 30, { id: 'r3' }),
    ];
    expect(conflictingRules(rules, [tuesday, addDays(tuesday, 1)])).toEqual([['r1', 'r2']]);
  });
});

describe('exceptions', () => {
  const morning = rule('09:00', '12:00', 60);

  it('close a day or a part of it, with every slot the part touches', () => {
    expect(slotsOfDay([morning], exceptions({ closures: [{ day: tuesday }] }), tuesday)).toEqual([]);
    const part = exceptions({
      closures: [{ day: tuesday, fromMinute: parseClock('10:30'), toMinute: parseClock('11:00') }],
    });
    expect(starts(slotsOfDay([morning], part, tuesday))).toEqual(['09:00', '11:00']);
  });

  it('touch a slot from its first to its last minute and not a minute more', () => {
    const closedFor = (from: string, to: string) => {
      const part = { day: tuesday, fromMinute: parseClock(from), toMinute: parseClock(to) };
      return starts(slotsOfDay([morning], exceptions({ closures: [part] }), tuesday));
    };
    expect(closedFor('10:00', '11:00')).toEqual(['09:00', '11:00']);
    expect(closedFor('09:59', '10:01')).toEqual(['11:00']);
  });

  it('shut the hall on holidays and open it on 调休 days like the weekday they stand for', () => {
    const mondayOnly = { ...morning, weekdays: [1] as Weekday[] };
    const sunday = '2026-07-19';
    expect(openingsOfDay([morning], exceptions({ holidays: [tuesday] }), tuesday)).toEqual([]);
    expect(
      openingsOfDay([mondayOnly], exceptions({ workedDays: [{ day: sunday, as: 1 }] }), sunday),
    ).toHaveLength(1);
    expect(openingsOfDay([mondayOnly], exceptions({ workedDays: [{ day: sunday, as: 5 }] }), sunday)).toEqual(
      [],
    );
  });

  it('let a day planned by hand replace the rules and beat a holiday', () => {
    const override = { ...rule('13:00', '14:00', 30), id: 'day', day: tuesday };
    const planned = exceptions({ holidays: [tuesday], overrides: [override] });
    expect(starts(slotsOfDay([morning], planned, tuesday))).toEqual(['13:00', '13:30']);
  });
});

describe('the booking window', () => {
  const open = (day: string, clock: string, fromDays = 1, toDays = 60, byHand = false) =>
    inBookingWindow(day, at(clock), { fromDays, toDays }, parseClock('09:00'), byHand);

  it('begins tomorrow unless set otherwise', () => {
    expect(open(tuesday, '12:00')).toBe(false);
    expect(open('2026-07-15', '00:00')).toBe(true);
    expect(open(tuesday, '12:00', 0)).toBe(true);
  });

  it('is empty where it ends before it begins', () => {
    for (const day of [tuesday, '2026-07-15', '2026-07-16']) expect(open(day, '12:00', 2, 1)).toBe(false);
  });

  it('opens its last day at that day’s opening time and not at midnight', () => {
    expect(open('2026-07-19', '08:59', 1, 5)).toBe(false);
    expect(open('2026-07-19', '09:00', 1, 5)).toBe(true);
    expect(open('2026-07-18', '00:01', 1, 5)).toBe(true);
    expect(open('2026-07-20', '23:59', 1, 5)).toBe(false);
  });

  it('opens the thirtieth day at opening time like any other last day', () => {
    expect(open('2026-08-13', '00:00', 0, 30)).toBe(false);
    expect(open('2026-08-13', '08:59', 0, 30)).toBe(false);
    expect(open('2026-08-13', '09:00', 0, 30)).toBe(true);
    expect(open('2026-08-12', '00:00', 0, 30)).toBe(true);
  });

  it('lets a day planned by hand be booked at any clock time', () => {
    expect(open('2026-07-19', '00:01', 1, 5, true)).toBe(true);
  });
});

describe('what is free', () => {
  const three = [0, 1, 2].map((i) => ({
    ruleId: 'r1',
    startMinute: 540 + i * 10,
    endMinute: 550 + i * 10,
    places: { public: 3, internal: 3 },
    room: { parts: [3], most: 3 },
  }));

  it.each([
    [0, [3, 3, 3]],
    [1, [3, 3, 3]],
    [2, [3, 3, 0]],
    [3, [3, 0, 0]],
    [4, [0, 0, 0]],
  ])('for a visit of %i slots counts only runs that fit', (need, expected) => {
    expect(reducedSlots(three, need, 1).map((slot) => slot.free)).toEqual(expected);
  });

  it('gives a visit the slots that follow its start, and none where the run breaks', () => {
    const slots = [710, 770, 780].map((startMinute) => ({
      ruleId: 'r1',
      startMinute,
      endMinute: startMinute + 10,
      places: { public: 3, internal: 3 },
    }));
    expect(runFrom(slots, 770, 2)?.map((slot) => slot.startMinute)).toEqual([770, 780]);
    expect(runFrom(slots, 770, 3)).toBeUndefined();
    expect(runFrom(slots, 710, 2)).toBeUndefined();
    expect(runFrom(slots, 711, 1)).toBeUndefined();
  });

  it('never lets a visit run over from one opening into the next', () => {
    const slots = [540, 550].map((startMinute, i) => ({
      ruleId: `r${i}`,
      startMinute,
      endMinute: startMinute + 10,
      places: { public: 1, internal: 1 },
    }));
    expect(runFrom(slots, 540, 2)).toBeUndefined();
  });
});
