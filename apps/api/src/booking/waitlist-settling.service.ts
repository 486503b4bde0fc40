import { dayOf, decideWaitlist, instantAt, type LocalDay } from '@haoban/domain';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, type EntityManager, type Repository } from 'typeorm';
import { Clock } from '../common/clock.js';
import { Transactions } from '../db/transactions.js';
import { BookingEntity } from './booking.entity.js';
import { SlotLedger } from './slot-ledger.js';
import { SlotEntity } from './slot.entity.js';
import { lockEntry } from './waitlist-entry.js';
import { WaitlistEntryEntity, WaitlistOfferEntity } from './waitlist.entity.js';

const BATCH = 500;
const NOON = 12 * 60;

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

  /** Entries whose day is over, and those of people who got a booking for the same matter and day in another way. */
  async endStale(): Promise<void> {
    await this.end(await this.booked(), 'booked_otherwise');
    await this.end(await this.over(), 'day_over');
  }

  private booked(): Promise<{ id: string }[]> {
    return this.entries.manager.query(
      `SELECT DISTINCT entry.id
        FROM waitlist_entry entry
        JOIN booking ON booking.person_key = entry.person_key AND booking.\`day\` = entry.\`day\`
          AND booking.state IN ('confirmed', 'checked_in')
        WHERE entry.state = 'waiting' AND (booking.item_id = entry.item_id OR EXISTS (
          SELECT 1 FROM booking_item item WHERE item.booking_id = booking.id AND item.item_id = entry.item_id))
        LIMIT ${BATCH}`,
    );
  }

  private over(): Promise<{ id: string }[]> {
    const now = this.clock.now();
    const today = dayOf(now);
    const noon = instantAt(today, NOON);
    return this.entries.manager.query(
      `SELECT entry.id FROM waitlist_entry entry
        WHERE entry.state = 'waiting' AND (entry.\`day\` < ? OR (entry.\`day\` = ? AND NOT EXISTS (
          SELECT 1 FROM slot WHERE slot.queue_id = entry.queue_id AND slot.\`day\` = entry.\`day\`
            AND slot.kind = entry.kind AND slot.closed = 0 AND slot.start_at > ?
            AND (entry.part = 'any' OR (entry.part = 'morning' AND slot.start_at < ?)
              OR (entry.part = 'afternoon' AND slot.start_at >= ?)))))
        LIMIT ${BATCH}`,
      [today, today, now, noon, noon],
    );
  }

  private async end(
    found: readonly { id: string }[],
    endReason: WaitlistEntryEntity['endReason'],
  ): Promise<void> {
    const step = decideWaitlist('waiting', 'end', 'system');
    if (found.length === 0 || !step.ok) return;
    const change = { state: step.next, endReason, openMark: null, endedAt: this.clock.now() };
    await this.entries.update({ id: In(found.map(({ id }) => id)), state: 'waiting' }, change);
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
