import { EmsError } from './errors.js';
import { beijingTime } from './values.js';

/** A person at one end of a parcel. To EMS goes nothing else about them. */
export interface EmsParty {
  name: string;
  /** A mobile number, or a hall's landline with its area code: EMS has a field for each. */
  mobile: string;
  postCode?: string;
  province: string;
  city: string;
  county: string;
  /** Street and number; a province, city and county in front are taken off. */
  address: string;
}

/** bizProductNo: 1 特快专递, 2 快递包裹, 9 国内即日, 10 电商标快, 11 国内标快. Which are allowed is in the contract. */
export type EmsProduct = '1' | '2' | '9' | '10' | '11';

export interface EmsOrder {
  /** Ours, unique; the same again on every repetition. */
  orderNo: string;
  createdAt: Date;
  product: EmsProduct;
  contents: 'document' | 'goods';
  sender: EmsParty;
  receiver: EmsParty;
  /** `courier` comes between from and to; `counter`: the sender brings it. */
  pickup: { by: 'courier'; from?: Date; to?: Date } | { by: 'counter' };
  /** Who pays EMS: the agreement customer under contract is `sender`. */
  paidBy: 'sender' | 'receiver';
  weightGrams?: number;
  notes?: string;
  /** receiptFlag: 1 basic, 2 回执, 5 电子返单, 6 实物返单. Default 1. */
  receipt?: '1' | '2' | '5' | '6';
  /** 项目标识, given by the post office for a contract. */
  projectId?: string;
  cargoName: string;
}

/** Public clients strip the region from the address, as EMS puts it in front again on the label. */
function withoutRegion({ province, city, county, address }: EmsParty): string {
  let rest = address.trim();
  for (const region of [province, city, county]) {
    if (region && rest.startsWith(region)) rest = rest.slice(region.length).trim();
  }
  return rest || address.trim();
}

function toParty(party: EmsParty, end: 'sender' | 'receiver'): Record<string, string> {
  for (const field of ['name', 'mobile', 'province', 'city', 'county', 'address'] as const) {
    if (party[field].trim() === '') {
      throw new EmsError('refused', 'INVALID_INPUT', 'createOrder', `${end}.${field}`);
    }
  }
  return {
    name: party.name.trim(),
    ...callField(party.mobile.trim()),
    ...(party.postCode ? { postCode: party.postCode } : {}),
    prov: party.province,
    city: party.city,
    county: party.county,
    address: withoutRegion(party),
  };
}

function callField(number: string): Record<string, string> {
  return /^1\d{10}$/.test(number) ? { mobile: number } : { phone: number };
}

/** The business part of 020003. */
export function toOrderFields(order: EmsOrder, senderNo: string): Record<string, unknown> {
  if (!/^[A-Za-z0-9_-]{1,50}$/.test(order.orderNo)) {
    throw new EmsError('refused', 'INVALID_INPUT', 'createOrder', 'orderNo');
  }
  const { pickup } = order;
  const weight = order.weightGrams === undefined ? undefined : String(order.weightGrams);
  return {
    createdTime: beijingTime(order.createdAt),
    // Any text under 50 characters; the order number keeps a repetition identical.
    ecommerceUserId: order.orderNo.slice(0, 49),
    logisticsOrderNo: order.orderNo,
    senderNo,
    // Empty: EMS gives the number.
    waybillNo: '',
    contentsAttribute: order.contents === 'document' ? '1' : '3',
    bizProductNo: order.product,
    pickupType: pickup.by === 'courier' ? '1' : '0',
    ...(pickup.by === 'courier' && pickup.from ? { pickupPreBeginTime: beijingTime(pickup.from) } : {}),
    ...(pickup.by === 'courier' && pickup.to ? { pickupPreEndTime: beijingTime(pickup.to) } : {}),
    paymentMode: order.paidBy === 'sender' ? '1' : '2',
    insuranceFlag: '1',
    codFlag: '9',
    receiptFlag: order.receipt ?? '1',
    ...(weight ? { weight } : {}),
    ...(order.notes ? { pickupNotes: order.notes } : {}),
    ...(order.projectId ? { projectId: order.projectId } : {}),
    sender: toParty(order.sender, 'sender'),
    receiver: toParty(order.receiver, 'receiver'),
    cargos: [{ cargoName: order.cargoName, cargoQuantity: '1', ...(weight ? { cargoWeight: weight } : {}) }],
  };
}
