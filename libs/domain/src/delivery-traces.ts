/**
 * From EMS scans to the state of a parcel. Scans arrive late, twice and out of order, and some only void an earlier one (742
 * voids 702 投递下段, 743 voids 704 妥投, 744 voids 705 未妥投, 207 voids 203, 212 voids 208), so the state is always folded anew from all
 * known scans in the order of their own time. Codes: the EMS dictionary as mapped by the OLTS project (mappings/cn/ems.csv).
 */
import type { DeliveryState } from './states.js';

export interface TraceEvent {
  readonly opCode: string;
  /** When the scan happened (not when we heard of it). */
  readonly at: Date;
  /** How a 704 was delivered: '10' is the addressee in person. */
  readonly deliverCode?: string | undefined;
  /** Why a 705 failed: '4' nobody there, '7' refused, '13' lost. */
  readonly attemptDeliveryCode?: string | undefined;
  /** The office that scanned; part of what makes two scans the same. */
  readonly opOrgCode?: string | undefined;
}

type Meaning =
  | 'picked_up'
  | 'in_transit'
  | 'out'
  | 'delivered'
  | 'failed'
  | 'returning'
  | 'returned'
  | 'trouble'
  | 'stopped';

const meaningByCode: Readonly<Record<string, Meaning>> = {
  '203': 'picked_up', // 收寄计费
  '208': 'picked_up', // 客户交接
  '305': 'in_transit',
  '389': 'in_transit',
  '404': 'in_transit',
  '457': 'in_transit',
  '505': 'in_transit',
  '516': 'in_transit',
  '713': 'in_transit', // 到达投递机构
  '749': 'in_transit',
  '913': 'in_transit',
  '916': 'in_transit',
  '954': 'in_transit',
  '702': 'out', // 投递下段
  '723': 'out', // 转窗投
  '747': 'out', // waits in a locker or pick-up point
  '704': 'delivered', // 妥投
  '748': 'delivered', // taken from the locker
  '463': 'delivered',
  O_010: 'delivered',
  O_016: 'delivered',
  '705': 'failed', // 未妥投
  '750': 'failed', // taken back from the locker
  '013': 'returning', // 拦截成功
  '405': 'returning',
  '447': 'returning',
  '708': 'returning', // 退件登记
  '741': 'returning', // 妥投退回登记
  O_011: 'returning',
  '711': 'returned', // 退回妥投
  '651': 'trouble',
  '987': 'trouble', // lost, compensated
  '988': 'trouble',
  '801': 'stopped', // 撤单
};

/** Which scan a reversal takes back. */
const voidedByCode: Readonly<Record<string, string>> = {
  '207': '203',
  '212': '208',
  '742': '702',
  '743': '704',
  '744': '705',
};

/** Where a reversal leads when the earlier scans are not known. */
const reversalByCode: Readonly<Record<string, { from: DeliveryState; to: DeliveryState }>> = {
  '207': { from: 'handed_over', to: 'ordered' },
  '212': { from: 'handed_over', to: 'ordered' },
  '742': { from: 'out_for_delivery', to: 'in_transit' },
  '743': { from: 'delivered', to: 'out_for_delivery' },
  '744': { from: 'attempt_failed', to: 'out_for_delivery' },
};

// Maps, because codes come from outside and 'toString' is a member of every object.
const meanings = new Map(Object.entries(meaningByCode));
const reversals = new Map(Object.entries(voidedByCode));
const afterReversal = new Map(Object.entries(reversalByCode));

const beforeDelivery: readonly DeliveryState[] = [
  'ordered',
  'handed_over',
  'in_transit',
  'out_for_delivery',
  'attempt_failed',
  'exception',
];

/**
 * The state after one scan that happened after everything in `current`. Scans that tell nothing new (dispatch, change of
 * address, unknown codes) leave it as it is. A "delivered" while the parcel is on its way back is an exception for a person to
 * look at: it would otherwise tell the applicant that an original certificate arrived.
 */
export function applyTrace(
  opCode: string,
  deliverCode: string | undefined,
  attemptDeliveryCode: string | undefined,
  current: DeliveryState,
): DeliveryState {
  const reversal = afterReversal.get(opCode);
  if (reversal !== undefined) return current === reversal.from ? reversal.to : current;
  const meaning = meanings.get(opCode);
  if (meaning === undefined || current === 'cancelled' || current === 'awaiting_payment') return current;
  switch (meaning) {
    case 'picked_up':
      return current === 'ordered' || current === 'paid' ? 'handed_over' : current;
    case 'in_transit':
      return current === 'paid' || beforeDelivery.includes(current) ? 'in_transit' : current;
    case 'out':
      return current === 'paid' || beforeDelivery.includes(current) ? 'out_for_delivery' : current;
    case 'delivered':
      // 180 is 理赔: compensated, so nobody holds the certificate.
      if (deliverCode === '180' || current === 'returning') return 'exception';
      return current === 'returned' ? current : 'delivered';
    case 'failed':
      if (attemptDeliveryCode === '13') return 'exception';
      return current === 'returning' || current === 'returned' ? current : 'attempt_failed';
    case 'returning':
      return current === 'returned' ? current : 'returning';
    case 'returned':
      return 'returned';
    case 'trouble':
      return current === 'delivered' || current === 'returned' ? current : 'exception';
    case 'stopped':
      return current === 'ordered' || current === 'paid' ? 'cancelled' : current;
  }
}

/**
 * The state that all known scans of one waybill add up to, in whatever order and however often they arrived. `start` is what
 * we know without EMS: `ordered`, or `handed_over` once the courier took the parcel at the desk.
 */
export function deliveryStateFromTraces(
  events: readonly TraceEvent[],
  start: DeliveryState = 'ordered',
): DeliveryState {
  return effectiveTraces(events).reduce(
    (state, event) => applyTrace(event.opCode, event.deliverCode, event.attemptDeliveryCode, state),
    start,
  );
}

/** The scans that still count: by time, without repeats, without voided scans and the reversals that voided them. */
export function effectiveTraces(events: readonly TraceEvent[]): TraceEvent[] {
  const kept: TraceEvent[] = [];
  for (const event of distinctByTime(events)) {
    const voids = reversals.get(event.opCode);
    const at = voids === undefined ? -1 : kept.findLastIndex((earlier) => earlier.opCode === voids);
    if (at >= 0) kept.splice(at, 1);
    else kept.push(event);
  }
  return kept;
}

/** True where a delivered original did not reach the addressee in person, so that the desk should ask. */
export function deliveredToSomeoneElse(deliverCode: string | undefined): boolean {
  return deliverCode !== undefined && deliverCode !== '' && deliverCode !== '10';
}

function distinctByTime(events: readonly TraceEvent[]): TraceEvent[] {
  const byKey = new Map<string, TraceEvent>();
  for (const event of events) {
    const key = `${event.opCode}|${event.at.getTime()}|${event.opOrgCode ?? ''}`;
    const known = byKey.get(key);
    // A push leaves out the codes that a later query adds, so the fuller of two reports of one scan wins.
    if (known === undefined || detail(event) > detail(known)) byKey.set(key, event);
  }
  return [...byKey.values()].sort(
    (a, b) => a.at.getTime() - b.at.getTime() || rank(a) - rank(b) || compare(identity(a), identity(b)),
  );
}

const detail = (event: TraceEvent) => `${event.deliverCode ?? ''}|${event.attemptDeliveryCode ?? ''}`;
const identity = (event: TraceEvent) => `${event.opCode}|${event.opOrgCode ?? ''}|${detail(event)}`;
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

const stageOrder: readonly Meaning[] = [
  'picked_up',
  'in_transit',
  'out',
  'failed',
  'trouble',
  'delivered',
  'returning',
  'returned',
  'stopped',
];

/** Scans of one second: in the order in which a parcel lives through them, reversals last. */
function rank(event: TraceEvent): number {
  const meaning = meanings.get(event.opCode);
  return meaning === undefined ? stageOrder.length : stageOrder.indexOf(meaning);
}
