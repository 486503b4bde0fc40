import { monotonicFactory } from 'ulid';
import { randomByte } from './random-byte.js';

const next = monotonicFactory(() => randomByte() / 256);

/** A ULID: sortable by time, increasing within this process, made here and never by the database. */
export function newId(): string {
  return next();
}
