import type { EmsProduct } from '@haoban/ems';

/** How this city's contract with EMS stands; another city changes it here. */
export const deliverySettings = {
  quoteMinutes: 15,
  payMinutes: 30,
  /** 特快专递: original certificates travel by express. */
  product: '1' satisfies EmsProduct as EmsProduct,
  /** The contract's product in the estimate (050005). */
  estimateProduct: '112104302300991',
  labelSize: '76x129',
  envelopeGrams: 100,
  copyGrams: 80,
  /** Between two questions after the scans of one parcel. */
  pullEveryMs: 2 * 3_600_000,
  /** A payment's outcome that was not heard of by then is asked for. */
  payUnheardMs: 10 * 60_000,
  /** Longer than all tries of an order take: by then nobody is at it any more. */
  orderUnheardMs: 3_600_000,
  /** A delivery may be taken back by a later scan (743), so it is asked after for three more days. */
  pullAfterDeliveredMs: 72 * 3_600_000,
  /** A parcel that has not arrived by then is a matter for people. */
  pullForMs: 60 * 24 * 3_600_000,
} as const;

/** Domestic EMS does not go there; the post's other services are no part of the contract. */
const ABROAD = /^(香港|澳门|台湾)/;

export function isInRange({ province }: { province: string }): boolean {
  return !ABROAD.test(province.trim());
}

export function weightGrams(copies: number): number {
  return deliverySettings.envelopeGrams + deliverySettings.copyGrams * Math.max(1, copies);
}
