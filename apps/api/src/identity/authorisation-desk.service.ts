import type { endpoints, HallAuthorisation } from '@haoban/contracts';
import {
  authorisationStateOn,
  dayOf,
  decideAuthorisation,
  maskName,
  type AuthorisationAction,
} from '@haoban/domain';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThan, MoreThan, MoreThanOrEqual, type EntityManager, type Repository } from 'typeorm';
import { Audit } from '../audit/audit.service.js';
import type { StaffActor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import type { Inputs } from '../common/route.js';
import { Transactions } from '../db/transactions.js';
import { AuthorisationCitizenService } from './authorisation-citizen.service.js';
import { AuthorisationOpenService } from './authorisation-open.service.js';
import { AuthorisationEntity } from './authorisation.entity.js';
import { toHallAuthorisation } from './authorisation.mapper.js';
import { CitizensService } from './citizens.service.js';
import { isFound } from './people-search.js';
import { readIdNumber } from './people-input.js';
import { PersonCipher } from './person-cipher.js';

type Of<Operation extends keyof typeof endpoints.people> = Inputs<(typeof endpoints.people)[Operation]>;
interface Page {
  items: HallAuthorisation[];
  nextCursor: string | null;
}

/** So many rows are opened for one search: names are encrypted, so the database can't compare them. */
const SEARCHED = 2000;

/** What a desk does about authorisations, at any hall: people go to the one that is near. */
@Injectable()
export class AuthorisationDeskService {
  constructor(
    @InjectRepository(AuthorisationEntity) private readonly rows: Repository<AuthorisationEntity>,
    private readonly transactions: Transactions,
    private readonly opening: AuthorisationOpenService,
    private readonly asking: AuthorisationCitizenService,
    private readonly citizens: CitizensService,
    private readonly cipher: PersonCipher,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Pending ones, oldest first; active ones only for a name or a number. @throws AppError AUTHORISATION_SEARCH_REQUIRED */
  async list(actor: StaffActor, input: Of<'listPendingAuthorisations'>): Promise<Page> {
    const { state, cursor, limit, q } = input;
    if (state === 'active' && !q) throw new AppError('AUTHORISATION_SEARCH_REQUIRED');
    const newest = state === 'active';
    const after = cursor ? { id: newest ? LessThan(cursor) : MoreThan(cursor) } : {};
    const rows = await this.rows.find({
      where: { state, validUntil: MoreThanOrEqual(dayOf(this.clock.now())), ...after },
      order: { id: newest ? 'DESC' : 'ASC' },
      take: q ? SEARCHED : limit + 1,
    });
    const found = q ? rows.filter((row) => this.matches(row, q)) : rows;
    const items = await this.answers(actor, found.slice(0, limit));
    return { items, nextCursor: found.length > limit ? (items.at(-1)?.id ?? null) : null };
  }

  /** @throws AppError NOT_FOUND, AUTHORISATION_STATE, AUTHORISATION_PAPER_REQUIRED, REASON_REQUIRED */
  async verify(actor: StaffActor, input: Of<'verifyAuthorisation'>): Promise<HallAuthorisation> {
    const { result, paper, reason } = input;
    const granted = result === 'granted';
    if (granted && !paper) throw new AppError('AUTHORISATION_PAPER_REQUIRED');
    if (!granted && !reason) throw new AppError('REASON_REQUIRED');
    const row = await this.transactions.run(async (em) => {
      const named = await em.findOneBy(AuthorisationEntity, { id: input.authorisationId });
      if (!named) throw new AppError('NOT_FOUND');
      await this.opening.lockBoth(em, named.agentCitizenId, named.principalHash);
      const now = this.clock.now();
      const changed = await this.change(em, actor, input.authorisationId, granted ? 'grant' : 'refuse', {
        paper: paper ?? null,
        reason: reason ?? null,
        decidedBy: actor.staffId,
        decidedAt: now,
        ...(granted ? {} : { openKey: null, endedAt: now }),
      });
      await this.opening.tell(em, result, changed);
      return changed;
    });
    return this.answer(actor, row);
  }

  /**
   * Both are here with their papers: active at once.
   * @throws AppError AUTHORISATION_AGENT_UNKNOWN, and as `AuthorisationCitizenService.declare`
   */
  async register(actor: StaffActor, input: Of<'registerAuthorisationAtDesk'>): Promise<HallAuthorisation> {
    const facts = this.asking.read(input);
    const agentIdNumber = readIdNumber(input.agentIdNumber, dayOf(this.clock.now()));
    const agent = await this.citizens.findByIdNumberHash(this.cipher.hashIdNumber(agentIdNumber));
    if (!agent) throw new AppError('AUTHORISATION_AGENT_UNKNOWN');
    const { paper } = input;
    const wanted = { ...facts, origin: 'desk', paper, decidedBy: actor.staffId } as const;
    const row = await this.transactions.run(async (em) => {
      await this.opening.lockBoth(em, agent.id, this.opening.hashOf(wanted));
      const made = await this.opening.open(em, agent.id, wanted);
      await this.audit.record(em, actor, {
        action: 'authorisation.register',
        subjectKind: 'authorisation',
        subjectId: made.id,
        after: {
          agentCitizenId: agent.id,
          kind: made.kind,
          relation: made.relation,
          validUntil: made.validUntil,
          paper,
        },
      });
      await this.opening.tell(em, 'registered', made);
      return made;
    });
    return this.answer(actor, row);
  }

  /** For a principal without a phone, or in a dispute. @throws AppError NOT_FOUND, AUTHORISATION_STATE */
  async end(actor: StaffActor, input: Of<'endAuthorisationAtDesk'>): Promise<HallAuthorisation> {
    const row = await this.transactions.run(async (em) => {
      const change = { openKey: null, endedAt: this.clock.now(), reason: input.reason };
      const ended = await this.change(em, actor, input.authorisationId, 'end', change);
      await this.opening.tell(em, 'ended', ended);
      return ended;
    });
    return this.answer(actor, row);
  }

  private async change(
    em: EntityManager,
    actor: StaffActor,
    id: string,
    action: AuthorisationAction,
    rest: Partial<AuthorisationEntity>,
  ): Promise<AuthorisationEntity> {
    const row = await em.findOne(AuthorisationEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!row) throw new AppError('NOT_FOUND');
    const before = authorisationStateOn(row, dayOf(this.clock.now()));
    const decision = decideAuthorisation(before, action, actor.role);
    if (!decision.ok) throw new AppError(decision.code);
    const changed = { ...rest, state: decision.next };
    await em.update(AuthorisationEntity, { id }, changed);
    const { paper = null, reason = null } = rest;
    await this.audit.record(em, actor, {
      action: `authorisation.${action}`,
      subjectKind: 'authorisation',
      subjectId: id,
      before: { state: before },
      after: { state: decision.next, paper, reason },
    });
    return Object.assign(row, changed);
  }

  private matches(row: AuthorisationEntity, q: string): boolean {
    const name = this.cipher.openName(row.nameCipher);
    const shown = row.kind === 'company' ? name : maskName(name);
    return isFound(q, { name, shown, number: this.cipher.openIdNumber(row.numberCipher) });
  }

  private async answer(actor: StaffActor, row: AuthorisationEntity): Promise<HallAuthorisation> {
    const [answer] = await this.answers(actor, [row]);
    if (!answer) throw new AppError('NOT_FOUND');
    return answer;
  }

  private async answers(
    actor: StaffActor,
    rows: readonly AuthorisationEntity[],
  ): Promise<HallAuthorisation[]> {
    const names = await this.citizens.maskedNames(rows.map(({ agentCitizenId }) => agentCitizenId));
    const today = dayOf(this.clock.now());
    return rows.map((row) =>
      toHallAuthorisation(row, names.get(row.agentCitizenId)?.name ?? '—', this.cipher, actor.role, today),
    );
  }
}
