import type { Citizen } from '@haoban/contracts';
import {
  dayOf,
  isIdNumber,
  isMobile,
  isPersonName,
  normaliseIdNumber,
  normaliseMobile,
} from '@haoban/domain';
import { WechatClient, WechatError } from '@haoban/wechat';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { EntityManager, QueryDeepPartialEntity, Repository } from 'typeorm';
import type { CitizenActor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { onUnique } from '../db/database-error.js';
import { Transactions } from '../db/transactions.js';
import { Outbox } from '../outbox/outbox.service.js';
import { CitizenEntity } from './citizen.entity.js';
import { toCitizen } from './identity.mapper.js';
import { PersonCipher } from './person-cipher.js';

interface RealName {
  readonly name: string;
  readonly idNumber: string;
}
type PhoneUpdate = { readonly code: string } | { readonly phone: string };

/** What citizens tell about themselves; nothing personal is kept before they agreed to the privacy policy (个人信息保护法 §13). */
@Injectable()
export class CitizenProfileService {
  constructor(
    @InjectRepository(CitizenEntity) private readonly citizens: Repository<CitizenEntity>,
    private readonly transactions: Transactions,
    private readonly wechat: WechatClient,
    private readonly cipher: PersonCipher,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async me({ citizenId }: CitizenActor): Promise<Citizen> {
    const citizen = await this.citizens.findOneBy({ id: citizenId });
    if (!citizen) throw new AppError('NOT_FOUND');
    return this.answer(citizen);
  }

  acceptPrivacy(actor: CitizenActor, version: string): Promise<Citizen> {
    return this.change(actor, (citizen) =>
      // The first time counts: agreeing again to the same text doesn't move it.
      citizen.consentVersion === version ? {} : { consentVersion: version, consentAt: this.clock.now() },
    );
  }

  updatePreferences(actor: CitizenActor, { elderMode }: { elderMode: boolean }): Promise<Citizen> {
    return this.change(actor, () => ({ elderMode }));
  }

  /** @throws AppError CONSENT_REQUIRED, NAME_INVALID, ID_NUMBER_INVALID, REAL_NAME_ALREADY_SET, ID_NUMBER_TAKEN */
  async setRealName(actor: CitizenActor, input: RealName): Promise<Citizen> {
    const name = input.name.replace(/[•‧・]/g, '·').replace(/\s+/g, ' ');
    const idNumber = normaliseIdNumber(input.idNumber);
    const idNumberHash = this.cipher.hashIdNumber(idNumber);
    return this.change(actor, (citizen) => {
      requireConsent(citizen);
      if (!isPersonName(name)) throw new AppError('NAME_INVALID');
      if (!isIdNumber(idNumber, dayOf(this.clock.now()))) throw new AppError('ID_NUMBER_INVALID');
      if (citizen.idNumberHash !== null) {
        const same = citizen.idNumberHash === idNumberHash && this.openName(citizen) === name;
        if (!same) throw new AppError('REAL_NAME_ALREADY_SET');
        return {};
      }
      return {
        nameCipher: this.cipher.sealName(name),
        idNumberCipher: this.cipher.sealIdNumber(idNumber),
        idNumberHash,
        verifiedAt: this.clock.now(),
      };
    });
  }

  /** @throws AppError CONSENT_REQUIRED, PHONE_INVALID, PHONE_CODE_INVALID, DEPENDENCY_UNAVAILABLE */
  async setPhone(actor: CitizenActor, input: PhoneUpdate): Promise<Citizen> {
    const proven = 'code' in input;
    const citizen = await this.citizens.findOneBy({ id: actor.citizenId });
    // Before WeChat is asked, which takes money for each number.
    if (citizen) requireConsent(citizen);
    const phone = normaliseMobile(proven ? await this.askPhone(input.code) : input.phone);
    if (!isMobile(phone)) throw new AppError('PHONE_INVALID');
    return this.change(actor, (current) => {
      requireConsent(current);
      return { phoneCipher: this.cipher.sealPhone(phone), phoneProven: proven };
    });
  }

  private async askPhone(code: string): Promise<string> {
    try {
      const { countryCode, purePhoneNumber } = await this.wechat.getPhoneNumber(code);
      // The courier and the hall reach mainland numbers only.
      return countryCode === '86' || countryCode === '' ? purePhoneNumber : '';
    } catch (error) {
      if (!(error instanceof WechatError)) throw error;
      const invalid = error.code === '40029' || error.code === 'FOREIGN_WATERMARK';
      throw new AppError(invalid ? 'PHONE_CODE_INVALID' : 'DEPENDENCY_UNAVAILABLE', undefined, {
        cause: error,
      });
    }
  }

  /** Locks the own row, asks what to change and writes it. */
  private change(
    { citizenId }: CitizenActor,
    decide: (citizen: CitizenEntity) => QueryDeepPartialEntity<CitizenEntity>,
  ): Promise<Citizen> {
    return this.transactions.run(async (em) => {
      const citizen = await em.findOne(CitizenEntity, {
        where: { id: citizenId },
        lock: { mode: 'pessimistic_write' },
      });
      if (!citizen) throw new AppError('NOT_FOUND');
      const update = decide(citizen);
      if (Object.keys(update).length === 0) return this.answer(citizen);
      await this.write(em, citizenId, update);
      // What a desk did for somebody without an account may belong to this one now.
      if (update.idNumberHash) await this.outbox.add(em, 'booking.citizen-named', { citizenId });
      return this.answer(await em.findOneByOrFail(CitizenEntity, { id: citizenId }));
    });
  }

  private async write(
    em: EntityManager,
    id: string,
    update: QueryDeepPartialEntity<CitizenEntity>,
  ): Promise<void> {
    try {
      await em.update(CitizenEntity, { id }, update);
    } catch (error) {
      onUnique(error, { ux_citizen_id_number: 'ID_NUMBER_TAKEN' });
    }
  }

  private openName(citizen: CitizenEntity): string | null {
    return citizen.nameCipher === null ? null : this.cipher.openName(citizen.nameCipher);
  }

  private answer(citizen: CitizenEntity): Citizen {
    return toCitizen(citizen, this.cipher, this.clock.now());
  }
}

function requireConsent(citizen: CitizenEntity): void {
  if (citizen.consentVersion === null) throw new AppError('CONSENT_REQUIRED');
}
