import { randomUUID } from 'node:crypto';
import { json } from '../common/http-server.js';
import type { Answer } from '../common/http-server.js';
import { field, isRecord, text } from '../common/json.js';
import { wechatError } from './errors.js';
import { quotaKey } from './state.js';
import type { PhoneMessage, WechatWorld } from './state.js';
import { isValidValue, kindOf } from './template-values.js';

/** Subscribe messages: every accept by the person allows one message. Source: developers.weixin.qq.com, 发送订阅消息. */

const KEPT_MESSAGES = 500;
export const LONG_TERM = -1;

export function sendSubscribeMessage(world: WechatWorld, body: unknown): Answer {
  const { state } = world.store;
  const openid = text(body, 'touser') ?? '';
  if (!state.phones.has(openid)) throw wechatError(40003, 'invalid openid');
  const templateId = text(body, 'template_id') ?? '';
  const template = world.config.templates?.[templateId];
  if (templateId === '' || (world.config.templates !== undefined && template === undefined)) {
    throw wechatError(40037, 'invalid template_id');
  }
  const page = text(body, 'page');
  if (page?.startsWith('/')) throw wechatError(41030, 'invalid page');
  oneOf(body, 'miniprogram_state', ['developer', 'trial', 'formal']);
  oneOf(body, 'lang', ['zh_CN', 'en_US', 'zh_HK', 'zh_TW']);
  const lines = readData(field(body, 'data'), template?.fields);

  const quota = state.quotas.get(quotaKey(openid, templateId));
  if (quota === undefined || quota.left === 0) throw wechatError(43101, 'user refuse to accept the msg');
  if (quota.left !== LONG_TERM) quota.left -= 1;
  deliver(world, {
    id: randomUUID(),
    openid,
    templateId,
    title: template?.title ?? templateId,
    page: page ?? null,
    lines,
    at: new Date().toISOString(),
  });
  return json({ errcode: 0, errmsg: 'ok', msgid: Date.now() });
}

function oneOf(body: unknown, name: string, allowed: readonly string[]): void {
  const value = field(body, name);
  if (value !== undefined && !allowed.some((each) => each === value)) {
    throw wechatError(47003, `argument invalid! ${name} is invalid`);
  }
}

function readData(data: unknown, fields: Record<string, string> | undefined): PhoneMessage['lines'] {
  // A JSON text instead of an object is the mistake seen most; it fails as a whole.
  if (!isRecord(data)) throw wechatError(47003, 'argument invalid! data is not an object');
  const keys = fields === undefined ? Object.keys(data) : Object.keys(fields);
  if (keys.length === 0) throw wechatError(47003, 'argument invalid! data is empty');
  const unknown = Object.keys(data).find((key) => !keys.includes(key));
  if (unknown !== undefined)
    throw wechatError(47003, `argument invalid! data.${unknown} is not in the template`);
  return keys.map((key) => {
    const value = field(field(data, key), 'value');
    if (value === undefined || value === null || value === '') {
      throw wechatError(47003, `argument invalid! data.${key}.value is empty`);
    }
    const kind = kindOf(key);
    const shown = typeof value === 'number' ? String(value) : value;
    if (kind === undefined || typeof shown !== 'string' || !isValidValue(kind, shown)) {
      throw wechatError(47003, `argument invalid! data.${key}.value invalid`);
    }
    return { key, label: fields?.[key] ?? key, value: shown };
  });
}

/** Faults named 'message': told twice, or shown before the one that came earlier. */
function deliver(world: WechatWorld, message: PhoneMessage): void {
  const { messages } = world.store.state;
  const fault = world.faults.takeOutbound('message');
  if (fault?.mode === 'reorder') messages.splice(Math.max(0, messages.length - 1), 0, message);
  else messages.push(message);
  if (fault?.mode === 'duplicate') messages.push({ ...message, id: randomUUID() });
  if (messages.length > KEPT_MESSAGES) messages.splice(0, messages.length - KEPT_MESSAGES);
  world.store.changed();
}
