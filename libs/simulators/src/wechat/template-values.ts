import { charCount } from '../common/json.js';

/**
 * What each kind of subscribe-message value may hold.
 * Source: developers.weixin.qq.com, 发送订阅消息, "订阅消息参数值内容限制说明".
 */

const time = String.raw`([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d)?`;
const day = String.raw`\d{4}(年\d{1,2}月\d{1,2}日|-\d{1,2}-\d{1,2}|\/\d{1,2}\/\d{1,2})`;
const moment = `(${day}( ${time})?|${time})`;
const range = new RegExp(`^${moment}( ?~ ?${moment})?$`);

const kinds: Record<string, (value: string) => boolean> = {
  thing: (value) => charCount(value) <= 20,
  number: (value) => /^-?\d+(\.\d+)?$/.test(value) && value.length <= 32,
  letter: (value) => /^[A-Za-z]{1,32}$/.test(value),
  symbol: (value) => charCount(value) <= 5 && /^[^\p{L}\p{N}\s]+$/u.test(value),
  character_string: (value) => /^[\x20-\x7e]{1,32}$/.test(value),
  time: (value) => range.test(value),
  date: (value) => range.test(value),
  amount: (value) => /^[^\d\s.]?\d{1,10}(\.\d+)?元?$/u.test(value),
  phone_number: (value) => /^[\d+\-() ]{1,17}$/.test(value),
  car_number: (value) => charCount(value) <= 8 && /^[\p{Script=Han}A-Z0-9·]+$/u.test(value),
  name: (value) => /^[\p{Script=Han}·]{1,10}$/u.test(value) || /^[A-Za-z .'·]{1,20}$/.test(value),
  phrase: (value) => /^\p{Script=Han}{1,5}$/u.test(value),
  enum: (value) => charCount(value) <= 32,
  const: (value) => charCount(value) <= 32,
};

/** `thing12` → `thing`; undefined when WeChat has no such kind. */
export function kindOf(key: string): string | undefined {
  const kind = /^([a-z_]+?)\d+$/.exec(key)?.[1];
  return kind !== undefined && Object.hasOwn(kinds, kind) ? kind : undefined;
}

export function isValidValue(kind: string, value: string): boolean {
  return value.trim() !== '' && !/[\r\n\t]/.test(value) && (kinds[kind]?.(value) ?? false);
}
