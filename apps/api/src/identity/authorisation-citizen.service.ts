import type { Authorisation, AuthorisationCode, AuthorisationDeclare } from '@haoban/contracts';
import {
  addMinutes,
  authorisationCodeHours,
  authorisationEnd,
  dayOf,
  decideAuthorisation,
  type FamilyRelation,
  type LocalDay,
} from '@haoban/domain';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, MoreThan, type EntityManager, type FindOptionsWhere, type Repository } from 'typeorm';
import type { CitizenActor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { newId } from '../common/id.js';
import { newSpokenCode, readSpokenCode } from '../common/spoken-code.js';
import { Transactions } from '../db/transactions.js';
import { AuthorisationOpenService, type NewAuthorisation } from './authorisation-open.service.js';
import { AuthorisationCodeEntity, AuthorisationEntity } from './authorisation.entity.js';
import { toAuthorisation, type AuthorisationSide } from './authorisation.mapper.js';
import { CitizensService } from './citizens.service.js';
import { readCompany, readMobile, readPerson } from './people-input.js';
import { PersonCipher } from './person-cipher.js';

/** So many rows a side are shown, the open ones first. */
const SHOWN = 50;

/** What citizens do about booking for one another: agents ask and accept, principals give codes, either ends it. */
@Injectable()
export class AuthorisationCitizenService {
  constructor(
    @InjectRepository(AuthorisationEntity) private readonly rows: Repository<AuthorisationEntity>,
    private readonly transactions: Transactions,
    private readonly opening: AuthorisationOpenService,
    private readonly citizens: CitizensService,
    private readonly cipher: PersonCipher,
    private readonly clock: Clock,
  ) {}

  async list({
    citizenId,
  }: CitizenActor): Promise<{ asAgent: Authorisation[]; asPrincipal: Authorisation[] }> {
    const { idNumberHash } = await this.citizens.get(citizenId);
    const [asAgent, asPrincipal] = await Promise.all([
      this.ofSide({ agentCitizenId: citizenId }, 'agent'),
      idNumberHash === null ? [] : this.ofSide({ principalHash: idNumberHash }, 'principal'),
    ]);
    return { asAgent, asPrincipal };
  }

  /** Codes made before can no longer be used. @throws AppError REAL_NAME_REQUIRED, AUTHORISATION_DATE_INVALID */
  async makeCode(
    { citizenId }: CitizenActor,
    wanted: { validUntil?: LocalDay | undefined },
  ): Promise<AuthorisationCode> {
    await this.citizens.requireRealName(citizenId);
    const now = this.clock.now();
    const validUntil = this.endOf(wanted.validUntil);
    const code = newSpokenCode();
    const expiresAt = addMinutes(now, authorisationCodeHours * 60);
    await this.transactions.run(async (em) => {
      await this.citizens.lock(em, citizenId);
      await em.update(
        AuthorisationCodeEntity,
        { principalCitizenId: citizenId, usedAt: IsNull(), expiresAt: MoreThan(now) },
        { expiresAt: now },
      );
      await em.insert(AuthorisationCodeEntity, {
        id: newId(),
        principalCitizenId: citizenId,
        codeHash: this.cipher.hashAuthorisationCode(code),
        validUntil,
        expiresAt,
        usedAt: null,
        authorisationId: null,
        createdAt: now,
      });
    });
    return { code, expiresAt: expiresAt.toISOString(), validUntil };
  }

  /**
   * A code that is wrong, used or too old is refused alike, so that nobody learns which codes are about. The same agent's retry gets
   * the first answer.
   * @throws AppError REAL_NAME_REQUIRED, AUTHORISATION_CODE_INVALID, AUTHORISATION_OWN, AUTHORISATION_EXISTS, AUTHORISATION_LIMIT
   */
  async acceptCode(
    { citizenId }: CitizenActor,
    input: { code: string; relation: FamilyRelation },
  ): Promise<Authorisation> {
    await this.citizens.requireRealName(citizenId);
    const codeHash = this.cipher.hashAuthorisationCode(readSpokenCode(input.code));
    const row = await this.transactions.run(async (em) => {
      const known = await em.findOneBy(AuthorisationCodeEntity, { codeHash });
      if (!known) throw new AppError('AUTHORISATION_CODE_INVALID');
      await this.citizens.lockMany(em, [citizenId, known.principalCitizenId]);
      const code = await em.findOneOrFail(AuthorisationCodeEntity, {
        where: { id: known.id },
        lock: { mode: 'pessimistic_write' },
      });
      const earlier = await this.earlier(em, code, citizenId);
      return earlier ?? this.take(em, citizenId, code, input.relation);
    });
    return this.answer(row, 'agent');
  }

  /**
   * For a family member without a phone, or a company: pending until a desk has seen the papers.
   * @throws AppError REAL_NAME_REQUIRED, NAME_INVALID, ID_NUMBER_INVALID, PHONE_INVALID, COMPANY_NAME_INVALID, CREDIT_CODE_INVALID,
   * AUTHORISATION_DATE_INVALID, AUTHORISATION_OWN, AUTHORISATION_EXISTS, AUTHORISATION_LIMIT
   */
  async declare({ citizenId }: CitizenActor, input: AuthorisationDeclare): Promise<Authorisation> {
    await this.citizens.requireRealName(citizenId);
    const wanted = { ...this.read(input), origin: 'declared' } as const;
    const row = await this.transactions.run(async (em) => {
      await this.opening.lockBoth(em, citizenId, this.opening.hashOf(wanted));
      const made = await this.opening.open(em, citizenId, wanted);
      await this.opening.tell(em, 'asked', made);
      return made;
    });
    return this.answer(row, 'agent');
  }

  /** By either side. What is booked stays booked. @throws AppError NOT_FOUND, AUTHORISATION_STATE */
  async end({ citizenId }: CitizenActor, authorisationId: string): Promise<Authorisation> {
    const { idNumberHash } = await this.citizens.get(citizenId);
    const { row, side } = await this.transactions.run(async (em) => {
      const found = await em.findOne(AuthorisationEntity, {
        where: { id: authorisationId },
        lock: { mode: 'pessimistic_write' },
      });
      const side = found && sideOf(found, citizenId, idNumberHash);
      if (!found || !side) throw new AppError('NOT_FOUND');
      const decision = decideAuthorisation(found.state, 'end', 'citizen');
      if (!decision.ok) throw new AppError(decision.code);
      const change = { state: decision.next, openKey: null, endedAt: this.clock.now() };
      await em.update(AuthorisationEntity, { id: found.id }, change);
      const ended = Object.assign(found, change);
      await this.opening.tell(em, 'ended', ended);
      return { row: ended, side };
    });
    return this.answer(row, side);
  }

  /** @throws AppError as `declare` */
  read(input: AuthorisationDeclare): Omit<NewAuthorisation, 'origin'> {
    const validUntil = this.endOf(input.validUntil);
    if (input.kind === 'company') {
      const { name, creditCode } = readCompany(input);
      return { kind: 'company', name, number: creditCode, relation: input.role, validUntil };
    }
    const { name, idNumber } = readPerson(input, dayOf(this.clock.now()));
    const phone = input.phone ? readMobile(input.phone) : undefined;
    return { kind: 'family', name, number: idNumber, phone, relation: input.relation, validUntil };
  }

  private endOf(wanted: LocalDay | undefined): LocalDay {
    const decision = authorisationEnd(wanted, dayOf(this.clock.now()));
    if (!decision.ok) throw new AppError(decision.code);
    return decision.next;
  }

  /** What this agent made of this code before. @throws AppError AUTHORISATION_CODE_INVALID where it can't be used any more */
  private async earlier(
    em: EntityManager,
    { usedAt, expiresAt, authorisationId }: AuthorisationCodeEntity,
    agentCitizenId: string,
  ): Promise<AuthorisationEntity | null> {
    const made = authorisationId
      ? await em.findOneBy(AuthorisationEntity, { id: authorisationId, agentCitizenId, state: 'active' })
      : null;
    if (!made && (usedAt !== null || expiresAt <= this.clock.now()))
      throw new AppError('AUTHORISATION_CODE_INVALID');
    return made;
  }

  private async take(
    em: EntityManager,
    agentCitizenId: string,
    code: AuthorisationCodeEntity,
    relation: FamilyRelation,
  ): Promise<AuthorisationEntity> {
    const made = await this.opening.open(em, agentCitizenId, {
      kind: 'family',
      ...(await this.opening.account(em, code.principalCitizenId)),
      relation,
      validUntil: code.validUntil,
      origin: 'code',
    });
    const used = { usedAt: this.clock.now(), authorisationId: made.id };
    await em.update(AuthorisationCodeEntity, { id: code.id }, used);
    await this.opening.tell(em, 'accepted', made);
    return made;
  }

  private async ofSide(
    where: FindOptionsWhere<AuthorisationEntity>,
    side: AuthorisationSide,
  ): Promise<Authorisation[]> {
    const rows = await this.rows.find({ where, order: { id: 'DESC' }, take: SHOWN });
    const names = await this.citizens.maskedNames(rows.map(({ agentCitizenId }) => agentCitizenId));
    const today = dayOf(this.clock.now());
    const shown = rows.map((row) =>
      toAuthorisation(row, names.get(row.agentCitizenId)?.name ?? '—', side, this.cipher, today),
    );
    return shown.sort((a, b) => rank(a) - rank(b));
  }

  private async answer(row: AuthorisationEntity, side: AuthorisationSide): Promise<Authorisation> {
    const names = await this.citizens.maskedNames([row.agentCitizenId]);
    const agentName = names.get(row.agentCitizenId)?.name ?? '—';
    return toAuthorisation(row, agentName, side, this.cipher, dayOf(this.clock.now()));
  }
}

const rank = ({ state }: Authorisation) => (state === 'active' ? 0 : state === 'pending' ? 1 : 2);

function sideOf(
  { agentCitizenId, principalHash }: AuthorisationEntity,
  citizenId: string,
  idNumberHash: string | null,
): AuthorisationSide | undefined {
  if (agentCitizenId === citizenId) return 'agent';
  return principalHash === idNumberHash ? 'principal' : undefined;
}
