/**
 * The life of a queue ticket. A missed person is not lost: `rejoin` puts the ticket back into the line, how far back is said
 * by `queue-order` (losing a two-hour wait at once is the commonest complaint, illinois/queue#327). `closeDay` is the night
 * job: who was being served counts as done, everybody else as gone.
 */
import type { ActorRole, TicketState } from './states.js';
import { actionsFrom, decideStep } from './transitions.js';
import type { Decision, Transitions } from './transitions.js';

export const ticketActions = [
  'call',
  'recall',
  'start',
  'finish',
  'markMissed',
  'rejoin',
  'leave',
  'closeDay',
] as const;
export type TicketAction = (typeof ticketActions)[number];

export const ticketTransitions = {
  waiting: {
    call: { to: 'called', by: ['clerk', 'manager'] },
    leave: { to: 'left', by: ['citizen', 'clerk', 'manager'] },
    closeDay: { to: 'left', by: ['system'] },
  },
  called: {
    start: { to: 'serving', by: ['clerk', 'manager'] },
    recall: { to: 'called', by: ['clerk', 'manager'] },
    markMissed: { to: 'missed', by: ['clerk', 'manager', 'system'] },
    leave: { to: 'left', by: ['citizen', 'clerk', 'manager'] },
    closeDay: { to: 'left', by: ['system'] },
  },
  serving: {
    finish: { to: 'done', by: ['clerk', 'manager'] },
    closeDay: { to: 'done', by: ['system'] },
  },
  missed: {
    rejoin: { to: 'waiting', by: ['citizen', 'clerk', 'manager'] },
    leave: { to: 'left', by: ['citizen', 'clerk', 'manager'] },
    closeDay: { to: 'left', by: ['system'] },
  },
  done: {},
  left: {},
} as const satisfies Transitions<TicketState, TicketAction>;

/** States in which a person still has a place; at most one such ticket per person and queue (TICKET_ALREADY_OPEN). */
export const openTicketStates = ['waiting', 'called', 'serving', 'missed'] as const satisfies TicketState[];

/** The state after `action`, or TICKET_STATE / FORBIDDEN. */
export function decideTicket(
  state: TicketState,
  action: TicketAction,
  role: ActorRole,
): Decision<TicketState> {
  return decideStep<TicketState, TicketAction>(ticketTransitions, state, action, role, 'TICKET_STATE');
}

export function availableTicketActions(state: TicketState, role: ActorRole): TicketAction[] {
  return actionsFrom<TicketState, TicketAction>(ticketTransitions, state, role);
}
