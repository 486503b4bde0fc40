import { addDays, normaliseCaseNumber, startOfDay, type CaseState, type LocalDay } from '@haoban/domain';
import type { CaseDetail, CaseSummary, HallCase } from '@haoban/contracts';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThan, type Repository } from 'typeorm';
import type { CitizenActor, StaffActor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { CaseSteps } from './case-steps.service.js';
import { CaseViews } from './case-views.service.js';
import { CaseEntity } from './case.entity.js';

interface Page {
  readonly cursor?: string | undefined;
  readonly limit: number;
  readonly state?: CaseState | undefined;
}

interface Paged<T> {
  items: T[];
  nextCursor: string | null;
}

/** The applicant's own cases and those of a hall; nobody sees more. */
@Injectable()
export class CaseReadService {
  constructor(
    @InjectRepository(CaseEntity) private readonly cases: Repository<CaseEntity>,
    private readonly steps: CaseSteps,
    private readonly views: CaseViews,
  ) {}

  /** Newest first. */
  async listMine({ citizenId }: CitizenActor, { cursor, limit, state }: Page): Promise<Paged<CaseSummary>> {
    const rows = await this.cases.find({
      where: { citizenId, ...(state ? { state } : {}), ...(cursor ? { id: LessThan(cursor) } : {}) },
      order: { id: 'DESC' },
      take: limit + 1,
    });
    return paged(rows, limit, await this.views.summaries(rows.slice(0, limit)));
  }

  /** @throws AppError NOT_FOUND, for other people's cases too */
  async getMine(actor: CitizenActor, caseId: string): Promise<CaseDetail> {
    return this.views.detail(await this.steps.own(actor, caseId));
  }

  /** Newest first; `q` is a case number, or a part of it; `day` is the day of acceptance. */
  async listOfHall(
    actor: StaffActor,
    input: Page & { day?: LocalDay | undefined; q?: string | undefined },
  ): Promise<Paged<HallCase>> {
    if (!actor.hallId) return { items: [], nextCursor: null };
    const query = this.cases
      .createQueryBuilder('row')
      .where('row.hallId = :hallId', { hallId: actor.hallId })
      .orderBy('row.id', 'DESC')
      .take(input.limit + 1);
    if (input.state) query.andWhere('row.state = :state', { state: input.state });
    if (input.cursor) query.andWhere('row.id < :cursor', { cursor: input.cursor });
    if (input.day) {
      query.andWhere('row.acceptedAt >= :from AND row.acceptedAt < :to', {
        from: startOfDay(input.day),
        to: startOfDay(addDays(input.day, 1)),
      });
    }
    if (input.q) query.andWhere('row.caseNo LIKE :q', { q: `%${likeText(normaliseCaseNumber(input.q))}%` });
    const rows = await query.getMany();
    return paged(rows, input.limit, await this.views.hallCases(rows.slice(0, input.limit), actor.role));
  }

  /** @throws AppError NOT_FOUND, for cases of other halls too */
  async getOfHall(actor: StaffActor, caseId: string): Promise<HallCase> {
    return this.views.hallCase(await this.steps.own(actor, caseId), actor.role);
  }

  belongsTo(citizenId: string, caseId: string): Promise<boolean> {
    return this.cases.existsBy({ id: caseId, citizenId });
  }

  /** For the live topic: whoever may see it was asked before. @throws AppError NOT_FOUND */
  async snapshot(caseId: string): Promise<CaseDetail> {
    const row = await this.cases.findOneBy({ id: caseId });
    if (!row) throw new AppError('NOT_FOUND');
    return this.views.detail(row);
  }
}

function paged<T>(rows: readonly CaseEntity[], limit: number, items: T[]): Paged<T> {
  return { items, nextCursor: rows.length > limit ? (rows[limit - 1]?.id ?? null) : null };
}

function likeText(text: string): string {
  return text.replace(/[\\%_]/g, (character) => `\\${character}`);
}
