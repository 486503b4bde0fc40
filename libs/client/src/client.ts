import type { Endpoint, Endpoints, Route } from '@haoban/contracts';
import { routes } from '@haoban/contracts/routes';
import type { z } from 'zod';
import { toApiError } from './api-error.js';
import type { Call, Transport } from './transport.js';

/** An operation whose fields are all optional can be called without an argument. */
type Operation<E extends Endpoint> =
  Record<never, never> extends z.input<E['input']>
    ? (input?: z.input<E['input']>) => Promise<z.output<E['output']>>
    : (input: z.input<E['input']>) => Promise<z.output<E['output']>>;

/** `client.booking.reserve(input)`: every operation of the endpoint table. Fails with an `ApiError`. */
export type Client = {
  readonly [F in keyof Endpoints]: {
    readonly [O in keyof Endpoints[F]]: Operation<AsEndpoint<Endpoints[F][O]>>;
  };
};
type AsEndpoint<T> = T extends Endpoint ? T : never;

export function createClient(transport: Transport): Client {
  const features = Object.entries(routes as Record<string, Record<string, Route>>).map(
    ([feature, operations]) => [
      feature,
      Object.fromEntries(
        Object.entries(operations).map(([name, route]) => [
          name,
          (input: Record<string, unknown> = {}) =>
            perform(transport, toCall(`${feature}.${name}`, route, input)),
        ]),
      ),
    ],
  );
  return Object.fromEntries(features) as Client;
}

async function perform(transport: Transport, call: Call): Promise<unknown> {
  const { status, body } = await transport(call);
  if (status >= 400) throw toApiError(status, body);
  return body;
}

function toCall(operation: string, { method, path }: Route, input: Record<string, unknown>): Call {
  const rest = { ...input };
  const filled = path.replace(/:([A-Za-z]+)/g, (_match, name: string) => {
    const value = rest[name];
    delete rest[name];
    return encodeURIComponent(String(value));
  });
  if (method !== 'GET' && method !== 'DELETE') return { operation, method, path: filled, body: rest };
  const query = Object.entries(rest)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
    .join('&');
  return { operation, method, path: query ? `${filled}?${query}` : filled };
}
