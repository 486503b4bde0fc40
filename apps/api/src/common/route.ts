import type { Audience, Endpoint } from '@haoban/contracts';
import {
  applyDecorators,
  createParamDecorator,
  HttpCode,
  RequestMapping,
  RequestMethod,
  SetMetadata,
  type ExecutionContext,
} from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Actor } from './actor.js';
import { parseInput } from './validation.js';

export const ENDPOINT = 'haoban:endpoint';
export const AUDIENCE = 'haoban:audience';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the audience guard. */
    actor?: Actor;
  }
}

/**
 * Binds a controller method to an entry of the endpoint table: method, path, audience and validation come from there. Every
 * success answers 200, so that a client never has to tell 200 from 201.
 */
export function Route(endpoint: Endpoint): MethodDecorator {
  return applyDecorators(
    RequestMapping({ method: RequestMethod[endpoint.method], path: endpoint.path }),
    HttpCode(200),
    SetMetadata(ENDPOINT, endpoint),
    SetMetadata(AUDIENCE, endpoint.audience),
  );
}

/** A route that is no operation of the API and so not in the endpoint table, such as /metrics. */
export function BareRoute(path: string, audience: Audience): MethodDecorator {
  return applyDecorators(
    RequestMapping({ method: RequestMethod.GET, path }),
    SetMetadata(AUDIENCE, audience),
  );
}

/** What a handler gets from `@Input()`: `Inputs<typeof endpoints.booking.reserve>`. */
export type Inputs<E extends Endpoint> = z.output<E['input']>;
/** What a handler returns: `Promise<Outputs<typeof endpoints.booking.reserve>>`, before it is serialised. */
export type Outputs<E extends Endpoint> = z.input<E['output']>;

/** The validated input of the route's endpoint; fields that the endpoint doesn't know are gone. */
export const Input = createParamDecorator((_: unknown, context: ExecutionContext): unknown => {
  const endpoint: unknown = Reflect.getMetadata(ENDPOINT, context.getHandler());
  if (!endpoint) throw new Error(`${context.getHandler().name}: @Input() needs @Route(endpoint)`);
  return parseInput(endpoint as Endpoint, context.switchToHttp().getRequest<FastifyRequest>());
});

/** Who calls: as strict as the endpoint's audience, so a `citizen` route can take a `CitizenActor`. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const { actor } = context.switchToHttp().getRequest<FastifyRequest>();
  if (!actor) throw new Error('The audience guard has not run');
  return actor;
});
