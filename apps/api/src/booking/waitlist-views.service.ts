import {
  availableWaitlistActions,
  errorCatalogue,
  formatClock,
  isErrorCode,
  maskPhone,
  minutesOfDay,
  partsMeet,
  waitlistOrder,
  type WaitlistState,
} from '@haoban/domain';
import type { HallWaitlistEntry, WaitlistEntry } from '@haoban/contracts';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, type Repository } from 'typeorm';
import { Clock } from '../common/clock.js';
import { GuideService } from '../guide/guide.service.js';
import { CitizensService } from '../identity/citizens.service.js';
import { PersonCipher } from '../identity/person-cipher.js';
import { BookingEntity } from './booking.entity.js';
import { PrincipalNames } from './principal-names.service.js';
import { WaitlistEntryEntity } from './waitlist.entity.js';

type Common = Omit<HallWaitlistEntry, 'personName' | 'phone' | 'agentName'>;
type NamesOf = (row: WaitlistEntryEntity) => Pick<Common, 'itemName' | 'hallName' | 'queueName' | 'items'>;

interface Facts {
  readonly names: NamesOf;
  readonly forName: (row: WaitlistEntryEntity) => string | null;
  readonly bookings: ReadonlyMap<string, BookingEntity>;
  /** By entry: how many are asked before. */
  readonly ahead: ReadonlyMap<string, number>;
}

/** How entries of the waitlist are shown. */
@Injectable()
export class WaitlistViews {
  constructor(
    @InjectRepository(WaitlistEntryEntity) private readonly entries: Repository<WaitlistEntryEntity>,
    @InjectRepository(BookingEntity) private readonly bookings: Repository<BookingEntity>,
    private readonly guide: GuideService,
    private readonly citizens: CitizensService,
    private readonly cipher: PersonCipher,
    private readonly principals: PrincipalNames,
    private readonly clock: Clock,
  ) {}

  async ofCitizen(row: WaitlistEntryEntity): Promise<WaitlistEntry> {
    const facts = await this.facts([row]);
    return this.toEntry(row, facts);
  }

  async ofCitizens(rows: readonly WaitlistEntryEntity[]): Promise<WaitlistEntry[]> {
    const facts = await this.facts(rows);
    return rows.map((row) => this.toEntry(row, facts));
  }

  /** Masked. */
  async ofHall(rows: readonly WaitlistEntryEntity[]): Promise<HallWaitlistEntry[]> {
    const facts = await this.facts(rows);
    const people = await this.citizens.maskedNames(rows.map(({ citizenId }) => citizenId));
    return rows.map((row) => {
      const account = people.get(row.citizenId);
      const forName = facts.forName(row);
      const ownPhone = row.forPhoneCipher && maskPhone(this.cipher.openPhone(row.forPhoneCipher));
      return {
        ...this.common(row, facts),
        personName: forName ?? account?.name ?? '—',
        phone: ownPhone ?? account?.phone ?? null,
        agentName: forName === null ? null : (account?.name ?? null),
      };
    });
  }

  private toEntry(row: WaitlistEntryEntity, facts: Facts): WaitlistEntry {
    const common = this.common(row, facts);
    return {
      ...common,
      forName: facts.forName(row),
      lineText: lineText(common),
      bookingId: common.state === 'booked' ? row.bookingId : null,
      actions: availableWaitlistActions(common.state, 'citizen').filter(
        (action): action is WaitlistEntry['actions'][number] =>
          action === 'leave' || (common.offer !== null && (action === 'accept' || action === 'decline')),
      ),
    };
  }

  private common(row: WaitlistEntryEntity, { names, bookings, ahead }: Facts): Common {
    const booking = row.bookingId ? bookings.get(row.bookingId) : undefined;
    const state = stateNow(row, booking, this.clock.now());
    return {
      id: row.id,
      state,
      itemId: row.itemId,
      hallId: row.hallId,
      queueId: row.queueId,
      ...names(row),
      day: row.day,
      part: row.part,
      kind: row.kind,
      green: row.green,
      persons: row.persons,
      joinedAt: row.joinedAt.toISOString(),
      ahead: state === 'waiting' ? (ahead.get(row.id) ?? 0) : null,
      passed: row.passed,
      offer: state === 'offered' && booking ? toOffer(booking) : null,
      skipped: state === 'waiting' ? toSkip(row) : null,
      endReason: row.endReason,
    };
  }

  private async facts(rows: readonly WaitlistEntryEntity[]): Promise<Facts> {
    const ids = rows.flatMap(({ bookingId }) => bookingId ?? []);
    const [catalogue, bookings, ahead, forName] = await Promise.all([
      this.guide.catalogue(),
      ids.length > 0 ? this.bookings.findBy({ id: In(ids) }) : [],
      this.aheadOf(rows.filter(({ state }) => state === 'waiting' || state === 'offered')),
      this.principals.lookUp(rows),
    ]);
    const itemName = (id: string) => catalogue.items.get(id)?.name ?? '';
    return {
      names: ({ itemId, hallId, queueId, items }) => ({
        itemName: itemName(itemId),
        hallName: catalogue.halls.get(hallId)?.name ?? '',
        queueName: catalogue.queues.get(queueId)?.name ?? '',
        items: items.map((each) => ({ ...each, itemName: itemName(each.itemId) })),
      }),
      bookings: new Map(bookings.map((booking) => [booking.id, booking])),
      ahead,
      forName,
    };
  }

  private async aheadOf(rows: readonly WaitlistEntryEntity[]): Promise<Map<string, number>> {
    const ahead = new Map<string, number>();
    const shown = new Set(rows.map(({ id }) => id));
    const days = new Map(rows.map(({ queueId, day }) => [`${queueId} ${day}`, { queueId, day }]));
    for (const at of days.values()) {
      const waiting = await this.entries.find({
        select: { id: true, joinedAt: true, passed: true, green: true, kind: true, part: true },
        where: { ...at, state: 'waiting' },
      });
      const order = waitlistOrder(waiting);
      order.forEach((entry, index) => {
        if (!shown.has(entry.id)) return;
        const before = order.slice(0, index);
        const rivals = before.filter(({ kind, part }) => kind === entry.kind && partsMeet(part, entry.part));
        ahead.set(entry.id, rivals.length);
      });
    }
    return ahead;
  }
}

/** What the booking says comes before what the entry still has to be told by the next run of the job. */
function stateNow(row: WaitlistEntryEntity, booking: BookingEntity | undefined, now: Date): WaitlistState {
  if (row.state !== 'offered' || !booking) return row.state;
  if (booking.state === 'held') return booking.holdUntil && booking.holdUntil > now ? 'offered' : 'waiting';
  return booking.state === 'expired' ? 'waiting' : 'booked';
}

function toOffer({ id, slotId, startAt, endAt, holdUntil }: BookingEntity) {
  return {
    bookingId: id,
    slotId,
    start: startAt.toISOString(),
    end: endAt.toISOString(),
    startTime: formatClock(minutesOfDay(startAt)),
    endTime: formatClock(minutesOfDay(endAt)),
    until: (holdUntil ?? startAt).toISOString(),
  };
}

function toSkip({ skipCode, skippedAt }: WaitlistEntryEntity): Common['skipped'] {
  if (!skipCode || !skippedAt || !isErrorCode(skipCode)) return null;
  return { code: skipCode, message: errorCatalogue[skipCode].message, at: skippedAt.toISOString() };
}

function lineText({ state, ahead, offer }: Common): string | null {
  if (state === 'waiting') return ahead === 0 ? '前面没有人，您排在第一位' : `前面还有 ${ahead ?? 0} 人`;
  if (!offer) return null;
  return `名额为您保留到 ${formatClock(minutesOfDay(new Date(offer.until)))}，请尽快确认`;
}
