import { addDays, dayOf, daysBetween, type LocalDay } from '@haoban/domain';
import type { StaffActor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';

const MAX_DAYS = 62;

/** A manager acts on the own hall only. @throws AppError FORBIDDEN */
export function hallOfManager({ hallId }: StaffActor): string {
  if (hallId === null) throw new AppError('FORBIDDEN');
  return hallId;
}

/** @throws AppError FORBIDDEN for a queue of another hall */
export function requireOwn(actor: StaffActor, { hallId }: { readonly hallId: string }): void {
  if (hallOfManager(actor) !== hallId) throw new AppError('FORBIDDEN');
}

/** @throws AppError CALENDAR_RANGE_TOO_LONG, also where the range ends before it begins */
export function daysInRange(from: LocalDay, to: LocalDay): LocalDay[] {
  const count = daysBetween(from, to) + 1;
  if (count < 1 || count > MAX_DAYS) throw new AppError('CALENDAR_RANGE_TOO_LONG');
  return Array.from({ length: count }, (_, index) => addDays(from, index));
}

/** @throws AppError CALENDAR_DAY_PAST */
export function requireAhead(days: readonly LocalDay[], now: Date): void {
  if (days.some((day) => day < dayOf(now))) throw new AppError('CALENDAR_DAY_PAST');
}
