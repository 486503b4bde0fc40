import { endpoints } from '@haoban/contracts';
import { Controller, Header, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Registry } from 'prom-client';
import { AppError } from '../common/app-error.js';
import { sameText } from '../common/same-text.js';
import { BareRoute, Route } from '../common/route.js';
import { Config, isLoopback } from '../config.js';
import { HealthService } from './health.service.js';
import { openApiDocument, type OpenApiDocument } from './openapi.js';

@Controller()
export class MetaController {
  private document?: OpenApiDocument;

  constructor(
    private readonly health: HealthService,
    private readonly registry: Registry,
    private readonly config: Config,
  ) {}

  @Route(endpoints.meta.live)
  live() {
    return this.health.live();
  }

  @Route(endpoints.meta.ready)
  ready() {
    return this.health.ready();
  }

  @BareRoute('/metrics', 'public')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  metrics(@Req() request: FastifyRequest): Promise<string> {
    if (!this.mayReadMetrics(request)) throw new AppError('NOT_FOUND');
    return this.registry.metrics();
  }

  @BareRoute('/api/openapi.json', 'public')
  openapi(): OpenApiDocument {
    return (this.document ??= openApiDocument(endpoints, this.config.http.publicUrl));
  }

  /** From this machine without a proxy in between, or with the token. */
  private mayReadMetrics({ ip, headers }: FastifyRequest): boolean {
    const { metricsToken } = this.config.http;
    if (metricsToken && sameText(headers.authorization ?? '', `Bearer ${metricsToken}`)) return true;
    return isLoopback(ip.replace(/^::ffff:/, '')) && headers['x-forwarded-for'] === undefined;
  }
}
