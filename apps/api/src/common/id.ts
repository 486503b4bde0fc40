import { monotonicFactory } from 'ulid';

const next = monotonicFactory();

/** A ULID: sortable by time, increasing within this process, made here and never by the database. */
export function newId(): string {
  return next();
}
