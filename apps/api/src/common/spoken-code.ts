import { randomByte } from './random-byte.js';

/** No 0/O, 1/I/L, 2/Z, 5/S, 8/B, U/V: such a code is read from a phone and said aloud, across a desk or on the telephone. */
const ALPHABET = '34679ACDEFGHJKMNPQRTWXY';
const LENGTH = 6;

/** Bytes from here on would prefer the alphabet's first letters: they are drawn again. */
const FAIR = 256 - (256 % ALPHABET.length);

/** Six characters from a secure source, 148 million values. */
export function newSpokenCode(): string {
  let code = '';
  while (code.length < LENGTH) {
    const byte = randomByte();
    if (byte < FAIR) code += ALPHABET.charAt(byte % ALPHABET.length);
  }
  return code;
}

/** As typed: full width, lower case, blanks and hyphens allowed. */
export function readSpokenCode(text: string): string {
  return text.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();
}
