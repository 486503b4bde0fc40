import type { endpoints, NoShow, Standing } from '@haoban/contracts';
import {
  addDays,
  appealUntil,
  appealStateTexts,
  dayOf,
  mayAppeal,
  maskName,
  policyInWords,
  standing,
} from '@haoban/domain';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, MoreThanOrEqual, type Repository } from 'typeorm';
import type { CitizenActor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import type { Inputs } from '../common/route.js';
import { GuideService } from '../guide/guide.service.js';
import { AuthorisationsService } from '../identity/authorisations.service.js';
import { CitizensService } from '../identity/citizens.service.js';
import { PersonCipher } from '../identity/person-cipher.js';
import { BookingAppealEntity } from './booking-appeal.entity.js';
import { NO_SHOW_DAYS, readHistory } from './booking-history.js';
import { BookingPolicies } from './booking-policies.service.js';
import { BookingEntity } from './booking.entity.js';
import { historyOf } from './take-decision.js';

type Question = Inputs<typeof endpoints.people.standing>;
interface Whose {
  readonly personKey: string;
  /** Masked; null for the own standing. */
  readonly forName: string | null;
}

/** How a person stands with a hall's rules: told before they bite, and when they bite. */
@Injectable()
export class BookingStandingService {
  constructor(
    @InjectRepository(BookingEntity) private readonly bookings: Repository<BookingEntity>,
    @InjectRepository(BookingAppealEntity) private readonly appeals: Repository<BookingAppealEntity>,
    private readonly guide: GuideService,
    private readonly policies: BookingPolicies,
    private readonly citizens: CitizensService,
    private readonly authorisations: AuthorisationsService,
    private readonly cipher: PersonCipher,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError REAL_NAME_REQUIRED, HALL_NOT_FOUND, AUTHORISATION_NOT_VALID */
  async of(actor: CitizenActor, { hallId, authorisationId, ...wanted }: Question): Promise<Standing> {
    const { personKey, forName } = await this.whose(actor, authorisationId);
    if (!(await this.guide.catalogue()).halls.has(hallId)) throw new AppError('HALL_NOT_FOUND');
    const now = this.clock.now();
    const day = wanted.day ?? dayOf(now);
    const [settings, histories, noShows] = await Promise.all([
      this.policies.forHall(hallId),
      readHistory(this.bookings.manager, [personKey], now),
      this.noShows(personKey, forName === null ? undefined : actor.citizenId),
    ]);
    const stand = standing(historyOf(histories.get(personKey) ?? []), day, now, settings);
    return {
      forName,
      rules: policyInWords(settings),
      day,
      limits: stand.limits.map(({ rule, used, limit, left, text }) => ({ rule, used, limit, left, text })),
      mayBook: stand.bar === undefined,
      barText: stand.barText ?? null,
      warnings: [...stand.warnings],
      suspendedUntil: stand.suspendedUntil ?? null,
      noShows,
    };
  }

  private async whose({ citizenId }: CitizenActor, authorisationId: string | undefined): Promise<Whose> {
    const { idNumberHash } = await this.citizens.requireRealName(citizenId);
    if (authorisationId === undefined) return { personKey: idNumberHash, forName: null };
    const { personKey, kind, nameCipher } = await this.authorisations.get({
      agentCitizenId: citizenId,
      authorisationId,
    });
    const name = this.cipher.openName(nameCipher);
    return { personKey, forName: kind === 'company' ? name : maskName(name) };
  }

  /**
   * Newest first.
   * @param bookedBy only those: what a principal missed without the agent is counted, but not shown to the agent
   */
  private async noShows(personKey: string, bookedBy: string | undefined): Promise<NoShow[]> {
    const today = dayOf(this.clock.now());
    const rows = await this.bookings.find({
      where: {
        personKey,
        state: 'no_show',
        day: MoreThanOrEqual(addDays(today, -NO_SHOW_DAYS)),
        ...(bookedBy === undefined ? {} : { citizenId: bookedBy }),
      },
      order: { startAt: 'DESC' },
    });
    const ids = rows.map(({ id }) => id);
    const appeals = ids.length > 0 ? await this.appeals.findBy({ bookingId: In(ids) }) : [];
    const { items, halls } = await this.guide.catalogue();
    return rows.map(({ id, day, startAt, itemId, hallId, state, ...row }) => {
      const appeal = appeals.find(({ bookingId }) => bookingId === id);
      const excused = Boolean(row.excused);
      const may = mayAppeal({ state, day, excused, appealed: appeal !== undefined }, today).ok;
      return {
        bookingId: id,
        day,
        start: startAt.toISOString(),
        itemName: items.get(itemId)?.name ?? '',
        hallName: halls.get(hallId)?.name ?? '',
        excused,
        appeal: appeal
          ? { id: appeal.id, state: appeal.state, stateText: appealStateTexts[appeal.state] }
          : null,
        mayAppealUntil: may ? appealUntil(day) : null,
      };
    });
  }
}
