import type { ErrorCode } from '@haoban/domain';
import type { z } from 'zod';

/** Who may call a route. `staff:any` is every signed-in staff member; `provider` is an outside party with its own proof. */
export type Audience =
  | 'public'
  | 'citizen'
  | 'staff:clerk'
  | 'staff:courier_desk'
  | 'staff:manager'
  | 'staff:admin'
  | 'staff:display'
  | 'staff:any'
  | 'system'
  | 'provider';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** The part of an endpoint that a phone or a browser needs at run time: no zod in it. */
export interface Route {
  readonly method: Method;
  /** Nest/Fastify style, `:name` marks a path parameter that is taken from the input by name. */
  readonly path: string;
  readonly audience: Audience;
}

/**
 * One operation of the API. `input` is one object: fields named in the path go there, the others go to the query
 * string (GET, DELETE) or the JSON body (POST, PUT, PATCH).
 */
export interface Endpoint<
  I extends z.ZodType = z.ZodType,
  O extends z.ZodType = z.ZodType,
  E extends readonly ErrorCode[] = readonly ErrorCode[],
> extends Route {
  readonly summary: string;
  readonly input: I;
  readonly output: O;
  /** Codes that this operation itself can answer, beside the ones that every route can (see `commonErrors`). */
  readonly errors: E;
}

export function endpoint<I extends z.ZodType, O extends z.ZodType, const E extends readonly ErrorCode[]>(
  route: Route,
  rest: { summary: string; input: I; output: O; errors: E },
): Endpoint<I, O, E> {
  return { ...route, ...rest };
}

/** Any route may answer these; a client handles them in one place. */
export const commonErrors = [
  'VALIDATION_FAILED',
  'UNAUTHENTICATED',
  'TOKEN_EXPIRED',
  'FORBIDDEN',
  'NOT_FOUND',
  'METHOD_NOT_ALLOWED',
  'PAYLOAD_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'RATE_LIMITED',
  'INTERNAL',
  'BUSY',
  'DEPENDENCY_UNAVAILABLE',
] as const satisfies readonly ErrorCode[];
