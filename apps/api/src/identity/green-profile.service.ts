import type { endpoints, GreenProfile } from '@haoban/contracts';
import {
  dayOf,
  decideGreen,
  greenAge,
  greenEnd,
  isElderly,
  isGreenInForce,
  mayUseGreen,
} from '@haoban/domain';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { CitizenActor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { newId } from '../common/id.js';
import type { Inputs } from '../common/route.js';
import { Transactions } from '../db/transactions.js';
import { AuthorisationsService } from './authorisations.service.js';
import { CitizensService } from './citizens.service.js';
import { GreenEvidenceEntity } from './green-evidence.entity.js';
import { GreenService } from './green.service.js';
import { toGreenEvidence } from './green.mapper.js';
import { PersonCipher } from './person-cipher.js';

type Declaration = Inputs<typeof endpoints.people.declareGreen>;
interface Whose {
  readonly personKey: string;
  readonly citizenId: string;
  readonly authorisationId: string | null;
}

/** What citizens declare about the green channel, for themselves or for a family member they book for. */
@Injectable()
export class GreenProfileService {
  constructor(
    private readonly transactions: Transactions,
    private readonly citizens: CitizensService,
    private readonly authorisations: AuthorisationsService,
    private readonly green: GreenService,
    private readonly cipher: PersonCipher,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError REAL_NAME_REQUIRED, AUTHORISATION_NOT_VALID, GREEN_NOT_A_PERSON */
  async get(actor: CitizenActor, authorisationId?: string): Promise<GreenProfile> {
    const whose = await this.whose(actor, authorisationId);
    return this.transactions.run((em) => this.profile(em, whose));
  }

  /** A newer paper of the same kind takes the place of the older. @throws AppError as `get`, GREEN_DATE_INVALID */
  async declare(actor: CitizenActor, input: Declaration): Promise<GreenProfile> {
    const whose = await this.whose(actor, input.authorisationId);
    const { reason, document } = input;
    const now = this.clock.now();
    const end = greenEnd(reason, input.validUntil, dayOf(now));
    if (!end.ok) throw new AppError(end.code);
    return this.transactions.run(async (em) => {
      await this.citizens.lock(em, actor.citizenId);
      const older = await em.findOne(GreenEvidenceEntity, {
        where: { personKey: whose.personKey, openKey: reason },
        lock: { mode: 'pessimistic_write' },
      });
      if (older)
        await em.update(GreenEvidenceEntity, { id: older.id }, { state: 'withdrawn', openKey: null });
      await em.insert(GreenEvidenceEntity, {
        id: newId(),
        ...whose,
        reason,
        state: 'declared',
        openKey: reason,
        documentCipher: this.cipher.sealDocument(document),
        validUntil: end.next,
        checkReason: null,
        checkedBy: null,
        checkedAt: null,
        createdAt: now,
      });
      return this.profile(em, whose);
    });
  }

  /** By the person or by whoever declared it. @throws AppError NOT_FOUND, GREEN_STATE */
  async withdraw({ citizenId }: CitizenActor, evidenceId: string): Promise<GreenProfile> {
    const { idNumberHash } = await this.citizens.get(citizenId);
    return this.transactions.run(async (em) => {
      const row = await em.findOne(GreenEvidenceEntity, {
        where: { id: evidenceId },
        lock: { mode: 'pessimistic_write' },
      });
      if (!row || (row.citizenId !== citizenId && row.personKey !== idNumberHash))
        throw new AppError('NOT_FOUND');
      const decision = decideGreen(row.state, 'withdraw', 'citizen');
      if (!decision.ok) throw new AppError(decision.code);
      await em.update(GreenEvidenceEntity, { id: row.id }, { state: decision.next, openKey: null });
      const { personKey, authorisationId } = row;
      return this.profile(em, { personKey, citizenId, authorisationId });
    });
  }

  private async whose({ citizenId }: CitizenActor, authorisationId: string | undefined): Promise<Whose> {
    const { idNumberHash } = await this.citizens.requireRealName(citizenId);
    if (authorisationId === undefined) return { personKey: idNumberHash, citizenId, authorisationId: null };
    const ask = { agentCitizenId: citizenId, authorisationId };
    const { kind, personKey } = await this.authorisations.get(ask);
    if (kind === 'company') throw new AppError('GREEN_NOT_A_PERSON');
    return { personKey, citizenId, authorisationId };
  }

  private async profile(
    em: EntityManager,
    { personKey, citizenId, authorisationId }: Whose,
  ): Promise<GreenProfile> {
    const today = dayOf(this.clock.now());
    const all = await this.green.evidence(em, personKey);
    // Papers that the person declared are not the agent's to read.
    const shown = all.filter((row) => authorisationId === null || row.citizenId === citizenId);
    const birthday = await this.green.birthday(em, personKey, citizenId);
    const elderly = birthday !== undefined && isElderly(birthday, today);
    const mayUse = mayUseGreen({ birthday, evidence: all }, today);
    return {
      mayUse,
      elderly,
      text: profileText({
        mayUse,
        elderly,
        waiting: all.some((each) => isGreenInForce(each, today)),
        own: authorisationId === null,
      }),
      items: shown.map((row) => toGreenEvidence(row, this.cipher, today)),
    };
  }
}

function profileText(facts: {
  readonly mayUse: boolean;
  readonly elderly: boolean;
  /** Something is declared, but a desk has to see it first. */
  readonly waiting: boolean;
  readonly own: boolean;
}): string {
  const who = facts.own ? '您' : '这位家人';
  if (facts.elderly) return `${who}已年满 ${greenAge} 岁，不用登记，可以直接预约绿色通道。`;
  if (facts.mayUse) return `${who}可以预约绿色通道，到场时请带上登记的证件原件。`;
  return facts.waiting
    ? '因为上次的登记没有通过核验，这次要先带证件原件到任一大厅咨询台核对，核对后就可以预约绿色通道。'
    : `${who}还没有有效的登记；残疾、孕期或哺乳期、重病的，登记证件后就可以预约绿色通道。`;
}
