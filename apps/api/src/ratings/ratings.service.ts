import { addDays, ratingLevels, ratingTags, ratingText, startOfDay } from '@haoban/domain';
import type { HallRating, Indicators, Rating } from '@haoban/contracts';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, LessThan, LessThanOrEqual, Not, type FindOptionsWhere, type Repository } from 'typeorm';
import type { CitizenActor, StaffActor } from '../common/actor.js';
import { GuideService } from '../guide/guide.service.js';
import { CitizensService } from '../identity/citizens.service.js';
import { RatingEntity, RatingInvitationEntity } from './rating.entity.js';
import { toHallRating, toIndicators, toRating } from './rating.mapper.js';

interface Page {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

const NEGATIVE_UP_TO = 2;

/** Ratings as the person, the manager and the public may see them. */
@Injectable()
export class RatingsService {
  constructor(
    @InjectRepository(RatingEntity) private readonly ratings: Repository<RatingEntity>,
    @InjectRepository(RatingInvitationEntity)
    private readonly invitations: Repository<RatingInvitationEntity>,
    private readonly guide: GuideService,
    private readonly citizens: CitizensService,
  ) {}

  /** The level alone decides which tags show; best first. */
  options(): Promise<{ levels: { level: number; text: string; tags: string[] }[] }> {
    const levels = [...ratingLevels]
      .reverse()
      .map((level) => ({ level, text: ratingText(level), tags: [...ratingTags[level]] }));
    return Promise.resolve({ levels });
  }

  /** Own ratings, newest first. */
  async listMine(
    { citizenId }: CitizenActor,
    { cursor, limit }: Page,
  ): Promise<{ items: Rating[]; nextCursor: string | null }> {
    const where = { citizenId, ...(cursor ? { id: LessThan(cursor) } : {}) };
    const rows = await this.ratings.find({ where, order: { id: 'DESC' }, take: limit + 1 });
    return { items: rows.slice(0, limit).map(toRating), nextCursor: nextCursor(rows, limit) };
  }

  /** Of the manager's own hall, newest first. */
  async listOfHall(
    { hallId }: StaffActor,
    { cursor, limit, negative }: Page & { negative?: boolean | undefined },
  ): Promise<{ items: HallRating[]; nextCursor: string | null }> {
    if (!hallId) return { items: [], nextCursor: null };
    const bad = LessThanOrEqual(NEGATIVE_UP_TO);
    const where: FindOptionsWhere<RatingEntity> = {
      hallId,
      ...(cursor ? { id: LessThan(cursor) } : {}),
      ...(negative === undefined ? {} : { level: negative ? bad : Not(bad) }),
    };
    const rows = await this.ratings.find({ where, order: { id: 'DESC' }, take: limit + 1 });
    const shown = rows.slice(0, limit);
    const named = shown.filter(({ anonymous }) => !anonymous).map(({ citizenId }) => citizenId);
    const people = await this.citizens.maskedNames(named);
    const items = shown.map((row) => toHallRating(row, people.get(row.citizenId)?.name ?? '—'));
    return { items, nextCursor: nextCursor(rows, limit) };
  }

  /** @throws AppError HALL_NOT_FOUND */
  async hallIndicators(hallId: string): Promise<Indicators> {
    await this.guide.getHall(hallId);
    // Who came without an account could not have rated here.
    const ratable = await this.invitations.countBy({ hallId, citizenId: Not(IsNull()) });
    return toIndicators(await this.countByLevel(hallId), ratable);
  }

  /** For the hall's display: ratings given on a day, 0 to 1, null without any. */
  async goodRate(hallId: string, day: string): Promise<number | null> {
    return toIndicators(await this.countByLevel(hallId, day), 0).goodRate;
  }

  private async countByLevel(hallId: string, day?: string): Promise<Map<number, number>> {
    const query = this.ratings
      .createQueryBuilder('rating')
      .select('rating.level', 'level')
      .addSelect('COUNT(*)', 'count')
      .where('rating.hallId = :hallId', { hallId })
      .groupBy('rating.level');
    if (day) {
      query.andWhere('rating.createdAt >= :from AND rating.createdAt < :to', {
        from: startOfDay(day),
        to: startOfDay(addDays(day, 1)),
      });
    }
    const rows = await query.getRawMany<{ level: number; count: string }>();
    return new Map(rows.map(({ level, count }) => [Number(level), Number(count)]));
  }
}

function nextCursor(rows: readonly RatingEntity[], limit: number): string | null {
  return rows.length > limit ? (rows[limit - 1]?.id ?? null) : null;
}
