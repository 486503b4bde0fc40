import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  callLines,
  hear,
  nothingSaid,
  said,
  spoken,
  type Announcements,
  type Calling,
} from '../../apps/hall/src/display/announcements.js';

const NOW = new Date('2026-07-14T01:30:00Z');
const call = (n: number, over: Partial<Calling> = {}): Calling => ({
  ticketId: `t${n}`,
  label: `A00${n}`,
  deskLabel: `${n} 号窗口`,
  deskNumber: n,
  calledAt: new Date(NOW.getTime() - 5_000 + n).toISOString(),
  calledCount: 1,
  state: 'called',
  ...over,
});

/** Says everything that waits, in order. */
function sayAll(state: Announcements): string[] {
  const keys: string[] = [];
  for (let at = state; at.showing; at = said(at)) keys.push(at.showing.key);
  return keys;
}

describe('announcing', () => {
  it('says calls that come together one after the other, in the order of calling', () => {
    expect(sayAll(hear(nothingSaid, [call(3), call(1), call(2)], NOW))).toEqual(['t1:1', 't2:1', 't3:1']);
  });

  it('does not let a new call push away the one being shown', () => {
    const first = hear(nothingSaid, [call(1)], NOW);
    const both = hear(first, [call(1), call(2)], NOW);
    expect(both.showing?.key).toBe('t1:1');
    expect(said(both).showing?.key).toBe('t2:1');
  });

  it('says a recall again, and a state that is only sent twice not again', () => {
    const first = said(hear(nothingSaid, [call(1)], NOW));
    expect(hear(first, [call(1)], NOW).showing).toBeUndefined();
    expect(hear(first, [call(1, { calledCount: 2 })], NOW).showing?.key).toBe('t1:2');
  });

  it('says after a restart only what was called a moment ago', () => {
    const old = call(1, { calledAt: new Date(NOW.getTime() - 60_000).toISOString() });
    expect(sayAll(hear(nothingSaid, [old, call(2)], NOW))).toEqual(['t2:1']);
  });

  it('says each call of any run of snapshots exactly once', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uniqueArray(fc.integer({ min: 1, max: 9 })), { maxLength: 12 }),
        (snapshots) => {
          let state = nothingSaid;
          const keys: string[] = [];
          const come = new Set<number>();
          for (const numbers of snapshots) {
            for (const n of numbers) come.add(n);
            state = hear(
              state,
              numbers.map((n) => call(n)),
              NOW,
            );
            if (state.showing) keys.push(state.showing.key);
            state = said(state);
          }
          keys.push(...sayAll(state));
          expect(keys.sort()).toEqual([...come].map((n) => `t${n}:1`).sort());
        },
      ),
    );
  });

  it('spells the number, so that the voice does not read it as an amount', () => {
    expect(spoken({ label: 'A038', deskNumber: 3 })).toBe('请 A 0 3 8 号，到 3 号窗口');
  });
});

describe('the lines on the wall', () => {
  it('start with what is being said, and hold back what is still to be said', () => {
    const state = hear(nothingSaid, [call(1), call(2)], NOW);
    expect(callLines(state, [call(1), call(2)], NOW, 3)).toMatchObject([{ label: 'A001', announced: true }]);
  });

  it('keep those who have not come, and drop who was missed or is done', () => {
    const lines = callLines(
      nothingSaid,
      [call(1), call(2, { state: 'missed' }), call(3, { state: 'done' }), call(4, { state: 'serving' })],
      NOW,
      5,
    );
    expect(lines.map(({ label }) => label)).toEqual(['A001', 'A004']);
  });
});
