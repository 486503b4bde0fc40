/**
 * Waybill numbers of EMS. International ones follow UPU S10 (two letters, eight digits, check digit, country); the domestic ones
 * are 13 digits whose check rule is not published, so those are never refused by a checksum.
 */
import { s10CheckDigit } from './check-digits.js';

/** Capital letters, no blanks or hyphens, full-width characters of a Chinese keyboard made narrow. */
export function normaliseWaybill(text: string): string {
  return text.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();
}

/** Whether a normalised number can be a waybill: 13 digits, or S10 with the right check digit. */
export function isWaybill(text: string): boolean {
  if (/^\d{13}$/.test(text)) return true;
  return /^[A-Z]{2}\d{9}[A-Z]{2}$/.test(text) && s10CheckDigit(text.slice(2, 10)) === text.charAt(10);
}

/** '1234567890123' → '1234 5678 90123', for reading aloud and comparing by eye. */
export function formatWaybill(text: string): string {
  return text.length === 13 ? `${text.slice(0, 4)} ${text.slice(4, 8)} ${text.slice(8)}` : text;
}
