import type { endpoints, HallGreenEvidence } from '@haoban/contracts';
import { dayOf, decideGreen, greenEnd, maskName } from '@haoban/domain';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, MoreThan, MoreThanOrEqual, type Repository } from 'typeorm';
import { Audit } from '../audit/audit.service.js';
import type { StaffActor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import type { Inputs } from '../common/route.js';
import { Transactions } from '../db/transactions.js';
import { AuthorisationEntity } from './authorisation.entity.js';
import { CitizenEntity } from './citizen.entity.js';
import { GreenEvidenceEntity } from './green-evidence.entity.js';
import { GreenNewsService } from './green-news.service.js';
import { toHallGreenEvidence } from './green.mapper.js';
import { isFound } from './people-search.js';
import { PersonCipher } from './person-cipher.js';

type Of<Operation extends keyof typeof endpoints.people> = Inputs<(typeof endpoints.people)[Operation]>;
type Person = { name: string; idNumber: string };

const SEARCHED = 2000;

/** The papers of the green channel, looked at when the person comes. */
@Injectable()
export class GreenDeskService {
  constructor(
    @InjectRepository(GreenEvidenceEntity) private readonly rows: Repository<GreenEvidenceEntity>,
    @InjectRepository(CitizenEntity) private readonly citizens: Repository<CitizenEntity>,
    @InjectRepository(AuthorisationEntity) private readonly authorisations: Repository<AuthorisationEntity>,
    private readonly transactions: Transactions,
    private readonly cipher: PersonCipher,
    private readonly news: GreenNewsService,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** What nobody has checked yet, oldest first. */
  async list(
    actor: StaffActor,
    { cursor, limit, q }: Of<'listGreenToCheck'>,
  ): Promise<{ items: HallGreenEvidence[]; nextCursor: string | null }> {
    const today = dayOf(this.clock.now());
    const rows = await this.rows.find({
      where: {
        state: 'declared',
        validUntil: MoreThanOrEqual(today),
        ...(cursor ? { id: MoreThan(cursor) } : {}),
      },
      order: { id: 'ASC' },
      take: q ? SEARCHED : limit + 1,
    });
    const people = await this.people(rows);
    const found = rows.filter(({ personKey }) => !q || matches(q, people.get(personKey)));
    const items = found
      .slice(0, limit)
      .map((row) => toHallGreenEvidence(row, people.get(row.personKey), this.cipher, actor.role, today));
    return { items, nextCursor: found.length > limit ? (items.at(-1)?.id ?? null) : null };
  }

  /** @throws AppError NOT_FOUND, GREEN_STATE, REASON_REQUIRED, GREEN_DATE_INVALID */
  async check(actor: StaffActor, input: Of<'checkGreen'>): Promise<HallGreenEvidence> {
    const { evidenceId, result, reason } = input;
    const verified = result === 'verified';
    if (!verified && !reason) throw new AppError('REASON_REQUIRED');
    const now = this.clock.now();
    const today = dayOf(now);
    const row = await this.transactions.run(async (em) => {
      const found = await em.findOne(GreenEvidenceEntity, {
        where: { id: evidenceId },
        lock: { mode: 'pessimistic_write' },
      });
      if (!found) throw new AppError('NOT_FOUND');
      const decision = decideGreen(found.state, verified ? 'verify' : 'refuse', actor.role);
      if (!decision.ok) throw new AppError(decision.code);
      const end = verified ? greenEnd(found.reason, input.validUntil ?? found.validUntil, today) : undefined;
      if (end && !end.ok) throw new AppError(end.code);
      const change = {
        state: decision.next,
        checkReason: reason ?? null,
        checkedBy: actor.staffId,
        checkedAt: now,
        validUntil: end?.next ?? found.validUntil,
        ...(verified ? {} : { openKey: null }),
      };
      await em.update(GreenEvidenceEntity, { id: found.id }, change);
      await this.audit.record(em, actor, {
        action: `green.${verified ? 'verify' : 'refuse'}`,
        subjectKind: 'green_evidence',
        subjectId: found.id,
        before: { state: found.state, validUntil: found.validUntil },
        after: { state: change.state, validUntil: change.validUntil, reason: change.checkReason },
      });
      await this.news.checked(em, found, verified);
      return Object.assign(found, change);
    });
    const people = await this.people([row]);
    return toHallGreenEvidence(row, people.get(row.personKey), this.cipher, actor.role, today);
  }

  /** By person key: from the person's own record, else from the authorisation by which an agent declared it. */
  private async people(rows: readonly GreenEvidenceEntity[]): Promise<ReadonlyMap<string, Person>> {
    if (rows.length === 0) return new Map();
    const [authorisations, citizens] = await Promise.all([
      this.authorisations.findBy({ id: In(rows.flatMap(({ authorisationId }) => authorisationId ?? [])) }),
      this.citizens.findBy({ idNumberHash: In(rows.map(({ personKey }) => personKey)) }),
    ]);
    const people = new Map<string, Person>();
    for (const { principalHash, nameCipher, numberCipher } of authorisations)
      people.set(principalHash, this.open(nameCipher, numberCipher));
    for (const { idNumberHash, nameCipher, idNumberCipher } of citizens)
      if (idNumberHash && nameCipher && idNumberCipher)
        people.set(idNumberHash, this.open(nameCipher, idNumberCipher));
    return people;
  }

  private open(nameCipher: string, numberCipher: string): Person {
    return { name: this.cipher.openName(nameCipher), idNumber: this.cipher.openIdNumber(numberCipher) };
  }
}

function matches(q: string, person: Person | undefined): boolean {
  if (!person) return false;
  return isFound(q, { name: person.name, shown: maskName(person.name), number: person.idNumber });
}
