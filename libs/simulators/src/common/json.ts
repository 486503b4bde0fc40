/** Small readers for JSON that came from outside. Nothing here throws; `undefined` means "absent or of another type". */

export type JsonRecord = Record<string, unknown>;

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Own property only: names such as `__proto__` come from the other side too. */
export function field(value: unknown, name: string): unknown {
  return isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

export function text(value: unknown, name: string): string | undefined {
  const found = field(value, name);
  return typeof found === 'string' ? found : undefined;
}

/** A text field, or a number written as one (EMS clients send either). */
export function textOrNumber(value: unknown, name: string): string | undefined {
  const found = field(value, name);
  if (typeof found === 'number' && Number.isFinite(found)) return String(found);
  return typeof found === 'string' ? found : undefined;
}

export function integer(value: unknown, name: string): number | undefined {
  const found = field(value, name);
  return typeof found === 'number' && Number.isSafeInteger(found) ? found : undefined;
}

/** Length in characters as a person counts them, not in UTF-16 units. */
export function charCount(value: string): number {
  return [...value].length;
}
