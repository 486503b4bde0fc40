import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  bookingPresets,
  decideGivingUp,
  mayMove,
  nearestTimes,
  remindedAfterMove,
  reminderAt,
  reminderDue,
} from '@haoban/domain';

const { standard, relaxed } = bookingPresets;
const at = (day: string, clock = '10:00') => new Date(`${day}T${clock}:00+08:00`);
const startsAt = at('2026-07-16');
const tooLate = { ok: false, code: 'BOOKING_MOVE_TOO_LATE' };

describe('moving a booking', () => {
  const citizen = { startsAt, closed: false, by: 'citizen' } as const;

  it('is the citizen’s until the deadline for cancelling, which is still in time', () => {
    expect(mayMove(citizen, at('2026-07-16', '08:00'), standard)).toEqual({ ok: true, next: 'confirmed' });
    expect(mayMove(citizen, new Date(at('2026-07-16', '08:00').getTime() + 1), standard)).toEqual(tooLate);
    expect(mayMove(citizen, at('2026-07-16', '09:59'), relaxed).ok).toBe(true);
  });

  it('is open until the start for staff, and for a citizen whose time the hall has closed', () => {
    const last = new Date(startsAt.getTime() - 1);
    expect(mayMove({ ...citizen, by: 'staff' }, last, standard).ok).toBe(true);
    expect(mayMove({ ...citizen, closed: true }, last, standard).ok).toBe(true);
    expect(mayMove({ ...citizen, by: 'staff' }, startsAt, standard)).toEqual(tooLate);
    expect(mayMove({ ...citizen, closed: true }, startsAt, standard)).toEqual(tooLate);
  });
});

describe('giving a place up', () => {
  it('is timely until the deadline, late until the start, and refused from the start on', () => {
    expect(decideGivingUp(startsAt, at('2026-07-16', '08:00'), standard)).toEqual({
      ok: true,
      next: 'timely',
    });
    expect(decideGivingUp(startsAt, at('2026-07-16', '08:01'), standard)).toEqual({ ok: true, next: 'late' });
    expect(decideGivingUp(startsAt, new Date(startsAt.getTime() - 1), standard)).toEqual({
      ok: true,
      next: 'late',
    });
    expect(decideGivingUp(startsAt, startsAt, standard)).toEqual({
      ok: false,
      code: 'BOOKING_CANCEL_TOO_LATE',
    });
  });
});

describe('reminders', () => {
  const facts = { startsAt, madeAt: at('2026-07-10'), dayRemindedAt: null, hourRemindedAt: null };

  it('come at 18:00 local time of the day before, over midnight in UTC, month and year ends too', () => {
    expect(reminderAt('day', at('2026-07-16', '07:30'))).toEqual(at('2026-07-15', '18:00'));
    expect(reminderAt('day', at('2026-07-16', '00:00'))).toEqual(at('2026-07-15', '18:00'));
    expect(reminderAt('day', at('2026-07-16', '23:59'))).toEqual(at('2026-07-15', '18:00'));
    expect(reminderAt('day', at('2027-01-01', '09:00'))).toEqual(at('2026-12-31', '18:00'));
    expect(reminderAt('day', at('2028-03-01', '09:00'))).toEqual(at('2028-02-29', '18:00'));
  });

  it('keep to Beijing time on the days on which other places change their clocks', () => {
    expect(reminderAt('day', at('2026-03-08', '09:00')).toISOString()).toBe('2026-03-07T10:00:00.000Z');
    expect(reminderAt('day', at('2026-10-25', '09:00')).toISOString()).toBe('2026-10-24T10:00:00.000Z');
  });

  it('come one hour before the start, over midnight too', () => {
    expect(reminderAt('hour', startsAt)).toEqual(at('2026-07-16', '09:00'));
    expect(reminderAt('hour', at('2027-01-01', '00:30'))).toEqual(at('2026-12-31', '23:30'));
  });

  it('are due from their moment on and not a moment before', () => {
    expect(reminderDue(facts, new Date(at('2026-07-15', '18:00').getTime() - 1))).toBeNull();
    expect(reminderDue(facts, at('2026-07-15', '18:00'))).toBe('day');
    expect(
      reminderDue({ ...facts, dayRemindedAt: at('2026-07-15', '18:00') }, at('2026-07-15', '18:01')),
    ).toBeNull();
    const reminded = { ...facts, dayRemindedAt: at('2026-07-15', '18:00') };
    expect(reminderDue(reminded, new Date(at('2026-07-16', '09:00').getTime() - 1))).toBeNull();
    expect(reminderDue(reminded, at('2026-07-16', '09:00'))).toBe('hour');
    expect(
      reminderDue({ ...reminded, hourRemindedAt: at('2026-07-16', '09:00') }, at('2026-07-16', '09:05')),
    ).toBeNull();
  });

  it('are sent late after a break, but never two at once nor after the start', () => {
    expect(reminderDue(facts, at('2026-07-16', '07:00'))).toBe('day');
    expect(reminderDue(facts, at('2026-07-16', '09:30'))).toBe('hour');
    expect(reminderDue(facts, startsAt)).toBeNull();
  });

  it('are not for a booking that was made after their moment', () => {
    expect(
      reminderDue({ ...facts, madeAt: at('2026-07-15', '18:00') }, at('2026-07-15', '18:30')),
    ).toBeNull();
    expect(reminderDue({ ...facts, madeAt: at('2026-07-15', '17:59') }, at('2026-07-15', '18:30'))).toBe(
      'day',
    );
    expect(
      reminderDue({ ...facts, madeAt: at('2026-07-16', '09:10') }, at('2026-07-16', '09:20')),
    ).toBeNull();
  });

  it('start anew for a new time, but for those that were due before the move', () => {
    const now = at('2026-07-15', '20:00');
    expect(remindedAfterMove(at('2026-07-16'), now)).toEqual({ dayRemindedAt: now, hourRemindedAt: null });
    expect(remindedAfterMove(at('2026-07-17'), now)).toEqual({ dayRemindedAt: null, hourRemindedAt: null });
    expect(remindedAfterMove(at('2026-07-15', '20:30'), now)).toEqual({
      dayRemindedAt: now,
      hourRemindedAt: now,
    });
  });

  it('are at most one of each kind for every booking and every rhythm of the job', () => {
    const start = startsAt.getTime();
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4_000 }),
        fc.array(fc.integer({ min: 1, max: 700 }), { maxLength: 60 }),
        (madeBefore, pauses) => {
          const state: { [key in 'dayRemindedAt' | 'hourRemindedAt']: Date | null } = {
            dayRemindedAt: null,
            hourRemindedAt: null,
          };
          const madeAt = new Date(start - madeBefore * 60_000);
          let now = madeAt.getTime();
          for (const pause of pauses) {
            now += pause * 60_000;
            const due = reminderDue({ startsAt, madeAt, ...state }, new Date(now));
            if (!due) continue;
            expect(now).toBeGreaterThanOrEqual(reminderAt(due, startsAt).getTime());
            expect(now).toBeLessThan(start);
            const column = due === 'day' ? 'dayRemindedAt' : 'hourRemindedAt';
            expect(state[column]).toBeNull();
            state[column] = new Date(now);
          }
        },
      ),
    );
  });
});

describe('the nearest other times', () => {
  const times = [
    '2026-07-15 10:00',
    '2026-07-16 16:00',
    '2026-07-17 10:00',
    '2026-07-17 09:30',
    '2026-07-20 10:00',
  ].map((text) => ({ startAt: at(...(text.split(' ') as [string, string])) }));

  it('are those of the fewest days away, then of the nearest hour, then the earliest', () => {
    expect(nearestTimes(times, startsAt, 3).map(({ startAt }) => startAt)).toEqual([
      at('2026-07-16', '16:00'),
      at('2026-07-15', '10:00'),
      at('2026-07-17', '10:00'),
    ]);
  });

  it('are fewer where there are no more, and leave the list as it was', () => {
    expect(nearestTimes([], startsAt, 3)).toEqual([]);
    const before = [...times];
    expect(nearestTimes(times, startsAt, 9)).toHaveLength(5);
    expect(times).toEqual(before);
  });
});
