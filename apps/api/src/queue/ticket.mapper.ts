import {
  arrivalOf,
  availableTicketActions,
  queueReasonTexts,
  ratingClosesAt,
  type BookingSettings,
  type QueueReason,
} from '@haoban/domain';
import type { DeskTicket, Ticket, WaitRange } from '@haoban/contracts';
import type { WaitingRow } from './line.js';
import type { TicketEntity } from './ticket.entity.js';

/** The names that a ticket's ids stand for. */
export interface TicketNames {
  readonly hallName: string;
  readonly queueName: string;
  readonly itemName: string;
  readonly deskLabel: string | null;
}

/** Where a waiting person stands. */
export interface Standing {
  readonly ahead: number;
  readonly wait: WaitRange | null;
  readonly reason: QueueReason;
}

export interface Person {
  readonly name: string;
  readonly phone: string | null;
}

const priorityTexts = {
  elder: '老年人',
  disabled: '残疾人',
  pregnant: '孕妇',
  military: '现役军人',
} as const satisfies Record<NonNullable<TicketEntity['priority']>, string>;

export function toTicket(
  ticket: TicketEntity,
  names: TicketNames,
  standing: Standing | undefined,
  version: number,
  now: Date,
): Ticket {
  return {
    id: ticket.id,
    label: ticket.label,
    state: ticket.state,
    source: ticket.source,
    day: ticket.day,
    hallId: ticket.hallId,
    hallName: names.hallName,
    queueId: ticket.queueId,
    queueName: names.queueName,
    itemId: ticket.itemId,
    itemName: names.itemName,
    bookingId: ticket.bookingId,
    ahead: standing?.ahead ?? null,
    wait: standing?.wait ?? null,
    reason: reasonOf(ticket, names, standing),
    deskLabel: names.deskLabel,
    calledCount: ticket.calledCount,
    createdAt: ticket.createdAt.toISOString(),
    calledAt: iso(ticket.calledAt),
    startedAt: iso(ticket.startedAt),
    endedAt: iso(ticket.endedAt),
    caseId: ticket.caseId,
    actions: actionsOf(ticket, now),
    version,
  };
}

export function toDeskTicket(
  ticket: WaitingRow,
  names: TicketNames,
  person: Person | undefined,
  reason: QueueReason | undefined,
  settings: BookingSettings,
): DeskTicket {
  const { bookedFor, createdAt } = ticket;
  return {
    id: ticket.id,
    label: ticket.label,
    state: ticket.state,
    source: ticket.source,
    queueId: ticket.queueId,
    queueName: names.queueName,
    itemId: ticket.itemId,
    itemName: names.itemName,
    citizenName: person?.name ?? null,
    phone: person?.phone ?? null,
    bookedFor: iso(bookedFor),
    arrival: bookedFor && arrivalOf(bookedFor, createdAt, settings),
    priority: ticket.priority ? priorityTexts[ticket.priority] : null,
    createdAt: createdAt.toISOString(),
    calledAt: iso(ticket.calledAt),
    startedAt: iso(ticket.startedAt),
    calledCount: ticket.calledCount,
    reason: reason ? queueReasonTexts[reason] : ticket.reason,
    caseId: ticket.caseId,
    deskLabel: names.deskLabel,
  };
}

function reasonOf(
  ticket: TicketEntity,
  { deskLabel }: TicketNames,
  standing: Standing | undefined,
): string | null {
  switch (ticket.state) {
    case 'waiting':
      return standing ? `${queueReasonTexts[standing.reason]}。` : null;
    case 'called':
      return deskLabel ? `正在叫您的号，请到${deskLabel}。` : null;
    case 'missed':
      return '叫号时您没有应答。您可以重新排队，顺延几位叫号。';
    case 'serving':
    case 'done':
    case 'left':
      return null;
  }
}

function actionsOf(ticket: TicketEntity, now: Date): Ticket['actions'] {
  const possible = availableTicketActions(ticket.state, 'citizen');
  const actions: Ticket['actions'] = [];
  if (possible.includes('leave')) actions.push('leave');
  if (possible.includes('rejoin')) actions.push('rejoin');
  const { state, ratedAt, endedAt } = ticket;
  if (state === 'done' && !ratedAt && endedAt && now <= ratingClosesAt(endedAt)) actions.push('rate');
  return actions;
}

function iso(at: Date | null): string | null {
  return at ? at.toISOString() : null;
}
