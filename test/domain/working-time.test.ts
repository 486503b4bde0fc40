import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  addDays,
  addWorkingTime,
  instantAt,
  remainingTime,
  weekdayOf,
  workingTimeBetween,
} from '@haoban/domain';
import type { LocalDay, Opening, WorkCalendar } from '@haoban/domain';

const hours: Opening[] = [
  { from: 540, to: 720 },
  { from: 840, to: 1020 },
];
/** Mon–Fri 09:00–12:00 and 14:00–17:00, Saturday morning open but no workday; 2026-10-01…07 holidays, 10-10 worked. */
const holiday = (day: LocalDay) => day >= '2026-10-01' && day <= '2026-10-07';
const isWorkday = (day: LocalDay) => !holiday(day) && (weekdayOf(day) <= 5 || day === '2026-10-10');
const calendar: WorkCalendar = {
  isWorkday,
  openings: (day) =>
    isWorkday(day) ? hours : !holiday(day) && weekdayOf(day) === 6 ? hours.slice(0, 1) : [],
};
const at = (day: LocalDay, clock: string) => new Date(`${day}T${clock}:00+08:00`);
const add = (start: Date, value: number, unit: 'minute' | 'hour' | 'workday') =>
  addWorkingTime(start, { value, unit }, calendar);

const someInstant = fc
  .tuple(fc.integer({ min: 0, max: 120 }), fc.integer({ min: 0, max: 1439 }))
  .map(([day, minutes]) => instantAt(addDays('2026-08-01', day), minutes));
const openInstant = someInstant.map((instant) => add(instant, 1, 'minute'));
const someMinutes = fc.integer({ min: 0, max: 3000 });
const someWorkdays = fc.integer({ min: 1, max: 40 });

describe('minutes and hours', () => {
  it('run only while the hall is open', () => {
    expect(add(at('2026-07-14', '11:50'), 30, 'minute')).toEqual(at('2026-07-14', '14:20'));
    expect(add(at('2026-07-14', '16:00'), 2, 'hour')).toEqual(at('2026-07-15', '10:00'));
    expect(add(at('2026-07-17', '16:30'), 60, 'minute')).toEqual(at('2026-07-18', '09:30')); // Saturday opening
    expect(add(at('2026-07-14', '07:00'), 60, 'minute')).toEqual(at('2026-07-14', '10:00'));
  });

  it('may end exactly when the hall closes', () => {
    expect(add(at('2026-07-14', '11:00'), 1, 'hour')).toEqual(at('2026-07-14', '12:00'));
  });

  it('come back when subtracted', () => {
    fc.assert(
      fc.property(someInstant, someMinutes, (start, n) => {
        expect(workingTimeBetween(start, add(start, n, 'minute'), 'minute', calendar)).toBe(n);
        expect(workingTimeBetween(add(start, n, 'minute'), start, 'minute', calendar)).toBe(0 - n);
      }),
    );
  });

  it('add up in parts as in one', () => {
    fc.assert(
      fc.property(openInstant, someMinutes, someMinutes, (start, a, b) => {
        expect(add(add(start, a, 'minute'), b, 'minute')).toEqual(add(start, a + b, 'minute'));
      }),
    );
  });
});

describe('workdays', () => {
  it('begin on the day after acceptance and end with the last opening', () => {
    expect(add(at('2026-07-14', '09:01'), 1, 'workday')).toEqual(at('2026-07-15', '17:00'));
    expect(add(at('2026-07-14', '16:59'), 5, 'workday')).toEqual(at('2026-07-21', '17:00'));
  });

  it('leave out holidays and count 调休 days', () => {
    expect(add(at('2026-09-30', '10:00'), 1, 'workday')).toEqual(at('2026-10-08', '17:00'));
    expect(add(at('2026-09-30', '10:00'), 3, 'workday')).toEqual(at('2026-10-10', '17:00'));
  });

  it('do not count a Saturday on which the hall is merely open', () => {
    expect(add(at('2026-07-17', '10:00'), 1, 'workday')).toEqual(at('2026-07-20', '17:00'));
  });

  it('move on where the hall does no business on the last day', () => {
    const shut: WorkCalendar = {
      ...calendar,
      openings: (day) => (day === '2026-07-15' ? [] : calendar.openings(day)),
    };
    const due = addWorkingTime(at('2026-07-14', '10:00'), { value: 1, unit: 'workday' }, shut);
    expect(due).toEqual(at('2026-07-16', '17:00'));
  });

  it('come back when subtracted', () => {
    fc.assert(
      fc.property(someInstant, someWorkdays, (start, n) => {
        expect(workingTimeBetween(start, add(start, n, 'workday'), 'workday', calendar)).toBe(n);
      }),
    );
  });
});

describe('any deadline', () => {
  const promise = fc.oneof(
    fc.record({ unit: fc.constant('minute' as const), value: someMinutes }),
    fc.record({ unit: fc.constant('workday' as const), value: someWorkdays }),
  );

  it('is not earlier for a later start or a longer promise', () => {
    fc.assert(
      fc.property(someInstant, someInstant, promise, fc.nat({ max: 50 }), (a, b, duration, more) => {
        const [early, late] = a <= b ? [a, b] : [b, a];
        const due = addWorkingTime(early, duration, calendar);
        expect(addWorkingTime(late, duration, calendar).getTime()).toBeGreaterThanOrEqual(due.getTime());
        const longer = { ...duration, value: duration.value + more };
        expect(addWorkingTime(early, longer, calendar).getTime()).toBeGreaterThanOrEqual(due.getTime());
        expect(due.getTime()).toBeGreaterThanOrEqual(early.getTime());
      }),
    );
  });

  it('moves by exactly the working time of the pauses before it', () => {
    fc.assert(
      fc.property(
        someInstant,
        promise,
        fc.nat({ max: 20000 }),
        fc.nat({ max: 20000 }),
        (start, duration, wait, length) => {
          const due = addWorkingTime(start, duration, calendar);
          const from = new Date(start.getTime() + wait * 60_000);
          const pause = { from, to: new Date(from.getTime() + length * 60_000) };
          fc.pre(from < due);
          const paused = workingTimeBetween(pause.from, pause.to, duration.unit, calendar);
          const shifted = addWorkingTime(start, { ...duration, value: duration.value + paused }, calendar);
          // A stop that outlasts the last day's business gives the rest of that day back on the next workday.
          const stopOutlasts = duration.unit === 'workday' && shifted < pause.to;
          const expected = stopOutlasts ? add(pause.to, 0, 'workday') : shifted;
          expect(addWorkingTime(start, duration, calendar, [pause])).toEqual(expected);
        },
      ),
    );
  });

  it('gives the rest of the last day back when a stop outlasts its business', () => {
    const due = (from: Date, to: Date) =>
      addWorkingTime(at('2026-07-16', '10:00'), { value: 1, unit: 'workday' }, calendar, [{ from, to }]);
    const friday = '2026-07-17';
    expect(due(at(friday, '10:00'), at(friday, '16:00'))).toEqual(at(friday, '17:00'));
    expect(due(at(friday, '10:00'), at(friday, '18:00'))).toEqual(at('2026-07-20', '17:00'));
    expect(due(at(friday, '10:00'), at('2026-07-19', '10:00'))).toEqual(at('2026-07-20', '17:00'));
  });

  it('counts overlapping pauses once', () => {
    const pause = { from: at('2026-07-14', '10:00'), to: at('2026-07-16', '10:00') };
    const inner = { from: at('2026-07-15', '10:00'), to: at('2026-07-16', '09:30') };
    for (const duration of [
      { value: 5, unit: 'workday' },
      { value: 3, unit: 'hour' },
    ] as const) {
      expect(addWorkingTime(at('2026-07-13', '15:00'), duration, calendar, [pause, inner])).toEqual(
        addWorkingTime(at('2026-07-13', '15:00'), duration, calendar, [pause]),
      );
    }
  });

  it('is refused for a hall that never opens, a negative promise and a pause without end', () => {
    const never: WorkCalendar = { isWorkday: () => true, openings: () => [] };
    const start = at('2026-07-14', '10:00');
    expect(() => addWorkingTime(start, { value: 1, unit: 'minute' }, never)).toThrow(RangeError);
    expect(() => addWorkingTime(start, { value: 1, unit: 'workday' }, never)).toThrow(RangeError);
    expect(() => add(start, -1, 'minute')).toThrow(RangeError);
    expect(() => addWorkingTime(start, { value: 1, unit: 'workday' }, calendar, [{ from: start }])).toThrow(
      RangeError,
    );
  });
});

describe('what is left of a promise', () => {
  const start = at('2026-07-14', '09:00');
  const left = (
    now: Date,
    value: number,
    unit: 'minute' | 'workday',
    pauses = [] as { from: Date; to?: Date }[],
  ) => remainingTime(start, { value, unit }, calendar, now, pauses);

  it('shrinks while the hall is open and turns negative when overdue', () => {
    expect(left(at('2026-07-14', '09:20'), 30, 'minute')).toMatchObject({
      value: 10,
      overdue: false,
      stopped: false,
    });
    expect(left(at('2026-07-14', '09:40'), 30, 'minute')).toMatchObject({ value: -10, overdue: true });
    expect(left(at('2026-07-16', '18:00'), 3, 'workday')).toMatchObject({ value: 1, overdue: false });
    expect(left(at('2026-07-17', '18:00'), 3, 'workday')).toMatchObject({ value: 0, overdue: true });
  });

  it('stands still during a pause', () => {
    const pauses = [{ from: at('2026-07-14', '15:00') }];
    for (const now of [at('2026-07-14', '15:00'), at('2026-07-15', '15:00'), at('2026-07-24', '11:00')]) {
      expect(left(now, 5, 'workday', pauses)).toMatchObject({ value: 5, stopped: true, overdue: false });
    }
  });
});
