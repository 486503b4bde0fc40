import { randomFillSync } from 'node:crypto';
import { monotonicFactory } from 'ulid';

const pool = Buffer.allocUnsafe(4096);
let used = pool.length;

/** A number from 0 to 1 of a secure source, which is asked for many bytes at once: the library would ask for each alone. */
function random(): number {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  return pool.readUInt8(used++) / 256;
}

const next = monotonicFactory(random);

/** A ULID: sortable by time, increasing within this process, made here and never by the database. */
export function newId(): string {
  return next();
}
