import type { ErrorCode } from '@haoban/domain';
import { QueryFailedError } from 'typeorm';
import { AppError } from '../common/app-error.js';

/** Numbers of MySQL's and MariaDB's error lists; 9007 is TiDB's write conflict. The names differ, the numbers don't. */
const DUPLICATE_KEY = 1062;
const RETRYABLE = new Set([1205 /* lock wait timeout */, 1213 /* deadlock */, 9007]);
const OVERLOADED = new Set([1040 /* too many connections */, 1203]);
const LOST = /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|PROTOCOL_CONNECTION_LOST)$/;

interface DriverError {
  readonly errno?: number;
  readonly code?: string;
  readonly sqlMessage?: string;
}

function driverError(error: unknown): DriverError | undefined {
  return error instanceof QueryFailedError ? (error.driverError as DriverError) : undefined;
}

/** True where the same transaction may succeed when its whole work is run again. */
export function isRetryable(error: unknown): boolean {
  const number = driverError(error)?.errno;
  return number !== undefined && RETRYABLE.has(number);
}

/** The name of the unique index that a write violated, without its table. */
export function violatedIndex(error: unknown): string | undefined {
  const driver = driverError(error);
  if (driver?.errno !== DUPLICATE_KEY) return undefined;
  // MySQL 8 writes `table.index`, MariaDB and TiDB sometimes only `index`.
  return /for key '(?:[^']*\.)?([^'.]+)'\s*$/.exec(driver.sqlMessage ?? '')?.[1];
}

/**
 * Gives a unique violation its meaning: `onUnique(error, { ux_booking_request: 'REQUEST_ID_REUSED' })`. To be used in a
 * catch; never returns.
 * @throws AppError with the index's code, or the error itself
 */
export function onUnique(error: unknown, codes: Readonly<Record<string, ErrorCode>>): never {
  const index = violatedIndex(error);
  const code = index === undefined ? undefined : codes[index];
  throw code ? new AppError(code, undefined, { cause: error }) : error;
}

/** The code for a database failure that nobody translated: come back later, or undefined for a fault of ours. */
export function databaseErrorCode(error: QueryFailedError): ErrorCode | undefined {
  const driver = driverError(error);
  if (isRetryable(error) || (driver?.errno !== undefined && OVERLOADED.has(driver.errno))) return 'BUSY';
  return LOST.test(driver?.code ?? '') ? 'DEPENDENCY_UNAVAILABLE' : undefined;
}
