import { decideTicket, type ActorRole, type TicketAction, type TicketState } from '@haoban/domain';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import { Audit } from '../audit/audit.service.js';
import type { Actor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { newId } from '../common/id.js';
import { onUnique } from '../db/database-error.js';
import { TicketEntity, TicketEventEntity } from './ticket.entity.js';

type Change = Partial<TicketEntity>;

export interface Edge {
  readonly action: TicketAction;
  readonly change?: Change;
  readonly reason?: string | null;
}

/** The one way a ticket changes its state: the table decides, and the event, the audit row and the version come with it. */
@Injectable()
export class TicketSteps {
  constructor(
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * The ticket's row, and what its edge needs beside it, must be locked.
   * @throws AppError TICKET_STATE, FORBIDDEN, DESK_BUSY
   */
  async take(em: EntityManager, actor: Actor, ticket: TicketEntity, edge: Edge): Promise<TicketEntity> {
    const decision = decideTicket(ticket.state, edge.action, roleOf(actor));
    if (!decision.ok) throw new AppError(decision.code, { state: ticket.state });
    const now = this.clock.now();
    const change: Change = {
      ...consequences(ticket, decision.next, now),
      ...edge.change,
      state: decision.next,
    };
    try {
      const { affected } = await em.update(TicketEntity, { id: ticket.id, version: ticket.version }, {
        ...change,
        version: ticket.version + 1,
      } as QueryDeepPartialEntity<TicketEntity>);
      if (affected !== 1) throw new AppError('TICKET_STATE');
    } catch (error) {
      onUnique(error, { ux_ticket_desk: 'DESK_BUSY' });
    }
    const deskId = change.activeDeskId ?? ticket.activeDeskId;
    const { action, reason = null } = edge;
    await this.record(em, actor, { ticket, action, to: decision.next, deskId, reason, at: now });
    return em.create(TicketEntity, { ...ticket, ...change, version: ticket.version + 1 });
  }

  /** The first event of a ticket. */
  async recordIssue(em: EntityManager, actor: Actor, ticket: TicketEntity): Promise<void> {
    const { createdAt: at, state: to } = ticket;
    await this.record(em, actor, { ticket, action: 'issue', to, deskId: null, reason: null, at });
  }

  private async record(
    em: EntityManager,
    actor: Actor,
    edge: {
      ticket: TicketEntity;
      action: TicketAction | 'issue';
      to: TicketState;
      deskId: string | null;
      reason: string | null;
      at: Date;
    },
  ): Promise<void> {
    const { ticket, action, to, deskId, reason, at } = edge;
    const actorId =
      actor.kind === 'staff' ? actor.staffId : actor.kind === 'citizen' ? actor.citizenId : null;
    await em.insert(TicketEventEntity, {
      id: newId(),
      ticketId: ticket.id,
      at,
      action,
      fromState: ticket.state,
      toState: to,
      actorKind: actor.kind,
      actorId,
      deskId,
      reason,
    });
    if (actor.kind !== 'staff') return;
    await this.audit.record(em, actor, {
      action: `ticket.${action}`,
      subjectKind: 'ticket',
      subjectId: ticket.id,
      before: { state: ticket.state },
      after: { state: to, deskId, reason },
    });
  }
}

function roleOf(actor: Actor): ActorRole {
  switch (actor.kind) {
    case 'staff':
      return actor.role;
    case 'citizen':
      return 'citizen';
    case 'system':
    case 'provider':
    case 'anonymous':
      return 'system';
  }
}

/** What being in a state always means for the other columns. */
function consequences(ticket: TicketEntity, next: TicketState, now: Date): Change {
  switch (next) {
    case 'waiting':
      return { rejoinedAt: now, activeDeskId: null };
    case 'called':
      return { calledAt: now, calledCount: ticket.calledCount + 1 };
    case 'serving':
      return { startedAt: now };
    case 'missed':
      return { activeDeskId: null, missedCount: ticket.missedCount + 1 };
    case 'done':
    case 'left':
      return { activeDeskId: null, openKey: null, endedAt: now };
  }
}
