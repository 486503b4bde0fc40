import type { DeskTicket, DeskView } from '@haoban/contracts';
import { availableTicketActions } from '@haoban/domain';
import { clockOf, punctuality } from '../common/format.js';
import { sourceWords } from '../common/words.js';

export type DeskAct =
  | 'callNext'
  | 'callTicket'
  | 'recall'
  | 'start'
  | 'finish'
  | 'noShow'
  | 'pause'
  | 'resume'
  | 'close'
  | 'openCase';

/** What can be done now. Buttons keep their places and are only greyed out, so nothing moves under the cursor. */
export function possibleActs({ desk, current, waiting }: DeskView): ReadonlySet<DeskAct> {
  const acts = new Set<DeskAct>();
  const open = desk.status === 'open';
  if (open && !current) {
    if (waiting.length > 0) acts.add('callNext');
    acts.add('callTicket');
  }
  if (current) {
    const steps = availableTicketActions(current.state, 'clerk');
    if (steps.includes('recall')) acts.add('recall');
    if (steps.includes('start')) acts.add('start');
    if (steps.includes('finish')) acts.add('finish').add('openCase');
    if (steps.includes('markMissed')) acts.add('noShow');
  } else if (desk.status !== 'closed') acts.add('close');
  if (open) acts.add('pause');
  if (desk.status === 'paused') acts.add('resume');
  return acts;
}

/** '预约 09:30 · 准时', '现场 09:12 取号', '远程 09:05 取号' */
export function cameHow({
  source,
  bookedFor,
  arrival,
  createdAt,
}: Pick<DeskTicket, 'source' | 'bookedFor' | 'arrival' | 'createdAt'>): string {
  if (bookedFor && arrival) {
    return `预约 ${clockOf(bookedFor)} · ${punctuality(arrival, bookedFor, createdAt)}`;
  }
  return `${sourceWords[source]} ${clockOf(createdAt)}`;
}

/** The name as it may stand on the screen, or that there is none. */
export function personOf(ticket: Pick<DeskTicket, 'citizenName'>): string {
  return ticket.citizenName ?? '现场群众';
}

/** Whose desk the view is now; a live snapshot is the same for everybody, so `mine` in it says nothing. */
export function isMine({ desk }: DeskView, staffId: string): boolean {
  return desk.status !== 'closed' && desk.staffId === staffId;
}

/** '3 号窗口' of '13 号不动产登记窗口' is too little at the desk and enough on the wall. */
export function statusWord(status: DeskView['desk']['status']): string {
  switch (status) {
    case 'open':
      return '开放';
    case 'paused':
      return '暂停';
    case 'closed':
      return '关闭';
  }
}
