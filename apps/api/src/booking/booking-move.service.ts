import {
  decideBooking,
  delayBefore,
  mayMove,
  remindedAfterMove,
  type BookingSettings,
  type Contingent,
} from '@haoban/domain';
import type { Booking } from '@haoban/contracts';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { EntityManager, Repository } from 'typeorm';
import { Audit } from '../audit/audit.service.js';
import type { CitizenActor, StaffActor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { Transactions } from '../db/transactions.js';
import { AuthorisationsService } from '../identity/authorisations.service.js';
import { CitizensService } from '../identity/citizens.service.js';
import { Outbox } from '../outbox/outbox.service.js';
import { movedTell } from './booking-act-tell.js';
import { placeOf, recordChange } from './booking-changes.js';
import { BookingCodes } from './booking-code.js';
import { BookingDaysService } from './booking-days.service.js';
import { againIfMoved, BookingLocks, type LockedBooking, type WhichBooking } from './booking-locks.js';
import { readGivenBack, readHistory } from './booking-history.js';
import { noticeOf } from './booking-offer.js';
import { BookingPolicies } from './booking-policies.service.js';
import { BookingPrincipals } from './booking-principals.js';
import { BookingChangeEntity, BookingEntity, BookingSlotEntity } from './booking.entity.js';
import { BookingService } from './booking.service.js';
import { HoldsService } from './holds.service.js';
import { answerDisruption, isDisrupted } from './open-disruptions.js';
import { principalMovedTell } from './principal-tell.js';
import type { SlotEntity } from './slot.entity.js';
import { decideTake } from './take-decision.js';
import { Visits, type PlacedVisit } from './visits.service.js';

export interface Move {
  readonly requestId: string;
  readonly slotId: string;
  readonly actor: CitizenActor | StaffActor;
  /** Of staff; the person is told. */
  readonly reason: string | null;
}

interface Swap extends Move {
  readonly target: PlacedVisit;
  /** Of the hall that the booking leaves: its deadline and its delay count. */
  readonly policy: BookingSettings;
  readonly accountHasPhone: boolean;
}

/**
 * Another time for a booking, as one swap: the old places go back and the new ones are taken in one transaction, or nothing changes.
 * The booking keeps its id. Lock order: citizen → authorisations → slots by id → booking.
 */
@Injectable()
export class BookingMoveService {
  constructor(
    @InjectRepository(BookingChangeEntity) private readonly changes: Repository<BookingChangeEntity>,
    private readonly transactions: Transactions,
    private readonly bookings: BookingService,
    private readonly days: BookingDaysService,
    private readonly policies: BookingPolicies,
    private readonly visits: Visits,
    private readonly citizens: CitizensService,
    private readonly authorisations: AuthorisationsService,
    private readonly holds: HoldsService,
    private readonly locks: BookingLocks,
    private readonly codes: BookingCodes,
    private readonly principals: BookingPrincipals,
    private readonly outbox: Outbox,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * To any hall that offers the same items. The same `requestId` again, or the time that the booking has, changes nothing.
   * @throws AppError NOT_FOUND, BOOKING_STATE, BOOKING_MOVE_TOO_LATE, BOOKING_LIMIT_REACHED, SLOT_FULL (details: `nearest`) and the
   * other SLOT_…, VISIT_…, ITEM_NOT_OFFERED, REQUEST_ID_REUSED, BUSY
   */
  async reschedule(
    actor: CitizenActor,
    { bookingId, ...input }: { bookingId: string; requestId: string; slotId: string },
  ): Promise<Booking> {
    const before = await this.bookings.getRow(actor, bookingId);
    const which = { id: bookingId, citizenId: actor.citizenId };
    return this.bookings.toBooking(await this.move(before, which, { ...input, actor, reason: null }));
  }

  /** By staff, within their own hall. @throws AppError as `reschedule`; BOOKING_MOVE_TOO_LATE only from the start on */
  moveAtHall(before: BookingEntity, move: Move & { actor: StaffActor }): Promise<BookingEntity> {
    return this.move(before, { id: before.id, hallId: before.hallId }, move);
  }

  private async move(before: BookingEntity, which: WhichBooking, move: Move): Promise<BookingEntity> {
    // A retry must get its answer even where the time that it asked for can no longer be planned.
    if (await answeredBefore(this.changes.manager, before.id, move)) return before;
    // Said before anything about the time: of a booking that has ended no time would do.
    checkState(before, move.actor);
    const { items } = await this.bookings.namesOf(before);
    const [first, ...also] = items;
    if (!first) throw new AppError('BOOKING_STATE');
    const wish = { itemId: first.itemId, files: first.files, also, persons: before.persons };
    const target = await this.visits.place(wish, move.slotId);
    if (move.actor.kind === 'staff' && target.hallId !== before.hallId) throw new AppError('SLOT_NOT_FOUND');
    const [policy, account] = await Promise.all([
      this.policies.forHall(before.hallId),
      before.citizenId ? this.citizens.get(before.citizenId) : undefined,
    ]);
    const swap = { ...move, target, policy, accountHasPhone: Boolean(account?.phone) };
    try {
      return await againIfMoved(() => this.transactions.run((em) => this.swap(em, before, which, swap)));
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'SLOT_FULL') throw error;
      const nearest = await this.days.nearestFree(target, audiencesOf(move.actor, before).at(-1) ?? 'public');
      throw new AppError('SLOT_FULL', { nearest }, { cause: error });
    }
  }

  private async swap(
    em: EntityManager,
    before: BookingEntity,
    which: WhichBooking,
    swap: Swap,
  ): Promise<BookingEntity> {
    if (before.citizenId) await this.citizens.lockMany(em, [before.citizenId]);
    // An agent may be booking for this person at this moment.
    await this.authorisations.lockPrincipals(em, [before.personKey]);
    const now = this.clock.now();
    const runOut = await this.holds.runOutIn(em, swap.target.runIds, now);
    const locked = await this.locks.lock(em, which, [...swap.target.runIds, ...runOut.slotIds]);
    const { row } = locked;
    if (await answeredBefore(em, row.id, swap)) return row;
    checkState(row, swap.actor);
    if (row.slotId === swap.slotId) return row;
    const disrupted = await isDisrupted(em, row);
    const run = await this.decide(em, locked, swap, disrupted);
    await this.holds.endRunOut(em, locked.slots, runOut, now);
    const contingent = this.exchange(locked, swap, run, disrupted);
    await locked.slots.write();
    await answerDisruption(em, row.id, now);
    return this.write(em, row, swap, run, contingent);
  }

  /** Everything but the free places. @returns the new slots, by time */
  private async decide(
    em: EntityManager,
    { row, slots }: LockedBooking,
    { actor, target, policy, accountHasPhone }: Swap,
    disrupted: boolean,
  ): Promise<readonly SlotEntity[]> {
    const now = this.clock.now();
    const byStaff = actor.kind === 'staff';
    const inTime = mayMove({ startsAt: row.startAt, closed: disrupted, by: actor.kind }, now, policy);
    if (!inTime.ok) throw new AppError(inTime.code);
    const { kind } = target.slot;
    if (kind === 'home' && row.addressCipher === null) throw new AppError('BOOKING_ADDRESS_REQUIRED');
    const reached = row.forPhoneCipher !== null || accountHasPhone;
    if (['phone', 'video', 'home'].includes(kind) && !reached) throw new AppError('BOOKING_PHONE_REQUIRED');
    const keys = [row.personKey];
    const history = (await readHistory(em, keys, now, new Set([row.id]))).get(row.personKey) ?? [];
    const run = target.runIds.length > 0 ? slots.run(target.runIds) : undefined;
    const decision = decideTake(
      {
        itemIds: target.items.map(({ itemId }) => itemId),
        run,
        release: target.release,
        noticeMinutes: noticeOf(target.slot, target.rules, target.policy),
        // Who has a booking already may keep it, missed ones or not.
        history: history.filter(({ state }) => state !== 'no_show'),
        gaveBack: (await readGivenBack(em, target.runIds, [...keys, row.citizenId ?? ''])).size > 0,
        byStaff,
        waited: false,
        overrideLimits: byStaff,
      },
      now,
      target.policy,
    );
    if (!decision.ok) throw new AppError(decision.code, decision.details);
    if (!run) throw new AppError('SLOT_CLOSED');
    return run;
  }

  private async write(
    em: EntityManager,
    row: BookingEntity,
    swap: Swap,
    run: readonly SlotEntity[],
    contingent: Contingent,
  ): Promise<BookingEntity> {
    const now = this.clock.now();
    const { actor, target, reason, requestId } = swap;
    const change = { ...placeColumns(run), contingent, itemClass: target.itemClass };
    const reminded = remindedAfterMove(change.startAt, now);
    const from = row.startAt;
    const before = placeOf(row);
    const moved = Object.assign(row, change, reminded, { reply: null, version: row.version + 1 });
    const columns = { ...change, ...reminded, reply: null, version: moved.version };
    // On another day somebody may have the same code.
    await this.codes.write([moved], () =>
      em.update(BookingEntity, { id: row.id }, { ...columns, code: moved.code }),
    );
    await em.delete(BookingSlotEntity, { bookingId: row.id });
    await em.insert(
      BookingSlotEntity,
      run.map(({ id }) => ({ bookingId: row.id, slotId: id })),
    );
    const after = placeOf(moved);
    await recordChange(em, {
      bookingId: row.id,
      at: now,
      action: 'move',
      actor,
      requestId,
      reason,
      before,
      after,
    });
    if (actor.kind === 'staff') {
      await this.audit.record(em, actor, {
        action: 'booking.move',
        subjectKind: 'booking',
        subjectId: row.id,
        before: { ...before },
        after: { ...after, reason },
      });
    }
    if (moved.citizenId) {
      const step = { from, reason };
      const tell = movedTell(moved, moved.citizenId, target.names, step);
      await this.outbox.add(em, 'notifications.tell', tell);
      await this.principals.tell(em, moved, (to) => principalMovedTell(tell, to, moved, target.names, step));
    }
    return moved;
  }

  /** Old places back, new places taken: counted together, so that a visit may move by less than its own length. */
  private exchange(
    { row, slots, slotIds }: LockedBooking,
    { actor, target, policy }: Swap,
    run: readonly SlotEntity[],
    disrupted: boolean,
  ): Contingent {
    const given = { contingent: row.contingent, places: row.persons, itemClass: row.itemClass };
    const { personKey } = row;
    const kept = slotIds.filter((id) => target.runIds.includes(id));
    const left = slotIds.filter((id) => !target.runIds.includes(id));
    slots.giveBack(kept, given, { personKey, reopen: null, atOnce: new Set(kept) });
    const free = actor.kind === 'staff' || disrupted;
    const reopen = free ? null : delayBefore(row.startAt, this.clock.now(), policy.reopen);
    const accountId = actor.kind === 'citizen' ? actor.citizenId : undefined;
    slots.giveBack(left, given, { personKey, accountId, reopen });
    for (const audience of audiencesOf(actor, row)) {
      const { places, itemClass, publicPlaces } = target;
      const claim = slots.claim(run, { audience, places, itemClass }, publicPlaces);
      if (claim.ok) return claim.next;
    }
    throw new AppError('SLOT_FULL');
  }
}

function checkState({ state }: BookingEntity, actor: CitizenActor | StaffActor): void {
  const step = decideBooking(state, 'reschedule', actor.kind === 'staff' ? actor.role : 'citizen');
  if (!step.ok) throw new AppError(step.code);
}

/** Whose places are tried: the person's own kind first; the hall's own for staff, so that a move need not wait for the public's. */
function audiencesOf(actor: CitizenActor | StaffActor, { contingent }: BookingEntity): Contingent[] {
  if (actor.kind === 'staff') return contingent === 'internal' ? ['internal'] : [contingent, 'internal'];
  return [contingent === 'internal' ? 'public' : contingent];
}

async function answeredBefore(
  em: EntityManager,
  bookingId: string,
  { requestId, slotId }: Pick<Move, 'requestId' | 'slotId'>,
): Promise<boolean> {
  const earlier = await em.findOneBy(BookingChangeEntity, { bookingId, requestId });
  if (!earlier) return false;
  if ((earlier.after as { slotId?: string } | null)?.slotId !== slotId)
    throw new AppError('REQUEST_ID_REUSED');
  return true;
}

function placeColumns(run: readonly SlotEntity[]) {
  const [first] = run;
  const last = run.at(-1);
  if (!first || !last) throw new AppError('SLOT_CLOSED');
  const { id: slotId, hallId, queueId, day, startAt, kind } = first;
  return { slotId, hallId, queueId, day, startAt, endAt: last.endAt, kind };
}
