import { charCount, field, integer, text } from '../common/json.js';
import { isLoopback } from '../common/origins.js';
import { paramError } from './errors.js';

/** Field rules shared by orders and refunds. Each throws PARAM_ERROR naming the field. */

export function requiredText(body: unknown, name: string, max: number, min = 1): string {
  const value = text(body, name);
  if (value === undefined) throw paramError(`/${name}`, field(body, name), '必填，类型为字符串');
  const length = charCount(value);
  if (length < min || length > max) throw paramError(`/${name}`, value, `长度应为${min}到${max}个字符`);
  return value;
}

export function optionalText(body: unknown, name: string, max: number): string | null {
  if (field(body, name) === undefined) return null;
  return requiredText(body, name, max);
}

export function fen(amount: unknown, name: string): number {
  const value = integer(amount, name);
  if (value === undefined)
    throw paramError(`/amount/${name}`, field(amount, name), '必填，类型为整数，单位为分');
  if (value < 1 || value > 10_000_000_000) throw paramError(`/amount/${name}`, value, '超出取值范围');
  return value;
}

export function currency(amount: unknown, required: boolean): void {
  const value = field(amount, 'currency');
  if (value === undefined && !required) return;
  if (value !== 'CNY') throw paramError('/amount/currency', value, '应为CNY');
}

/** Public https without a query, as the real one demands; plain http is let through for this machine only. */
export function notifyUrl(value: string, max: number): string {
  const refuse = (issue: string) => paramError('/notify_url', value, issue);
  if (value.length > max) throw refuse(`长度不得超过${max}`);
  let url: URL;
  try {
    url = new URL(value);
  } catch {
    throw refuse('应为完整的URL');
  }
  if (value.includes('?') || value.includes('#')) throw refuse('不能携带参数');
  const local = isLoopback(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && local))
    throw refuse('应为外网可访问的https地址');
  const privateAddress = /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.)/.test(url.hostname);
  if (!local && (privateAddress || !url.hostname.includes('.'))) throw refuse('应为外网可访问的https地址');
  return value;
}

export function rfc3339(value: string): Date {
  const shape = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;
  const at = new Date(value);
  if (!shape.test(value) || Number.isNaN(at.getTime())) {
    throw paramError('/time_expire', value, '应遵循rfc3339标准格式');
  }
  return at;
}
