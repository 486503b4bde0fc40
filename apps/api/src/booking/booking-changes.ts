import type { EntityManager } from 'typeorm';
import type { CitizenActor, StaffActor } from '../common/actor.js';
import { newId } from '../common/id.js';
import { BookingChangeEntity, type BookingEntity } from './booking.entity.js';

/** Where a booking is, as a change remembers it. */
export interface BookingPlace {
  readonly slotId: string;
  readonly hallId: string;
  /** ISO instant. */
  readonly start: string;
}

export function placeOf({ slotId, hallId, startAt }: BookingEntity): BookingPlace {
  return { slotId, hallId, start: startAt.toISOString() };
}

export interface BookingChange {
  readonly bookingId: string;
  readonly at: Date;
  readonly action: BookingChangeEntity['action'];
  /** Without one it was the system. */
  readonly actor?: CitizenActor | StaffActor;
  readonly requestId?: string | null;
  readonly reason?: string | null;
  readonly before?: object;
  readonly after?: object;
}

/** Appends to the booking's own history, which the hall shows with names and reasons. */
export function recordChange(em: EntityManager, change: BookingChange): Promise<void> {
  return recordChanges(em, [change]);
}

/** In one statement. */
export async function recordChanges(em: EntityManager, changes: readonly BookingChange[]): Promise<void> {
  if (changes.length > 0) await em.insert(BookingChangeEntity, changes.map(rowOf));
}

function rowOf(change: BookingChange) {
  const { actor } = change;
  const actorKind: BookingChangeEntity['actorKind'] = actor?.kind ?? 'system';
  return {
    id: newId(),
    bookingId: change.bookingId,
    at: change.at,
    action: change.action,
    actorKind,
    actorId: actor ? (actor.kind === 'staff' ? actor.staffId : actor.citizenId) : null,
    requestId: change.requestId ?? null,
    reason: change.reason ?? null,
    ...(change.before && { before: change.before }),
    ...(change.after && { after: change.after }),
  };
}
