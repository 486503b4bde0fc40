import { describe, expect, it } from '@jest/globals';
import {
  bookingPresets,
  cancelDeadline,
  mayBook,
  mayCancel,
  policyFaults,
  policyInWords,
  policyPresets,
  suspendedUntil,
  type BookingSettings,
} from '@haoban/domain';

const at = (text: string) => new Date(`${text.replace(' ', 'T')}:00+08:00`);
const presets = Object.entries(policyPresets);

describe('the sets of rules to choose from', () => {
  it.each(presets)('%s contradicts itself nowhere', (_, { settings }) => {
    expect(policyFaults(settings)).toEqual([]);
  });

  it.each(presets)('%s is told in whole sentences with its own numbers', (_, { settings }) => {
    const texts = policyInWords(settings);
    for (const text of texts) expect(text).toMatch(/。$/);
    expect(texts.join('')).toContain(`每天最多预约 ${settings.perDay} 次`);
    expect(texts.join('')).not.toMatch(/undefined|NaN/);
  });

  it('of the real estate register has the published numbers', () => {
    const { settings, window } = policyPresets.real_estate;
    expect(settings).toMatchObject({
      perDay: 1,
      perWeek: 2,
      perMonth: 6,
      noShow: { count: 2, suspendDays: 90 },
    });
    expect(window).toEqual({ fromDays: 1, toDays: 4 });
  });

  it('of the hospital lets cancel until 17:00 of the day before', () => {
    const { settings } = policyPresets.hospital;
    const visit = at('2026-07-16 15:00');
    expect(cancelDeadline(visit, settings)).toEqual(at('2026-07-15 17:00'));
    expect(mayCancel(visit, at('2026-07-15 17:00'), settings).ok).toBe(true);
    expect(mayCancel(visit, at('2026-07-15 17:01'), settings)).toEqual({
      ok: false,
      code: 'BOOKING_CANCEL_TOO_LATE',
    });
  });

  it('of the hospital asks for the last day of the old year on New Year’s Day', () => {
    expect(cancelDeadline(at('2027-01-01 09:00'), policyPresets.hospital.settings)).toEqual(
      at('2026-12-31 17:00'),
    );
  });

  it('of the tax hall suspends for the rest of the month after three no-shows in it', () => {
    const { settings } = policyPresets.tax;
    const missed = ['2026-07-02 09:00', '2026-07-08 09:00', '2026-07-14 09:00'].map(at);
    expect(suspendedUntil(missed, at('2026-07-20 10:00'), settings.noShow)).toBe('2026-08-01');
    expect(suspendedUntil(missed, at('2026-08-01 00:00'), settings.noShow)).toBeUndefined();
    expect(suspendedUntil(missed.slice(1), at('2026-07-20 10:00'), settings.noShow)).toBeUndefined();
    const history = { startsAt: [], noShowsAt: missed };
    expect(mayBook(at('2026-07-30 10:00'), history, at('2026-07-20 10:00'), settings)).toEqual({
      ok: false,
      code: 'BOOKING_SUSPENDED',
    });
    const december = ['2026-12-02 09:00', '2026-12-08 09:00', '2026-12-14 09:00'].map(at);
    expect(suspendedUntil(december, at('2026-12-31 23:59'), settings.noShow)).toBe('2027-01-01');
  });
});

describe('rules that contradict themselves', () => {
  const { standard } = bookingPresets;
  it.each([
    ['more a day than a week', { perDay: 6, perWeek: 5 }, 'perWeek'],
    ['more a week than a month', { perWeek: 16, perMonth: 15 }, 'perMonth'],
    ['a delay that ends before it begins', { reopen: { minMinutes: 9, maxMinutes: 5 } }, 'reopen'],
    ['a drip without a time to drip in', { drip: { atOpening: 0.5, overHours: 0 } }, 'drip'],
    [
      'on time before check-in opens',
      { checkIn: { ...standard.checkIn, onTimeBeforeMinutes: 90 } },
      'checkIn',
    ],
    [
      'a grace longer than the latest check-in',
      { checkIn: { ...standard.checkIn, graceMinutes: 90 } },
      'checkIn',
    ],
    [
      'no-shows that are counted for nothing',
      { noShow: { count: 3, withinDays: 30, suspendDays: 0 } },
      'noShow',
    ],
    ['a hold longer than the notice', { holdMinutes: 30, noticeMinutes: 10 }, 'holdMinutes'],
  ] as [string, Partial<BookingSettings>, string][])('are told: %s', (_, more, field) => {
    const faults = policyFaults({ ...standard, ...more });
    expect(faults.map((fault) => fault.field)).toContain(field);
    for (const { text } of faults) expect(text).toMatch(/。$/);
  });
});
