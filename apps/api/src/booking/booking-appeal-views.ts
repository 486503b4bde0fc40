import type { Appeal, HallAppeal } from '@haoban/contracts';
import {
  appealStateTexts,
  availableAppealActions,
  dayOf,
  noShowsCounting,
  suspendedUntil,
  type StaffRole,
} from '@haoban/domain';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, type Repository } from 'typeorm';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { FieldCipher } from '../common/field-crypto.js';
import { GuideService } from '../guide/guide.service.js';
import { CitizensService } from '../identity/citizens.service.js';
import { BookingAppealEntity } from './booking-appeal.entity.js';
import { readHistory } from './booking-history.js';
import { BookingPolicies } from './booking-policies.service.js';
import { BookingEntity } from './booking.entity.js';
import { PrincipalNames } from './principal-names.service.js';
import { historyOf } from './take-decision.js';

const TEXT = 'appeal.text';

/** How an appeal shows, to the person and to the hall. */
@Injectable()
export class AppealViews {
  constructor(
    @InjectRepository(BookingEntity) private readonly bookings: Repository<BookingEntity>,
    private readonly guide: GuideService,
    private readonly policies: BookingPolicies,
    private readonly citizens: CitizensService,
    private readonly principals: PrincipalNames,
    private readonly cipher: FieldCipher,
    private readonly clock: Clock,
  ) {}

  sealText(text: string): string {
    return this.cipher.encrypt(TEXT, text);
  }

  textOf({ textCipher }: BookingAppealEntity): string {
    return this.cipher.decrypt(TEXT, textCipher);
  }

  async one(row: BookingAppealEntity): Promise<Appeal> {
    const [view] = await this.many([row]);
    if (!view) throw new AppError('NOT_FOUND');
    return view;
  }

  async many(rows: readonly BookingAppealEntity[]): Promise<Appeal[]> {
    const bookings = await this.bookingsOf(rows);
    const catalogue = await this.guide.catalogue();
    return rows.flatMap((row) => {
      const booking = bookings.get(row.bookingId);
      return booking ? [this.toAppeal(row, booking, catalogue)] : [];
    });
  }

  /** With what the manager has to weigh: who it is, masked, and what else was missed. */
  async forHall(rows: readonly BookingAppealEntity[], role: StaffRole): Promise<HallAppeal[]> {
    const now = this.clock.now();
    const bookings = await this.bookingsOf(rows);
    const all = [...bookings.values()];
    const [catalogue, people, histories, forName] = await Promise.all([
      this.guide.catalogue(),
      this.citizens.maskedNames(all.flatMap(({ citizenId }) => citizenId ?? [])),
      readHistory(this.bookings.manager, [...new Set(all.map(({ personKey }) => personKey))], now),
      this.principals.lookUp(all),
    ]);
    return Promise.all(
      rows
        .flatMap((row) => {
          const booking = bookings.get(row.bookingId);
          return booking ? [{ row, booking }] : [];
        })
        .map(async ({ row, booking }): Promise<HallAppeal> => {
          const { citizenId, personKey, startAt } = booking;
          const { noShow } = await this.policies.forHall(row.hallId);
          const { noShowsAt } = historyOf(histories.get(personKey) ?? []);
          return {
            ...this.toAppeal(row, booking, catalogue),
            personName: forName(booking) ?? people.get(citizenId ?? '')?.name ?? '—',
            start: startAt.toISOString(),
            noShowsInWindow: noShowsCounting(noShowsAt, now, noShow),
            suspendedUntil: suspendedUntil(noShowsAt, now, noShow) ?? null,
            actions: availableAppealActions(row.state, role),
          };
        }),
    );
  }

  private toAppeal(
    row: BookingAppealEntity,
    { itemId, hallId, startAt }: BookingEntity,
    { items, halls }: Awaited<ReturnType<GuideService['catalogue']>>,
  ): Appeal {
    return {
      id: row.id,
      bookingId: row.bookingId,
      state: row.state,
      stateText: appealStateTexts[row.state],
      day: dayOf(startAt),
      itemName: items.get(itemId)?.name ?? '',
      hallName: halls.get(hallId)?.name ?? '',
      text: this.textOf(row),
      reason: row.reason,
      createdAt: row.createdAt.toISOString(),
      decidedAt: row.decidedAt?.toISOString() ?? null,
    };
  }

  private async bookingsOf(
    rows: readonly BookingAppealEntity[],
  ): Promise<ReadonlyMap<string, BookingEntity>> {
    if (rows.length === 0) return new Map();
    const found = await this.bookings.findBy({ id: In(rows.map(({ bookingId }) => bookingId)) });
    return new Map(found.map((booking) => [booking.id, booking]));
  }
}
