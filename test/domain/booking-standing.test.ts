import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  addDays,
  addMinutes,
  barText,
  bookingBar,
  bookingPresets,
  dayOf,
  limitUses,
  mayBook,
  noShowsCounting,
  standing,
  startOfDay,
  startOfWeek,
  suspensionBy,
  type BookingHistory,
  type BookingSettings,
} from '@haoban/domain';

const { standard, strict } = bookingPresets;
const at = (day: string, clock = '10:00') => new Date(`${day}T${clock}:00+08:00`);
const now = at('2026-07-14', '08:00');
const history = (startsAt: Date[], noShowsAt: Date[] = []): BookingHistory => ({ startsAt, noShowsAt });
const left = (day: string, startsAt: Date[], settings: BookingSettings = standard, when = now) =>
  Object.fromEntries(limitUses(day, history(startsAt), when, settings).map((use) => [use.rule, use.left]));
const limit = (day: string, rule: string, startsAt: Date[], settings: BookingSettings = standard) =>
  limitUses(day, history(startsAt), now, settings).find((use) => use.rule === rule);

describe('what is left of the limits', () => {
  it('is counted for the day, week and month that one wants to come in, and for what lies ahead', () => {
    expect(left('2026-07-16', [])).toEqual({ day: 2, week: 5, month: 15, open: 3 });
    const booked = [at('2026-07-16', '09:00'), at('2026-07-17'), at('2026-07-20'), at('2026-07-01')];
    expect(left('2026-07-16', booked)).toEqual({ day: 1, week: 3, month: 11, open: 0 });
    expect(left('2026-07-20', booked)).toEqual({ day: 1, week: 4, month: 11, open: 0 });
    expect(left('2026-08-03', booked)).toEqual({ day: 2, week: 5, month: 15, open: 0 });
  });

  it('never falls below nothing where a rule became stricter', () => {
    const booked = [at('2026-07-16', '09:00'), at('2026-07-16', '11:00')];
    expect(limit('2026-07-16', 'day', booked, strict)).toMatchObject({ used: 2, limit: 1, left: 0 });
  });

  it('says from which day on it counts anew', () => {
    expect(limit('2026-07-16', 'day', [])?.until).toBe('2026-07-17');
    expect(limit('2026-07-16', 'week', [])?.until).toBe('2026-07-20');
    expect(limit('2026-07-16', 'month', [])?.until).toBe('2026-08-01');
    expect(limit('2026-07-16', 'open', [])?.until).toBeNull();
  });

  it('keeps a week whole across the end of a year, and a month apart', () => {
    const booked = [at('2026-12-31'), at('2027-01-02')];
    expect(left('2026-12-28', booked)).toMatchObject({ week: 3, month: 14 });
    expect(left('2027-01-03', booked)).toMatchObject({ week: 3, month: 14 });
    expect(left('2027-01-04', booked)).toMatchObject({ week: 5, month: 14 });
    expect(limit('2026-12-31', 'day', [])?.until).toBe('2027-01-01');
    expect(limit('2026-12-31', 'week', [])?.until).toBe('2027-01-04');
    expect(limit('2026-12-31', 'month', [])?.until).toBe('2027-01-01');
  });

  it('ends a month with its last day, in a leap year too', () => {
    for (const [day, next] of [
      ['2027-02-01', '2027-03-01'],
      ['2027-02-28', '2027-03-01'],
      ['2028-02-29', '2028-03-01'],
      ['2026-01-31', '2026-02-01'],
      ['2026-04-30', '2026-05-01'],
    ] as const)
      expect(limit(day, 'month', [])?.until).toBe(next);
  });

  it("goes by the hall's day, not by the day in Greenwich", () => {
    const early = new Date('2026-07-15T16:30:00Z'); // 00:30 on the 16th in Beijing
    const late = new Date('2026-07-16T15:59:59Z'); // 23:59:59 on the 16th
    expect(left('2026-07-16', [early, late])).toMatchObject({ day: 0 });
    expect(left('2026-07-15', [early, late])).toMatchObject({ day: 2 });
    const sunday = new Date('2026-07-19T15:59:59Z');
    const monday = new Date('2026-07-19T16:00:00Z');
    expect(left('2026-07-19', [sunday, monday])).toMatchObject({ week: 4 });
    const yearEnd = new Date('2026-12-31T16:00:00Z'); // New Year in Beijing
    expect(left('2027-01-15', [yearEnd])).toMatchObject({ month: 14 });
  });

  it('adds up with what is used, and is nothing exactly when booking is refused', () => {
    const starts = fc.array(fc.integer({ min: -40, max: 40 }), { maxLength: 12 });
    fc.assert(
      fc.property(starts, fc.integer({ min: 0, max: 30 }), (offsets, ahead) => {
        const startsAt = offsets.map((days) => addMinutes(startOfDay(addDays('2026-07-14', days)), 600));
        const day = addDays('2026-07-15', ahead);
        const uses = limitUses(day, history(startsAt), now, strict);
        for (const use of uses) expect(use.left).toBe(Math.max(0, use.limit - use.used));
        const wanted = addMinutes(startOfDay(day), 700);
        expect(mayBook(wanted, history(startsAt), now, strict).ok).toBe(uses.every((use) => use.left > 0));
        const bar = bookingBar(day, history(startsAt), now, strict);
        if (bar?.until && bar.rule === 'week') {
          // The day that is named is the first one of another week.
          expect(startOfWeek(bar.until)).toBe(bar.until);
          expect(startOfWeek(addDays(bar.until, -1))).toBe(startOfWeek(day));
        }
      }),
    );
  });
});

describe('the rule that bites', () => {
  it('is named with its numbers, the suspension before all others', () => {
    const twice = [at('2026-07-16', '09:00'), at('2026-07-16', '11:00')];
    expect(bookingBar('2026-07-16', history(twice), now, standard)).toEqual({
      code: 'BOOKING_LIMIT_REACHED',
      rule: 'day',
      used: 2,
      limit: 2,
      until: '2026-07-17',
    });
    const missed = [at('2026-06-20'), at('2026-07-01'), at('2026-07-10')];
    expect(bookingBar('2026-07-16', history(twice, missed), now, standard)).toEqual({
      code: 'BOOKING_SUSPENDED',
      rule: 'no_show',
      used: 3,
      limit: 3,
      until: '2026-08-10',
    });
    expect(bookingBar('2026-07-17', history(twice), now, standard)).toBeUndefined();
  });

  it('says what to do, whichever it is', () => {
    const bar = { code: 'BOOKING_LIMIT_REACHED', used: 2, limit: 2, until: '2026-07-20' } as const;
    expect(barText({ ...bar, rule: 'week' }, standard)).toBe(
      '这一周最多预约 2 次，您已约满；可以约7月20日 周一起的日子，或先取消这周的一个预约。',
    );
    expect(barText({ ...bar, rule: 'open', until: null }, standard)).toContain('办完或取消一个后就可以再约');
    expect(barText({ ...bar, code: 'BOOKING_SUSPENDED', rule: 'no_show' }, standard)).toContain('申诉');
    for (const rule of ['day', 'month', 'item'] as const)
      expect(barText({ ...bar, rule }, standard)).toMatch(/可以(改约|约)/);
  });

  it('lets no-shows run out of the window one by one', () => {
    const missed = [at('2026-06-14'), at('2026-06-15'), at('2026-07-10')];
    expect(noShowsCounting(missed, now, standard.noShow)).toBe(2);
    expect(noShowsCounting(missed, at('2026-07-15', '00:00'), standard.noShow)).toBe(1);
  });
});

describe('the standing of a person', () => {
  const stand = (startsAt: Date[], noShowsAt: Date[] = [], day = '2026-07-16', settings = standard) =>
    standing(history(startsAt, noShowsAt), day, now, settings);

  it('says in words what is left: of today, this week, this month, and of another', () => {
    expect(stand([], [], '2026-07-14').limits.map(({ text }) => text)).toEqual([
      '今天还可以预约 2 次（最多 2 次）',
      '本周还可以预约 5 次（最多 5 次）',
      '本月还可以预约 15 次（最多 15 次）',
      '还可以同时保留 3 个未办的预约（最多 3 个）',
    ]);
    expect(
      stand([], [], '2026-08-03')
        .limits.map(({ text }) => text)
        .slice(0, 3),
    ).toEqual([
      '8月3日 周一还可以预约 2 次（最多 2 次）',
      '那一周还可以预约 5 次（最多 5 次）',
      '8 月还可以预约 15 次（最多 15 次）',
    ]);
  });

  it('warns before the last booking, and not when nothing is left or much is', () => {
    expect(stand([]).warnings).toEqual([]);
    const two = [at('2026-07-15'), at('2026-07-17')];
    expect(stand(two).warnings).toEqual([
      '这是您能同时保留的最后 1 个预约，约好后要办完或取消一个才能再约。',
    ]);
    const week = ['2026-07-13', '2026-07-13'].map((day) => at(day));
    const few = { ...standard, perWeek: 3 };
    expect(stand(week, [], '2026-07-16', few).warnings).toEqual([
      '这是您本周最后 1 次预约，用完后要约7月20日 周一起的日子。',
    ]);
    const three = [...two, at('2026-07-20')];
    expect(stand(three)).toMatchObject({ warnings: [], bar: { rule: 'open' } });
  });

  it('tells of no-shows before they suspend, and of the suspension when they do', () => {
    expect(stand([], [at('2026-07-10')]).warnings[0]).toContain('有 1 次预约未到，满 3 次会暂停');
    const two = [at('2026-07-09'), at('2026-07-10')];
    expect(stand([], two).warnings[0]).toContain('再有 1 次就会暂停网上预约 30 天');
    expect(stand([], two, '2026-07-16', { ...strict }).suspendedUntil).toBe('2026-10-09');
    const three = [...two, at('2026-07-13')];
    const suspended = stand([], three);
    expect(suspended).toMatchObject({ suspendedUntil: '2026-08-13', warnings: [], noShowsCounting: 3 });
    expect(suspended.barText).toContain('8月13日 周四起恢复');
  });

  it('stays silent about no-shows where a hall suspends nobody', () => {
    const never = { ...standard, noShow: { ...standard.noShow, count: 0 } };
    expect(stand([], [at('2026-07-10'), at('2026-07-11')], '2026-07-16', never)).toMatchObject({
      warnings: [],
      suspendedUntil: undefined,
    });
  });

  it('has one sentence for every limit that ends with what to do, whatever the numbers', () => {
    const many = fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 20 });
    fc.assert(
      fc.property(many, fc.constantFrom('standard', 'strict', 'relaxed'), (offsets, preset) => {
        const startsAt = offsets.map((days) => addMinutes(now, days * 1440));
        const shown = standing(history(startsAt), dayOf(addMinutes(now, 1440)), now, bookingPresets[preset]);
        for (const use of shown.limits) expect(use.text).toMatch(use.left > 0 ? /^.*还可以/ : /可以/);
        expect(shown.bar === undefined).toBe(shown.barText === undefined);
        if (shown.bar) expect(shown.warnings).toEqual([]);
      }),
    );
  });
});

describe('the no-show that suspends', () => {
  const rule = { count: 2, withinDays: 30, suspendDays: 30 };
  const then = new Date('2026-07-16T18:00:00+08:00');

  it('is the one that fills the number, with the first day on which one may book again', () => {
    const first = new Date('2026-07-10T10:00:00+08:00');
    const second = new Date('2026-07-16T10:00:00+08:00');
    expect(suspensionBy(first, [], then, rule)).toBeUndefined();
    expect(suspensionBy(second, [first], then, rule)).toBe('2026-08-16');
  });

  it('is also one that makes a suspension longer, and not one that changes nothing', () => {
    const earlier = ['2026-07-09', '2026-07-10'].map((day) => new Date(`${day}T10:00:00+08:00`));
    expect(suspensionBy(new Date('2026-07-16T10:00:00+08:00'), earlier, then, rule)).toBe('2026-08-16');
    expect(suspensionBy(new Date('2026-07-10T15:00:00+08:00'), earlier, then, rule)).toBeUndefined();
  });
});
