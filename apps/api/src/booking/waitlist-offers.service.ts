import { addMinutes, dayOf, decideWaitlist, type LocalDay } from '@haoban/domain';
import { Injectable, Logger } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, type EntityManager, type Repository } from 'typeorm';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { newId } from '../common/id.js';
import { Transactions } from '../db/transactions.js';
import { Outbox } from '../outbox/outbox.service.js';
import { readGivenBack } from './booking-history.js';
import { noticeOf } from './booking-offer.js';
import { BookingSubjects } from './booking-subjects.service.js';
import { BookingTake, type TakeIntent } from './booking-take.service.js';
import type { BookingEntity } from './booking.entity.js';
import { SlotLedger } from './slot-ledger.js';
import { SlotRelease } from './slot-release.js';
import { placesBySlot, SlotReturns, type DueReturn } from './slot-returns.service.js';
import { SlotEntity } from './slot.entity.js';
import { Visits, type PlannedVisit } from './visits.service.js';
import { lockEntry, wishOf } from './waitlist-entry.js';
import { nextMatch, type Match, type WaitingVisit } from './waitlist-match.js';
import { waitlistTell } from './waitlist-tell.js';
import { WaitlistEntryEntity, WaitlistOfferEntity } from './waitlist.entity.js';

type Waiting = WaitingVisit & { readonly row: WaitlistEntryEntity; readonly visit: PlannedVisit };

/** More than a queue has places in a day: what is left then is looked at again a second later. */
const MOST_ROUNDS = 200;
const MOST_MISSES = 3;

/** The entry was served, left or changed by somebody else in the meantime. */
class Gone extends Error {}

/**
 * Offers free places to whoever waits for them. Everything follows from the rows: a returned place stays held back until one transaction turns
 * it into a held booking of one person, and another, when nobody is left, opens it to all.
 */
@Injectable()
export class WaitlistOffers {
  private readonly logger = new Logger(WaitlistOffers.name);

  constructor(
    @InjectRepository(WaitlistEntryEntity) private readonly entries: Repository<WaitlistEntryEntity>,
    private readonly transactions: Transactions,
    private readonly returns: SlotReturns,
    private readonly ledger: SlotLedger,
    private readonly taking: BookingTake,
    private readonly visits: Visits,
    private readonly releases: SlotRelease,
    private readonly people: BookingSubjects,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Asks the waitlist of one queue's day until nobody is left who could use a free place, then opens what is due to all. */
  async serve(queueId: string, day: LocalDay): Promise<void> {
    const passedOver = new Set<string>();
    const missed = new Map<string, number>();
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const due = await this.returns.due(queueId, day);
      const match = await this.match(queueId, day, due, passedOver);
      if (!match) {
        await this.returns.openToAll(due);
        return;
      }
      const { id } = match.entry;
      const outcome = await this.tryOffer(match);
      if (outcome === 'missed') missed.set(id, (missed.get(id) ?? 0) + 1);
      if (outcome === 'unable' || (missed.get(id) ?? 0) >= MOST_MISSES) passedOver.add(id);
    }
  }

  /** `missed`: the place is gone, but not the wish; `unable`: this entry can't have any, the next one is asked. */
  private async tryOffer(match: Match<Waiting>): Promise<'offered' | 'missed' | 'unable'> {
    try {
      await this.transactions.run((em) => this.offer(em, match));
      return 'offered';
    } catch (error) {
      if (error instanceof Gone) return 'unable';
      if (!(error instanceof AppError) || error.status >= 500) throw error;
      // Somebody was faster with a place that was open to all, or it was closed.
      if (error.code.startsWith('SLOT_')) return 'missed';
      await this.noteSkip(match.entry.row, error.code);
      return 'unable';
    }
  }

  private async match(
    queueId: string,
    day: LocalDay,
    due: readonly DueReturn[],
    passedOver: ReadonlySet<string>,
  ): Promise<Match<Waiting> | undefined> {
    const em = this.entries.manager;
    const entries = await em.findBy(WaitlistEntryEntity, { queueId, day, state: 'waiting' });
    const waiting = (await Promise.all(entries.map((row) => this.plan(row)))).filter(
      (each): each is Waiting => each !== undefined && !passedOver.has(each.id),
    );
    if (waiting.length === 0) return undefined;
    const rows = await em.find(SlotEntity, { where: { queueId, day }, order: { startAt: 'ASC' } });
    const barred = await barredSlots(em, waiting, rows);
    const now = this.clock.now();
    const [{ visit }] = waiting as [Waiting];
    return nextMatch({
      rows,
      waiting,
      due: placesBySlot(due),
      publicPlaces: this.releases.publicPlaces(rows, visit.rules, visit.policy),
      inTime: (row, entry) =>
        row.startAt >= addMinutes(now, Math.max(1, noticeOf(row, entry.visit.rules, entry.visit.policy))),
      barred: (entry, slotId) =>
        [entry.id, entry.row.personKey, entry.row.citizenId].some((who) => barred.has(`${slotId} ${who}`)),
    });
  }

  /** Undefined where the hall no longer offers what the person wants; the reason is kept. */
  private async plan(row: WaitlistEntryEntity): Promise<Waiting | undefined> {
    try {
      const visit = await this.visits.plan(wishOf(row), row.hallId, row.kind);
      const { need, places, itemClass } = visit;
      const { id, joinedAt, passed, green, part, kind } = row;
      return { id, joinedAt, passed, green, part, kind, need, places, itemClass, row, visit };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      await this.noteSkip(row, error.code);
      return undefined;
    }
  }

  /** Lock order: citizen → authorisations → entry → slots → returns → booking. */
  private async offer(em: EntityManager, match: Match<Waiting>): Promise<void> {
    const { row, visit } = match.entry;
    const offerId = newId();
    const intent = this.intentOf(match, offerId);
    const [subject] = await this.people.lock(em, [intent]);
    if (!subject || subject instanceof AppError) throw subject ?? new Gone();
    const locked = await lockEntry(em, row.id);
    const step = locked && decideWaitlist(locked.state, 'offer', 'system');
    if (!step?.ok) throw new Gone();
    const { runIds } = intent.visit;
    const slots = await this.ledger.lock(em, runIds);
    if (match.contingent === 'public') await this.returns.use(em, slots, runIds, visit.places);
    await slots.write();
    const [booking] = await this.taking.take(em, [intent]);
    if (!booking || booking instanceof AppError) throw booking ?? new Gone();
    await this.write(em, row, booking, { offerId, state: step.next, visit });
  }

  private intentOf({ entry, run, contingent, publicPlaces }: Match<Waiting>, offerId: string): TakeIntent {
    const { row, visit } = entry;
    const [first] = run;
    if (!first) throw new Gone();
    return {
      requesterId: row.citizenId,
      requestId: `waitlist-${offerId}`,
      citizenId: row.citizenId,
      forWhom: row.authorisationId
        ? { kind: 'authorised', authorisationId: row.authorisationId }
        : { kind: 'self' },
      visit: {
        ...visit,
        slotId: first.id,
        slot: first,
        runIds: run.map(({ id }) => id),
        release: 'open',
        // What the match counted with: the moment must not move between the two.
        publicPlaces,
      },
      audience: contingent,
      channel: 'app',
      holdMinutes: Math.min(visit.policy.offerMinutes, minutesUntil(first.startAt, this.clock.now())),
      waitlistId: row.id,
    };
  }

  private async write(
    em: EntityManager,
    row: WaitlistEntryEntity,
    booking: BookingEntity,
    how: { offerId: string; state: WaitlistEntryEntity['state']; visit: PlannedVisit },
  ): Promise<void> {
    const { offerId, state, visit } = how;
    const now = this.clock.now();
    const untilAt = booking.holdUntil ?? now;
    await em.update(
      WaitlistEntryEntity,
      { id: row.id },
      { state, bookingId: booking.id, skipCode: null, skippedAt: null },
    );
    await em.insert(WaitlistOfferEntity, {
      id: offerId,
      entryId: row.id,
      bookingId: booking.id,
      slotId: booking.slotId,
      offeredAt: now,
      untilAt,
      outcome: null,
      endedAt: null,
    });
    const tell = waitlistTell(booking, row.citizenId, untilAt, visit.names);
    await this.outbox.add(em, 'notifications.tell', tell);
  }

  private async noteSkip({ id, skipCode }: WaitlistEntryEntity, code: string): Promise<void> {
    if (skipCode === code) return;
    await this.transactions.run((em) =>
      em.update(
        WaitlistEntryEntity,
        { id, state: 'waiting' },
        { skipCode: code, skippedAt: this.clock.now() },
      ),
    );
    this.logger.debug({ entryId: id, code, msg: 'Passed over on the waitlist' });
  }

  /** The days of queues where something may be to be done: a return that is due, or somebody who waits while a place is free. */
  async busyDays(): Promise<{ queueId: string; day: LocalDay }[]> {
    const now = this.clock.now();
    return this.entries.manager.query<{ queueId: string; day: LocalDay }[]>(
      `SELECT slot.queue_id AS queueId, slot.\`day\`
        FROM slot_return JOIN slot ON slot.id = slot_return.slot_id
        WHERE slot_return.reopened_at IS NULL AND slot_return.reopen_at <= ?
      UNION
      SELECT entry.queue_id, entry.\`day\`
        FROM (SELECT DISTINCT queue_id, \`day\`, kind, green FROM waitlist_entry
          WHERE state = 'waiting' AND \`day\` >= ?) entry
        JOIN slot ON slot.queue_id = entry.queue_id AND slot.\`day\` = entry.\`day\` AND slot.kind = entry.kind
        WHERE slot.closed = 0 AND slot.start_at > ?
          AND (slot.capacity > slot.taken + slot.held_back
            OR (entry.green = 1 AND slot.green_capacity > slot.green_taken))`,
      [now, dayOf(now), now],
    );
  }
}

/** Nothing is kept beyond its own beginning. */
function minutesUntil(start: Date, now: Date): number {
  return (start.getTime() - now.getTime()) / 60_000;
}

/** `slotId who` of what was offered to an entry before, and of what its person or account gave back. */
async function barredSlots(
  em: EntityManager,
  waiting: readonly Waiting[],
  rows: readonly SlotEntity[],
): Promise<Set<string>> {
  const offered = await em.find(WaitlistOfferEntity, {
    select: { id: true, entryId: true, slotId: true },
    where: { entryId: In(waiting.map(({ id }) => id)) },
  });
  if (rows.length === 0) return new Set();
  const slotIds = rows.map(({ id }) => id);
  const whose = waiting.flatMap(({ row }) => [row.personKey, row.citizenId]);
  const given = await readGivenBack(em, slotIds, whose);
  return new Set([...given, ...offered.map(({ entryId, slotId }) => `${slotId} ${entryId}`)]);
}
