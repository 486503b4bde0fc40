import { formatClock, minutesOfDay } from '@haoban/domain';
import type { Tell } from '../outbox/topics.js';
import type { WaitingRow } from './line.js';

const page = (ticket: WaitingRow) => `pages/queue/ticket/index?id=${ticket.id}`;

/** Only for tickets with a citizen; a walk-in hears the hall's voice. */
export function calledTell(ticket: WaitingRow, citizenId: string, deskLabel: string, itemName: string) {
  return {
    template: 'ticket_called',
    citizenId,
    dedupeKey: `ticket_called:${ticket.id}:${ticket.calledCount}`,
    title: `${ticket.label} 号，请到${deskLabel}`,
    body: `您的号 ${ticket.label} 正在叫号，请尽快到${deskLabel}办理“${itemName}”。`,
    page: page(ticket),
    data: { character_string1: ticket.label, thing2: deskLabel, thing3: itemName },
  } satisfies Tell;
}

export function soonTell(ticket: WaitingRow, citizenId: string, ahead: number, hallName: string, now: Date) {
  return {
    template: 'ticket_soon',
    citizenId,
    dedupeKey: `ticket_soon:${ticket.id}`,
    title: '快到您了',
    body: `您的号 ${ticket.label} 前面还有 ${ahead} 位，请到${hallName}等候区等候叫号。`,
    page: page(ticket),
    data: {
      character_string1: ticket.label,
      thing2: hallName,
      number3: String(ahead),
      time4: `${ticket.day} ${formatClock(minutesOfDay(now))}`,
    },
  } satisfies Tell;
}
