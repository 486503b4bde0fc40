import { newSpokenCode, readSpokenCode } from '../common/spoken-code.js';

const QR_PREFIX = 'haoban:booking:';

/** Guessing one of a hall's day is hopeless. */
export function newBookingCode(): string {
  return newSpokenCode();
}

export function bookingQr(code: string): string {
  return QR_PREFIX + code;
}

/** What the desk scanned or typed, lower case, blanks and hyphens allowed. @returns the bare code */
export function readBookingCode(text: string): string {
  const plain = text.normalize('NFKC').trim();
  const code = plain.toLowerCase().startsWith(QR_PREFIX) ? plain.slice(QR_PREFIX.length) : plain;
  return readSpokenCode(code);
}
