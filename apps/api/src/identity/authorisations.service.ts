import { dayOf, isAuthorised, maskName, type AuthorisationKind } from '@haoban/domain';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, type EntityManager, type Repository } from 'typeorm';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { AuthorisationEntity } from './authorisation.entity.js';
import { CitizenEntity } from './citizen.entity.js';
import { PersonCipher } from './person-cipher.js';

/** For whom an agent acts, as bookings keep it: sealed under the field names of the citizen's own record. */
export interface Principal {
  readonly authorisationId: string;
  readonly kind: AuthorisationKind;
  /** What limits and no-shows are counted by. */
  readonly personKey: string;
  readonly nameCipher: string;
  /** The principal's own number, or the one the agent gave. */
  readonly phoneCipher: string | null;
}

export interface AuthorisationAsk {
  readonly agentCitizenId: string;
  readonly authorisationId: string;
}

/** A principal who can be told on the own phone. */
export interface PrincipalAccount {
  readonly citizenId: string;
  /** Who acts for this person, masked. */
  readonly agentName: string;
}

/** What other features may ask about authorisations. */
@Injectable()
export class AuthorisationsService {
  constructor(
    @InjectRepository(AuthorisationEntity) private readonly rows: Repository<AuthorisationEntity>,
    private readonly cipher: PersonCipher,
    private readonly clock: Clock,
  ) {}

  /**
   * Whether the agent may book by this authorisation, with everything of that principal locked until the end of the transaction: two
   * agents who book for one principal wait for each other, and an end that comes meanwhile is before or after, never between.
   * Lock order: citizen → authorisations of the principal → slots → booking.
   * @throws AppError AUTHORISATION_NOT_VALID
   */
  async lockForBooking(
    em: EntityManager,
    agentCitizenId: string,
    authorisationId: string,
  ): Promise<Principal> {
    const found = await this.lockAllForBooking(em, [{ agentCitizenId, authorisationId }]);
    const principal = found.get(authorisationId);
    if (!principal) throw new AppError('AUTHORISATION_NOT_VALID');
    return principal;
  }

  /** The same for a batch; those that are not in force are missing from the map. */
  async lockAllForBooking(
    em: EntityManager,
    asks: readonly AuthorisationAsk[],
  ): Promise<ReadonlyMap<string, Principal>> {
    if (asks.length === 0) return new Map();
    // An authorisation never changes its principal, so this much is safe to read before the lock.
    const named = await em.find(AuthorisationEntity, {
      select: { id: true, principalHash: true },
      where: { id: In(asks.map(({ authorisationId }) => authorisationId)) },
    });
    const locked = await this.lockRows(
      em,
      named.map(({ principalHash }) => principalHash),
    );
    const today = dayOf(this.clock.now());
    const phones = await this.ownPhones(em, locked);
    return new Map(
      locked
        .filter((row) => isAuthorised(row, today))
        .filter(({ id, agentCitizenId }) =>
          asks.some((ask) => ask.authorisationId === id && ask.agentCitizenId === agentCitizenId),
        )
        .map((row) => [row.id, toPrincipal(row, phones.get(row.principalHash))]),
    );
  }

  /**
   * Locks what is booked for these people by others. Whoever books for himself calls it too, after his own row, so that an agent who
   * books for him at the same moment is counted. Nearly always there is nothing to lock.
   */
  async lockPrincipals(em: EntityManager, personKeys: readonly string[]): Promise<void> {
    if (personKeys.length === 0) return;
    // In a rush for hundreds at once: TypeORM takes longer to ask than the database to answer.
    await em.query(
      'SELECT id FROM authorisation FORCE INDEX (ix_authorisation_principal) WHERE principal_hash IN (?) ORDER BY principal_hash, id FOR UPDATE',
      [[...new Set(personKeys)].sort()],
    );
  }

  /** Without a lock, for what is only shown. @throws AppError AUTHORISATION_NOT_VALID */
  async get({ agentCitizenId, authorisationId }: AuthorisationAsk): Promise<Principal> {
    const row = await this.rows.findOneBy({ id: authorisationId, agentCitizenId });
    if (!row || !isAuthorised(row, dayOf(this.clock.now()))) throw new AppError('AUTHORISATION_NOT_VALID');
    return toPrincipal(row, undefined);
  }

  /** Those of them, in force or not, by which one acts for a company. */
  async forCompanies(authorisationIds: readonly string[]): Promise<ReadonlySet<string>> {
    if (authorisationIds.length === 0) return new Set();
    const rows = await this.rows.find({
      select: { id: true },
      where: { id: In([...new Set(authorisationIds)]), kind: 'company' },
    });
    return new Set(rows.map(({ id }) => id));
  }

  /** By authorisation, in force or not; companies and people without an account are missing. */
  async principalAccounts(
    em: EntityManager,
    authorisationIds: readonly string[],
  ): Promise<ReadonlyMap<string, PrincipalAccount>> {
    if (authorisationIds.length === 0) return new Map();
    const rows = await em.find(AuthorisationEntity, {
      select: { id: true, principalHash: true, agentCitizenId: true },
      where: { id: In([...new Set(authorisationIds)]), kind: 'family' },
    });
    const principals = await em.find(CitizenEntity, {
      select: { id: true, idNumberHash: true },
      where: { idNumberHash: In(rows.map(({ principalHash }) => principalHash)) },
    });
    if (principals.length === 0) return new Map();
    const agents = await em.find(CitizenEntity, {
      select: { id: true, nameCipher: true },
      where: { id: In(rows.map(({ agentCitizenId }) => agentCitizenId)) },
    });
    return new Map(
      rows.flatMap(({ id, principalHash, agentCitizenId }) => {
        const principal = principals.find(({ idNumberHash }) => idNumberHash === principalHash);
        const sealed = agents.find((agent) => agent.id === agentCitizenId)?.nameCipher;
        const agentName = sealed ? maskName(this.cipher.openName(sealed)) : '代办人';
        return principal ? [[id, { citizenId: principal.id, agentName }] as const] : [];
      }),
    );
  }

  /**
   * In id order, found without a lock first: a locking look-up by the index may wait for other people's rows where the optimizer
   * scans the table. A row that comes meanwhile does no harm: it locks those that are there already, or the principal's own record.
   */
  private async lockRows(em: EntityManager, hashes: readonly string[]): Promise<AuthorisationEntity[]> {
    if (hashes.length === 0) return [];
    const found = await em.find(AuthorisationEntity, {
      select: { id: true },
      where: { principalHash: In([...new Set(hashes)]) },
    });
    if (found.length === 0) return [];
    return em.find(AuthorisationEntity, {
      where: { id: In(found.map(({ id }) => id).sort()) },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
  }

  private async ownPhones(
    em: EntityManager,
    rows: readonly AuthorisationEntity[],
  ): Promise<ReadonlyMap<string, string>> {
    if (rows.length === 0) return new Map();
    const citizens = await em.find(CitizenEntity, {
      select: { id: true, idNumberHash: true, phoneCipher: true },
      where: { idNumberHash: In(rows.map(({ principalHash }) => principalHash)) },
    });
    return new Map(
      citizens.flatMap(({ idNumberHash, phoneCipher }) =>
        idNumberHash !== null && phoneCipher !== null ? [[idNumberHash, phoneCipher] as const] : [],
      ),
    );
  }
}

function toPrincipal(row: AuthorisationEntity, ownPhone: string | undefined): Principal {
  const { id, kind, principalHash, nameCipher, phoneCipher } = row;
  return {
    authorisationId: id,
    kind,
    personKey: principalHash,
    nameCipher,
    phoneCipher: ownPhone ?? phoneCipher,
  };
}
