import {
  authorisationLimits,
  authorisationStateOn,
  dayOf,
  type AuthorisationKind,
  type CompanyRole,
  type FamilyRelation,
  type LocalDay,
} from '@haoban/domain';
import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { newId } from '../common/id.js';
import { onUnique } from '../db/database-error.js';
import { Outbox } from '../outbox/outbox.service.js';
import { authorisationTell, type AuthorisationNews } from './authorisation-tell.js';
import { AuthorisationEntity } from './authorisation.entity.js';
import { CitizenEntity } from './citizen.entity.js';
import { CitizensService } from './citizens.service.js';
import { PersonCipher } from './person-cipher.js';

export interface NewAuthorisation {
  readonly kind: AuthorisationKind;
  readonly name: string;
  /** The ID number or the credit code, already normalised. */
  readonly number: string;
  readonly phone?: string | undefined;
  readonly relation: FamilyRelation | CompanyRole;
  readonly validUntil: LocalDay;
  readonly origin: AuthorisationEntity['origin'];
  /** Who stands behind it where a desk registers it. */
  readonly paper?: string;
  readonly decidedBy?: string;
}

/** How every authorisation begins, whoever asks for it: checked, counted, inserted, and told. */
@Injectable()
export class AuthorisationOpenService {
  constructor(
    private readonly citizens: CitizensService,
    private readonly cipher: PersonCipher,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  hashOf({ kind, number }: Pick<NewAuthorisation, 'kind' | 'number'>): string {
    return kind === 'family' ? this.cipher.hashIdNumber(number) : this.cipher.hashCreditCode(number);
  }

  /**
   * Locks the agent, and the principal where it has an account: what the principal books for itself at this moment ends before an
   * agent can book by the new row.
   */
  async lockBoth(em: EntityManager, agentCitizenId: string, principalHash: string): Promise<void> {
    const principal = await this.accountOf(em, principalHash);
    await this.citizens.lockMany(em, [agentCitizenId, ...(principal ? [principal.id] : [])]);
  }

  /**
   * Both must be locked. One that is pending is declared anew, or becomes active when a code or a desk confirms it.
   * @throws AppError AUTHORISATION_OWN, AUTHORISATION_EXISTS, AUTHORISATION_LIMIT
   */
  async open(
    em: EntityManager,
    agentCitizenId: string,
    wanted: NewAuthorisation,
  ): Promise<AuthorisationEntity> {
    const principalHash = this.hashOf(wanted);
    const agent = await em.findOneByOrFail(CitizenEntity, { id: agentCitizenId });
    if (agent.idNumberHash === principalHash) throw new AppError('AUTHORISATION_OWN');
    const now = this.clock.now();
    const today = dayOf(now);
    const others = await this.openOnes(em, agentCitizenId, today);
    const same = others.find((each) => each.principalHash === principalHash);
    if (same?.state === 'active') throw new AppError('AUTHORISATION_EXISTS');
    const alike = others.filter(({ kind, id }) => kind === wanted.kind && id !== same?.id);
    if (alike.length >= authorisationLimits[wanted.kind]) throw new AppError('AUTHORISATION_LIMIT');
    const row = this.rowOf(agentCitizenId, principalHash, wanted, now, same);
    try {
      if (same) await em.update(AuthorisationEntity, { id: same.id }, row);
      else await em.insert(AuthorisationEntity, row);
    } catch (error) {
      onUnique(error, { ux_authorisation_open: 'AUTHORISATION_EXISTS' });
    }
    return row;
  }

  /** A principal's own record, which must have a real name. @throws AppError REAL_NAME_REQUIRED */
  async account(em: EntityManager, citizenId: string): Promise<{ name: string; number: string }> {
    const citizen = await em.findOneBy(CitizenEntity, { id: citizenId });
    if (!citizen?.nameCipher || !citizen.idNumberCipher) throw new AppError('REAL_NAME_REQUIRED');
    return {
      name: this.cipher.openName(citizen.nameCipher),
      number: this.cipher.openIdNumber(citizen.idNumberCipher),
    };
  }

  /** Tells whoever has an account; the page shows the rest. */
  async tell(em: EntityManager, news: AuthorisationNews, row: AuthorisationEntity): Promise<void> {
    const now = this.clock.now();
    const principal = row.kind === 'family' ? await this.accountOf(em, row.principalHash) : undefined;
    const tells = [
      authorisationTell(news, 'agent', row, row.agentCitizenId, now),
      principal && authorisationTell(news, 'principal', row, principal.id, now),
    ];
    for (const tell of tells) if (tell) await this.outbox.add(em, 'notifications.tell', tell);
  }

  /** Pending and active ones of an agent; those whose time is over are closed on the way, so that they are in nobody's way. */
  private async openOnes(
    em: EntityManager,
    agentCitizenId: string,
    today: LocalDay,
  ): Promise<AuthorisationEntity[]> {
    const rows = await em.find(AuthorisationEntity, {
      where: { agentCitizenId, state: In(['pending', 'active']) },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
    const over = rows.filter((row) => authorisationStateOn(row, today) === 'expired');
    if (over.length > 0)
      await em.update(
        AuthorisationEntity,
        { id: In(over.map(({ id }) => id)) },
        { state: 'expired', openKey: null, endedAt: this.clock.now() },
      );
    return rows.filter((row) => !over.includes(row));
  }

  private rowOf(
    agentCitizenId: string,
    principalHash: string,
    wanted: NewAuthorisation,
    now: Date,
    declared: AuthorisationEntity | undefined,
  ): AuthorisationEntity {
    const { kind, name, number, phone, relation, validUntil, origin, paper, decidedBy } = wanted;
    const granted = origin !== 'declared';
    return Object.assign(new AuthorisationEntity(), {
      id: declared?.id ?? newId(),
      kind,
      state: granted ? ('active' as const) : ('pending' as const),
      origin,
      agentCitizenId,
      principalHash,
      openKey: principalHash,
      nameCipher: this.cipher.sealName(name),
      numberCipher: this.cipher.sealIdNumber(number),
      phoneCipher: phone === undefined ? null : this.cipher.sealPhone(phone),
      relation,
      validUntil,
      paper: paper ?? null,
      reason: null,
      decidedBy: decidedBy ?? null,
      decidedAt: granted ? now : null,
      endedAt: null,
      createdAt: declared?.createdAt ?? now,
    });
  }

  private async accountOf(em: EntityManager, principalHash: string): Promise<{ id: string } | undefined> {
    const where = { idNumberHash: principalHash };
    return (await em.findOne(CitizenEntity, { select: { id: true }, where })) ?? undefined;
  }
}
