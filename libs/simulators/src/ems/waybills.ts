import { randomInt } from 'node:crypto';
import type { EmsState } from './state.js';

/** EMS numbers. Source: UPU S10 (check digit), public EMS clients (13 digits for 快递包裹 and 标快). */

const WEIGHTS = [8, 6, 4, 2, 3, 5, 9, 7];

export function s10CheckDigit(eightDigits: string): number {
  const sum = WEIGHTS.reduce((all, weight, index) => all + weight * Number(eightDigits[index]), 0);
  const rest = 11 - (sum % 11);
  return rest === 10 ? 0 : rest === 11 ? 5 : rest;
}

/** 2 快递包裹, 10 电商标快 and 11 国内标快 travel under 13 digits; their check rule is not public. */
const digitProducts: ReadonlySet<string> = new Set(['2', '10', '11']);

/**
 * A free number. Random, not counted: after a reset of the simulator the other side still knows the old ones.
 */
export function allocateWaybill(state: EmsState, bizProductNo: string): string {
  for (;;) {
    const eight = String(randomInt(100_000_000)).padStart(8, '0');
    const number = digitProducts.has(bizProductNo)
      ? `11${eight}${String(randomInt(1000)).padStart(3, '0')}`
      : `EA${eight}${s10CheckDigit(eight)}CN`;
    if (!state.mails.has(number)) return number;
  }
}
