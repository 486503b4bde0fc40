import { Injectable } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/internal';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import type { Audience } from '@haoban/contracts';
import { AUDIENCE } from '../common/route.js';
import { ServedRoutes } from '../common/served-routes.js';

export interface DeclaredRoute {
  readonly handler: string;
  readonly path: string;
  readonly audience: Audience | undefined;
}

/** Pages and their files, which need nobody's leave: all that may exist beside the controllers' routes. */
const PAGE = /^\/(api\/docs(\/.*)?|(?!api\/|health|metrics).*)$/;

/** A handler without an audience, or a route that slipped past the controllers, stops the start. */
@Injectable()
export class RouteCheck {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly served: ServedRoutes,
  ) {}

  /** @throws Error with the routes that nobody declared */
  check(): void {
    const declared = this.declared();
    const paths = new Set(declared.map(({ path }) => path));
    const open = [
      ...declared.filter(({ audience }) => !audience).map(({ handler }) => handler),
      ...this.served
        .all()

        .filter(({ url }) => !paths.has(url) && !PAGE.test(url))
        .map(({ method, url }) => `${method} ${url}`),
    ];
    if (open.length > 0) throw new Error(`Routes without an audience: ${open.join(', ')}`);
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
