/**
 * Signs that somebody trades with places (倒号): hints for a manager to look closer, each with the acts behind it. Nothing is refused because of
 * one, for a family's organiser looks much the same from afar.
 */
import { minuteMs } from './time.js';

export const scalpingKinds = [
  'many_cancels',
  'cancel_then_rebooked',
  'many_principals',
  'unused_holds',
  'rate_limited',
] as const;
export type ScalpingKind = (typeof scalpingKinds)[number];

export interface ScalpingLimits {
  readonly cancels: number;
  /** So many places that went to the same person minutes after a cancel … */
  readonly rebookedBySame: number;
  /** … or to anybody. */
  readonly rebooked: number;
  /** Minutes after which a place that opened again counts as taken by chance. */
  readonly rebookedWithinMinutes: number;
  /** Different people that one account booked for. */
  readonly principals: number;
  readonly unusedHolds: number;
  /** Requests that were refused for being too many. */
  readonly refusals: number;
}

export const scalpingLimits: ScalpingLimits = {
  cancels: 4,
  rebookedBySame: 2,
  rebooked: 3,
  rebookedWithinMinutes: 10,
  principals: 5,
  unusedHolds: 15,
  refusals: 3,
};

export interface BookingAct {
  readonly bookingId: string;
  /** Whose matter it is. */
  readonly personKey: string;
  readonly at: Date;
  readonly slotIds: readonly string[];
}

export interface CancelAct extends BookingAct {
  /** When the place was open to all again; null where it is not yet, or went to the waitlist. */
  readonly openedAt: Date | null;
}

export interface Rebooking {
  readonly cancel: CancelAct;
  readonly taken: BookingAct;
}

/** A cancel and whoever had one of its slots within minutes after it opened; never the same person, each cancel once. */
export function rebookings(
  cancels: readonly CancelAct[],
  taken: readonly BookingAct[],
  withinMinutes: number,
): Rebooking[] {
  const bySlot = new Map<string, BookingAct[]>();
  for (const act of taken) {
    for (const slotId of act.slotIds) bySlot.set(slotId, [...(bySlot.get(slotId) ?? []), act]);
  }
  const used = new Set<string>();
  return cancels.flatMap((cancel) => {
    const { openedAt, personKey } = cancel;
    if (!openedAt) return [];
    const until = openedAt.getTime() + withinMinutes * minuteMs;
    const [next] = cancel.slotIds
      .flatMap((slotId) => bySlot.get(slotId) ?? [])
      .filter((act) => act.personKey !== personKey && !used.has(act.bookingId))
      .filter(({ at }) => at >= openedAt && at.getTime() <= until)
      .sort((a, b) => a.at.getTime() - b.at.getTime());
    if (!next) return [];
    used.add(next.bookingId);
    return [{ cancel, taken: next }];
  });
}

/** Whether these rebookings, all after cancels of one person, are more than chance. */
export function suspiciousRebookings(found: readonly Rebooking[], limits: ScalpingLimits): boolean {
  const byTaker = new Map<string, number>();
  for (const { taken } of found) byTaker.set(taken.personKey, (byTaker.get(taken.personKey) ?? 0) + 1);
  return found.length >= limits.rebooked || Math.max(0, ...byTaker.values()) >= limits.rebookedBySame;
}
