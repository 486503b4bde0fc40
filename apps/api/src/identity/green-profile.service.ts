import type { endpoints, GreenProfile } from '@haoban/contracts';
import {
  dayOf,
  decideGreen,
  greenAge,
  greenEnd,
  isElderly,
  isGreenInForce,
  maskName,
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
import { AuthorisationsService, type Principal } from './authorisations.service.js';
import { CitizensService } from './citizens.service.js';
import { GreenEvidenceEntity } from './green-evidence.entity.js';
import { GreenNewsService } from './green-news.service.js';
import { GreenService } from './green.service.js';
import { toGreenEvidence } from './green.mapper.js';
import { PersonCipher } from './person-cipher.js';

type Declaration = Inputs<typeof endpoints.people.declareGreen>;
type Withdrawal = Inputs<typeof endpoints.people.withdrawGreen>;
interface Whose {
  readonly personKey: string;
  readonly citizenId: string;
  readonly authorisationId: string | null;
  /** Masked; null for the own papers. */
  readonly forName: string | null;
}

/** What citizens declare about the green channel, for themselves or for a family member they book for. */
@Injectable()
export class GreenProfileService {
  constructor(
    private readonly transactions: Transactions,
    private readonly citizens: CitizensService,
    private readonly authorisations: AuthorisationsService,
    private readonly green: GreenService,
    private readonly news: GreenNewsService,
    private readonly cipher: PersonCipher,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError REAL_NAME_REQUIRED, AUTHORISATION_NOT_VALID, GREEN_NOT_A_PERSON */
  async get(actor: CitizenActor, authorisationId?: string): Promise<GreenProfile> {
    const self = await this.self(actor);
    const ask = authorisationId && { agentCitizenId: self.citizenId, authorisationId };
    const whose = ask ? this.family(self, await this.authorisations.get(ask)) : self;
    return this.transactions.run((em) => this.profile(em, whose));
  }

  /** A newer paper of the same kind takes the place of the older. @throws AppError as `get`, GREEN_DATE_INVALID */
  async declare(actor: CitizenActor, input: Declaration): Promise<GreenProfile> {
    const { reason, document } = input;
    const now = this.clock.now();
    const end = greenEnd(reason, input.validUntil, dayOf(now));
    if (!end.ok) throw new AppError(end.code);
    const self = await this.self(actor);
    return this.transactions.run(async (em) => {
      const whose = await this.lockWhose(em, self, input.authorisationId);
      const { personKey, citizenId, authorisationId } = whose;
      const older = await em.findOne(GreenEvidenceEntity, {
        where: { personKey, openKey: reason },
        lock: { mode: 'pessimistic_write' },
      });
      if (older)
        await em.update(GreenEvidenceEntity, { id: older.id }, { state: 'withdrawn', openKey: null });
      const row: GreenEvidenceEntity = {
        id: newId(),
        personKey,
        citizenId,
        authorisationId,
        reason,
        state: 'declared',
        openKey: reason,
        documentCipher: this.cipher.sealDocument(document),
        validUntil: end.next,
        checkReason: null,
        checkedBy: null,
        checkedAt: null,
        createdAt: now,
      };
      await em.insert(GreenEvidenceEntity, row);
      await this.news.declared(em, actor, row, older);
      return this.profile(em, whose);
    });
  }

  /**
   * The own papers, whoever declared them, or as an agent those that the agent declared.
   * @throws AppError as `get`, NOT_FOUND, GREEN_STATE
   */
  async withdraw(actor: CitizenActor, { evidenceId, authorisationId }: Withdrawal): Promise<GreenProfile> {
    const self = await this.self(actor);
    return this.transactions.run(async (em) => {
      const whose = await this.lockWhose(em, self, authorisationId);
      const row = await em.findOne(GreenEvidenceEntity, {
        where: { id: evidenceId, personKey: whose.personKey },
        lock: { mode: 'pessimistic_write' },
      });
      if (!row || !isShown(row, whose)) throw new AppError('NOT_FOUND');
      const decision = decideGreen(row.state, 'withdraw', 'citizen');
      if (!decision.ok) throw new AppError(decision.code);
      await em.update(GreenEvidenceEntity, { id: row.id }, { state: decision.next, openKey: null });
      await this.news.withdrawn(em, actor, row, authorisationId);
      return this.profile(em, whose);
    });
  }

  /** An authorisation that ends meanwhile is ended before or after the act, never between. */
  private async lockWhose(
    em: EntityManager,
    self: Whose,
    authorisationId: string | undefined,
  ): Promise<Whose> {
    await this.citizens.lock(em, self.citizenId);
    if (authorisationId === undefined) return self;
    return this.family(self, await this.authorisations.lockForBooking(em, self.citizenId, authorisationId));
  }

  private async self({ citizenId }: CitizenActor): Promise<Whose> {
    const { idNumberHash } = await this.citizens.requireRealName(citizenId);
    return { personKey: idNumberHash, citizenId, authorisationId: null, forName: null };
  }

  private family({ citizenId }: Whose, { kind, personKey, authorisationId, nameCipher }: Principal): Whose {
    if (kind === 'company') throw new AppError('GREEN_NOT_A_PERSON');
    const forName = maskName(this.cipher.openName(nameCipher));
    return { personKey, citizenId, authorisationId, forName };
  }

  private async profile(em: EntityManager, whose: Whose): Promise<GreenProfile> {
    const { personKey, citizenId, forName } = whose;
    const today = dayOf(this.clock.now());
    const all = await this.green.evidence(em, personKey);
    const shown = all.filter((row) => isShown(row, whose));
    const birthday = await this.green.birthday(em, personKey, citizenId);
    const elderly = birthday !== undefined && isElderly(birthday, today);
    const mayUse = mayUseGreen({ birthday, evidence: all }, today);
    const waiting = all.some((each) => isGreenInForce(each, today));
    return {
      forName,
      mayUse,
      elderly,
      text: profileText({ mayUse, elderly, waiting, who: forName ?? '您' }),
      items: shown.map((row) => toGreenEvidence(row, this.cipher, today)),
    };
  }
}

/** Papers that the person declared are not the agent's to read. */
function isShown(row: GreenEvidenceEntity, { authorisationId, citizenId }: Whose): boolean {
  return authorisationId === null || row.citizenId === citizenId;
}

function profileText(facts: {
  readonly mayUse: boolean;
  readonly elderly: boolean;
  /** Something is declared, but a desk has to see it first. */
  readonly waiting: boolean;
  readonly who: string;
}): string {
  const { who } = facts;
  if (facts.elderly) return `${who}已年满 ${greenAge} 岁，不用登记，可以直接预约绿色通道。`;
  if (facts.mayUse) return `${who}可以预约绿色通道，到场时请带上登记的证件原件。`;
  return facts.waiting
    ? '因为上次的登记没有通过核验，这次要先带证件原件到任一大厅咨询台核对，核对后就可以预约绿色通道。'
    : `${who}还没有有效的登记；残疾、孕期或哺乳期、重病的，登记证件后就可以预约绿色通道。`;
}
