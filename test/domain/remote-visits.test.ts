import { describe, expect, it } from '@jest/globals';
import {
  bookingStateName,
  bookingStateNames,
  bookingStates,
  heldFrom,
  isInHall,
  mayRecord,
  remoteKinds,
  visitKinds,
} from '@haoban/domain';

const startsAt = new Date('2026-07-15T10:00:00+08:00');

describe('a visit by phone, video or at home', () => {
  it('is one to which the person does not come', () => {
    expect(visitKinds.filter((kind) => !isInHall(kind))).toEqual([...remoteKinds]);
    expect(visitKinds.filter(isInHall)).toEqual(['window', 'after_hours', 'agent']);
  });

  it('is recorded by staff from its time on, to the instant', () => {
    for (const kind of remoteKinds) {
      expect(mayRecord({ kind, startsAt }, new Date(startsAt.getTime() - 1))).toEqual({
        ok: false,
        code: 'BOOKING_NOT_BEGUN',
      });
      expect(mayRecord({ kind, startsAt }, startsAt).ok).toBe(true);
    }
    expect(mayRecord({ kind: 'window', startsAt }, startsAt)).toEqual({ ok: false, code: 'BOOKING_IN_HALL' });
  });

  it('counts as held once its day is over, and not before', () => {
    expect(heldFrom(startsAt)).toEqual(new Date('2026-07-16T00:00:00+08:00'));
  });

  it('is called done where others are checked in, and says who was not reached', () => {
    expect(bookingStateName('checked_in', 'phone')).toBe('已办理');
    expect(bookingStateName('no_show', 'video')).toBe('未联系上');
    expect(bookingStateName('no_show', 'home')).toBe('上门无人');
    for (const state of bookingStates)
      expect(bookingStateName(state, 'agent')).toBe(bookingStateNames[state]);
  });
});
