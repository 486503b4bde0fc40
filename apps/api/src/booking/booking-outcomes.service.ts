import {
  decideBooking,
  suspensionBy,
  type BookingSettings,
  type BookingState,
  type LocalDay,
} from '@haoban/domain';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, type EntityManager, type Repository } from 'typeorm';
import type { StaffActor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { Transactions } from '../db/transactions.js';
import { Outbox } from '../outbox/outbox.service.js';
import type { Tell } from '../outbox/topics.js';
import { recordChanges } from './booking-changes.js';
import { readHistory } from './booking-history.js';
import { BookingPolicies } from './booking-policies.service.js';
import { BookingPrincipals } from './booking-principals.js';
import { BookingEntity } from './booking.entity.js';
import type { BookingNames } from './booking.mapper.js';
import { BookingService } from './booking.service.js';
import { missedTell, principalMissedTell, shutTell } from './missed-tell.js';
import { principalCancelledTell } from './principal-tell.js';
import { historyOf } from './take-decision.js';

/** How a booked time ended without a check-in: nobody came, it was held elsewhere than in the hall, or the hall was shut. */
export type Outcome = 'missed' | 'served' | 'shut';

export type Seen = Pick<BookingEntity, 'id' | 'version'>;

/** What messages need to know, by booking; looked up before, for inside the transaction nothing else may ask for a connection. */
export type KnownOf = ReadonlyMap<
  string,
  { readonly names: BookingNames; readonly settings: BookingSettings }
>;

interface Ended {
  readonly outcome: Outcome;
  readonly known: KnownOf;
  /** Without one it was the system. */
  readonly actor?: StaffActor;
  readonly note?: string | null;
}

const SHUT = '中心在预约时间临时不对外服务';
const actionOf = { missed: 'markNoShow', served: 'serve', shut: 'cancel' } as const;

/** What becomes of bookings whose time has passed: their state, their history, and who is told. */
@Injectable()
export class BookingOutcomes {
  constructor(
    @InjectRepository(BookingEntity) private readonly rows: Repository<BookingEntity>,
    private readonly transactions: Transactions,
    private readonly bookings: BookingService,
    private readonly policies: BookingPolicies,
    private readonly principals: BookingPrincipals,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async knownOf(rows: readonly BookingEntity[]): Promise<KnownOf> {
    const names = await this.bookings.namesOfAll(rows);
    const known = rows.map(async ({ id, hallId }, index) => {
      const settings = await this.policies.forHall(hallId);
      const own = names[index];
      return own ? [[id, { names: own, settings }] as const] : [];
    });
    return new Map((await Promise.all(known)).flat());
  }

  /** One transaction. Whoever checked in, or was given another time, since the bookings were looked at keeps that. */
  async endAll(seen: readonly { readonly booking: Seen; readonly outcome: Outcome }[]): Promise<void> {
    const outcomes = new Map(seen.map(({ booking, outcome }) => [booking.id, { ...booking, outcome }]));
    const where = { id: In([...outcomes.keys()]) };
    const known = await this.knownOf(await this.rows.findBy(where));
    await this.transactions.run(async (em) => {
      const rows = await em.find(BookingEntity, {
        where,
        order: { id: 'ASC' },
        lock: { mode: 'pessimistic_write' },
      });
      const still = rows.filter(
        ({ id, state, version }) => state === 'confirmed' && version === outcomes.get(id)?.version,
      );
      for (const outcome of ['missed', 'served', 'shut'] as const) {
        const ended = still.filter(({ id }) => outcomes.get(id)?.outcome === outcome);
        await this.end(em, ended, { outcome, known });
      }
    });
  }

  /** The rows must be locked; they are as they were written after. @throws AppError BOOKING_STATE, FORBIDDEN */
  async end(em: EntityManager, rows: readonly BookingEntity[], ended: Ended): Promise<void> {
    if (rows.length === 0) return;
    const { outcome, actor, note } = ended;
    const now = this.clock.now();
    const [state] = rows.map((row) => nextState(row.state, outcome, actor));
    const change = { state, ...(outcome === 'shut' && { cancelReason: SHUT, cancelledAt: now }) };
    await em.update(BookingEntity, { id: In(rows.map(({ id }) => id)) }, change);
    for (const row of rows) Object.assign(row, change);
    // A cancellation by the system is told from the booking itself.
    if (outcome !== 'shut') {
      const action = outcome === 'missed' ? ('no_show' as const) : ('serve' as const);
      const by = { at: now, action, reason: note ?? null, ...(actor && { actor }) };
      await recordChanges(
        em,
        rows.map(({ id }) => ({ ...by, bookingId: id })),
      );
    }
    // Of what was held as promised there is nothing to say.
    if (outcome !== 'served') await this.tell(em, rows, outcome, ended.known);
  }

  private async tell(
    em: EntityManager,
    rows: readonly BookingEntity[],
    outcome: 'missed' | 'shut',
    known: KnownOf,
  ): Promise<void> {
    const suspended = outcome === 'missed' ? await this.suspensions(em, rows, known) : undefined;
    const principalOf = await this.principals.accountsOf(em, rows);
    const tells = rows.flatMap((row): Tell[] => {
      const names = known.get(row.id)?.names;
      if (!names || !row.citizenId) return [];
      const until = suspended?.get(row.id);
      const own = suspended
        ? missedTell(row, row.citizenId, names, until)
        : shutTell(row, row.citizenId, names, SHUT);
      const to = principalOf(row);
      if (!to) return [own];
      const theirs = suspended
        ? principalMissedTell(own, to, row, names, until)
        : principalCancelledTell(own, to, row, names, SHUT);
      return [own, theirs];
    });
    await this.outbox.addMany(em, 'notifications.tell', tells);
  }

  /** By booking, where it is the one that suspends: the first day on which its person may book again. */
  private async suspensions(
    em: EntityManager,
    rows: readonly BookingEntity[],
    known: KnownOf,
  ): Promise<ReadonlyMap<string, LocalDay>> {
    const now = this.clock.now();
    const own = new Set(rows.map(({ id }) => id));
    const people = [...new Set(rows.map(({ personKey }) => personKey))];
    const missed = new Map<string, Date[]>();
    for (const [person, bookings] of await readHistory(em, people, now, own))
      missed.set(person, [...historyOf(bookings).noShowsAt]);
    const suspended = new Map<string, LocalDay>();
    for (const { id, personKey, startAt } of [...rows].sort((a, b) => +a.startAt - +b.startAt)) {
      const earlier = missed.get(personKey) ?? [];
      const rule = known.get(id)?.settings.noShow;
      const until = rule && suspensionBy(startAt, earlier, now, rule);
      if (until !== undefined) suspended.set(id, until);
      missed.set(personKey, [...earlier, startAt]);
    }
    return suspended;
  }
}

function nextState(state: BookingState, outcome: Outcome, actor: StaffActor | undefined): BookingState {
  const step = decideBooking(state, actionOf[outcome], actor?.role ?? 'system');
  if (!step.ok) throw new AppError(step.code);
  return step.next;
}
