import { dayOf, decideWaitlist, type LocalDay } from '@haoban/domain';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, type EntityManager, type Repository } from 'typeorm';
import { Clock } from '../common/clock.js';
import { Transactions } from '../db/transactions.js';
import { GuideService } from '../guide/guide.service.js';
import { Outbox } from '../outbox/outbox.service.js';
import { BookingEntity } from './booking.entity.js';
import { SlotLedger } from './slot-ledger.js';
import { SlotEntity } from './slot.entity.js';
import { lockEntry } from './waitlist-entry.js';
import { waitlistEndedTell } from './waitlist-tell.js';
import { WaitlistEntryEntity, WaitlistOfferEntity } from './waitlist.entity.js';

const BATCH = 500;

/** A booking that does what the entry waits for. */
const SAME_MATTER = `booking.person_key = entry.person_key AND booking.state IN ('confirmed', 'checked_in')
  AND (booking.item_id = entry.item_id OR EXISTS (
    SELECT 1 FROM booking_item item WHERE item.booking_id = booking.id AND item.item_id = entry.item_id))`;

/** A time in the wished part of the day that the calendar has; 12:00 in Beijing is 04:00 in UTC. */
const OPEN_SLOT = `SELECT 1 FROM slot WHERE slot.queue_id = entry.queue_id AND slot.\`day\` = entry.\`day\`
  AND slot.kind = entry.kind AND slot.closed = 0
  AND (entry.part = 'any' OR (entry.part = 'morning' AND slot.start_at < TIMESTAMPADD(HOUR, 4, entry.\`day\`))
    OR (entry.part = 'afternoon' AND slot.start_at >= TIMESTAMPADD(HOUR, 4, entry.\`day\`)))`;

interface DayOfQueue {
  readonly queueId: string;
  readonly day: LocalDay;
  readonly kind: string;
}

/** Brings entries in line with what became of their bookings and of their day. Doing it twice changes nothing. */
@Injectable()
export class WaitlistSettling {
  constructor(
    @InjectRepository(WaitlistEntryEntity) private readonly entries: Repository<WaitlistEntryEntity>,
    private readonly transactions: Transactions,
    private readonly ledger: SlotLedger,
    private readonly guide: GuideService,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Offers that were accepted, ran out or were given up on the booking's own page. */
  async settleOffers(): Promise<void> {
    const answered = await this.entries.manager.query<{ id: string; entryId: string }[]>(
      `SELECT offer.id, offer.entry_id AS entryId
        FROM waitlist_offer offer JOIN booking ON booking.id = offer.booking_id
        WHERE offer.outcome IS NULL AND booking.state <> 'held'
        ORDER BY offer.id LIMIT ${BATCH}`,
    );
    for (const { id, entryId } of answered) {
      await this.transactions.run((em) => this.settle(em, id, entryId));
    }
  }

  private async settle(em: EntityManager, offerId: string, entryId: string): Promise<void> {
    const entry = await lockEntry(em, entryId);
    const offer = await em.findOneBy(WaitlistOfferEntity, { id: offerId });
    if (!entry || !offer || offer.outcome !== null) return;
    const booking = await em.findOneBy(BookingEntity, { id: offer.bookingId });
    const lapsed = !booking || booking.state === 'expired';
    const now = this.clock.now();
    await closeOffer(em, offer.bookingId, lapsed ? 'lapsed' : 'taken', now);
    const step = decideWaitlist(entry.state, lapsed ? 'lapse' : 'accept', 'system');
    // Left in the meantime: nothing but the offer is to be closed.
    if (!step.ok) return;
    await em.update(
      WaitlistEntryEntity,
      { id: entryId },
      lapsed
        ? { state: step.next, passed: entry.passed + 1, bookingId: null }
        : { state: step.next, openMark: null, endedAt: now },
    );
  }

  /** Entries of people who got a booking for the same matter and day in another way, and those whose day is over or was closed. */
  async endStale(): Promise<void> {
    await this.end(await this.booked(), 'booked_otherwise');
    await this.end(await this.closed(), 'day_closed');
    await this.end(await this.over(), 'day_over');
  }

  private booked(): Promise<{ id: string }[]> {
    return this.entries.manager.query(
      `SELECT DISTINCT entry.id
        FROM waitlist_entry entry
        JOIN booking ON ${SAME_MATTER} AND booking.\`day\` = entry.\`day\`
        WHERE entry.state = 'waiting' LIMIT ${BATCH}`,
    );
  }

  /** No time of the day would do any more, whatever the clock says: the calendar was changed. */
  private closed(): Promise<{ id: string }[]> {
    const today = dayOf(this.clock.now());
    return this.entries.manager.query(
      `SELECT entry.id FROM waitlist_entry entry
        WHERE entry.state = 'waiting' AND entry.\`day\` >= ? AND NOT EXISTS (${OPEN_SLOT})
        LIMIT ${BATCH}`,
      [today],
    );
  }

  private over(): Promise<{ id: string }[]> {
    const now = this.clock.now();
    const today = dayOf(now);
    return this.entries.manager.query(
      `SELECT entry.id FROM waitlist_entry entry
        WHERE entry.state = 'waiting' AND (entry.\`day\` < ? OR (entry.\`day\` = ?
          AND NOT EXISTS (${OPEN_SLOT} AND slot.start_at > ?)))
        LIMIT ${BATCH}`,
      [today, today, now],
    );
  }

  /** The end and its message are one: whoever is found again is no longer waiting. */
  private async end(
    found: readonly { id: string }[],
    endReason: NonNullable<WaitlistEntryEntity['endReason']>,
  ): Promise<void> {
    const step = decideWaitlist('waiting', 'end', 'system');
    if (found.length === 0 || !step.ok) return;
    const { items, halls } = await this.guide.catalogue();
    await this.transactions.run(async (em) => {
      // By id and in its order, as everybody; an offer may have come in between.
      const locked = await em.find(WaitlistEntryEntity, {
        where: { id: In(found.map(({ id }) => id)) },
        order: { id: 'ASC' },
        lock: { mode: 'pessimistic_write' },
      });
      const waiting = locked.filter(({ state }) => state === 'waiting');
      if (waiting.length === 0) return;
      const ids = waiting.map(({ id }) => id);
      const change = { state: step.next, endReason, openMark: null, endedAt: this.clock.now() };
      await em.update(WaitlistEntryEntity, { id: In(ids) }, change);
      if (endReason === 'booked_otherwise') return;
      const served = await servedOtherwise(em, ids);
      const tells = waiting
        .filter(({ id }) => !served.has(id))
        .map((entry) =>
          waitlistEndedTell(entry, endReason, {
            itemName: items.get(entry.itemId)?.name ?? '办事预约',
            hallName: halls.get(entry.hallId)?.name ?? '政务服务中心',
          }),
        );
      await this.outbox.addMany(em, 'notifications.tell', tells);
    });
  }

  /** Writes on the slots whether anybody hopes for them. Joining does it too; this mends what two processes did at once. */
  async markWaited(): Promise<void> {
    const { manager } = this.entries;
    const today = dayOf(this.clock.now());
    const sameDay = 'entry.queue_id = slot.queue_id AND entry.`day` = slot.`day` AND entry.kind = slot.kind';
    const missing = await manager.query<{ id: string }[]>(
      `SELECT slot.id FROM (SELECT DISTINCT queue_id, \`day\`, kind FROM waitlist_entry
          WHERE state IN ('waiting', 'offered') AND \`day\` >= ?) entry
        JOIN slot ON ${sameDay} WHERE slot.waited = 0`,
      [today],
    );
    const idle = await manager.query<{ id: string }[]>(
      `SELECT slot.id FROM slot WHERE slot.waited = 1 AND NOT EXISTS (
          SELECT 1 FROM waitlist_entry entry WHERE ${sameDay} AND entry.state IN ('waiting', 'offered'))`,
    );
    await this.transactions.run(async (em) => {
      await this.mark(em, missing, true);
      await this.mark(em, idle, false);
    });
  }

  /** Within the transaction of whoever joins: from its commit on what is given back is kept. */
  async markDay(em: EntityManager, { queueId, day, kind }: DayOfQueue): Promise<void> {
    const rows = await em.query<{ id: string }[]>(
      'SELECT id FROM slot WHERE queue_id = ? AND `day` = ? AND kind = ? AND waited = 0',
      [queueId, day, kind],
    );
    await this.mark(em, rows, true);
  }

  private async mark(em: EntityManager, rows: readonly { id: string }[], waited: boolean): Promise<void> {
    if (rows.length === 0) return;
    const ids = rows.map(({ id }) => id);
    await this.ledger.lock(em, ids);
    await em.update(SlotEntity, { id: In(ids) }, { waited });
  }
}

/** Of these entries, those whose person has, or had since joining, a booking for the matter on whatever day: there is nothing left to do. */
async function servedOtherwise(em: EntityManager, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await em.query<{ id: string }[]>(
    `SELECT DISTINCT entry.id FROM waitlist_entry entry
      JOIN booking ON ${SAME_MATTER} AND booking.start_at > entry.joined_at WHERE entry.id IN (?)`,
    [ids],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Notes what became of an offer; the first word counts. */
export async function closeOffer(
  em: EntityManager,
  bookingId: string,
  outcome: WaitlistOfferEntity['outcome'],
  endedAt: Date,
): Promise<void> {
  await em
    .createQueryBuilder()
    .update(WaitlistOfferEntity)
    .set({ outcome, endedAt })
    .where('booking_id = :bookingId AND outcome IS NULL', { bookingId })
    .execute();
}
