/**
 * The life of a courier order: what people do with it. What the parcel does is told by EMS scans, folded in
 * `delivery-traces`; the table lists where a scan (`trace`) may lead so that screens and the API share one picture.
 * Delivered is not final: a clerk of the post may void the scan (opCode 743), or the addressee sends the letter back (741).
 */
import type { ActorRole, DeliveryState } from './states.js';
import { actionsFrom, decideStep } from './transitions.js';
import type { Decision, Transitions } from './transitions.js';

export const deliveryActions = ['pay', 'order', 'handOver', 'trace', 'cancel'] as const;
export type DeliveryAction = (typeof deliveryActions)[number];

/** Everywhere a scan may lead; 801 撤单 before hand-over ends in `cancelled`. */
const traced = [
  'ordered',
  'handed_over',
  'in_transit',
  'out_for_delivery',
  'delivered',
  'attempt_failed',
  'returning',
  'returned',
  'exception',
] as const satisfies DeliveryState[];
const trace = { to: traced, by: ['system'] } as const;

export const deliveryTransitions = {
  awaiting_payment: {
    pay: { to: 'paid', by: ['system'] },
    cancel: { to: 'cancelled', by: ['citizen', 'courier_desk', 'manager', 'system'] },
  },
  paid: {
    order: { to: 'ordered', by: ['system', 'courier_desk'] },
    cancel: { to: 'cancelled', by: ['citizen', 'courier_desk', 'manager', 'system'] },
  },
  ordered: {
    handOver: { to: 'handed_over', by: ['courier_desk', 'manager'] },
    trace: { to: [...traced, 'cancelled'], by: ['system'] },
    cancel: { to: 'cancelled', by: ['citizen', 'courier_desk', 'manager', 'system'] },
  },
  handed_over: { trace },
  in_transit: { trace },
  out_for_delivery: { trace },
  attempt_failed: { trace },
  delivered: { trace },
  returning: { trace },
  returned: { trace },
  exception: { trace, cancel: { to: 'cancelled', by: ['manager'] } },
  cancelled: {},
} as const satisfies Transitions<DeliveryState, DeliveryAction>;

/**
 * The state after `action`, or DELIVERY_STATE / FORBIDDEN. For `trace` pass the state that `deliveryStateFromTraces` found.
 */
export function decideDelivery(
  state: DeliveryState,
  action: DeliveryAction,
  role: ActorRole,
  traceTo?: DeliveryState,
): Decision<DeliveryState> {
  const wanted = action === 'trace' ? traceTo : undefined;
  return decideStep<DeliveryState, DeliveryAction>(
    deliveryTransitions,
    state,
    action,
    role,
    'DELIVERY_STATE',
    wanted,
  );
}

export function availableDeliveryActions(state: DeliveryState, role: ActorRole): DeliveryAction[] {
  return actionsFrom<DeliveryState, DeliveryAction>(deliveryTransitions, state, role);
}
