import type { PayConfig } from '../config.js';
import type { Delivery, Outbox } from '../common/outbox.js';
import type { Store } from '../common/store.js';

export interface Prepay {
  id: string;
  expiresAt: string;
}

export interface PayOrder {
  outTradeNo: string;
  description: string;
  notifyUrl: string;
  attach: string | null;
  totalFen: number;
  openid: string;
  timeExpire: string | null;
  createdAt: string;
  tradeState: 'NOTPAY' | 'SUCCESS' | 'REFUND' | 'CLOSED';
  transactionId: string | null;
  successTime: string | null;
  prepays: Prepay[];
}

export type RefundStatus = 'PROCESSING' | 'SUCCESS' | 'ABNORMAL' | 'CLOSED';

export interface PayRefund {
  refundId: string;
  outRefundNo: string;
  outTradeNo: string;
  transactionId: string;
  refundFen: number;
  totalFen: number;
  reason: string | null;
  notifyUrl: string | null;
  createdAt: string;
  status: RefundStatus;
  /** When the bank is done with it; null while a person decides. */
  settlesAt: string | null;
  settlesAs: Exclude<RefundStatus, 'PROCESSING'>;
  successTime: string | null;
}

export interface PayState {
  orders: Map<string, PayOrder>;
  /** prepay_id → out_trade_no */
  prepays: Map<string, string>;
  /** transaction_id → out_trade_no */
  transactions: Map<string, string>;
  refunds: Map<string, PayRefund>;
  notices: Map<string, Delivery>;
  /** Money that refunds may be paid from; null = enough. */
  availableFen: number | null;
  /** What the next refunds become; HOLD leaves them PROCESSING until someone decides. */
  refundOutcome: Exclude<RefundStatus, 'PROCESSING'> | 'HOLD';
}

export function emptyPayState(): PayState {
  return {
    orders: new Map(),
    prepays: new Map(),
    transactions: new Map(),
    refunds: new Map(),
    notices: new Map(),
    availableFen: null,
    refundOutcome: 'SUCCESS',
  };
}

/** What every part of the pay simulator works on. */
export interface PayWorld {
  config: PayConfig;
  store: Store<PayState>;
  notices: Outbox;
}

export function refundedFen(state: PayState, outTradeNo: string): number {
  let sum = 0;
  for (const refund of state.refunds.values()) {
    // A closed refund gave the money back to the merchant; an abnormal one still waits for a destination.
    if (refund.outTradeNo === outTradeNo && refund.status !== 'CLOSED') sum += refund.refundFen;
  }
  return sum;
}
