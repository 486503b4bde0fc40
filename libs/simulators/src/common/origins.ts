import { isIP } from 'node:net';
import type { IncomingHttpHeaders } from 'node:http';

/**
 * Who may call the control routes from a browser: pages of this machine, the simulator's own page, and a page served from
 * the same IP address (a phone in the same network). Host names other than localhost are refused even when they match,
 * because any site can point its name at 127.0.0.1.
 */
export function isAllowedOrigin(origin: string, host: string | undefined): boolean {
  let url: URL;
  try {
    url = new URL(origin);
  } catch {
    return false;
  }
  const name = bare(url.hostname);
  if (isLoopback(name)) return true;
  return isIP(name) !== 0 && host !== undefined && name === bare(host.replace(/:\d+$/, ''));
}

export function isLoopback(hostname: string): boolean {
  const name = bare(hostname);
  return name === 'localhost' || name === '::1' || (isIP(name) === 4 && name.startsWith('127.'));
}

function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '').toLowerCase();
}

/** Programs send no Origin and may always call. */
export function mayControl(headers: IncomingHttpHeaders): boolean {
  return headers.origin === undefined || isAllowedOrigin(headers.origin, headers.host);
}

export function corsHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const { origin, host } = headers;
  if (origin === undefined || !isAllowedOrigin(origin, host)) return { vary: 'origin' };
  return {
    vary: 'origin',
    'access-control-allow-origin': origin,
    'access-control-allow-methods': 'GET, POST, DELETE',
    'access-control-allow-headers': 'content-type',
    'access-control-allow-private-network': 'true',
    'access-control-max-age': '600',
  };
}
