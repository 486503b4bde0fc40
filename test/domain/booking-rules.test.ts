import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  bookingPresets,
  cancelDeadline,
  decideCheckIn,
  mayBook,
  mayCancel,
  noShowFrom,
  suspendedUntil,
} from '@haoban/domain';

const { standard, strict } = bookingPresets;
const at = (day: string, clock = '10:00') => new Date(`${day}T${clock}:00+08:00`);
const now = at('2026-07-14', '08:00');
const wanted = at('2026-07-16');
const book = (startsAt: Date[], noShowsAt: Date[] = [], settings: typeof standard = standard) =>
  mayBook(wanted, { startsAt, noShowsAt }, now, settings);

describe('how much one person may book', () => {
  it('is limited per day, week, month and in all', () => {
    expect(book([])).toEqual({ ok: true, next: 'confirmed' });
    expect(book([at('2026-07-16', '09:00'), at('2026-07-16', '11:00')])).toEqual({
      ok: false,
      code: 'BOOKING_LIMIT_REACHED',
    });
    expect(book([at('2026-07-13'), at('2026-07-13', '11:00')], [], strict).ok).toBe(false);
    expect(book([at('2026-07-20'), at('2026-07-21'), at('2026-07-22')]).ok).toBe(false);
    const past = ['01', '02', '03', '06', '07', '08'].map((day) => at(`2026-07-${day}`));
    expect(book(past, [], strict).ok).toBe(false);
    expect(book(past).ok).toBe(true);
  });

  it('never reaches into the past', () => {
    expect(mayBook(now, { startsAt: [], noShowsAt: [] }, now, standard)).toEqual({
      ok: false,
      code: 'SLOT_IN_PAST',
    });
  });

  it('is nothing for a while after too many no-shows', () => {
    const missed = [at('2026-06-20'), at('2026-07-01'), at('2026-07-10')];
    expect(book([], missed)).toEqual({ ok: false, code: 'BOOKING_SUSPENDED' });
    expect(suspendedUntil(missed, now, standard.noShow)).toBe('2026-08-10');
    expect(suspendedUntil(missed, at('2026-08-09'), standard.noShow)).toBe('2026-08-10');
    expect(suspendedUntil(missed, at('2026-08-10'), standard.noShow)).toBeUndefined();
    expect(suspendedUntil([at('2026-06-10'), ...missed.slice(1)], now, standard.noShow)).toBeUndefined();
    expect(suspendedUntil([at('2026-06-11'), ...missed.slice(1)], now, standard.noShow)).toBe('2026-08-10');
    expect(book([], missed.slice(1)).ok).toBe(true);
    expect(book([], [at('2026-05-01'), at('2026-06-20'), at('2026-07-10')]).ok).toBe(true);
  });
});

describe('cancelling', () => {
  it('is possible up to the very deadline', () => {
    const deadline = cancelDeadline(wanted, standard);
    expect(deadline).toEqual(at('2026-07-16', '08:00'));
    expect(mayCancel(wanted, deadline, standard).ok).toBe(true);
    expect(mayCancel(wanted, new Date(deadline.getTime() + 1), standard)).toEqual({
      ok: false,
      code: 'BOOKING_CANCEL_TOO_LATE',
    });
  });
});

describe('checking in', () => {
  const checkIn = (clock: string) => decideCheckIn(wanted, at('2026-07-16', clock), standard);

  it.each([
    ['08:59', 'BOOKING_CHECKIN_TOO_EARLY'],
    ['09:00', 'early'],
    ['09:44', 'early'],
    ['09:45', 'on_time'],
    ['10:10', 'on_time'],
    ['10:11', 'late'],
    ['11:00', 'late'],
    ['11:01', 'BOOKING_CHECKIN_TOO_LATE'],
  ])('at %s for 10:00 is %s', (clock, expected) => {
    const decision = checkIn(clock);
    expect(decision.ok ? decision.next : decision.code).toBe(expected);
  });

  it('belongs to the booked day', () => {
    expect(decideCheckIn(wanted, at('2026-07-15'), standard)).toEqual({
      ok: false,
      code: 'BOOKING_WRONG_DAY',
    });
  });

  it('is possible until the booking counts as a no-show, and not after', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1439 }),
        fc.integer({ min: 0, max: 300 }),
        (startMinute, lateMinutes) => {
          const startsAt = new Date(at('2026-07-16', '00:00').getTime() + startMinute * 60_000);
          const settings = { ...standard, checkIn: { ...standard.checkIn, lateMinutes } };
          const from = noShowFrom(startsAt, settings);
          expect(decideCheckIn(startsAt, from, settings).ok).toBe(false);
          expect(decideCheckIn(startsAt, new Date(from.getTime() - 1), settings).ok).toBe(true);
        },
      ),
    );
  });
});
