import { Injectable } from '@nestjs/common';
import { newSpokenCode, readSpokenCode } from '../common/spoken-code.js';
import { violatedIndex } from '../db/database-error.js';

const QR_PREFIX = 'haoban:booking:';

const TRIES = 5;

/** The code at the desk: guessing one of a hall's day is hopeless, and it is one of a kind only within that day. */
@Injectable()
export class BookingCodes {
  draw(): string {
    return newSpokenCode();
  }

  /** Writes bookings, with other codes where one is taken: a statement that fails changes nothing and does not end the transaction. */
  async write(bookings: readonly { code: string }[], statement: () => Promise<unknown>): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await statement();
        return;
      } catch (error) {
        if (violatedIndex(error) !== 'ux_booking_code' || attempt === TRIES) throw error;
        for (const booking of bookings) booking.code = this.draw();
      }
    }
  }
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
