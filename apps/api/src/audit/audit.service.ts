import type { AuditAction, AuditSubject } from '@haoban/domain';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThan, type EntityManager, type FindOptionsWhere, type Repository } from 'typeorm';
import type { Actor } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { newId } from '../common/id.js';
import { currentRequest } from '../common/request-context.js';
import { AuditEntity } from './audit.entity.js';

export interface AuditRecord {
  action: AuditAction;
  subjectKind: AuditSubject;
  subjectId: string;
  /** The fields that changed, without clear personal data. */
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
}

/** Appends to the audit trail in the transaction of the act itself: neither exists without the other. */
@Injectable()
export class Audit {
  constructor(
    @InjectRepository(AuditEntity) private readonly entries: Repository<AuditEntity>,
    private readonly clock: Clock,
  ) {}

  async record(em: EntityManager, actor: Actor, entry: AuditRecord): Promise<void> {
    const request = currentRequest();
    await em.insert(AuditEntity, {
      id: newId(),
      at: this.clock.now(),
      ...identify(actor),
      action: entry.action,
      subjectKind: entry.subjectKind,
      subjectId: entry.subjectId,
      ip: request?.ip ?? null,
      requestId: request?.id ?? null,
      before: entry.before ?? null,
      after: entry.after ?? null,
    });
  }

  /** Newest first; `cursor` is the last id of the page before. */
  list(filter: {
    cursor?: string | undefined;
    limit: number;
    action?: string | undefined;
    subjectId?: string | undefined;
  }): Promise<AuditEntity[]> {
    const where: FindOptionsWhere<AuditEntity> = {
      ...(filter.cursor ? { id: LessThan(filter.cursor) } : {}),
      ...(filter.action ? { action: filter.action } : {}),
      ...(filter.subjectId ? { subjectId: filter.subjectId } : {}),
    };
    return this.entries.find({ where, order: { id: 'DESC' }, take: filter.limit });
  }
}

function identify(actor: Actor): Pick<AuditEntity, 'actorKind' | 'actorId' | 'actorName'> {
  switch (actor.kind) {
    case 'staff':
      return { actorKind: 'staff', actorId: actor.staffId, actorName: actor.name };
    case 'citizen':
      return { actorKind: 'citizen', actorId: actor.citizenId, actorName: null };
    case 'provider':
      return { actorKind: 'provider', actorId: null, actorName: null };
    case 'system':
    case 'anonymous':
      return { actorKind: 'system', actorId: null, actorName: null };
  }
}
