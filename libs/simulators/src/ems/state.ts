import type { EmsConfig } from '../config.js';
import type { Delivery, Outbox } from '../common/outbox.js';
import type { Store } from '../common/store.js';
import type { OpCode } from './op-codes.js';

export interface Party {
  name: string;
  mobile: string;
  prov: string;
  city: string;
  county: string;
  address: string;
}

export interface Scan {
  opCode: OpCode;
  opName: string;
  opDesc: string;
  /** `yyyy-MM-dd HH:mm:ss`, Beijing */
  opTime: string;
  opOrgCode: string;
  opOrgName: string;
  opOrgProvName: string;
  opOrgCity: string;
  operatorNo: string;
  operatorName: string;
  deliverCode: string;
  attemptDeliveryCode: string;
}

export interface Mail {
  waybillNo: string;
  logisticsOrderNo: string;
  createdAt: string;
  sender: Party;
  receiver: Party;
  bizProductNo: string;
  weightGram: number;
  cargoNames: string[];
  pickupType: string;
  cancelled: { at: string; reason: string } | null;
  feeFen: number;
  scans: Scan[];
}

export interface EmsState {
  mails: Map<string, Mail>;
  /** logisticsOrderNo → waybillNo */
  orders: Map<string, string>;
  pushes: Map<string, Delivery>;
}

export function emptyEmsState(): EmsState {
  return { mails: new Map(), orders: new Map(), pushes: new Map() };
}

export interface EmsWorld {
  config: EmsConfig;
  store: Store<EmsState>;
  pushes: Outbox;
}
