const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** One per intended act: a retry after a lost answer sends the same and gets the first answer. */
export function newRequestId(): string {
  // Not crypto.randomUUID: a hall's intranet is often plain http, where browsers withhold it.
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  return Array.from(bytes, (byte) => ALPHABET[byte % ALPHABET.length]).join('');
}
