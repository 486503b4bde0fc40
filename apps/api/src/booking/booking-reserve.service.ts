import type { Booking, BookingReserve } from '@haoban/contracts';
import { Injectable, Logger } from '@nestjs/common';
import type { CitizenActor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { Batching } from '../common/batching.js';
import { violatedIndex } from '../db/database-error.js';
import { Transactions } from '../db/transactions.js';
import { BookingDaysService } from './booking-days.service.js';
import { BookingTake, type TakeIntent, type TakeOutcome } from './booking-take.service.js';
import type { BookingEntity } from './booking.entity.js';
import { BookingService } from './booking.service.js';
import { Visits } from './visits.service.js';

const TRIES = 5;
const BATCH_SIZE = 400;

@Injectable()
export class BookingReserveService {
  private readonly logger = new Logger(BookingReserveService.name);
  private readonly batches = new Batching<TakeIntent, BookingEntity>((intents) => this.takeAll(intents), {
    maxSize: BATCH_SIZE,
  });

  constructor(
    private readonly transactions: Transactions,
    private readonly taking: BookingTake,
    private readonly visits: Visits,
    private readonly days: BookingDaysService,
    private readonly bookings: BookingService,
  ) {}

  /**
   * Books a place at once. The same `requestId` again gives the first answer.
   * @throws AppError REAL_NAME_REQUIRED, SLOT_FULL (details: the nearest free `{ slotId, start }` or null) and the other SLOT_…,
   * VISIT_…, ITEM_…, BOOKING_LIMIT_REACHED, BOOKING_SUSPENDED, REQUEST_ID_REUSED, BUSY
   */
  reserve(actor: CitizenActor, input: BookingReserve): Promise<Booking> {
    return this.forCitizen(actor, input);
  }

  /** Keeps a place for a few minutes. @throws AppError as `reserve` */
  hold(actor: CitizenActor, input: BookingReserve): Promise<Booking> {
    return this.forCitizen(actor, input, true);
  }

  /** For whoever has worked out who wants what: takes the place together with all who ask at this moment. */
  async take(intent: TakeIntent): Promise<Booking> {
    const { visit } = intent;
    try {
      return await this.bookings.toTaken(await this.batches.run(intent), visit);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'SLOT_FULL') throw error;
      const nearest = await this.days.nearestFree(visit, intent.audience);
      throw new AppError('SLOT_FULL', { nearest }, { cause: error });
    }
  }

  private async forCitizen(actor: CitizenActor, input: BookingReserve, hold = false): Promise<Booking> {
    const visit = await this.visits.place(input, input.slotId);
    // An address is told with the confirmation of a hold.
    if (visit.slot.kind === 'home' && !hold) throw new AppError('BOOKING_ADDRESS_REQUIRED');
    return this.take({
      requesterId: actor.citizenId,
      requestId: input.requestId,
      citizenId: actor.citizenId,
      forWhom: input.authorisationId
        ? { kind: 'authorised', authorisationId: input.authorisationId }
        : { kind: 'self' },
      visit,
      audience: input.green ? 'green' : 'public',
      channel: 'app',
      ...(hold && { holdMinutes: visit.policy.holdMinutes }),
    });
  }

  private async takeAll(intents: readonly TakeIntent[]): Promise<readonly (TakeOutcome | Error)[]> {
    const outcomes = new Map<TakeIntent, TakeOutcome | Error>();
    for (const round of oneHoldEach(intents)) {
      const taken = await this.takeTogether(round);
      round.forEach((intent, index) => outcomes.set(intent, taken[index] ?? new AppError('INTERNAL')));
    }
    return intents.map((intent) => outcomes.get(intent) ?? new AppError('INTERNAL'));
  }

  /** A fault that one of them caused must not fail the others: then each has a transaction of its own. */
  private async takeTogether(intents: readonly TakeIntent[]): Promise<readonly (TakeOutcome | Error)[]> {
    try {
      return await this.transact(intents);
    } catch (error) {
      if (intents.length === 1) throw error;
      this.logger.warn({ err: error, size: intents.length, msg: 'A batch of bookings is taken apart' });
      const outcomes: (TakeOutcome | Error)[] = [];
      for (const intent of intents) {
        const [outcome] = await this.transact([intent]).catch((each: unknown) => [each as Error]);
        outcomes.push(outcome ?? new AppError('INTERNAL'));
      }
      return outcomes;
    }
  }

  private async transact(intents: readonly TakeIntent[]): Promise<TakeOutcome[]> {
    for (let attempt = 1; ; attempt++) {
      try {
        const inRush = attempt === 1;
        return await this.transactions.run((em) => this.taking.take(em, intents, { inRush }));
      } catch (error) {
        // One of them was answered before, or is being answered by another process: look more closely.
        if (violatedIndex(error) !== 'ux_booking_request' || attempt === TRIES) throw error;
      }
    }
  }
}

/** A newer hold replaces the one before, which has to be there first: each round has at most one hold of a person. */
function oneHoldEach(intents: readonly TakeIntent[]): TakeIntent[][] {
  const rounds: TakeIntent[][] = [];
  const seen = new Map<string, number>();
  for (const intent of intents) {
    const holder = intent.holdMinutes === undefined ? null : intent.citizenId;
    const round = holder === null ? 0 : (seen.get(holder) ?? 0);
    if (holder !== null) seen.set(holder, round + 1);
    (rounds[round] ??= []).push(intent);
  }
  return rounds;
}
