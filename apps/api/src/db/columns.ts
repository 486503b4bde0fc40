import { Column, PrimaryColumn, type ColumnOptions } from 'typeorm';

// The few column kinds that the tables are made of, so that an entity reads as a list of facts.

const id: ColumnOptions = { type: 'char', length: 26, charset: 'ascii', collation: 'ascii_bin' };

/** A ULID made by the application (`newId()`). */
export const IdPrimary = () => PrimaryColumn(id as { type: 'char' });
export const IdColumn = (options: ColumnOptions = {}) => Column({ ...id, ...options });
/** An instant in UTC with milliseconds. */
export const InstantColumn = (options: ColumnOptions = {}) =>
  Column({ type: 'datetime', precision: 3, ...options });
/** A local day, `YYYY-MM-DD`, kept as text in the program. */
export const DayColumn = (options: ColumnOptions = {}) => Column({ type: 'date', ...options });
export const TextColumn = (length: number, options: ColumnOptions = {}) =>
  Column({ type: 'varchar', length, ...options });
export const IntColumn = (options: ColumnOptions = {}) => Column({ type: 'int', ...options });
export const FlagColumn = (options: ColumnOptions = {}) => Column({ type: 'boolean', ...options });
export const JsonColumn = (options: ColumnOptions = {}) => Column({ type: 'json', ...options });
/** AES-256-GCM envelope of a person's datum, base64 with a key id in front. */
export const CipherColumn = (options: ColumnOptions = {}) =>
  Column({ type: 'varchar', length: 1024, charset: 'ascii', collation: 'ascii_bin', ...options });
/** HMAC-SHA256 of a person's datum in hex: equality look-ups without the datum. */
export const BlindColumn = (options: ColumnOptions = {}) =>
  Column({ type: 'char', length: 64, charset: 'ascii', collation: 'ascii_bin', ...options });
