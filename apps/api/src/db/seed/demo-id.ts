import { createHash } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** The time part of a ULID: all demo records claim the same moment in 2025. */
const TIME = '01JZ000000';

export type DemoKind =
  | 'hall'
  | 'hall_day'
  | 'department'
  | 'item'
  | 'material'
  | 'place'
  | 'queue'
  | 'desk'
  | 'staff'
  | 'resident';

/**
 * The id of a record of the demo city, the same in every database: shaped like a ULID, its random part taken from a hash.
 * @param key what names the record in the data: a hall's code, an item's slug, `RC-SM 5` for a desk
 */
export function demoId(kind: DemoKind, key: string): string {
  const hash = createHash('sha256').update(`${kind}\n${key}`).digest();
  const random = Array.from(hash.subarray(0, 16), (byte) => ALPHABET.charAt(byte % 32));
  return TIME + random.join('');
}
