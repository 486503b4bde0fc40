/** Small readers for EMS's loosely typed answers: numbers as text, JSON in text, Beijing times without a zone. */

export type Raw = Record<string, unknown>;

const BEIJING_MS = 8 * 3600_000;

/** `yyyy-MM-dd HH:mm:ss` in Beijing time, which EMS wants everywhere. */
export const beijingTime = (instant: Date): string =>
  new Date(instant.getTime() + BEIJING_MS).toISOString().slice(0, 19).replace('T', ' ');

/** The instant of `yyyy-MM-dd HH:mm:ss` Beijing time, fractions ignored; undefined if it is no such time. */
export function readBeijingTime(value: unknown): Date | undefined {
  if (typeof value !== 'string') return undefined;
  const [, day, clock] = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})(?:\.\d+)?$/.exec(value.trim()) ?? [];
  const instant = new Date(`${day}T${clock}+08:00`);
  const isReal = !Number.isNaN(instant.getTime()) && beijingTime(instant) === `${day} ${clock}`;
  return isReal ? instant : undefined;
}

/**
 * Fen of a sum in yuan, as text or as a JSON number, without floating-point arithmetic; undefined if it is not a sum
 * of whole fen.
 */
export function yuanToFen(yuan: unknown): number | undefined {
  if (typeof yuan !== 'string' && typeof yuan !== 'number') return undefined;
  const [, whole, cents = ''] = /^(\d{1,13})(?:\.(\d{1,2})0*)?$/.exec(String(yuan).trim()) ?? [];
  return whole === undefined ? undefined : Number(whole) * 100 + Number(cents.padEnd(2, '0'));
}

/** Text of text or number; undefined when empty. */
export function readText(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const isRecord = (value: unknown): value is Raw =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A retBody may be JSON in a text in JSON, and an array of one. Text that is not JSON stays text. */
export function unwrap(value: unknown): unknown {
  let current = value;
  for (let depth = 0; depth < 3 && typeof current === 'string'; depth++) {
    const parsed = parseJson(current);
    // A waybill number is digits: left as text.
    if (parsed === undefined || typeof parsed === 'number') break;
    current = parsed;
  }
  return current;
}

/** As `unwrap`, reduced to one object; empty if there is none. */
export function unwrapRecord(value: unknown): Raw {
  const unwrapped = unwrap(value);
  const first: unknown = Array.isArray(unwrapped) ? unwrapped[0] : unwrapped;
  return isRecord(first) ? first : {};
}
