import { availableDeliveryActions } from '@haoban/domain';
import type { Address, Delivery, HallDelivery, Payment, Trace } from '@haoban/contracts';
import type { DeliveryEntity, DeliveryTraceEntity } from './delivery.entity.js';
import { stateText } from './delivery-texts.js';

export interface DeliveryParts {
  readonly payment: Payment | undefined;
  readonly traces: readonly DeliveryTraceEntity[];
}

function common(row: DeliveryEntity, { payment, traces }: DeliveryParts) {
  return {
    id: row.id,
    caseId: row.caseId,
    caseNo: row.caseNo,
    itemName: row.itemName,
    contents: row.contents,
    state: row.state,
    stateText: stateText(row.state),
    receiverMasked: row.receiverMasked,
    feeFen: row.feeFen,
    payment: payment ?? null,
    waybillNo: row.waybillNo,
    createdAt: row.createdAt.toISOString(),
    deliveredAt: row.deliveredAt?.toISOString() ?? null,
    signedBy: row.signedBy,
    traces: traces.map(toTrace),
  };
}

export function toDelivery(row: DeliveryEntity, parts: DeliveryParts): Delivery {
  const actions: Delivery['actions'] = [];
  if (row.state === 'awaiting_payment' && parts.payment?.actions.includes('pay')) actions.push('pay');
  if (availableDeliveryActions(row.state, 'citizen').includes('cancel')) actions.push('cancel');
  return { ...common(row, parts), actions };
}

/** @param receiver in clear for one parcel, masked in lists */
export function toHallDelivery(row: DeliveryEntity, parts: DeliveryParts, receiver: Address): HallDelivery {
  const actions: HallDelivery['actions'] = [];
  if (row.state === 'ordered') actions.push('hand_over');
  if (mayRetry(row)) actions.push('retry_order');
  if (mayPrint(row)) actions.push('print_label');
  return {
    ...common(row, parts),
    certificateNo: row.certificateNo,
    logisticsOrderNo: row.logisticsOrderNo,
    receiver,
    problem: row.problem,
    actions,
  };
}

/** EMS said no, or nothing that we could read. */
export function mayRetry({ state, problem }: DeliveryEntity): boolean {
  return state === 'paid' && problem !== null;
}

export function mayPrint({ state, waybillNo }: DeliveryEntity): boolean {
  return waybillNo !== null && (state === 'ordered' || state === 'handed_over');
}

function toTrace({ opTime, opDesc, opName, place, opCode }: DeliveryTraceEntity): Trace {
  return { at: opTime.toISOString(), text: opDesc || opName, place, opCode };
}
