import {
  claimPlaces,
  inPartOfDay,
  minutesOfDay,
  reopenPlaces,
  waitlistOrder,
  type Contingent,
  type VisitKind,
  type WaitlistPart,
  type WaitlistPlace,
} from '@haoban/domain';
import { runOfRows } from './booking-offer.js';
import { capacityOf, loadOf, type PublicPlaces } from './slot-ledger.js';
import type { SlotEntity } from './slot.entity.js';

/** After so many offers that came to nothing, only places that somebody gave back are offered: the others are open to all anyway. */
const FREE_OFFERS = 3;

/** Who waits and what the visit takes. */
export interface WaitingVisit extends WaitlistPlace {
  readonly part: WaitlistPart;
  readonly kind: VisitKind;
  readonly need: number;
  readonly places: number;
  readonly itemClass: string | null;
}

export interface MatchFacts<Entry extends WaitingVisit> {
  /** All slots of the queue's day, by start. */
  readonly rows: readonly SlotEntity[];
  readonly waiting: readonly Entry[];
  /** Returned places that are due, by slot. */
  readonly due: ReadonlyMap<string, number>;
  readonly publicPlaces: PublicPlaces;
  /** Whether the slot is still far enough ahead to be offered. */
  readonly inTime: (row: SlotEntity, entry: Entry) => boolean;
  /** Whether the entry must not have this slot: it was offered before, or the person gave it back. */
  readonly barred: (entry: Entry, slotId: string) => boolean;
}

export interface Match<Entry extends WaitingVisit> {
  readonly entry: Entry;
  readonly run: readonly SlotEntity[];
  /** Whose part of the places it takes. */
  readonly contingent: 'public' | 'green';
  /** As it was counted with. */
  readonly publicPlaces: PublicPlaces;
}

/** The next person to be asked and the earliest time for her; undefined where no free place suits anybody who waits. */
export function nextMatch<Entry extends WaitingVisit>(facts: MatchFacts<Entry>): Match<Entry> | undefined {
  for (const contingent of ['green', 'public'] as const) {
    for (const entry of waitlistOrder(facts.waiting, contingent)) {
      const runs = facts.rows
        .filter((row) => suits(facts, entry, row))
        .flatMap((row) => [runOfRows(facts.rows, row, entry.need) ?? []])
        .filter((each) => each.length > 0 && fits(facts, entry, each, contingent));
      // Returned places first: they are kept for the waitlist, the others may be gone the next moment.
      const run = runs.find((each) => returned(facts, each)) ?? runs[0];
      if (run) return { entry, run, contingent, publicPlaces: facts.publicPlaces };
    }
  }
  return undefined;
}

function suits<Entry extends WaitingVisit>(
  { inTime }: MatchFacts<Entry>,
  entry: Entry,
  row: SlotEntity,
): boolean {
  return (
    !row.closed &&
    row.kind === entry.kind &&
    inPartOfDay(minutesOfDay(row.startAt), entry.part) &&
    inTime(row, entry)
  );
}

function returned<Entry extends WaitingVisit>(
  { due }: MatchFacts<Entry>,
  run: readonly SlotEntity[],
): boolean {
  return run.some(({ id }) => (due.get(id) ?? 0) > 0);
}

function fits<Entry extends WaitingVisit>(
  facts: MatchFacts<Entry>,
  entry: Entry,
  run: readonly SlotEntity[],
  contingent: Contingent,
): boolean {
  const { due, publicPlaces, barred } = facts;
  if (run.some(({ id }) => barred(entry, id))) return false;
  if (!returned(facts, run) && entry.passed >= FREE_OFFERS) return false;
  const { places, itemClass } = entry;
  return run.every((row) => {
    const load = reopenPlaces(loadOf(row), due.get(row.id) ?? 0);
    const claim = claimPlaces(capacityOf(row, publicPlaces(row)), load, {
      audience: contingent,
      places,
      itemClass,
    });
    return claim.ok && claim.next.contingent === contingent;
  });
}
