import { createHash, randomBytes } from 'node:crypto';
import type { WechatConfig } from '../config.js';
import type { FaultBook } from '../common/faults.js';
import type { Store } from '../common/store.js';

export interface Phone {
  openid: string;
  /** What the person at the simulator calls this phone. */
  user: string;
  createdAt: string;
  lastLoginAt: string | null;
}

export interface LoginCode {
  openid: string;
  expiresAt: string;
  used: boolean;
}

export interface PhoneCode {
  phoneNumber: string;
  expiresAt: string;
  used: boolean;
}

export interface Token {
  value: string;
  expiresAt: string;
}

export interface PhoneMessage {
  id: string;
  openid: string;
  templateId: string;
  title: string;
  page: string | null;
  lines: { key: string; label: string; value: string }[];
  at: string;
}

export interface WechatState {
  phones: Map<string, Phone>;
  loginCodes: Map<string, LoginCode>;
  phoneCodes: Map<string, PhoneCode>;
  /** Newest first; the one before stays valid for a few minutes unless it was forced out. */
  tokens: Token[];
  forced: { day: string; count: number; lastAt: string } | null;
  /** `openid templateId` → how many messages may still be sent; -1 = long-term subscription. */
  quotas: Map<string, { openid: string; templateId: string; left: number }>;
  messages: PhoneMessage[];
  qrCodes: { scene: string; page: string; at: string }[];
}

export function emptyWechatState(): WechatState {
  return {
    phones: new Map(),
    loginCodes: new Map(),
    phoneCodes: new Map(),
    tokens: [],
    forced: null,
    quotas: new Map(),
    messages: [],
    qrCodes: [],
  };
}

export interface WechatWorld {
  config: WechatConfig;
  store: Store<WechatState>;
  faults: FaultBook;
}

export const CODE_LIFE_MS = 5 * 60_000;

/** The same name is the same person, in every run: demo residents keep their records. */
export function openidOf(appid: string, user: string): string {
  return `o${createHash('sha256').update(`${appid}\n${user}`).digest('base64url').slice(0, 27)}`;
}

export function phoneOf(world: WechatWorld, user: string): Phone {
  const openid = openidOf(world.config.appid, user);
  const { phones } = world.store.state;
  const known = phones.get(openid);
  if (known) return known;
  const phone: Phone = { openid, user, createdAt: new Date().toISOString(), lastLoginAt: null };
  phones.set(openid, phone);
  world.store.changed();
  return phone;
}

/** Used and expired codes are remembered for a while, because their reuse must be refused by name. */
export function rememberCode<Item extends { expiresAt: string }>(
  codes: Map<string, Item>,
  code: string,
  item: Item,
): void {
  const dayAgo = new Date(Date.now() - 86_400_000).toISOString();
  for (const [old, each] of codes) {
    if (each.expiresAt > dayAgo) break;
    codes.delete(old);
  }
  codes.set(code, item);
}

export function newCode<Item extends { expiresAt: string }>(codes: Map<string, Item>, item: Item): string {
  const code = `0${randomBytes(24).toString('base64url').slice(0, 31)}`;
  rememberCode(codes, code, item);
  return code;
}

export function quotaKey(openid: string, templateId: string): string {
  return `${openid} ${templateId}`;
}
