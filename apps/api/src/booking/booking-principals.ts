import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuthorisationsService, type PrincipalAccount } from '../identity/authorisations.service.js';
import { Outbox } from '../outbox/outbox.service.js';
import type { Tell } from '../outbox/topics.js';
import type { BookingEntity } from './booking.entity.js';

type Booked = Pick<BookingEntity, 'authorisationId' | 'citizenId'>;

/** Those for whom an agent booked and who have an account of their own: they are told what happens to their matter. */
@Injectable()
export class BookingPrincipals {
  constructor(
    private readonly authorisations: AuthorisationsService,
    private readonly outbox: Outbox,
  ) {}

  /** By authorisation; nothing is asked of the database where nobody booked for somebody else. */
  async accountsOf(
    em: EntityManager,
    bookings: readonly Booked[],
  ): Promise<(booking: Booked) => PrincipalAccount | undefined> {
    const accounts = await this.authorisations.principalAccounts(
      em,
      bookings.flatMap(({ authorisationId }) => authorisationId ?? []),
    );
    return ({ authorisationId, citizenId }) => {
      const account = accounts.get(authorisationId ?? '');
      return account?.citizenId === citizenId ? undefined : account;
    };
  }

  /** Within the transaction of the change itself. */
  async tell(em: EntityManager, booking: Booked, words: (to: PrincipalAccount) => Tell): Promise<void> {
    const to = (await this.accountsOf(em, [booking]))(booking);
    if (to) await this.outbox.add(em, 'notifications.tell', words(to));
  }
}
