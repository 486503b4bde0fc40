import { ApiError, createClient, fetchTransport, withRefresh } from '@haoban/client';
import { noteServerTime } from './server-clock.js';
import { sessionStore } from './session-store.js';

const TIMEOUT_MS = 15_000;

const bare = fetchTransport({
  baseUrl: '',
  token: () => sessionStore.get()?.session.accessToken,
  fetch: async (url, init) => {
    const sentAt = Date.now();
    const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
    noteServerTime(answer.headers.get('x-server-time'), sentAt);
    return answer;
  },
});
const bareClient = createClient(bare);

/** Every operation of the API; an access token that has run out is renewed on the way. */
export const client = createClient(withRefresh(bare, { refresh: () => refreshSession() }));

let underway: Promise<boolean> | undefined;

/**
 * Renews the session, once however many ask at the same time: a refresh token counts only once, and a second use is taken for
 * theft. False where one must sign in again or the server cannot be reached.
 */
export function refreshSession(): Promise<boolean> {
  underway ??= renew().finally(() => (underway = undefined));
  return underway;
}

async function renew(): Promise<boolean> {
  const before = sessionStore.get();
  if (!before) return false;
  try {
    const session = await bareClient.identity.refresh({ refreshToken: before.session.refreshToken });
    sessionStore.set({ ...before, session });
    return true;
  } catch (error) {
    // Without an answer the session may still be good: keep it for the next try.
    if (error instanceof ApiError && error.status === 401) sessionStore.set(undefined);
    return false;
  }
}
