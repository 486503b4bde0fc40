/**
 * What one visit takes: several items one after another in one queue (ZMS books combined services as one run of slots; tickets
 * 486 and 1150 there show what goes wrong: a duration too short, and items offered as combinable that are not).
 */
import type { Decision } from './transitions.js';
import { permit, refuse } from './transitions.js';
import type { VisitKind } from './states.js';

export interface PlannedItem {
  readonly queueId: string;
  /** Slots that one file of this item takes. */
  readonly slotsNeeded: number;
  readonly files: number;
  /** May not share a visit with another item. */
  readonly alone: boolean;
  readonly kinds: readonly VisitKind[];
  readonly itemClass: string | null;
}

export interface VisitLimits {
  readonly maxItems: number;
  readonly maxSlots: number;
  readonly maxPersons: number;
}

export interface VisitPlan {
  /** Consecutive slots. */
  readonly need: number;
  /** Places in each of them. */
  readonly places: number;
  /** The class of the longest item that has one. */
  readonly itemClass: string | null;
}

/**
 * Refuses with VISIT_NOT_COMBINABLE (different queues, or an item that stands alone), VISIT_TOO_LONG (too many items or slots), VISIT_GROUP_TOO_LARGE
 * or VISIT_KIND_NOT_OFFERED.
 */
export function planVisit(
  items: readonly PlannedItem[],
  persons: number,
  kind: VisitKind,
  limits: VisitLimits,
): Decision<VisitPlan> {
  const [first] = items;
  if (!first || items.length > limits.maxItems) return refuse('VISIT_TOO_LONG');
  if (items.some((item) => item.queueId !== first.queueId)) return refuse('VISIT_NOT_COMBINABLE');
  if (items.length > 1 && items.some(({ alone }) => alone)) return refuse('VISIT_NOT_COMBINABLE');
  if (!items.every(({ kinds }) => kinds.includes(kind))) return refuse('VISIT_KIND_NOT_OFFERED');
  if (persons < 1 || persons > limits.maxPersons) return refuse('VISIT_GROUP_TOO_LARGE');
  const lengths = items.map((item) => Math.max(1, item.slotsNeeded) * Math.max(1, item.files));
  const need = lengths.reduce((sum, length) => sum + length, 0);
  if (need > limits.maxSlots) return refuse('VISIT_TOO_LONG');
  const classed = items
    .map((item, i) => ({ itemClass: item.itemClass, length: lengths[i] ?? 0 }))
    .filter(({ itemClass }) => itemClass !== null)
    .sort((a, b) => b.length - a.length);
  return permit({ need, places: persons, itemClass: classed[0]?.itemClass ?? null });
}
