import type { EntityManager } from 'typeorm';
import { TicketEntity } from './ticket.entity.js';

/** The last lock of the queue: after queue day and desk. */
export async function lockTicket(em: EntityManager, id: string): Promise<TicketEntity> {
  return em.findOneOrFail(TicketEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
}
