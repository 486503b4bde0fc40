/**
 * The life of a payment. WeChat Pay's word is final, ours is not: a payment that succeeds after we closed it is refunded, not
 * lost (`payLate`), and several partial refunds may follow one another (pay.weixin.qq.com, JSAPI 下单 and 申请退款).
 */
import type { ActorRole, PaymentState } from './states.js';
import { actionsFrom, decideStep } from './transitions.js';
import type { Decision, Transitions } from './transitions.js';

export const paymentActions = [
  'pay',
  'payLate',
  'close',
  'refund',
  'refundSucceeded',
  'refundFailed',
] as const;
export type PaymentAction = (typeof paymentActions)[number];

export const paymentTransitions = {
  unpaid: {
    pay: { to: 'paid', by: ['system'] },
    close: { to: 'closed', by: ['citizen', 'courier_desk', 'manager', 'system'] },
  },
  closed: { payLate: { to: 'refunding', by: ['system'] } },
  paid: { refund: { to: 'refunding', by: ['courier_desk', 'manager', 'system'] } },
  refunding: {
    refundSucceeded: { to: ['refunded', 'paid'], by: ['system'] },
    refundFailed: { to: 'paid', by: ['system'] },
  },
  refunded: {},
} as const satisfies Transitions<PaymentState, PaymentAction>;

export interface PaymentFacts {
  readonly state: PaymentState;
  readonly paidFen: number;
  /** All refunds that have succeeded, including the one this step reports. */
  readonly refundedFen: number;
}

/** The state after `action`, or PAYMENT_STATE / FORBIDDEN. A refund of a part leads back to `paid`. */
export function decidePayment(
  facts: PaymentFacts,
  action: PaymentAction,
  role: ActorRole,
): Decision<PaymentState> {
  const wanted =
    action === 'refundSucceeded' ? (facts.refundedFen >= facts.paidFen ? 'refunded' : 'paid') : undefined;
  return decideStep<PaymentState, PaymentAction>(
    paymentTransitions,
    facts.state,
    action,
    role,
    'PAYMENT_STATE',
    wanted,
  );
}

export function availablePaymentActions(state: PaymentState, role: ActorRole): PaymentAction[] {
  return actionsFrom<PaymentState, PaymentAction>(paymentTransitions, state, role);
}
