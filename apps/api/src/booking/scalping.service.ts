import {
  addDays,
  dayOf,
  rebookings,
  scalpingLimits,
  startOfDay,
  suspiciousRebookings,
  type CancelAct,
  type Rebooking,
  type ScalpingKind,
} from '@haoban/domain';
import type { ScalpingAct, ScalpingSignal } from '@haoban/contracts';
import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import type { RateLimitRule } from '../common/rate-limit.js';
import { RefusalTally } from '../common/refusal-tally.js';
import { GuideService } from '../guide/guide.service.js';
import { CitizensService } from '../identity/citizens.service.js';
import { BookingPeople } from './booking-people.service.js';
import { ScalpingFacts, type ActRow } from './scalping-facts.service.js';

const SHOWN_ACTS = 50;
const PLACE_TALLY = 'booking.place';

/**
 * For every way to a place together: a person picks a time now and then, a script tries every second, and by turns. Counted for the account,
 * which is one real person, also where it acts for others; who is refused is a signal.
 */
export const placeLimits: readonly RateLimitRule[] = [
  { points: 30, seconds: 60, by: 'actor', shared: PLACE_TALLY, tally: PLACE_TALLY },
];

interface Period {
  readonly hallId: string;
  readonly since: Date;
  readonly days: number;
}

/** Signs of trading with places at one hall, each with the acts behind it. A hint to look closer: nothing is refused because of it. */
@Injectable()
export class ScalpingService {
  constructor(
    private readonly facts: ScalpingFacts,
    private readonly tally: RefusalTally,
    private readonly people: BookingPeople,
    private readonly citizens: CitizensService,
    private readonly guide: GuideService,
    private readonly clock: Clock,
  ) {}

  /** Newest first. */
  async signals(actor: StaffActor, days: number): Promise<{ since: string; items: ScalpingSignal[] }> {
    const since = startOfDay(addDays(dayOf(this.clock.now()), 1 - days));
    if (!actor.hallId) return { since: since.toISOString(), items: [] };
    const period = { hallId: actor.hallId, since, days };
    const found = await Promise.all([
      this.manyCancels(period),
      this.cancelThenRebooked(period),
      this.manyPrincipals(period),
      this.unusedHolds(period),
      this.rateLimited(period),
    ]);
    const items = found.flat().sort((a, b) => (a.lastAt < b.lastAt ? 1 : -1));
    return { since: since.toISOString(), items };
  }

  private async manyCancels({ hallId, since, days }: Period): Promise<ScalpingSignal[]> {
    const rows = await this.facts.cancelled(hallId, since, scalpingLimits.cancels);
    return this.byPerson(rows, 'many_cancels', (own) => ({
      text: `${days} 天内取消了 ${own.length} 次预约`,
      acts: own.map((row) => ({ row, at: row.cancelledAt ?? row.createdAt, what: '取消预约' })),
    }));
  }

  private async unusedHolds({ hallId, since, days }: Period): Promise<ScalpingSignal[]> {
    const rows = await this.facts.unusedHolds(hallId, since, scalpingLimits.unusedHolds);
    return this.byPerson(rows, 'unused_holds', (own) => ({
      text: `${days} 天内占住名额 ${own.length} 次没有确认`,
      acts: own.map((row) => ({ row, at: row.createdAt, what: '占住名额，没有确认' })),
    }));
  }

  private async manyPrincipals({ hallId, since, days }: Period): Promise<ScalpingSignal[]> {
    const rows = await this.facts.forOthers(hallId, since, scalpingLimits.principals);
    const accounts = await this.citizens.maskedNames(rows.flatMap(({ citizenId }) => citizenId ?? []));
    const others = await this.people.maskedNames(rows.map(({ personKey }) => personKey));
    return Promise.all(
      [...groupBy(rows, ({ citizenId }) => citizenId ?? '')].map(async ([citizenId, own]) => {
        const principals = new Set(own.map(({ personKey }) => personKey)).size;
        const acts = own.map((row) => ({
          row,
          at: row.createdAt,
          what: '代为预约',
          otherName: others.get(row.personKey) ?? null,
        }));
        return {
          kind: 'many_principals' as const,
          text: `${days} 天内替 ${principals} 个不同的人或单位预约`,
          personName: accounts.get(citizenId)?.name ?? '—',
          idNumber: null,
          count: principals,
          ...(await this.listed(acts)),
        };
      }),
    );
  }

  private async cancelThenRebooked({ hallId, since, days }: Period): Promise<ScalpingSignal[]> {
    const { cancels, taken, rows } = await this.facts.rebooked(
      hallId,
      since,
      scalpingLimits.rebookedWithinMinutes,
    );
    const found = rebookings(cancels, taken, scalpingLimits.rebookedWithinMinutes);
    const suspicious = [...groupBy(found, ({ cancel }) => cancel.personKey)].filter(([, own]) =>
      suspiciousRebookings(own, scalpingLimits),
    );
    const names = await this.people.maskedNames(
      suspicious.flatMap(([personKey, own]) => [personKey, ...own.map((each) => each.taken.personKey)]),
    );
    return Promise.all(
      suspicious.map(async ([personKey, own]) => ({
        kind: 'cancel_then_rebooked' as const,
        text: `${days} 天内取消的名额有 ${own.length} 次在放出后 ${scalpingLimits.rebookedWithinMinutes} 分钟内被他人约走`,
        personName: names.get(personKey) ?? '—',
        idNumber: await this.people.maskedIdNumber(personKey),
        count: own.length,
        ...(await this.listed(own.flatMap((each) => rebookingAct(each, rows, names)))),
      })),
    );
  }

  /** City-wide, for the limit does not know the hall; left out are those who only ever booked elsewhere. */
  private async rateLimited({ hallId, days }: Period): Promise<ScalpingSignal[]> {
    const refused = await this.tally.read(PLACE_TALLY, days);
    const byAccount = [...groupBy(refused, ({ key }) => key)]
      .map(([citizenId, own]) => ({
        citizenId,
        own,
        count: own.reduce((sum, each) => sum + each.count, 0),
      }))
      .filter(({ count }) => count >= scalpingLimits.refusals);
    const elsewhere = await this.facts.onlyElsewhere(
      hallId,
      byAccount.map(({ citizenId }) => citizenId),
    );
    const names = await this.citizens.maskedNames(byAccount.map(({ citizenId }) => citizenId));
    return byAccount
      .filter(({ citizenId }) => names.has(citizenId) && !elsewhere.has(citizenId))
      .map(({ citizenId, own, count }) => {
        const acts = own
          .sort((a, b) => b.lastAt.getTime() - a.lastAt.getTime())
          .map((each) => emptyAct(each.lastAt, `当天 ${each.count} 次操作过于频繁，被拒绝`));
        return {
          kind: 'rate_limited' as const,
          text: `${days} 天内 ${count} 次操作过于频繁，被拒绝`,
          personName: names.get(citizenId)?.name ?? '—',
          idNumber: null,
          count,
          lastAt: acts[0]?.at ?? this.clock.now().toISOString(),
          acts: acts.slice(0, SHOWN_ACTS),
        };
      });
  }

  private async byPerson(
    rows: readonly ActRow[],
    kind: ScalpingKind,
    describe: (own: readonly ActRow[]) => { text: string; acts: readonly RowAct[] },
  ): Promise<ScalpingSignal[]> {
    const names = await this.people.maskedNames(rows.map(({ personKey }) => personKey));
    return Promise.all(
      [...groupBy(rows, ({ personKey }) => personKey)].map(async ([personKey, own]) => {
        const { text, acts } = describe(own);
        return {
          kind,
          text,
          personName: names.get(personKey) ?? '—',
          idNumber: await this.people.maskedIdNumber(personKey),
          count: own.length,
          ...(await this.listed(acts)),
        };
      }),
    );
  }

  private async listed(acts: readonly RowAct[]): Promise<Pick<ScalpingSignal, 'lastAt' | 'acts'>> {
    const { items, queues } = await this.guide.catalogue();
    const newest = [...acts].sort((a, b) => b.at.getTime() - a.at.getTime());
    return {
      lastAt: (newest[0]?.at ?? this.clock.now()).toISOString(),
      acts: newest.slice(0, SHOWN_ACTS).map(({ row, at, what, otherName = null }) => ({
        at: at.toISOString(),
        what,
        bookingId: row.id,
        code: row.code,
        itemName: items.get(row.itemId)?.name ?? null,
        queueName: queues.get(row.queueId)?.name ?? null,
        start: row.startAt.toISOString(),
        otherName,
      })),
    };
  }
}

interface RowAct {
  readonly row: ActRow;
  readonly at: Date;
  readonly what: string;
  readonly otherName?: string | null;
}

function rebookingAct(
  { cancel, taken }: Rebooking & { readonly cancel: CancelAct },
  rows: ReadonlyMap<string, ActRow>,
  names: ReadonlyMap<string, string>,
): RowAct[] {
  const row = rows.get(cancel.bookingId);
  if (!row) return [];
  return [{ row, at: taken.at, what: '取消的名额被他人约走', otherName: names.get(taken.personKey) ?? null }];
}

function emptyAct(at: Date, what: string): ScalpingAct {
  return {
    at: at.toISOString(),
    what,
    bookingId: null,
    code: null,
    itemName: null,
    queueName: null,
    start: null,
    otherName: null,
  };
}

function groupBy<T>(all: readonly T[], keyOf: (each: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const each of all) groups.set(keyOf(each), [...(groups.get(keyOf(each)) ?? []), each]);
  return groups;
}
