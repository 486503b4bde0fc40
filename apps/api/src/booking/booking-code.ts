import { randomInt } from 'node:crypto';

/** No 0/O, 1/I/L, 2/Z, 5/S, 8/B, U/V: the code is read from a phone and said aloud across a desk. */
const ALPHABET = '34679ACDEFGHJKMNPQRTWXY';
const LENGTH = 6;
const QR_PREFIX = 'haoban:booking:';

/** Six characters from a secure source, 148 million values: guessing one of a hall's day is hopeless. */
export function newBookingCode(): string {
  return Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}

export function bookingQr(code: string): string {
  return QR_PREFIX + code;
}

/** What the desk scanned or typed, lower case, blanks and hyphens allowed. @returns the bare code */
export function readBookingCode(text: string): string {
  const plain = text.normalize('NFKC').trim();
  const code = plain.toLowerCase().startsWith(QR_PREFIX) ? plain.slice(QR_PREFIX.length) : plain;
  return code.replace(/[\s-]/g, '').toUpperCase();
}
