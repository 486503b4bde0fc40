/**
 * Values of subscribe-message templates. WeChat answers 47003 for a value that does not fit its kind, and the
 * recipient's grant is then of no use, so every value is checked and, where nothing is lost by it, fitted before sending.
 * The kind is the key without its number: `thing1` is a `thing`. Only `thing` (free text) is shortened; a shortened
 * number, phrase or name would say something else. Lengths are counted in UTF-16 units, the strictest reading.
 * Source: developers.weixin.qq.com, 发送订阅消息, 参数值内容限制说明.
 */

/** A Date is allowed for `time` and `date` and is written in Beijing time. */
export type TemplateValue = string | number | Date;

export type FittedData =
  { ok: true; data: Record<string, { value: string }> } | { ok: false; field: string; reason: string };

type Fitted = { value: string } | { reason: string };

const THING_MAX = 20;
const BEIJING_MS = 8 * 3600_000;

const CLOCK = '([01]?\\d|2[0-3]):[0-5]\\d(:[0-5]\\d)?';
const DAY = '\\d{4}(年(0?[1-9]|1[0-2])月(0?[1-9]|[12]\\d|3[01])日|-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01]))';
const TIME_POINT = `(${DAY} ?${CLOCK}|${CLOCK})`;
const DATE_POINT = `${DAY}( ?${CLOCK})?`;

const HAN = '\\p{Script=Han}';

const PATTERNS = new Map<string, { pattern: RegExp; max: number; says: string }>(
  Object.entries({
    number: { pattern: /^-?\d+(\.\d+)?$/, max: 32, says: 'a number of at most 32 digits' },
    letter: { pattern: /^[A-Za-z]+$/, max: 32, says: 'at most 32 letters' },
    symbol: { pattern: /^[\p{P}\p{S}]+$/u, max: 5, says: 'at most 5 symbols' },
    character_string: { pattern: /^[\x21-\x7e]+$/, max: 32, says: 'at most 32 printable ASCII characters' },
    time: {
      pattern: new RegExp(`^${TIME_POINT}(~${TIME_POINT})?$`),
      max: 64,
      says: 'a time or a range of times',
    },
    date: {
      pattern: new RegExp(`^${DATE_POINT}(~${DATE_POINT})?$`),
      max: 64,
      says: 'a date or a range of dates',
    },
    amount: {
      pattern: /^\p{Sc}?(?=(\d\.?){1,10}元?$)\d+(\.\d+)?元?$/u,
      max: 13,
      says: 'a sum of at most 10 digits',
    },
    phone_number: { pattern: /^[\d+\-() ]+$/, max: 17, says: 'at most 17 digits or signs' },
    car_number: {
      pattern: new RegExp(`^[${HAN}A-Z0-9][A-Z0-9]{0,6}[${HAN}A-Z0-9]?$`, 'u'),
      max: 8,
      says: 'a number plate',
    },
    name: {
      pattern: new RegExp(`^([${HAN}·]{1,10}|[A-Za-z .'·-]{1,20})$`, 'u'),
      max: 20,
      says: 'at most 10 Chinese characters or 20 letters',
    },
    phrase: { pattern: new RegExp(`^${HAN}+$`, 'u'), max: 5, says: 'at most 5 Chinese characters' },
    enum: { pattern: /^.+$/u, max: 20, says: "one of the template's values" },
  }),
);

/** Local Beijing text of an instant as templates want it: `2026年9月1日` and `2026年9月1日 09:05`. */
export function beijingText(instant: Date, kind: 'time' | 'date'): string {
  const local = new Date(instant.getTime() + BEIJING_MS);
  const day = `${local.getUTCFullYear()}年${local.getUTCMonth() + 1}月${local.getUTCDate()}日`;
  return kind === 'date' ? day : `${day} ${local.toISOString().slice(11, 16)}`;
}

/** At most 20 UTF-16 units: the first 17 and `...`, never half of a character. */
function shorten(text: string): string {
  if (text.length <= THING_MAX) return text;
  let head = '';
  for (const character of text) {
    if (head.length + character.length > THING_MAX - 3) break;
    head += character;
  }
  return `${head}...`;
}

function toText(kind: string, value: TemplateValue): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined;
  if ((kind !== 'time' && kind !== 'date') || Number.isNaN(value.getTime())) return undefined;
  return beijingText(value, kind);
}

/** One value for one kind, fitted, or the reason why it cannot be sent. */
export function fitTemplateValue(kind: string, value: TemplateValue): Fitted {
  const text = toText(kind, value)
    // Line breaks and other control characters, also lone surrogates, are not accepted in any kind.
    ?.replace(/[\p{Cc}\p{Cs}\u2028\u2029]+/gu, ' ')
    .trim();
  if (text === undefined) return { reason: `is no value for ${kind}` };
  if (text === '') return { reason: 'is empty' };
  if (kind === 'thing') return { value: shorten(text) };
  const rule = PATTERNS.get(kind);
  if (!rule) return { reason: `is of a kind that is not known: ${kind}` };
  if (text.length > rule.max || !rule.pattern.test(text)) return { reason: `must be ${rule.says}` };
  return { value: text };
}

/** All values of a message, or the first that does not fit. The reason never repeats the value. */
export function fitTemplateData(values: Readonly<Record<string, TemplateValue>>): FittedData {
  const data: Record<string, { value: string }> = {};
  for (const [field, value] of Object.entries(values)) {
    const kind = /^([a-z_]+?)\d+$/.exec(field)?.[1];
    if (!kind) return { ok: false, field, reason: 'is no template key such as thing1' };
    const fitted = fitTemplateValue(kind, value);
    if ('reason' in fitted) return { ok: false, field, reason: fitted.reason };
    data[field] = { value: fitted.value };
  }
  if (Object.keys(data).length === 0) return { ok: false, field: '', reason: 'no values' };
  return { ok: true, data };
}
