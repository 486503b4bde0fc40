import { dayOf, mayRecord } from '@haoban/domain';
import type { HallBookingRow } from '@haoban/contracts';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import type { StaffActor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { CitizensService } from '../identity/citizens.service.js';
import { PersonCipher } from '../identity/person-cipher.js';
import { BookingEntity } from './booking.entity.js';
import { BookingService } from './booking.service.js';
import {
  afterRow,
  byCode,
  hallBookings,
  isPerson,
  needsPeople,
  searchText,
  type HallBookingFilter,
  type SearchText,
} from './hall-booking-query.js';

const BATCH = 500;
/** Names are sealed, so a search for one opens row by row; a page looks at so many and says where to go on. */
const SCANNED_PER_PAGE = 5_000;

interface Scan {
  readonly found: BookingEntity[];
  /** The last row that was looked at, where there may be more. */
  readonly goOn: BookingEntity | null;
}

/** The bookings of the actor's own hall: list, search, one of them. */
@Injectable()
export class HallBookingsService {
  constructor(
    @InjectRepository(BookingEntity) private readonly bookings: Repository<BookingEntity>,
    private readonly views: BookingService,
    private readonly citizens: CitizensService,
    private readonly cipher: PersonCipher,
    private readonly clock: Clock,
  ) {}

  /** By time. */
  async list(
    actor: StaffActor,
    { cursor, limit, ...filter }: HallBookingFilter & { cursor?: string | undefined; limit: number },
  ): Promise<{ items: HallBookingRow[]; nextCursor: string | null }> {
    const { hallId } = actor;
    if (!hallId) return { items: [], nextCursor: null };
    const after = cursor ? await this.bookings.findOneBy({ id: cursor, hallId }) : null;
    const { found, goOn } = await this.scan(hallId, filter, after, { want: limit, look: SCANNED_PER_PAGE });
    return { items: await this.toRows(found), nextCursor: goOn?.id ?? null };
  }

  async get(actor: StaffActor, bookingId: string): Promise<HallBookingRow> {
    return this.toRow(await this.getRow(actor, bookingId));
  }

  /** @throws AppError NOT_FOUND, for other halls' bookings too */
  async getRow({ hallId }: StaffActor, bookingId: string): Promise<BookingEntity> {
    const row = hallId ? await this.bookings.findOneBy({ id: bookingId, hallId }) : null;
    if (!row) throw new AppError('NOT_FOUND');
    return row;
  }

  /**
   * From `after` on, until `want` are found or `look` rows were looked at.
   * @returns `goOn` null at the end of the list
   */
  async scan(
    hallId: string,
    filter: HallBookingFilter,
    after: BookingEntity | null,
    { want, look }: { want: number; look: number },
  ): Promise<Scan> {
    const search = filter.q ? searchText(filter.q) : undefined;
    if (search && !search.code && !needsPeople(search)) return { found: [], goOn: null };
    const opens = search !== undefined && needsPeople(search);
    const found: BookingEntity[] = [];
    let last = after;
    for (let looked = 0; looked < look;) {
      const take = opens ? BATCH : Math.min(BATCH, want - found.length + 1);
      const rows = await this.batch(hallId, filter, last, take, opens ? undefined : search?.code);
      const matching = opens ? await this.matching(rows, search) : rows;
      for (const row of matching) {
        const full = found.at(-1);
        if (found.length === want && full) return { found, goOn: full };
        found.push(row);
      }
      if (rows.length < take) return { found, goOn: null };
      last = rows.at(-1) ?? null;
      looked += rows.length;
    }
    return { found, goOn: last };
  }

  async toRows(rows: readonly BookingEntity[]): Promise<HallBookingRow[]> {
    const now = this.clock.now();
    const shown = await this.views.toHallBookings(rows);
    return rows.flatMap((row, index): HallBookingRow[] => {
      const view = shown[index];
      if (!view) return [];
      return [
        {
          ...view,
          cancelReason: row.cancelReason,
          checkedInAt: row.checkedInAt?.toISOString() ?? null,
          reachable: row.citizenId !== null,
          actions: actionsOf(row, now),
        },
      ];
    });
  }

  async toRow(row: BookingEntity): Promise<HallBookingRow> {
    const [shown] = await this.toRows([row]);
    if (!shown) throw new AppError('NOT_FOUND');
    return shown;
  }

  private batch(
    hallId: string,
    filter: HallBookingFilter,
    after: BookingEntity | null,
    take: number,
    code: string | undefined,
  ): Promise<BookingEntity[]> {
    const query = hallBookings(this.bookings, hallId, filter, dayOf(this.clock.now()));
    if (code) byCode(query, code);
    if (after) afterRow(query, after);
    return query.take(take).getMany();
  }

  private async matching(rows: readonly BookingEntity[], search: SearchText): Promise<BookingEntity[]> {
    const owners = await this.citizens.whoAre(
      rows.flatMap(({ citizenId }) => citizenId ?? []),
      (person) => isPerson(search, person),
    );
    return rows.filter((row) => {
      if (search.code && row.code.startsWith(search.code)) return true;
      const { forNameCipher, forPhoneCipher, citizenId } = row;
      const named = {
        name: forNameCipher === null ? null : this.cipher.openName(forNameCipher),
        phone: forPhoneCipher === null ? null : this.cipher.openPhone(forPhoneCipher),
      };
      // Who books for somebody is found by the own name, too: it is the account's owner who calls the hall.
      return isPerson(search, named) || (citizenId !== null && owners.has(citizenId));
    });
  }
}

/** Before the booked time it is moved or called off; from then on staff record how a visit went that nobody checks in to. */
function actionsOf({ state, kind, startAt }: BookingEntity, now: Date): HallBookingRow['actions'] {
  if (state !== 'confirmed') return [];
  if (startAt > now) return ['move', 'cancel'];
  return mayRecord({ kind, startsAt: startAt }, now).ok ? ['serve', 'not_reached'] : [];
}
