import { addMinutes, bookingBar, decideWaitlist, inPartOfDay, minutesOfDay } from '@haoban/domain';
import type { WaitlistEntry, WaitlistJoin } from '@haoban/contracts';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, LessThan, type EntityManager, type Repository } from 'typeorm';
import type { CitizenActor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { newId } from '../common/id.js';
import { violatedIndex } from '../db/database-error.js';
import { Transactions } from '../db/transactions.js';
import { AuthorisationsService } from '../identity/authorisations.service.js';
import { CitizensService } from '../identity/citizens.service.js';
import { GreenService } from '../identity/green.service.js';
import { isShown, offeredRows } from './booking-offer.js';
import { readHistory } from './booking-history.js';
import { BookingEntity } from './booking.entity.js';
import { HoldsService, slotsOf } from './holds.service.js';
import { SlotLedger } from './slot-ledger.js';
import { SlotRelease } from './slot-release.js';
import type { SlotEntity } from './slot.entity.js';
import { SlotsService } from './slots.service.js';
import { barDetails, historyOf, sameItemBar } from './take-decision.js';
import { Visits, type PlannedVisit } from './visits.service.js';
import { lockEntry } from './waitlist-entry.js';
import { closeOffer, WaitlistSettling } from './waitlist-settling.service.js';
import { WaitlistViews } from './waitlist-views.service.js';
import { WaitlistEntryEntity } from './waitlist.entity.js';

/** Open entries of one account. */
const MOST_OPEN = 5;

interface Person {
  readonly personKey: string;
  readonly nameCipher: string | null;
  readonly phoneCipher: string | null;
}

/** What a citizen may do with the waitlist. */
@Injectable()
export class WaitlistService {
  constructor(
    @InjectRepository(WaitlistEntryEntity) private readonly entries: Repository<WaitlistEntryEntity>,
    private readonly transactions: Transactions,
    private readonly citizens: CitizensService,
    private readonly authorisations: AuthorisationsService,
    private readonly green: GreenService,
    private readonly visits: Visits,
    private readonly slots: SlotsService,
    private readonly releases: SlotRelease,
    private readonly ledger: SlotLedger,
    private readonly holds: HoldsService,
    private readonly settling: WaitlistSettling,
    private readonly views: WaitlistViews,
    private readonly clock: Clock,
  ) {}

  /**
   * Only where nothing suits any more. The same `requestId` again gives the first answer.
   * @throws AppError REAL_NAME_REQUIRED, WAITLIST_…, VISIT_…, ITEM_…, BOOKING_LIMIT_REACHED, BOOKING_SUSPENDED,
   * AUTHORISATION_NOT_VALID, GREEN_EVIDENCE_REQUIRED, REQUEST_ID_REUSED
   */
  async join(actor: CitizenActor, input: WaitlistJoin): Promise<WaitlistEntry> {
    const { citizenId } = actor;
    const account = await this.citizens.requireRealName(citizenId);
    const earlier = await this.entries.findOneBy({ citizenId, requestId: input.requestId });
    if (earlier) return this.answerAgain(earlier, input);
    const visit = await this.visits.plan(input, input.hallId, input.kind);
    const rows = await this.fullRows(visit, input);
    try {
      const row = await this.transactions.run(async (em) => {
        await this.citizens.lockMany(em, [citizenId]);
        const person = input.authorisationId
          ? await this.authorisations.lockForBooking(em, citizenId, input.authorisationId)
          : { personKey: account.idNumberHash, nameCipher: null, phoneCipher: null };
        await this.refuse(em, actor, person.personKey, input, rows, visit);
        const entry = this.toRow(actor, person, input, visit);
        await em.insert(WaitlistEntryEntity, entry);
        await this.settling.markDay(em, entry);
        return entry;
      });
      return await this.views.ofCitizen(row);
    } catch (error) {
      const index = violatedIndex(error);
      if (index === 'ux_waitlist_open') throw new AppError('WAITLIST_ALREADY_JOINED');
      // The same request came twice at once.
      const first =
        index === 'ux_waitlist_request'
          ? await this.entries.findOneBy({ citizenId, requestId: input.requestId })
          : null;
      if (!first) throw error;
      return this.answerAgain(first, input);
    }
  }

  /** Own entries, newest first. */
  async listMine(
    { citizenId }: CitizenActor,
    { cursor, limit, open }: { cursor?: string | undefined; limit: number; open?: boolean | undefined },
  ): Promise<{ items: WaitlistEntry[]; nextCursor: string | null }> {
    const rows = await this.entries.find({
      where: {
        citizenId,
        ...(open && { state: In(['waiting', 'offered']) }),
        ...(cursor && { id: LessThan(cursor) }),
      },
      order: { id: 'DESC' },
      take: limit + 1,
    });
    const items = await this.views.ofCitizens(rows.slice(0, limit));
    return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  }

  /** Gives up hope; a place that is kept goes to the next. Again gives the same answer. @throws AppError NOT_FOUND, WAITLIST_STATE */
  leave(actor: CitizenActor, entryId: string): Promise<WaitlistEntry> {
    return this.act(actor, entryId, async (em, entry) => {
      if (entry.state === 'left') return {};
      const step = decideWaitlist(entry.state, 'leave', 'citizen');
      if (!step.ok) throw new AppError(step.code);
      if (entry.state === 'offered') await this.giveUp(em, entry);
      return { state: step.next, openMark: null, bookingId: null, endedAt: this.clock.now() };
    });
  }

  /** Passes this place on and goes on waiting, behind those who let fewer pass. @throws AppError NOT_FOUND, WAITLIST_STATE */
  decline(actor: CitizenActor, entryId: string): Promise<WaitlistEntry> {
    return this.act(actor, entryId, async (em, entry) => {
      const step = decideWaitlist(entry.state, 'decline', 'citizen');
      if (!step.ok) throw new AppError(step.code);
      await this.giveUp(em, entry);
      return { state: step.next, bookingId: null, passed: entry.passed + 1 };
    });
  }

  private async act(
    { citizenId }: CitizenActor,
    entryId: string,
    work: (em: EntityManager, entry: WaitlistEntryEntity) => Promise<Partial<WaitlistEntryEntity>>,
  ): Promise<WaitlistEntry> {
    const row = await this.transactions.run(async (em) => {
      const entry = await lockEntry(em, entryId);
      if (entry?.citizenId !== citizenId) throw new AppError('NOT_FOUND');
      const change = await work(em, entry);
      if (Object.keys(change).length > 0) await em.update(WaitlistEntryEntity, { id: entryId }, change);
      return Object.assign(entry, change);
    });
    return this.views.ofCitizen(row);
  }

  /** @throws AppError WAITLIST_STATE where the offer was accepted or ran out in the meantime */
  private async giveUp(em: EntityManager, { bookingId }: WaitlistEntryEntity): Promise<void> {
    if (!bookingId) throw new AppError('WAITLIST_STATE');
    const slotIds = (await slotsOf(em, [bookingId])).get(bookingId) ?? [];
    const slots = await this.ledger.lock(em, slotIds);
    const booking = await em.findOne(BookingEntity, {
      where: { id: bookingId },
      lock: { mode: 'pessimistic_write' },
    });
    if (booking?.state !== 'held') throw new AppError('WAITLIST_STATE');
    await this.holds.end(em, slots, [bookingId]);
    await slots.write();
    await closeOffer(em, bookingId, 'declined', this.clock.now());
  }

  private answerAgain(earlier: WaitlistEntryEntity, input: WaitlistJoin): Promise<WaitlistEntry> {
    const same =
      earlier.itemId === input.itemId && earlier.day === input.day && earlier.hallId === input.hallId;
    if (!same) throw new AppError('REQUEST_ID_REUSED');
    return this.views.ofCitizen(earlier);
  }

  /** The times of the wished part of the day, none of which is free. */
  private async fullRows(
    visit: PlannedVisit,
    { day, part, kind, green }: WaitlistJoin,
  ): Promise<readonly SlotEntity[]> {
    const now = this.clock.now();
    if (!isShown(day, now, visit.rules)) throw new AppError('WAITLIST_DAY_NOT_OPEN');
    const ofDay = (await this.slots.ofDays(visit.queueId, [day])).get(day) ?? [];
    const offer = {
      ...visit,
      kind,
      audience: green ? ('green' as const) : ('public' as const),
      publicPlaces: this.releases.publicPlaces(ofDay, visit.rules, visit.policy),
    };
    const offered = offeredRows(ofDay, visit.rules, offer, now, visit.policy).filter(({ row }) =>
      inPartOfDay(minutesOfDay(row.startAt), part),
    );
    if (offered.length === 0) throw new AppError('WAITLIST_DAY_NOT_OPEN');
    const free = offered.find((each) => each.free > 0);
    if (free)
      throw new AppError('WAITLIST_PLACES_FREE', {
        slotId: free.row.id,
        start: free.row.startAt.toISOString(),
      });
    return offered.map(({ row }) => row);
  }

  /** What would stand in the way of a booking stands in the way of waiting for one. */
  private async refuse(
    em: EntityManager,
    { citizenId }: CitizenActor,
    personKey: string,
    { itemId, also, day, green }: WaitlistJoin,
    rows: readonly SlotEntity[],
    { policy }: PlannedVisit,
  ): Promise<void> {
    const now = this.clock.now();
    const history = (await readHistory(em, [personKey], now)).get(personKey) ?? [];
    const latest = rows.at(-1)?.startAt ?? addMinutes(now, 1);
    if (latest <= now) throw new AppError('SLOT_IN_PAST');
    const wanted = [itemId, ...also.map((each) => each.itemId)];
    const bar = sameItemBar(history, wanted, day) ?? bookingBar(day, historyOf(history), now, policy);
    if (bar) throw new AppError(bar.code, barDetails(bar, policy));
    if (green && !(await this.green.mayUse(em, personKey, citizenId, now)))
      throw new AppError('GREEN_EVIDENCE_REQUIRED');
    const open = await em.countBy(WaitlistEntryEntity, { citizenId, state: In(['waiting', 'offered']) });
    if (open >= MOST_OPEN) throw new AppError('WAITLIST_LIMIT_REACHED', { most: MOST_OPEN });
  }

  private toRow(
    { citizenId }: CitizenActor,
    { personKey, nameCipher, phoneCipher }: Person,
    input: WaitlistJoin,
    { queueId, items }: PlannedVisit,
  ): WaitlistEntryEntity {
    const { requestId, hallId, itemId, day, part, kind, green, persons, authorisationId } = input;
    return {
      id: newId(),
      citizenId,
      requestId,
      personKey,
      state: 'waiting',
      openMark: true,
      hallId,
      queueId,
      itemId,
      items: items.map(({ itemId: id, files }) => ({ itemId: id, files })),
      day,
      part,
      kind,
      green,
      persons,
      authorisationId: authorisationId ?? null,
      forNameCipher: nameCipher,
      forPhoneCipher: phoneCipher,
      passed: 0,
      bookingId: null,
      skipCode: null,
      skippedAt: null,
      endReason: null,
      joinedAt: this.clock.now(),
      endedAt: null,
    };
  }
}
