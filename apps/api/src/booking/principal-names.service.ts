import { maskName } from '@haoban/domain';
import { Injectable } from '@nestjs/common';
import { AuthorisationsService } from '../identity/authorisations.service.js';
import { PersonCipher } from '../identity/person-cipher.js';
import type { BookingEntity } from './booking.entity.js';

type ForWhom = Pick<BookingEntity, 'authorisationId' | 'forNameCipher'>;

/** For whom something was booked, as screens show it: people masked, a company by its name, which is public and says which one. */
@Injectable()
export class PrincipalNames {
  constructor(
    private readonly authorisations: AuthorisationsService,
    private readonly cipher: PersonCipher,
  ) {}

  /** Null for the account's owner. */
  async of(row: ForWhom): Promise<string | null> {
    return (await this.lookUp([row]))(row);
  }

  /** Asks once for all of them, and nothing for those that the account's owner booked for himself. */
  async lookUp(rows: readonly ForWhom[]): Promise<(row: ForWhom) => string | null> {
    const others = rows.filter(({ forNameCipher }) => forNameCipher !== null);
    const companies = await this.authorisations.forCompanies(
      others.flatMap(({ authorisationId }) => authorisationId ?? []),
    );
    return ({ authorisationId, forNameCipher }) => {
      if (forNameCipher === null) return null;
      const name = this.cipher.openName(forNameCipher);
      return companies.has(authorisationId ?? '') ? name : maskName(name);
    };
  }
}
