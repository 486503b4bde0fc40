import type { Transport } from './transport.js';

/** What is used of `fetch`, so that neither DOM nor Node types are needed here. */
type Fetch = (
  url: string,
  init: { method: string; headers: Record<string, string>; body?: string; signal?: never },
) => Promise<{ status: number; text(): Promise<string> }>;

export interface FetchOptions {
  /** Without a slash at the end; empty for the page's own origin. */
  readonly baseUrl: string;
  readonly token?: () => string | undefined;
  readonly fetch: Fetch;
}

/** @returns a transport over `fetch` */
export function fetchTransport({ baseUrl, token, fetch }: FetchOptions): Transport {
  return async ({ method, path, body }) => {
    const bearer = token?.();
    const response = await fetch(baseUrl + path, {
      method,
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: parse(await response.text()) };
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
