/**
 * Codes of service items (GB/T 39554.1-2020). An implementation code 实施编码 has 31 characters: the unified social credit code of
 * the body (18, GB 32100-2015), the level at which it acts (1), and the basic code (12). 业务办理项 codes append two or three digits.
 */
import { creditCodeCheck } from './check-digits.js';

export interface ItemCodeParts {
  /** Unified social credit code of the implementing body, 18 characters. */
  readonly creditCode: string;
  /** 行使层级, one character. */
  readonly level: string;
  /** 基本编码, 12 characters. */
  readonly basicCode: string;
  /** What a 业务办理项 code appends; '' for the item itself. */
  readonly businessSuffix: string;
}

/** Whether 18 characters are a unified social credit code with the right check character. */
export function isCreditCode(text: string): boolean {
  return text.length === 18 && creditCodeCheck(text.slice(0, 17)) === text.charAt(17);
}

/** The parts of an item code of 31 characters (33 or 34 for a 业务办理项); undefined where it is not one. */
export function parseItemCode(text: string): ItemCodeParts | undefined {
  const match = /^([0-9A-HJ-NPQRTUWXY]{18})([0-9])([0-9A-Z]{12})(\d{2,3})?$/.exec(text);
  if (match === null) return undefined;
  const [, creditCode = '', level = '', basicCode = '', businessSuffix = ''] = match;
  return isCreditCode(creditCode) ? { creditCode, level, basicCode, businessSuffix } : undefined;
}

export function isItemCode(text: string): boolean {
  return parseItemCode(text) !== undefined;
}
