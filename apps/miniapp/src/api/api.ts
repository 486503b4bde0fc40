import { ApiError, createClient, withRefresh } from '@haoban/client';
import type { Client, Transport } from '@haoban/client';
import {
  accessExpiresAt,
  accessToken,
  adoptKept,
  forgetSession,
  keepTokens,
  refreshToken,
} from '../state/session';
import { serverNow } from './server-clock';
import { taroTransport } from './transport';

const bare = taroTransport(accessToken);
const bareClient = createClient(bare);
let underway: Promise<boolean> | undefined;

/** One renewal for all that need it: each refresh token is good for one use. */
function renew(): Promise<boolean> {
  underway ??= refresh().finally(() => (underway = undefined));
  return underway;
}

/** Renews a token that is about to run out, so that a person who comes back meets no refused request. */
const ahead: Transport = async (call) => {
  if (runsOut() && !call.operation.startsWith('identity.wechatLogin')) await renew();
  return bare(call);
};

const MARGIN_MS = 20_000;

function runsOut(): boolean {
  const expiresAt = accessExpiresAt();
  return expiresAt !== undefined && Date.parse(expiresAt) - serverNow().getTime() < MARGIN_MS;
}

/** The API for every page. */
export const api: Client = createClient(withRefresh(ahead, { refresh: renew }));

async function refresh(): Promise<boolean> {
  // Another window of this browser may have renewed it already.
  if (await adoptKept()) return true;
  const token = refreshToken();
  if (token === undefined) {
    await forgetSession();
    return false;
  }
  try {
    await keepTokens(await bareClient.identity.refresh({ refreshToken: token }));
    return true;
  } catch (error) {
    // Without an answer the session may still be good: keep it and let the call fail.
    if (error instanceof ApiError && error.status === 401) await forgetSession();
    return false;
  }
}
