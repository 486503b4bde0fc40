import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { Clock } from '../common/clock.js';
import type { Catalogue } from '../guide/catalogue.service.js';
import { Outbox } from '../outbox/outbox.service.js';
import type { RatingInvite } from '../outbox/topics.js';
import type { DeskEntity } from './desk.entity.js';
import type { Line } from './line.js';
import { SOON_AHEAD } from './queue-settings.js';
import { calledTell, soonTell } from './queue-tell.js';
import { TicketEntity } from './ticket.entity.js';

/** What people are told by message when the line moves; written in the transaction that moves it. */
@Injectable()
export class QueueNotices {
  constructor(
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async called(
    em: EntityManager,
    ticket: TicketEntity,
    desk: DeskEntity,
    catalogue: Catalogue,
  ): Promise<void> {
    if (!ticket.citizenId) return;
    const itemName = catalogue.items.get(ticket.itemId)?.name ?? '';
    await this.outbox.add(
      em,
      'notifications.tell',
      calledTell(ticket, ticket.citizenId, desk.label, itemName),
    );
  }

  /** Once for each person who has come near. The queue day must be locked. */
  async soon(em: EntityManager, line: Line, catalogue: Catalogue): Promise<void> {
    const now = this.clock.now();
    const near = line.order.slice(0, SOON_AHEAD + 1).flatMap(({ ticket }, ahead) => {
      const { citizenId, soonToldAt } = ticket;
      return citizenId && !soonToldAt ? [{ ticket, citizenId, ahead }] : [];
    });
    if (near.length === 0) return;
    await em.update(TicketEntity, { id: In(near.map(({ ticket }) => ticket.id)) }, { soonToldAt: now });
    for (const { ticket, citizenId, ahead } of near) {
      const hallName = catalogue.halls.get(ticket.hallId)?.name ?? '';
      await this.outbox.add(em, 'notifications.tell', soonTell(ticket, citizenId, ahead, hallName, now));
    }
  }

  /** One visit, one rating (一次一评), after the person has left the desk. */
  async finished(
    em: EntityManager,
    ticket: TicketEntity,
    deskLabel: string | null,
    catalogue: Catalogue,
  ): Promise<void> {
    const itemName = catalogue.items.get(ticket.itemId)?.name ?? '';
    await this.outbox.add(em, 'ratings.invite', {
      subject: 'visit',
      subjectId: ticket.id,
      citizenId: ticket.citizenId,
      hallId: ticket.hallId,
      title: `${ticket.label} ${itemName}`,
      itemName,
      deskLabel,
      staffId: ticket.staffId,
      endedAt: (ticket.endedAt ?? this.clock.now()).toISOString(),
    } satisfies RatingInvite);
  }
}
