import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  actionsFrom,
  appealStates,
  appealTransitions,
  authorisationStates,
  authorisationTransitions,
  availableBookingActions,
  availableDeliveryActions,
  availablePaymentActions,
  availableTicketActions,
  bookingStates,
  bookingTransitions,
  caseStates,
  caseTransitions,
  decideBooking,
  decideDelivery,
  decidePayment,
  decideStep,
  decideTicket,
  deliveryStates,
  deliveryTransitions,
  finalStates,
  greenStates,
  greenTransitions,
  openTicketStates,
  paymentStates,
  paymentTransitions,
  staffRoles,
  tableFaults,
  targetsOf,
  ticketActions,
  ticketStates,
  ticketTransitions,
  waitlistStates,
  waitlistTransitions,
} from '@haoban/domain';
import type { ActorRole, TicketAction, TicketState, Transitions } from '@haoban/domain';

type AnyTable = Transitions<string, string>;

const tables: [string, AnyTable, readonly string[], string, string[]][] = [
  ['booking', bookingTransitions, bookingStates, 'held', ['cancelled', 'checked_in', 'no_show', 'expired']],
  ['ticket', ticketTransitions, ticketStates, 'waiting', ['done', 'left']],
  ['case', caseTransitions, caseStates, 'accepted', ['closed', 'not_accepted', 'withdrawn']],
  ['payment', paymentTransitions, paymentStates, 'unpaid', ['refunded']],
  [
    'authorisation',
    authorisationTransitions,
    authorisationStates,
    'pending',
    ['refused', 'ended', 'expired'],
  ],
  ['green evidence', greenTransitions, greenStates, 'declared', ['refused', 'withdrawn']],
  ['appeal', appealTransitions, appealStates, 'open', ['granted', 'refused']],
  ['delivery', deliveryTransitions, deliveryStates, 'awaiting_payment', ['cancelled']],
  ['waitlist', waitlistTransitions, waitlistStates, 'waiting', ['booked', 'left', 'ended']],
];
const roles: ActorRole[] = [...staffRoles, 'citizen', 'system'];

describe.each(tables)('the %s table', (_name, table, states, start, ends) => {
  it('reaches every state, closes exactly its final states and names no unknown state', () => {
    expect(tableFaults(table, start, ends)).toEqual([]);
    expect(finalStates(table).sort()).toEqual([...ends].sort());
  });

  it('has exactly the states of the wire', () => {
    expect(Object.keys(table).sort()).toEqual([...states].sort());
  });

  it('offers an action if and only if deciding it succeeds', () => {
    for (const state of states) {
      for (const role of roles) {
        const offered = actionsFrom(table, state, role);
        for (const action of new Set(Object.values(table).flatMap((steps) => Object.keys(steps)))) {
          expect(decideStep(table, state, action, role, 'CONFLICT').ok).toBe(offered.includes(action));
        }
      }
    }
  });

  it('never lets the hall screen change anything', () => {
    for (const state of states) expect(actionsFrom(table, state, 'display')).toEqual([]);
  });
});

describe('the table checker', () => {
  it('finds unknown targets, unreachable states, dead ends, edges for nobody and leaking final states', () => {
    const bad: AnyTable = {
      a: { go: { to: 'nowhere', by: ['system'] }, spin: { to: 'a', by: [] } },
      b: { back: { to: 'a', by: ['system'] } },
      end: { reopen: { to: 'a', by: ['system'] } },
    };
    const faults = tableFaults(bad, 'a', ['end']).join('\n');
    expect(faults).toContain('a.go leads to the unknown state nowhere');
    expect(faults).toContain('a.spin may be taken by nobody');
    expect(faults).toContain('b cannot be reached from a');
    expect(faults).toContain('a can never come to an end');
    expect(faults).toContain('end is open but should not be');
  });
});

describe('a ticket', () => {
  const step = fc.record({
    action: fc.constantFrom(...ticketActions),
    role: fc.constantFrom(...roles),
  });

  it('only ever moves along the table, whatever is tried', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let state: TicketState = 'waiting';
        for (const { action, role } of steps) {
          const decision = decideTicket(state, action, role);
          if (!decision.ok) continue;
          const row: Transitions<TicketState, TicketAction> = ticketTransitions;
          const edge = row[state][action];
          expect(edge && targetsOf(edge)).toContain(decision.next);
          state = decision.next;
        }
      }),
    );
  });

  it('can be recalled, and a missed one can come back', () => {
    expect(decideTicket('called', 'recall', 'clerk')).toEqual({ ok: true, next: 'called' });
    expect(decideTicket('called', 'markMissed', 'clerk')).toEqual({ ok: true, next: 'missed' });
    expect(decideTicket('missed', 'rejoin', 'citizen')).toEqual({ ok: true, next: 'waiting' });
  });

  it('cannot be called twice, nor by the citizen', () => {
    expect(decideTicket('called', 'call', 'clerk')).toEqual({ ok: false, code: 'TICKET_STATE' });
    expect(decideTicket('waiting', 'call', 'citizen')).toEqual({ ok: false, code: 'FORBIDDEN' });
  });

  it('is over at the end of the day, wherever it stood', () => {
    for (const state of openTicketStates) {
      const decision = decideTicket(state, 'closeDay', 'system');
      expect(decision).toEqual({ ok: true, next: state === 'serving' ? 'done' : 'left' });
    }
  });

  it('shows the clerk exactly what can be done now', () => {
    expect(availableTicketActions('called', 'clerk')).toEqual(['start', 'recall', 'markMissed', 'leave']);
    expect(availableTicketActions('serving', 'clerk')).toEqual(['finish']);
    expect(availableTicketActions('done', 'clerk')).toEqual([]);
  });
});

describe('a booking', () => {
  it('is cancelled by its owner while confirmed, and not after check-in', () => {
    expect(decideBooking('confirmed', 'cancel', 'citizen')).toEqual({ ok: true, next: 'cancelled' });
    expect(decideBooking('checked_in', 'cancel', 'citizen')).toEqual({ ok: false, code: 'BOOKING_STATE' });
    expect(availableBookingActions('confirmed', 'citizen')).toEqual(['checkIn', 'reschedule', 'cancel']);
  });

  it('that needs no visit to the hall is recorded by staff or counted by the system, never by the citizen', () => {
    for (const role of ['clerk', 'manager', 'system'] as const) {
      expect(decideBooking('confirmed', 'serve', role)).toEqual({ ok: true, next: 'checked_in' });
      expect(decideBooking('confirmed', 'markNoShow', role)).toEqual({ ok: true, next: 'no_show' });
    }
    for (const role of ['citizen', 'courier_desk', 'admin'] as const) {
      expect(decideBooking('confirmed', 'serve', role)).toEqual({ ok: false, code: 'FORBIDDEN' });
      expect(decideBooking('confirmed', 'markNoShow', role)).toEqual({ ok: false, code: 'FORBIDDEN' });
    }
    for (const state of bookingStates.filter((each) => each !== 'confirmed'))
      expect(decideBooking(state, 'serve', 'clerk')).toEqual({ ok: false, code: 'BOOKING_STATE' });
  });
});

describe('a payment', () => {
  const facts = { state: 'refunding', paidFen: 2200, refundedFen: 2200 } as const;

  it('is refunded when all of it went back, and stays paid when a part did', () => {
    expect(decidePayment(facts, 'refundSucceeded', 'system')).toEqual({ ok: true, next: 'refunded' });
    expect(decidePayment({ ...facts, refundedFen: 500 }, 'refundSucceeded', 'system')).toEqual({
      ok: true,
      next: 'paid',
    });
  });

  it('that succeeds after we closed it is refunded instead of lost', () => {
    expect(decidePayment({ state: 'closed', paidFen: 0, refundedFen: 0 }, 'payLate', 'system')).toEqual({
      ok: true,
      next: 'refunding',
    });
  });

  it('is never marked paid by a person', () => {
    for (const role of [...staffRoles, 'citizen'] as const) {
      expect(availablePaymentActions('unpaid', role)).not.toContain('pay');
    }
  });
});

describe('a delivery', () => {
  it('goes pay, order, hand-over, and then follows the scans', () => {
    expect(decideDelivery('awaiting_payment', 'pay', 'system')).toEqual({ ok: true, next: 'paid' });
    expect(decideDelivery('paid', 'order', 'system')).toEqual({ ok: true, next: 'ordered' });
    expect(decideDelivery('ordered', 'handOver', 'courier_desk')).toEqual({ ok: true, next: 'handed_over' });
    expect(decideDelivery('handed_over', 'trace', 'system', 'in_transit')).toEqual({
      ok: true,
      next: 'in_transit',
    });
  });

  it('cannot be cancelled once the courier has it', () => {
    expect(availableDeliveryActions('ordered', 'citizen')).toEqual(['cancel']);
    expect(decideDelivery('handed_over', 'cancel', 'citizen')).toEqual({ ok: false, code: 'DELIVERY_STATE' });
  });

  it('refuses a scan that would undo the payment', () => {
    expect(decideDelivery('in_transit', 'trace', 'system', 'awaiting_payment')).toEqual({
      ok: false,
      code: 'DELIVERY_STATE',
    });
  });
});
