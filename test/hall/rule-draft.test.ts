import type { CalendarRule } from '@haoban/contracts';
import { describe, expect, it } from '@jest/globals';
import {
  addRule,
  changeOf,
  countChanges,
  editRule,
  hasFaults,
  rebaseDraft,
  removeRule,
  restoreRule,
  ruleFaults,
  rulesOf,
  startDraft,
} from '../../apps/hall/src/calendar/draft-model.js';
import { rule } from './support/calendar.js';

const morning: CalendarRule = { ...rule, id: 'm', name: '上午' };
const afternoon: CalendarRule = { ...rule, id: 'a', name: '下午', from: '13:30', to: '17:00' };
const draft = startDraft(1, [morning, afternoon]);
const changes = (of: typeof draft) => of.rules.map((each) => changeOf(of, each));

describe('rules being edited', () => {
  it('are counted by what differs from the saved ones, and typed back they differ no more', () => {
    const edited = editRule(draft, 'm', { slotMinutes: 20 });
    expect(changes(edited)).toEqual(['changed', 'same']);
    expect(countChanges(editRule(edited, 'm', { slotMinutes: 30 }))).toBe(0);
    expect(countChanges(editRule(draft, 'm', { weekdays: [5, 4, 3, 2, 1] }))).toBe(0);
  });

  it('are marked before they are removed, and come back as they were', () => {
    const removed = removeRule(editRule(draft, 'm', { slotMinutes: 20 }), 'm');
    expect(changes(removed)).toEqual(['removed', 'same']);
    expect(rulesOf(removed)).toEqual([afternoon]);
    expect(countChanges(restoreRule(removed, 'm'))).toBe(0);
  });

  it('are added without an id, and go at once where they were never saved', () => {
    const added = addRule(draft, 'k', { ...rule, weekdays: [6] });
    expect(changes(added)).toEqual(['same', 'same', 'new']);
    expect(removeRule(added, 'k')).toEqual(draft);
  });

  it('say what has to be corrected before they can be saved', () => {
    const faults = (over: Partial<CalendarRule>) => Object.keys(ruleFaults({ ...rule, ...over }));
    expect(faults({})).toEqual([]);
    expect(faults({ to: '08:00' })).toEqual(['to']);
    expect(faults({ from: '' })).toEqual(['from']);
    expect(faults({ slotMinutes: 200 })).toEqual(['slotMinutes']);
    expect(faults({ slotMinutes: Number.NaN })).toEqual(['slotMinutes']);
    expect(faults({ desksPublic: 3, desksGreen: 1 })).toEqual(['desksInternal']);
    expect(faults({ weekdays: [] })).toEqual(['weekdays']);
    expect(faults({ firstDay: '2026-08-01', lastDay: '2026-07-01' })).toEqual(['lastDay']);
    expect(faults({ windowFromDays: 5, windowToDays: 3 })).toEqual(['windowToDays']);
    // A rule that will be gone has nothing to be corrected.
    expect(hasFaults(removeRule(editRule(draft, 'm', { weekdays: [] }), 'm'))).toBe(false);
  });
});

describe('rules that a colleague has saved meanwhile', () => {
  it('take up what is being edited, and keep what the colleague has changed elsewhere', () => {
    const mine = editRule(draft, 'm', { slotMinutes: 20 });
    const theirs = { ...afternoon, desksInternal: 5 };
    const { draft: next, both } = rebaseDraft(mine, 2, [morning, theirs]);
    expect(both).toEqual([]);
    expect(rulesOf(next)).toEqual([{ ...morning, slotMinutes: 20 }, theirs]);
    expect(changes(next)).toEqual(['changed', 'same']);
    expect(next.version).toBe(2);
  });

  it('name the rule that both have changed, where the draft will win', () => {
    const mine = editRule(draft, 'm', { slotMinutes: 20 });
    const { draft: next, both } = rebaseDraft(mine, 2, [{ ...morning, slotMinutes: 15 }, afternoon]);
    expect(both).toEqual(['上午']);
    expect(rulesOf(next)[0]?.slotMinutes).toBe(20);
  });

  it('bring back as new what the colleague has removed and the draft has changed', () => {
    const mine = editRule(draft, 'm', { slotMinutes: 20 });
    const { draft: next, both } = rebaseDraft(mine, 2, [afternoon]);
    expect(both).toEqual(['上午']);
    expect(changes(next)).toEqual(['same', 'new']);
    expect(rulesOf(next)[1]?.id).toBeUndefined();
  });

  it('are not doubled by a new rule whose own saving got no answer', () => {
    const mine = addRule(draft, 'k', { ...rule, weekdays: [6] });
    const { draft: next } = rebaseDraft(mine, 2, [morning, afternoon, { ...rule, id: 's', weekdays: [6] }]);
    expect(countChanges(next)).toBe(0);
    expect(rulesOf(next)).toHaveLength(3);
  });
});
