import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { AuthorisationsService } from '../identity/authorisations.service.js';
import { CitizensService } from '../identity/citizens.service.js';
import { GreenService } from '../identity/green.service.js';
import type { TakeIntent } from './booking-take.service.js';

/** Whose matter it is: the account's owner, a principal, or somebody whom staff have before them. */
export type ForWhom =
  | { readonly kind: 'self' }
  /** Somebody who let the citizen act for them; made sure of under lock. */
  | { readonly kind: 'authorised'; readonly authorisationId: string }
  | {
      readonly kind: 'other';
      readonly personKey: string;
      readonly nameCipher: string | null;
      readonly phoneCipher: string | null;
    };

/** Whom a booking is counted by, and who is named on it where that is not the account's owner. */
export interface Subject {
  readonly personKey: string;
  readonly authorisationId: string | null;
  readonly nameCipher: string | null;
  readonly phoneCipher: string | null;
}

const nobodyElse = { authorisationId: null, nameCipher: null, phoneCipher: null };

/** Finds and locks the people of a batch: citizens by id, then the authorisations of their principals. */
@Injectable()
export class BookingSubjects {
  constructor(
    private readonly citizens: CitizensService,
    private readonly authorisations: AuthorisationsService,
    private readonly green: GreenService,
    private readonly clock: Clock,
  ) {}

  /** In the order of the intents: NOT_FOUND, REAL_NAME_REQUIRED, AUTHORISATION_NOT_VALID or GREEN_EVIDENCE_REQUIRED where it can't be. */
  async lock(em: EntityManager, intents: readonly TakeIntent[]): Promise<(Subject | AppError)[]> {
    const citizens = await this.citizens.lockMany(
      em,
      intents.flatMap(({ citizenId }) => citizenId ?? []),
    );
    const principals = await this.authorisations.lockAllForBooking(em, asksOf(intents));
    const subjects = intents.map(({ citizenId, forWhom }): Subject | AppError => {
      const citizen = citizenId ? citizens.get(citizenId) : undefined;
      if (citizenId && !citizen) return new AppError('NOT_FOUND');
      if (forWhom.kind === 'other') return { ...nobodyElse, ...forWhom };
      // Who acts for others is known by name, too.
      if (!citizen?.personKey) return new AppError('REAL_NAME_REQUIRED');
      return forWhom.kind === 'self'
        ? { ...nobodyElse, personKey: citizen.personKey }
        : (principals.get(forWhom.authorisationId) ?? new AppError('AUTHORISATION_NOT_VALID'));
    });
    // An agent may be booking for one of these people at this moment; most people have none.
    const shared = subjects.filter((_, index) => {
      const intent = intents[index];
      return intent?.forWhom.kind !== 'self' || citizens.get(intent.citizenId ?? '')?.isPrincipal;
    });
    await this.authorisations.lockPrincipals(em, keysOf(shared));
    return Promise.all(subjects.map((subject, index) => this.withEvidence(em, subject, intents[index])));
  }

  private async withEvidence(
    em: EntityManager,
    subject: Subject | AppError,
    intent: TakeIntent | undefined,
  ): Promise<Subject | AppError> {
    if (subject instanceof AppError || intent?.audience !== 'green') return subject;
    const may = await this.green.mayUse(em, subject.personKey, intent.citizenId, this.clock.now());
    return may ? subject : new AppError('GREEN_EVIDENCE_REQUIRED');
  }
}

export function keysOf(subjects: readonly (Subject | AppError)[]): string[] {
  return [...new Set(subjects.flatMap((each) => (each instanceof AppError ? [] : [each.personKey])))];
}

function asksOf(intents: readonly TakeIntent[]): { agentCitizenId: string; authorisationId: string }[] {
  return intents.flatMap(({ citizenId, forWhom }) =>
    forWhom.kind === 'authorised' && citizenId
      ? [{ agentCitizenId: citizenId, authorisationId: forWhom.authorisationId }]
      : [],
  );
}
