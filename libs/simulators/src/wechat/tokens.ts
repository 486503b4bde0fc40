import { randomBytes } from 'node:crypto';
import { json } from '../common/http-server.js';
import type { Answer, SimRequest } from '../common/http-server.js';
import { field, text } from '../common/json.js';
import { beijingDay } from '../common/time.js';
import { wechatError } from './errors.js';
import type { Token, WechatWorld } from './state.js';

/** Stable access token. Source: developers.weixin.qq.com, 获取稳定版接口调用凭据. */

const LIFE_MS = 7_200_000;
const RENEW_BEFORE_MS = 300_000;
const FORCED_PER_DAY = 20;
const BETWEEN_FORCED_MS = 30_000;

export function stableToken(world: WechatWorld, body: unknown): Answer {
  const { config, store } = world;
  if (text(body, 'grant_type') !== 'client_credential') throw wechatError(40002, 'invalid grant_type');
  if (text(body, 'appid') !== config.appid) throw wechatError(40013, 'invalid appid');
  if (text(body, 'secret') !== config.secret) throw wechatError(40125, 'invalid appsecret');
  const { state } = store;
  const now = Date.now();
  if (field(body, 'force_refresh') === true) {
    countForced(world, new Date(now));
    state.tokens = [newToken(now)];
  } else {
    const current = state.tokens[0];
    // A fresh one five minutes before the end; until then both are good.
    const renew = current === undefined || new Date(current.expiresAt).getTime() - now < RENEW_BEFORE_MS;
    if (renew) state.tokens = [newToken(now), ...(current ? [current] : [])];
  }
  store.changed();
  const [token] = state.tokens as [Token];
  return json({
    access_token: token.value,
    expires_in: Math.max(1, Math.floor((new Date(token.expiresAt).getTime() - now) / 1000)),
  });
}

function newToken(now: number): Token {
  // Real ones are about this long; whoever stores them must leave room for 512 characters.
  return {
    value: `90_${randomBytes(100).toString('base64url')}`,
    expiresAt: new Date(now + LIFE_MS).toISOString(),
  };
}

function countForced(world: WechatWorld, now: Date): void {
  const { state } = world.store;
  const day = beijingDay(now);
  const today = state.forced?.day === day ? state.forced : { day, count: 0, lastAt: '' };
  if (today.count >= FORCED_PER_DAY) throw wechatError(45009, 'reach max api daily quota limit');
  if (today.lastAt !== '' && now.getTime() - new Date(today.lastAt).getTime() < BETWEEN_FORCED_MS) {
    throw wechatError(45011, 'api minute-quota reach limit, must slower');
  }
  state.forced = { day, count: today.count + 1, lastAt: now.toISOString() };
}

export function assertToken(world: WechatWorld, request: SimRequest): void {
  const given = request.query.get('access_token') ?? '';
  if (given === '') throw wechatError(41001, 'access_token missing');
  const known = world.store.state.tokens.find((token) => token.value === given);
  if (known === undefined) {
    throw wechatError(40001, 'invalid credential, access_token is invalid or not latest');
  }
  if (known.expiresAt < new Date().toISOString()) throw wechatError(42001, 'access_token expired');
}
