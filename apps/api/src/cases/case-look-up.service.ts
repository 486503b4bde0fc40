import { normaliseCaseNumber } from '@haoban/domain';
import type { PublicCase } from '@haoban/contracts';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { AppError } from '../common/app-error.js';
import { RateLimitGuard } from '../common/rate-limit.js';
import { sameText } from '../common/same-text.js';
import { CasePeople, type SealedApplicant } from './case-people.js';
import { CaseViews } from './case-views.service.js';
import { CaseEntity } from './case.entity.js';

/** Four digits are 11,000 possibilities at most: so few tries a quarter of an hour leave no way through them. */
const TRIES_PER_CASE = { points: 10, seconds: 900 };

/** Progress for somebody without an account. Nothing in the answer, nor in its time, tells whether a case number exists. */
@Injectable()
export class CaseLookUpService {
  private readonly nobody: SealedApplicant;

  constructor(
    @InjectRepository(CaseEntity) private readonly cases: Repository<CaseEntity>,
    private readonly limits: RateLimitGuard,
    private readonly people: CasePeople,
    private readonly views: CaseViews,
  ) {
    this.nobody = people.seal({ name: '—', idNumber: '000000000000000000', phone: null });
  }

  /** @throws AppError RATE_LIMITED, CASE_LOOKUP_FAILED */
  async lookUp({ caseNo, idLast4 }: { caseNo: string; idLast4: string }): Promise<PublicCase> {
    const number = normaliseCaseNumber(caseNo);
    // Right answers count, too: else the limit would tell a guess from a hit.
    await this.limits.consume('case.look-up', TRIES_PER_CASE, number);
    const row = await this.cases.findOneBy({ caseNo: number });
    // The same deciphering and comparing for a number that nobody has.
    const right = sameText(this.people.idLast4(row ?? this.nobody), idLast4.normalize('NFKC').toUpperCase());
    if (!row || !right) throw new AppError('CASE_LOOKUP_FAILED');
    return this.views.publicCase(row);
  }
}
