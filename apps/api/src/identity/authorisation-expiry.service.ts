import { addMinutes, dayMinutes, dayOf, decideAuthorisation } from '@haoban/domain';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, LessThan, type Repository } from 'typeorm';
import { Clock } from '../common/clock.js';
import { AuthorisationCodeEntity, AuthorisationEntity } from './authorisation.entity.js';

/** So long a code that can't be used any more is kept, to answer whose it was. */
const CODE_DAYS = 30;

/** Closes what is over. Nothing waits for it: every reader looks at the end date itself. */
@Injectable()
export class AuthorisationExpiryService {
  constructor(
    @InjectRepository(AuthorisationEntity) private readonly rows: Repository<AuthorisationEntity>,
    @InjectRepository(AuthorisationCodeEntity) private readonly codes: Repository<AuthorisationCodeEntity>,
    private readonly clock: Clock,
  ) {}

  async expire(): Promise<void> {
    const now = this.clock.now();
    const over = decideAuthorisation('active', 'expire', 'system');
    if (!over.ok) return;
    await this.rows.update(
      { state: In(['pending', 'active']), validUntil: LessThan(dayOf(now)) },
      { state: over.next, openKey: null, endedAt: now },
    );
    await this.codes.delete({ expiresAt: LessThan(addMinutes(now, -CODE_DAYS * dayMinutes)) });
  }
}
