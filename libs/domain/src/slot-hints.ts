/** Which of the free times to propose first. NHS and hall experience alike: people take the first time shown unless a calmer one is named. */
import type { LocalDay } from './time.js';

export interface HintSlot {
  readonly id: string;
  readonly day: LocalDay;
  readonly startMinute: number;
  /** Visits that can still begin here. */
  readonly free: number;
  readonly capacity: number;
}

export interface SlotHints<S extends HintSlot> {
  readonly soonest: S | undefined;
  /** The first free time of the emptiest half day; undefined where that is the soonest anyway. */
  readonly quietest: S | undefined;
}

/** Halls break for lunch around here; it only groups times, so a hall that opens through noon loses nothing. */
const NOON = 12 * 60 + 30;

/** @param slots ascending by day and time */
export function slotHints<S extends HintSlot>(slots: readonly S[]): SlotHints<S> {
  const soonest = slots.find(({ free }) => free > 0);
  const halves = new Map<string, S[]>();
  for (const slot of slots) {
    const key = `${slot.day} ${slot.startMinute < NOON ? 'am' : 'pm'}`;
    halves.set(key, [...(halves.get(key) ?? []), slot]);
  }
  const share = (half: readonly S[]) =>
    sum(half.map(({ free }) => free)) / Math.max(1, sum(half.map(({ capacity }) => capacity)));
  const [emptiest] = [...halves.values()]
    .filter((half) => half.some(({ free }) => free > 0))
    // Sorting is stable: of equally empty ones the earlier stays first.
    .sort((a, b) => share(b) - share(a));
  const quietest = emptiest?.find(({ free }) => free > 0);
  return { soonest, quietest: quietest?.id === soonest?.id ? undefined : quietest };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
