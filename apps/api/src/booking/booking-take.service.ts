import { holdUntil, isHeld, type BookingChannel, type Contingent } from '@haoban/domain';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { newId } from '../common/id.js';
import { insertRows } from '../db/insert-rows.js';
import { Outbox } from '../outbox/outbox.service.js';
import { answerAgain, answeredBefore, answeredIn } from './booking-answers.js';
import { BookingCodes } from './booking-code.js';
import { tellConfirmed } from './booking-confirmed.jobs.js';
import { readGivenBack, readHistory, requestKeyOf } from './booking-history.js';
import { noticeOf } from './booking-offer.js';
import { BookingSubjects, keysOf, type ForWhom, type Subject } from './booking-subjects.service.js';
import { BookingEntity, BookingItemEntity, BookingSlotEntity } from './booking.entity.js';
import { HoldsService, replaces, type LockedHold } from './holds.service.js';
import { SlotLedger, type LockedSlots } from './slot-ledger.js';
import type { SlotEntity } from './slot.entity.js';
import { decideTake, type EarlierBooking } from './take-decision.js';
import type { PlacedVisit } from './visits.service.js';

export interface TakeIntent {
  /** The citizen, or the member of staff who sends the request. */
  readonly requesterId: string;
  readonly requestId: string;
  /** Whose phone shows it; null where staff book for somebody without an account. */
  readonly citizenId: string | null;
  readonly forWhom: ForWhom;
  readonly visit: PlacedVisit;
  readonly audience: Contingent;
  readonly channel: BookingChannel;
  /** Minutes that the place is kept for; undefined books at once. */
  readonly holdMinutes?: number;
  /** The waitlist entry that this place is offered to: it was asked for in time, so neither window nor notice refuse it. */
  readonly waitlistId?: string;
  readonly overrideLimits?: boolean;
}

export type TakeOutcome = BookingEntity | AppError;

interface Made {
  readonly booking: BookingEntity;
  readonly intent: TakeIntent;
  readonly run: readonly SlotEntity[];
  readonly replaced: readonly LockedHold[];
}

/** Everything that decides, read under lock. */
interface Facts {
  readonly now: Date;
  readonly subjects: ReadonlyMap<TakeIntent, Subject | AppError>;
  /** By person key; what is taken in this batch is added. */
  readonly history: Map<string, EarlierBooking[]>;
  readonly slots: LockedSlots;
  readonly givenBack: ReadonlySet<string>;
  /** Holds that end if their owners get what they ask for now. */
  readonly former: readonly LockedHold[];
}

/**
 * Takes places for many people in one transaction, each with an outcome of their own: people who ask at the same time share the round
 * trips and the commit. Lock order: citizens by id → their principals' authorisations → slots by id → bookings.
 */
@Injectable()
export class BookingTake {
  private readonly made = new WeakSet<BookingEntity>();

  constructor(
    private readonly people: BookingSubjects,
    private readonly ledger: SlotLedger,
    private readonly holds: HoldsService,
    private readonly codes: BookingCodes,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * In the order of the intents; who comes first gets the place. What comes again gets the first answer.
   * @param options.inRush looks for earlier tries only where they can be seen anyway, among the person's bookings, or where a request is
   * refused. What is left violates `ux_booking_request`: then run it again without.
   */
  async take(
    em: EntityManager,
    intents: readonly TakeIntent[],
    { inRush = false } = {},
  ): Promise<TakeOutcome[]> {
    const subjects = await this.people.lock(em, intents);
    const subjectOf = new Map(
      intents.map((intent, index) => [intent, subjects[index] ?? new AppError('REAL_NAME_REQUIRED')]),
    );
    // A hold that comes again must not end the one that came after it.
    const lookedFor = new Set(intents.filter(({ holdMinutes }) => !inRush || holdMinutes !== undefined));
    const answered = await answeredBefore(em, [...lookedFor]);
    const open = intents.filter((intent) => !answered.has(requestKeyOf(intent)));
    const facts = open.length > 0 ? await this.look(em, open, subjectOf) : undefined;
    for (const [key, row] of await answeredIn(em, facts?.history, open)) answered.set(key, row);
    const made: Made[] = [];
    const outcomes = intents.map((intent): TakeOutcome => {
      const earlier = answered.get(requestKeyOf(intent));
      if (earlier) return answerAgain(earlier, intent);
      if (!facts) throw new Error('An open intent without facts');
      const outcome = this.decide(intent, facts);
      if (outcome instanceof AppError) return outcome;
      made.push(outcome);
      answered.set(requestKeyOf(intent), outcome.booking);
      return outcome.booking;
    });
    await facts?.slots.write();
    await this.write(em, made);
    const doubtful = intents.filter(
      (intent, index) => outcomes[index] instanceof AppError && !lookedFor.has(intent),
    );
    const known = await answeredBefore(em, doubtful);
    if (known.size === 0) return outcomes;
    return intents.map((intent, index) => {
      const earlier = known.get(requestKeyOf(intent));
      return earlier ? answerAgain(earlier, intent) : (outcomes[index] ?? new AppError('INTERNAL'));
    });
  }

  /** Whether an outcome of `take` is a new booking and not the answer to an earlier try of the same request. */
  wasMade(outcome: BookingEntity): boolean {
    return this.made.has(outcome);
  }

  private async look(
    em: EntityManager,
    intents: readonly TakeIntent[],
    subjects: ReadonlyMap<TakeIntent, Subject | AppError>,
  ): Promise<Facts> {
    const now = this.clock.now();
    const personKeys = keysOf([...subjects.values()]);
    const slotIds = intents.flatMap(({ visit }) => visit.runIds);
    const replaced = await this.holds.replacedBy(em, intents);
    const runOut = await this.holds.runOutIn(em, slotIds, now);
    const slots = await this.ledger.lock(em, [...slotIds, ...replaced.slotIds, ...runOut.slotIds]);
    const locked = await this.holds.lock(em, [...replaced.ids]);
    const former = locked.filter(({ row }) => isHeld(row.holdUntil, now));
    await this.holds.endRunOut(em, slots, runOut, now);
    // Only now: a hold that was confirmed a moment ago is not replaced, and counts.
    const history = await readHistory(em, personKeys, now);
    const accountIds = intents.flatMap(({ citizenId }) => citizenId ?? []);
    const givenBack = await readGivenBack(em, slots.returnedOf(slotIds), [...personKeys, ...accountIds]);
    return { now, subjects, history, slots, givenBack, former };
  }

  /** A former hold makes room for the new one, and stays where the new one is refused. */
  private decide(intent: TakeIntent, facts: Facts): AppError | Made {
    const { slots, former } = facts;
    const replaced = former.filter(({ row }) => replaces(intent, row));
    if (replaced.length === 0) return this.claim(intent, facts, []);
    const attempt = () => {
      for (const hold of replaced) this.holds.giveBack(slots, hold, new Set(intent.visit.runIds));
      return this.claim(intent, facts, replaced);
    };
    return slots.attempt(attempt, (outcome) => !(outcome instanceof AppError));
  }

  private claim(intent: TakeIntent, facts: Facts, replaced: readonly LockedHold[]): AppError | Made {
    const { now, slots, givenBack } = facts;
    const subject = facts.subjects.get(intent);
    if (!subject || subject instanceof AppError) return subject ?? new AppError('REAL_NAME_REQUIRED');
    const { visit, audience } = intent;
    const itemIds = visit.items.map(({ itemId }) => itemId);
    const all = facts.history.get(subject.personKey) ?? [];
    const history = all.filter(({ id }) => !replaced.some(({ row }) => row.id === id));
    const run = visit.runIds.length > 0 ? slots.run(visit.runIds) : undefined;
    const decision = decideTake(
      {
        itemIds,
        run,
        release: visit.release,
        noticeMinutes: noticeOf(visit.slot, visit.rules, visit.policy),
        history,
        gaveBack: visit.runIds.some((id) =>
          [subject.personKey, intent.citizenId].some((who) => givenBack.has(`${id} ${who}`)),
        ),
        byStaff: audience === 'internal',
        waited: intent.waitlistId !== undefined,
        overrideLimits: intent.overrideLimits ?? false,
      },
      now,
      visit.policy,
    );
    if (!decision.ok) return new AppError(decision.code, decision.details);
    if (!run) return new AppError('SLOT_CLOSED');
    const { places, itemClass, publicPlaces } = visit;
    const claim = slots.claim(run, { audience, places, itemClass }, publicPlaces);
    if (!claim.ok) return new AppError(claim.code);
    const booking = toRow(intent, subject, run, claim.next, { now, code: this.codes.draw() });
    const { id, hallId, day, startAt, state } = booking;
    this.made.add(booking);
    const requestKey = requestKeyOf(intent);
    facts.history.set(subject.personKey, [
      ...history,
      { id, itemIds, hallId, day, startAt, state, requestKey },
    ]);
    return { booking, intent, run, replaced };
  }

  private async write(em: EntityManager, made: readonly Made[]): Promise<void> {
    const bookings = made.map(({ booking }) => booking);
    await this.holds.markEnded(
      em,
      made.flatMap(({ replaced }) => replaced),
      'release',
    );
    await this.codes.write(bookings, () => insertRows(em, BookingEntity, bookings));
    await insertRows(
      em,
      BookingSlotEntity,
      made.flatMap(({ booking, run }) => run.map(({ id }) => ({ bookingId: booking.id, slotId: id }))),
    );
    await insertRows(
      em,
      BookingItemEntity,
      made.flatMap(({ booking, intent: { visit } }) =>
        isPlain(visit.items)
          ? []
          : visit.items.map(({ itemId, files }, position) => ({
              bookingId: booking.id,
              position,
              itemId,
              files,
            })),
      ),
    );
    await tellConfirmed(this.outbox, em, bookings);
  }
}

/** One file of one item needs no rows beside the booking's own. */
const isPlain = (items: PlacedVisit['items']): boolean => items.length === 1 && items[0]?.files === 1;

function toRow(
  intent: TakeIntent,
  { personKey, authorisationId, nameCipher, phoneCipher }: Subject,
  run: readonly SlotEntity[],
  contingent: Contingent,
  { now, code }: { now: Date; code: string },
): BookingEntity {
  const [first] = run;
  const last = run.at(-1);
  const [item] = intent.visit.items;
  if (!first || !last || !item) throw new RangeError('A visit without a slot or an item');
  const { visit, holdMinutes } = intent;
  return {
    id: newId(),
    citizenId: intent.citizenId,
    requesterId: intent.requesterId,
    requestId: intent.requestId,
    personKey,
    code,
    state: holdMinutes === undefined ? 'confirmed' : 'held',
    itemId: item.itemId,
    hallId: first.hallId,
    queueId: first.queueId,
    slotId: first.id,
    day: first.day,
    startAt: first.startAt,
    endAt: last.endAt,
    kind: first.kind,
    contingent,
    channel: intent.channel,
    persons: visit.places,
    itemClass: visit.itemClass,
    holdUntil: holdMinutes === undefined ? null : holdUntil(now, holdMinutes, first.startAt),
    authorisationId,
    forNameCipher: nameCipher,
    forPhoneCipher: phoneCipher,
    addressCipher: null,
    waitlistId: intent.waitlistId ?? null,
    reply: null,
    dayRemindedAt: null,
    hourRemindedAt: null,
    excused: false,
    version: 1,
    ticketId: null,
    cancelReason: null,
    cancelledAt: null,
    checkedInAt: null,
    createdAt: now,
  };
}
