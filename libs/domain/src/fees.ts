/**
 * Courier fees and refunds in integer fen. The tariff is a table because each city agrees its own with EMS (政务寄递 contracts);
 * the sample is only for the demo city. The quote here is for people to see before EMS answers with its own (050005).
 */

/** 市内, 省内, 省外. */
export const deliveryZones = ['city', 'province', 'country'] as const;
export type DeliveryZone = (typeof deliveryZones)[number];

export interface ZoneTariff {
  readonly firstGrams: number;
  readonly firstFen: number;
  /** Each further step, begun ones counted whole. */
  readonly stepGrams: number;
  readonly stepFen: number;
}

export type Tariff = Readonly<Record<DeliveryZone, ZoneTariff>>;

export const sampleTariff: Tariff = {
  city: { firstGrams: 500, firstFen: 1_000, stepGrams: 500, stepFen: 200 },
  province: { firstGrams: 500, firstFen: 1_200, stepGrams: 500, stepFen: 400 },
  country: { firstGrams: 500, firstFen: 2_200, stepGrams: 500, stepFen: 1_000 },
};

export interface PlaceInCountry {
  readonly province: string;
  readonly city: string;
}

export function zoneBetween(sender: PlaceInCountry, receiver: PlaceInCountry): DeliveryZone {
  if (sender.province !== receiver.province) return 'country';
  return sender.city === receiver.city ? 'city' : 'province';
}

/** The fee in fen for a parcel of `weightGrams`. @throws RangeError for a weight that is not above 0. */
export function quoteFeeFen(zone: DeliveryZone, weightGrams: number, tariff: Tariff = sampleTariff): number {
  if (!(weightGrams > 0) || !Number.isFinite(weightGrams))
    throw new RangeError(`Not a weight: ${weightGrams}`);
  const { firstGrams, firstFen, stepGrams, stepFen } = tariff[zone];
  return firstFen + Math.ceil(Math.max(0, weightGrams - firstGrams) / stepGrams) * stepFen;
}

export const refundCauses = [
  'cancelled_before_pickup',
  'cancelled_after_pickup',
  'lost',
  'overcharged',
  'paid_after_close',
] as const;
export type RefundCause = (typeof refundCauses)[number];

export interface RefundFacts {
  readonly cause: RefundCause;
  readonly paidFen: number;
  /** What already went back or is on its way. */
  readonly refundedFen: number;
  /** What EMS really charged (050001), for `overcharged`. */
  readonly chargedFen?: number;
}

/** What is still due to the payer, in fen: never negative and never more than is left of the payment. */
export function refundDueFen(facts: RefundFacts): number {
  const owed = (): number => {
    switch (facts.cause) {
      case 'cancelled_before_pickup':
      case 'lost':
      case 'paid_after_close':
        return facts.paidFen;
      case 'overcharged':
        return facts.paidFen - (facts.chargedFen ?? facts.paidFen);
      case 'cancelled_after_pickup':
        return 0;
    }
  };
  return Math.max(0, Math.min(owed() - facts.refundedFen, facts.paidFen - facts.refundedFen));
}

/** 2205 → '22.05', as people read it after ¥. */
export function formatFen(fen: number): string {
  const sign = fen < 0 ? '-' : '';
  const whole = Math.abs(fen);
  return `${sign}${Math.floor(whole / 100)}.${String(whole % 100).padStart(2, '0')}`;
}
