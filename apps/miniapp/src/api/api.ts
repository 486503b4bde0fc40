import { ApiError, createClient, withRefresh } from '@haoban/client';
import type { Client } from '@haoban/client';
import { accessToken, forgetSession, keepTokens, refreshToken } from '../state/session';
import { taroTransport } from './transport';

const bare = taroTransport(accessToken);
const bareClient = createClient(bare);

/** The API for every page. A run-out token is renewed once, however many calls notice it. */
export const api: Client = createClient(withRefresh(bare, { refresh }));

async function refresh(): Promise<boolean> {
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
