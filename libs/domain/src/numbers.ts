/**
 * Numbers that we give out ourselves. A case number is prefix + day + serial + check character (ISO 7064 MOD 37,36), so that a
 * mistyped one is found before anybody looks; provinces prescribe different layouts (DB22/T 2848-2017, DB23/T 2551.3-2020), hence
 * the free prefix. A ticket number is the queue's letters and a running number, as a hall calls it out.
 */
import { mod37And36 } from './check-digits.js';
import { isLocalDay } from './time.js';
import type { LocalDay } from './time.js';

const caseNumberPattern = /^([A-Z][A-Z0-9]{1,7})(\d{4})(\d{2})(\d{2})(\d{6})([0-9A-Z])$/;

/**
 * 'RC', '2026-07-14', 38 → 'RC20260714000038' and its check character.
 * @throws RangeError for a prefix that is not 2–8 capitals and digits, or a serial outside 1–999999.
 */
export function makeCaseNumber(prefix: string, day: LocalDay, serial: number): string {
  if (!/^[A-Z][A-Z0-9]{1,7}$/.test(prefix)) throw new RangeError(`Not a case number prefix: ${prefix}`);
  if (!isLocalDay(day)) throw new RangeError(`Not a calendar day: ${day}`);
  if (!Number.isInteger(serial) || serial < 1 || serial > 999_999)
    throw new RangeError(`Not a serial: ${serial}`);
  const body = `${prefix}${day.replaceAll('-', '')}${String(serial).padStart(6, '0')}`;
  return body + mod37And36(body);
}

/** Capital letters, no blanks or hyphens. */
export function normaliseCaseNumber(text: string): string {
  return text.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();
}

/** Whether a normalised case number has our layout, a real day and the right check character. */
export function isCaseNumber(text: string): boolean {
  const match = caseNumberPattern.exec(text);
  if (match === null || !isLocalDay(`${match[2]}-${match[3]}-${match[4]}`)) return false;
  return mod37And36(text.slice(0, -1)) === text.slice(-1);
}

/**
 * 'A', 38 → 'A038'; numbers above 999 simply grow.
 * @throws RangeError for a prefix that is not one to three capital letters, or a number below 1.
 */
export function formatTicketNumber(prefix: string, serial: number): string {
  if (!/^[A-Z]{1,3}$/.test(prefix)) throw new RangeError(`Not a queue prefix: ${prefix}`);
  if (!Number.isInteger(serial) || serial < 1) throw new RangeError(`Not a ticket serial: ${serial}`);
  return prefix + String(serial).padStart(3, '0');
}

/** 'a038' → { prefix: 'A', serial: 38 }; undefined where it is no ticket number. */
export function parseTicketNumber(text: string): { prefix: string; serial: number } | undefined {
  const match = /^([A-Z]{1,3})(\d{3,6})$/.exec(text.normalize('NFKC').trim().toUpperCase());
  if (match === null || Number(match[2]) < 1) return undefined;
  return { prefix: match[1] ?? '', serial: Number(match[2]) };
}
