import type { CaseEvent } from '@haoban/contracts';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import type { Actor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { newId } from '../common/id.js';
import { LivePublisher } from '../live/live-publisher.js';
import { CaseEntity, CaseEventEntity } from './case.entity.js';

export const caseTopic = (caseId: string) => `case:${caseId}`;

/** One line of a case's course. `action` is the code's word (≤ 20 characters), `title` and `text` are the resident's. */
export interface NewCaseEvent {
  readonly kind: CaseEvent['kind'];
  readonly action: string;
  readonly title: string;
  readonly text?: string | null;
  readonly at: Date;
}

/** Locking, changing and continuing a case: the version and the live hint come with every write. */
@Injectable()
export class CaseRecords {
  constructor(private readonly live: LivePublisher) {}

  /** Holds the case until the end of the transaction. @throws AppError NOT_FOUND */
  async lock(em: EntityManager, caseId: string): Promise<CaseEntity> {
    const row = await em.findOne(CaseEntity, {
      where: { id: caseId },
      lock: { mode: 'pessimistic_write' },
    });
    if (!row) throw new AppError('NOT_FOUND');
    return row;
  }

  /** The row must be locked; the version has the last word should a lock ever be missing. @throws AppError CASE_STATE */
  async change(em: EntityManager, row: CaseEntity, change: Partial<CaseEntity>): Promise<CaseEntity> {
    const version = row.version + 1;
    const { affected } = await em.update(CaseEntity, { id: row.id, version: row.version }, {
      ...change,
      version,
    } as QueryDeepPartialEntity<CaseEntity>);
    if (affected !== 1) throw new AppError('CASE_STATE');
    this.live.changedAfterCommit(em, caseTopic(row.id));
    return em.create(CaseEntity, { ...row, ...change, version });
  }

  async addEvent(em: EntityManager, caseId: string, event: NewCaseEvent, actor: Actor): Promise<void> {
    await em.insert(CaseEventEntity, {
      id: newId(),
      caseId,
      at: event.at,
      kind: event.kind,
      action: event.action,
      title: event.title,
      text: event.text ?? null,
      actorKind: actor.kind,
      actorId: actor.kind === 'staff' ? actor.staffId : actor.kind === 'citizen' ? actor.citizenId : null,
    });
    this.live.changedAfterCommit(em, caseTopic(caseId));
  }
}
