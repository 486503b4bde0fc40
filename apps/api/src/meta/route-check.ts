import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/internal';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import type { Audience } from '@haoban/contracts';
import type { FastifyInstance } from 'fastify';
import { AUDIENCE } from '../common/route.js';

export interface DeclaredRoute {
  readonly handler: string;
  readonly path: string;
  readonly audience: Audience | undefined;
}

/** Pages and files: the only routes that exist beside the controllers'. */
const STATIC = /^\/(api\/docs(\/.*)?|hall(\/.*)?|(?!api\/|health|metrics).*)$/;

/** A handler without an audience, or a route that slipped past the controllers, stops the start. */
@Injectable()
export class RouteCheck implements OnApplicationBootstrap {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  onApplicationBootstrap(): void {
    const open = this.declared().filter(({ audience }) => !audience);
    if (open.length > 0) {
      throw new Error(`Routes without an audience: ${open.map(({ handler }) => handler).join(', ')}`);
    }
  }

  /** Every handler of every controller. */
  declared(): DeclaredRoute[] {
    return this.discovery.getControllers().flatMap(({ metatype }) => {
      const prototype = (metatype as { prototype: Record<string, object> }).prototype;
      return this.scanner.getAllMethodNames(prototype).flatMap((name) => {
        const method = prototype[name];
        const path = method && (Reflect.getMetadata(PATH_METADATA, method) as string | undefined);
        if (!method || path === undefined) return [];
        const audience = Reflect.getMetadata(AUDIENCE, method) as Audience | undefined;
        return [{ handler: `${metatype?.name ?? '?'}.${name}`, path, audience }];
      });
    });
  }
}

/** Collects what Fastify really serves, from the moment it is called. */
export function recordRoutes(fastify: FastifyInstance): { method: string; url: string }[] {
  const routes: { method: string; url: string }[] = [];
  fastify.addHook('onRoute', ({ method, url }) => {
    for (const name of [method].flat()) routes.push({ method: name, url });
  });
  return routes;
}

export function isPage(url: string): boolean {
  return STATIC.test(url);
}
