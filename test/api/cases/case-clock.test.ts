import { describe, expect, it } from '@jest/globals';
import type { WorkCalendar } from '@haoban/domain';
import { deadlineOf, stopClock } from '../../../apps/api/src/cases/case-clock.js';

const everyDay: WorkCalendar = {
  isWorkday: () => true,
  openings: () => [{ from: 9 * 60, to: 17 * 60 }],
};
const accepted = {
  state: 'reviewing' as const,
  promisedValue: 2,
  promisedUnit: 'workday' as const,
  acceptedAt: new Date('2026-07-14T01:00:00Z'),
  dueAt: new Date('2026-07-16T09:00:00Z'),
  clockStops: [],
  decidedAt: null,
  closedAt: null,
};

describe('the progress of a promise', () => {
  it('stays where it is while the clock is stopped, instead of jumping to the end', () => {
    const stoppedAt = new Date('2026-07-14T05:00:00Z');
    const before = deadlineOf(accepted, everyDay, stoppedAt);
    const stopped = {
      ...accepted,
      state: 'suspended' as const,
      ...stopClock(accepted, stoppedAt, '现场察勘'),
    };
    const later = deadlineOf(stopped, everyDay, new Date('2026-07-15T05:00:00Z'));
    expect(before.progress).toBeGreaterThan(0);
    expect(before.progress).toBeLessThan(0.5);
    expect(later.state).toBe('stopped');
    expect(later.progress).toBeCloseTo(before.progress, 1);
  });

  it('is nothing at the start, also where the clock stops at once', () => {
    const stopped = {
      ...accepted,
      state: 'suspended' as const,
      ...stopClock(accepted, accepted.acceptedAt, '听证'),
    };
    expect(deadlineOf(stopped, everyDay, new Date('2026-07-14T03:00:00Z')).progress).toBe(0);
  });
});
