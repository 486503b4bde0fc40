import { Injectable } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';

export interface ServedRoute {
  readonly method: string;
  readonly url: string;
}

/** Every route that Fastify serves, filled when the application starts. */
@Injectable()
export class ServedRoutes {
  private readonly routes: (ServedRoute & { expression: RegExp })[] = [];

  fill(routes: readonly ServedRoute[]): void {
    for (const { method, url } of routes) {
      const source = url.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/:[A-Za-z]+/g, '[^/]+');
      this.routes.push({ method, url, expression: new RegExp(`^${source.replaceAll('*', '.*')}$`) });
    }
  }

  all(): readonly ServedRoute[] {
    return this.routes;
  }

  /** What may be done at this path, for an answer that tells 405 from 404. */
  methodsAt(path: string): string[] {
    return [
      ...new Set(this.routes.filter(({ expression }) => expression.test(path)).map(({ method }) => method)),
    ];
  }
}

/** Collects routes from the moment it is called. */
export function recordRoutes(fastify: FastifyInstance): ServedRoute[] {
  const routes: ServedRoute[] = [];
  fastify.addHook('onRoute', ({ method, url }) => {
    for (const name of [method].flat()) routes.push({ method: name, url });
  });
  return routes;
}
