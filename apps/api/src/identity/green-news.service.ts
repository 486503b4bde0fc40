import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Audit } from '../audit/audit.service.js';
import type { CitizenActor } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { Outbox } from '../outbox/outbox.service.js';
import { AuthorisationsService, type PrincipalAccount } from './authorisations.service.js';
import type { GreenEvidenceEntity } from './green-evidence.entity.js';
import {
  greenCheckedTell,
  principalGreenCheckedTell,
  principalGreenDeclaredTell,
  principalGreenWithdrawnTell,
} from './green-tell.js';

/** Who hears of a paper. What an agent does with somebody else's leaves an audit row, and that person is told where there is a phone. */
@Injectable()
export class GreenNewsService {
  constructor(
    private readonly authorisations: AuthorisationsService,
    private readonly outbox: Outbox,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** @param older the paper that it takes the place of */
  async declared(
    em: EntityManager,
    actor: CitizenActor,
    row: GreenEvidenceEntity,
    older: GreenEvidenceEntity | null,
  ): Promise<void> {
    const { id, authorisationId, state, validUntil } = row;
    if (authorisationId === null) return;
    await this.audit.record(em, actor, {
      action: 'green.declare',
      subjectKind: 'green_evidence',
      subjectId: id,
      ...(older ? { before: { id: older.id, state: older.state, validUntil: older.validUntil } } : {}),
      after: { state, validUntil, authorisationId },
    });
    const to = await this.principal(em, authorisationId);
    if (!to) return;
    const tell = principalGreenDeclaredTell(row, to, older !== null, this.clock.now());
    await this.outbox.add(em, 'notifications.tell', tell);
  }

  /** @param authorisationId by which it was withdrawn; undefined where it was the person */
  async withdrawn(
    em: EntityManager,
    actor: CitizenActor,
    row: GreenEvidenceEntity,
    authorisationId: string | undefined,
  ): Promise<void> {
    if (authorisationId === undefined) return;
    await this.audit.record(em, actor, {
      action: 'green.withdraw',
      subjectKind: 'green_evidence',
      subjectId: row.id,
      before: { state: row.state },
      after: { state: 'withdrawn', authorisationId },
    });
    const to = await this.principal(em, authorisationId);
    if (!to) return;
    const tell = principalGreenWithdrawnTell(row, to, this.clock.now());
    await this.outbox.add(em, 'notifications.tell', tell);
  }

  async checked(em: EntityManager, row: GreenEvidenceEntity, verified: boolean): Promise<void> {
    const now = this.clock.now();
    await this.outbox.add(em, 'notifications.tell', greenCheckedTell(row, verified, now));
    const to = row.authorisationId === null ? undefined : await this.principal(em, row.authorisationId);
    if (!to) return;
    await this.outbox.add(em, 'notifications.tell', principalGreenCheckedTell(row, to, verified, now));
  }

  private async principal(em: EntityManager, authorisationId: string): Promise<PrincipalAccount | undefined> {
    return (await this.authorisations.principalAccounts(em, [authorisationId])).get(authorisationId);
  }
}
