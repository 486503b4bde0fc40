import { addDays, addMinutes, dayOf, type BookingChannel, type Contingent } from '@haoban/domain';
import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { newId } from '../common/id.js';
import { insertRows } from '../db/insert-rows.js';
import { CitizensService } from '../identity/citizens.service.js';
import { Outbox } from '../outbox/outbox.service.js';
import { newBookingCode } from './booking-code.js';
import { noticeOf } from './booking-offer.js';
import { bookingTell } from './booking-tell.js';
import { BookingEntity } from './booking.entity.js';
import { HoldsService } from './holds.service.js';
import { SlotLedger, type LockedSlots } from './slot-ledger.js';
import type { SlotEntity } from './slot.entity.js';
import { decideTake, type EarlierBooking } from './take-decision.js';
import type { PlacedVisit } from './visits.service.js';

/** How far back no-shows and monthly limits look. */
const HISTORY_DAYS = 120;

/** Whose matter it is: the account's owner, or somebody whom the caller has made sure of already. */
export type ForWhom =
  | { readonly kind: 'self' }
  | {
      readonly kind: 'other';
      readonly personKey: string;
      readonly authorisationId: string | null;
      readonly nameCipher: string | null;
      readonly phoneCipher: string | null;
    };

export interface TakeIntent {
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
  readonly waitlistId?: string;
  readonly overrideLimits?: boolean;
}

export type TakeOutcome = BookingEntity | AppError;

type HistoryRow = Omit<EarlierBooking, 'itemIds'> & {
  personKey: string;
  citizenId: string | null;
  holdUntil: Date | null;
  itemId: string;
};

interface Person {
  readonly personKey: string;
  history: EarlierBooking[];
}

interface Facts {
  readonly now: Date;
  readonly people: ReadonlyMap<TakeIntent, Person | AppError>;
  readonly slots: LockedSlots;
  /** `slotId personKey` */
  readonly gaveBack: ReadonlySet<string>;
}

/**
 * Takes places for many people in one transaction, each with an outcome of their own: people who ask at the same time share the round
 * trips and the commit. Lock order: citizens by id → slots by id → bookings.
 */
@Injectable()
export class BookingTake {
  constructor(
    private readonly citizens: CitizensService,
    private readonly ledger: SlotLedger,
    private readonly holds: HoldsService,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** In the order of the intents; who comes first gets the place. */
  async take(em: EntityManager, intents: readonly TakeIntent[]): Promise<TakeOutcome[]> {
    const citizens = await this.citizens.lockMany(
      em,
      intents.flatMap(({ citizenId }) => citizenId ?? []),
    );
    const answered = await answeredBefore(em, intents);
    const open = intents.filter((intent) => !answered.has(keyOf(intent)));
    const facts = open.length > 0 ? await this.look(em, open, citizens) : undefined;
    const made: { booking: BookingEntity; intent: TakeIntent; run: readonly SlotEntity[] }[] = [];
    const outcomes = intents.map((intent): TakeOutcome => {
      const earlier = answered.get(keyOf(intent));
      if (earlier) return isSame(earlier, intent) ? earlier : new AppError('REQUEST_ID_REUSED');
      if (!facts) throw new Error('An open intent without facts');
      const outcome = this.decide(intent, facts);
      if (outcome instanceof AppError) return outcome;
      made.push({ ...outcome, intent });
      answered.set(keyOf(intent), outcome.booking);
      return outcome.booking;
    });
    await facts?.slots.write();
    await this.write(em, made);
    return outcomes;
  }

  /** Everything that decides, read under lock. */
  private async look(
    em: EntityManager,
    intents: readonly TakeIntent[],
    citizens: ReadonlyMap<string, { personKey: string | null }>,
  ): Promise<Facts> {
    const now = this.clock.now();
    const keys = intents.map((intent) => personKeyOf(intent, citizens));
    const rows = await history(
      em,
      keys.filter((key) => typeof key === 'string'),
      now,
    );
    const replaced = await this.holds.replacedBy(em, intents);
    const slotIds = intents.flatMap(({ visit }) => visit.runIds);
    const slots = await this.ledger.lock(em, [...slotIds, ...replaced.slotIds]);
    await this.holds.endReplaced(em, slots, replaced);
    await this.holds.sweepFull(em, slots, slotIds, now);
    const byPerson = groupHistory(rows.filter(({ id }) => !replaced.ids.has(id)));
    const people = new Map<TakeIntent, Person | AppError>();
    const known = new Map<string, Person>();
    intents.forEach((intent, index) => {
      const key = keys[index];
      if (typeof key !== 'string') {
        people.set(intent, key ?? new AppError('REAL_NAME_REQUIRED'));
        return;
      }
      const person = known.get(key) ?? { personKey: key, history: byPerson.get(key) ?? [] };
      known.set(key, person);
      people.set(intent, person);
    });
    return { now, people, slots, gaveBack: await gaveBack(em, slotIds, [...known.keys()]) };
  }

  private decide(
    intent: TakeIntent,
    { now, people, slots, gaveBack: returned }: Facts,
  ): AppError | { booking: BookingEntity; run: readonly SlotEntity[] } {
    const person = people.get(intent);
    if (!person || person instanceof AppError) return person ?? new AppError('REAL_NAME_REQUIRED');
    const { visit, audience } = intent;
    const { policy, rules, release, itemClass, places, items } = visit;
    const run = visit.runIds.length > 0 ? slots.run(visit.runIds) : undefined;
    const decision = decideTake(
      {
        itemIds: items.map(({ itemId }) => itemId),
        run,
        release,
        noticeMinutes: noticeOf(visit.slot, rules, policy),
        history: person.history,
        gaveBack: visit.runIds.some((id) => returned.has(`${id} ${person.personKey}`)),
        byStaff: audience === 'internal' || intent.waitlistId !== undefined,
        overrideLimits: intent.overrideLimits ?? false,
      },
      now,
      policy,
    );
    if (!decision.ok) return new AppError(decision.code);
    if (!run) return new AppError('SLOT_CLOSED');
    const claim = slots.claim(run, { audience, places, itemClass });
    if (!claim.ok) return new AppError(claim.code);
    const booking = toRow(intent, person.personKey, run, claim.next, now);
    const { id, hallId, day, startAt, state } = booking;
    person.history = [
      ...person.history,
      { id, hallId, day, startAt, state, itemIds: items.map(({ itemId }) => itemId) },
    ];
    return { booking, run };
  }

  private async write(
    em: EntityManager,
    made: readonly { booking: BookingEntity; intent: TakeIntent; run: readonly SlotEntity[] }[],
  ): Promise<void> {
    await insertRows(
      em,
      'booking',
      made.map(({ booking }) => booking),
    );
    await insertRows(
      em,
      'booking_slot',
      made.flatMap(({ booking, run }) => run.map(({ id }) => ({ bookingId: booking.id, slotId: id }))),
    );
    await insertRows(
      em,
      'booking_item',
      made.flatMap(({ booking, intent }) =>
        intent.visit.items.map(({ itemId, files }, position) => ({
          bookingId: booking.id,
          position,
          itemId,
          files,
        })),
      ),
    );
    const tells = made.flatMap(({ booking, intent }) =>
      booking.state === 'confirmed' && booking.citizenId
        ? [bookingTell('booking_confirmed', booking, booking.citizenId, intent.visit.names)]
        : [],
    );
    await this.outbox.addMany(em, 'notifications.tell', tells);
  }
}

const keyOf = ({ requesterId, requestId }: { requesterId: string; requestId: string }): string =>
  `${requesterId} ${requestId}`;

function isSame(earlier: BookingEntity, { visit }: TakeIntent): boolean {
  return earlier.slotId === visit.slotId && earlier.itemId === visit.items[0]?.itemId;
}

function personKeyOf(
  { forWhom, citizenId }: TakeIntent,
  citizens: ReadonlyMap<string, { personKey: string | null }>,
): string | AppError {
  const citizen = citizenId ? citizens.get(citizenId) : undefined;
  if (citizenId && !citizen) return new AppError('NOT_FOUND');
  if (forWhom.kind === 'other') return forWhom.personKey;
  return citizen?.personKey ?? new AppError('REAL_NAME_REQUIRED');
}

async function answeredBefore(
  em: EntityManager,
  intents: readonly TakeIntent[],
): Promise<Map<string, BookingEntity>> {
  const rows = await em.findBy(BookingEntity, {
    requesterId: In(intents.map(({ requesterId }) => requesterId)),
    requestId: In(intents.map(({ requestId }) => requestId)),
  });
  return new Map(rows.map((row) => [keyOf(row), row]));
}

async function history(em: EntityManager, keys: readonly string[], now: Date): Promise<HistoryRow[]> {
  if (keys.length === 0) return [];
  const rows = await em.query<HistoryRow[]>(
    `SELECT booking.id, person_key AS personKey, citizen_id AS citizenId, hall_id AS hallId, \`day\`, start_at AS startAt,
        state, hold_until AS holdUntil, booking_item.item_id AS itemId
      FROM booking JOIN booking_item ON booking_item.booking_id = booking.id
      WHERE person_key IN (?) AND \`day\` >= ? AND state IN ('held', 'confirmed', 'checked_in', 'no_show') AND excused = 0`,
    [keys, addDays(dayOf(now), -HISTORY_DAYS)],
  );
  return rows.filter(({ state, holdUntil }) => state !== 'held' || (holdUntil !== null && holdUntil > now));
}

function groupHistory(rows: readonly HistoryRow[]): Map<string, EarlierBooking[]> {
  const bookings = new Map<string, { row: HistoryRow; itemIds: string[] }>();
  for (const row of rows) {
    const known = bookings.get(row.id);
    if (known) known.itemIds.push(row.itemId);
    else bookings.set(row.id, { row, itemIds: [row.itemId] });
  }
  const byPerson = new Map<string, EarlierBooking[]>();
  for (const { row, itemIds } of bookings.values()) {
    const list = byPerson.get(row.personKey) ?? [];
    list.push({ ...row, itemIds });
    byPerson.set(row.personKey, list);
  }
  return byPerson;
}

async function gaveBack(
  em: EntityManager,
  slotIds: readonly string[],
  keys: readonly string[],
): Promise<Set<string>> {
  if (slotIds.length === 0 || keys.length === 0) return new Set();
  const rows = await em.query<{ slotId: string; personKey: string }[]>(
    'SELECT slot_id AS slotId, person_key AS personKey FROM slot_return WHERE slot_id IN (?) AND person_key IN (?)',
    [[...new Set(slotIds)], keys],
  );
  return new Set(rows.map(({ slotId, personKey }) => `${slotId} ${personKey}`));
}

function toRow(
  intent: TakeIntent,
  personKey: string,
  run: readonly SlotEntity[],
  contingent: Contingent,
  now: Date,
): BookingEntity {
  const [first] = run;
  const last = run.at(-1);
  const [item] = intent.visit.items;
  if (!first || !last || !item) throw new RangeError('A visit without a slot or an item');
  const { forWhom, visit, holdMinutes } = intent;
  const other = forWhom.kind === 'other' ? forWhom : undefined;
  return {
    id: newId(),
    citizenId: intent.citizenId,
    requesterId: intent.requesterId,
    requestId: intent.requestId,
    personKey,
    code: newBookingCode(),
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
    holdUntil: holdMinutes === undefined ? null : addMinutes(now, holdMinutes),
    authorisationId: other?.authorisationId ?? null,
    forNameCipher: other?.nameCipher ?? null,
    forPhoneCipher: other?.phoneCipher ?? null,
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
