import { describe, expect, it } from '@jest/globals';
import { rebookings, scalpingLimits, suspiciousRebookings } from '@haoban/domain';

const at = (minute: number) => new Date(Date.UTC(2026, 6, 13, 1, minute));
const cancel = (bookingId: string, personKey: string, slotId: string, openedMinute: number | null) => ({
  bookingId,
  personKey,
  at: at(0),
  slotIds: [slotId],
  openedAt: openedMinute === null ? null : at(openedMinute),
});
const taken = (bookingId: string, personKey: string, slotId: string, minute: number) => ({
  bookingId,
  personKey,
  at: at(minute),
  slotIds: [slotId],
});

describe('a cancelled place that somebody else has minutes later', () => {
  it('is counted from the moment it is open again, up to the limit', () => {
    const cancels = [cancel('c', 'seller', 's', 20)];
    expect(rebookings(cancels, [taken('t', 'buyer', 's', 30)], 10)).toHaveLength(1);
    expect(rebookings(cancels, [taken('t', 'buyer', 's', 31)], 10)).toEqual([]);
    expect(rebookings(cancels, [taken('t', 'buyer', 's', 19)], 10)).toEqual([]);
  });

  it('is not counted where it went to the waitlist, nor for the same person or another slot', () => {
    expect(rebookings([cancel('c', 'seller', 's', null)], [taken('t', 'buyer', 's', 1)], 10)).toEqual([]);
    const cancels = [cancel('c', 'seller', 's', 0)];
    expect(rebookings(cancels, [taken('t', 'seller', 's', 1)], 10)).toEqual([]);
    expect(rebookings(cancels, [taken('t', 'buyer', 'other', 1)], 10)).toEqual([]);
  });

  it('is counted once for each cancel and each booking', () => {
    const cancels = [cancel('c1', 'seller', 's', 0), cancel('c2', 'seller', 's', 0)];
    const found = rebookings(cancels, [taken('t1', 'buyer', 's', 1)], 10);
    expect(found.map((each) => [each.cancel.bookingId, each.taken.bookingId])).toEqual([['c1', 't1']]);
  });

  it('raises a signal when the same person gets it twice, or anybody three times', () => {
    const pair = (n: number, buyer: string) => ({
      cancel: cancel(`c${n}`, 'seller', 's', 0),
      taken: taken(`t${n}`, buyer, 's', 1),
    });
    expect(suspiciousRebookings([pair(1, 'a'), pair(2, 'b')], scalpingLimits)).toBe(false);
    expect(suspiciousRebookings([pair(1, 'a'), pair(2, 'a')], scalpingLimits)).toBe(true);
    expect(suspiciousRebookings([pair(1, 'a'), pair(2, 'b'), pair(3, 'c')], scalpingLimits)).toBe(true);
    expect(suspiciousRebookings([], scalpingLimits)).toBe(false);
  });
});
