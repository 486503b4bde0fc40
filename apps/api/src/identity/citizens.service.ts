import { maskName, maskPhone } from '@haoban/domain';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, type EntityManager, type Repository } from 'typeorm';
import { AppError } from '../common/app-error.js';
import { CitizenEntity } from './citizen.entity.js';
import { PersonCipher } from './person-cipher.js';

/** A citizen in clear: for the service that needs it now; answers, logs and jobs carry masked values. */
export interface CitizenRecord {
  readonly id: string;
  readonly openid: string;
  readonly name: string | null;
  readonly idNumber: string | null;
  readonly idNumberHash: string | null;
  readonly phone: string | null;
  readonly verifiedAt: Date | null;
  readonly elderMode: boolean;
}

export type NamedCitizen = CitizenRecord & {
  readonly name: string;
  readonly idNumber: string;
  readonly idNumberHash: string;
};

export interface MaskedCitizen {
  /** 陈**, or 微信用户 for someone without a real name. */
  readonly name: string;
  readonly phone: string | null;
}

export interface LockedCitizen {
  /** The blind index that limits count by; null for somebody without a real name. */
  readonly personKey: string | null;
  /** Whether there is, or was, anybody who may act for this person. */
  readonly isPrincipal: boolean;
}

/** What other features may ask about citizens. */
@Injectable()
export class CitizensService {
  constructor(
    @InjectRepository(CitizenEntity) private readonly citizens: Repository<CitizenEntity>,
    private readonly cipher: PersonCipher,
  ) {}

  /** @throws AppError NOT_FOUND */
  async get(citizenId: string): Promise<CitizenRecord> {
    const citizen = await this.citizens.findOneBy({ id: citizenId });
    if (!citizen) throw new AppError('NOT_FOUND');
    return this.open(citizen);
  }

  /** @throws AppError REAL_NAME_REQUIRED, NOT_FOUND */
  async requireRealName(citizenId: string): Promise<NamedCitizen> {
    const citizen = await this.get(citizenId);
    const { name, idNumber, idNumberHash } = citizen;
    if (name === null || idNumber === null || idNumberHash === null) throw new AppError('REAL_NAME_REQUIRED');
    return { ...citizen, name, idNumber, idNumberHash };
  }

  /**
   * Holds the citizen's row until the end of the transaction: the first lock of every act that counts what one person has.
   * @throws AppError NOT_FOUND
   */
  async lock(em: EntityManager, citizenId: string): Promise<void> {
    const found = await em.findOne(CitizenEntity, {
      select: { id: true },
      where: { id: citizenId },
      lock: { mode: 'pessimistic_write' },
    });
    if (!found) throw new AppError('NOT_FOUND');
  }

  /**
   * Holds several citizens' rows, in id order, until the end of the transaction. By id; those that are not known are missing.
   */
  async lockMany(em: EntityManager, citizenIds: readonly string[]): Promise<Map<string, LockedCitizen>> {
    const ids = [...new Set(citizenIds)].sort();
    if (ids.length === 0) return new Map();
    const rows = await em.query<{ id: string; personKey: string | null; isPrincipal: string | number }[]>(
      `SELECT id, CASE WHEN name_cipher IS NULL THEN NULL ELSE id_number_hash END AS personKey,
          EXISTS(SELECT 1 FROM authorisation WHERE principal_hash = citizen.id_number_hash) AS isPrincipal
        FROM citizen WHERE id IN (?) ORDER BY id FOR UPDATE`,
      [ids],
    );
    return new Map(
      rows.map(({ id, personKey, isPrincipal }) => [
        id,
        { personKey, isPrincipal: Number(isPrincipal) === 1 },
      ]),
    );
  }

  /** By id, for lists and screens; ids that are not known are missing from the map. */
  async maskedNames(ids: readonly string[]): Promise<Map<string, MaskedCitizen>> {
    if (ids.length === 0) return new Map();
    const citizens = await this.citizens.find({
      select: { id: true, nameCipher: true, phoneCipher: true },
      where: { id: In([...new Set(ids)]) },
    });
    return new Map(
      citizens.map(({ id, nameCipher, phoneCipher }) => [
        id,
        {
          name: nameCipher === null ? '微信用户' : maskName(this.cipher.openName(nameCipher)),
          phone: phoneCipher === null ? null : maskPhone(this.cipher.openPhone(phoneCipher)),
        },
      ]),
    );
  }

  /** Ids of those who pass the test; for a search, whose clear values must not leave this service. */
  async whoAre(
    ids: readonly string[],
    test: (person: { name: string | null; phone: string | null }) => boolean,
  ): Promise<Set<string>> {
    if (ids.length === 0) return new Set();
    const citizens = await this.citizens.find({
      select: { id: true, nameCipher: true, phoneCipher: true },
      where: { id: In([...new Set(ids)]) },
    });
    const found = citizens.filter(({ nameCipher, phoneCipher }) =>
      test({
        name: nameCipher === null ? null : this.cipher.openName(nameCipher),
        phone: phoneCipher === null ? null : this.cipher.openPhone(phoneCipher),
      }),
    );
    return new Set(found.map(({ id }) => id));
  }

  /** @param hash of `PersonCipher.hashIdNumber` */
  async findByIdNumberHash(hash: string): Promise<CitizenRecord | undefined> {
    const citizen = await this.citizens.findOneBy({ idNumberHash: hash });
    return citizen ? this.open(citizen) : undefined;
  }

  private open(citizen: CitizenEntity): CitizenRecord {
    const { id, openid, nameCipher, idNumberCipher, idNumberHash, phoneCipher, verifiedAt, elderMode } =
      citizen;
    return {
      id,
      openid,
      name: nameCipher === null ? null : this.cipher.openName(nameCipher),
      idNumber: idNumberCipher === null ? null : this.cipher.openIdNumber(idNumberCipher),
      idNumberHash,
      phone: phoneCipher === null ? null : this.cipher.openPhone(phoneCipher),
      verifiedAt,
      elderMode: Boolean(elderMode),
    };
  }
}
