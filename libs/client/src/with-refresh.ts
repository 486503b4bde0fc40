import type { Answer, Transport } from './transport.js';

export interface RefreshOptions {
  /** Gets a new access token and keeps it where the transport finds it. False where the person must sign in again. */
  readonly refresh: () => Promise<boolean>;
}

/** Session operations answer 401 for their own reasons; refreshing because of them would never end. */
const OWN_401 = /^identity\.(refresh|wechatLogin|staffLogin|logout)$/;

/** Refreshes once when the token has run out, however many calls notice it at the same time, and sends each again. */
export function withRefresh(transport: Transport, { refresh }: RefreshOptions): Transport {
  let underway: Promise<boolean> | undefined;
  return async (call) => {
    const answer = await transport(call);
    if (!isSignedOut(answer) || OWN_401.test(call.operation)) return answer;
    underway ??= refresh().finally(() => (underway = undefined));
    return (await underway) ? transport(call) : answer;
  };
}

function isSignedOut({ status, body }: Answer): boolean {
  const code = typeof body === 'object' && body !== null && 'code' in body ? body.code : undefined;
  return status === 401 && (code === 'TOKEN_EXPIRED' || code === 'UNAUTHENTICATED');
}
