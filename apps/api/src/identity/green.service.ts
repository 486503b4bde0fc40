import { birthdayOf, dayOf, mayUseGreen, type LocalDay } from '@haoban/domain';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuthorisationEntity } from './authorisation.entity.js';
import { CitizenEntity } from './citizen.entity.js';
import { GreenEvidenceEntity } from './green-evidence.entity.js';
import { PersonCipher } from './person-cipher.js';

/** Who may take a place of the green channel: what other features may ask. */
@Injectable()
export class GreenService {
  constructor(private readonly cipher: PersonCipher) {}

  /**
   * @param personKey whose matter it is
   * @param citizenId the account that books, an agent's or the person's own; null at a desk
   */
  async mayUse(em: EntityManager, personKey: string, citizenId: string | null, now: Date): Promise<boolean> {
    const evidence = await this.evidence(em, personKey);
    const birthday = await this.birthday(em, personKey, citizenId);
    return mayUseGreen({ birthday, evidence }, dayOf(now));
  }

  /** Newest first; the latest of a person are enough. */
  async evidence(
    em: EntityManager,
    personKey: string,
  ): Promise<(GreenEvidenceEntity & { checkedOn: LocalDay | undefined })[]> {
    const rows = await em.find(GreenEvidenceEntity, {
      where: { personKey },
      order: { id: 'DESC' },
      take: 20,
    });
    return rows.map((row) =>
      Object.assign(row, { checkedOn: row.checkedAt === null ? undefined : dayOf(row.checkedAt) }),
    );
  }

  /** By the person's own record; for somebody without an account by what the agent's authorisation says. A company has none. */
  async birthday(
    em: EntityManager,
    personKey: string,
    citizenId: string | null,
  ): Promise<LocalDay | undefined> {
    const own = await em.findOne(CitizenEntity, {
      select: { id: true, idNumberCipher: true },
      where: { idNumberHash: personKey },
    });
    if (own?.idNumberCipher) return birthdayOf(this.cipher.openIdNumber(own.idNumberCipher));
    if (citizenId === null) return undefined;
    const authorisation = await em.findOne(AuthorisationEntity, {
      select: { id: true, numberCipher: true },
      where: { agentCitizenId: citizenId, openKey: personKey, state: 'active', kind: 'family' },
    });
    return authorisation ? birthdayOf(this.cipher.openIdNumber(authorisation.numberCipher)) : undefined;
  }
}
