import { fileURLToPath } from 'node:url';
import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  fastify as fastifyPackage,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import { Logger as NestLogger } from 'nestjs-pino';
import type { Logger } from 'pino';
import { Registry } from 'prom-client';
import { AppModule } from './app.module.js';
import { SlotAnswers } from './booking/slot-answers.js';
import { AppError } from './common/app-error.js';
import { SystemClock, type Clock } from './common/clock.js';
import { errorBody } from './common/error.filter.js';
import { createLogger, logRequests } from './common/logging.js';
import { withRequest } from './common/request-context.js';
import { REQUEST_ID_HEADER, requestIdOf } from './common/request-id.js';
import { recordRoutes, ServedRoutes, type ServedRoute } from './common/served-routes.js';
import { refuseUnreadable } from './common/unreadable.js';
import type { Config } from './config.js';
import { LiveGateway } from './live/live.gateway.js';
import { measureRequests } from './meta/metrics.js';
import { servePages, type PageFolders } from './meta/pages.js';
import { RouteCheck } from './meta/route-check.js';
import { protect, securityHeaders } from './meta/security-headers.js';

export interface AppOverrides {
  readonly clock?: Clock;
  readonly logger?: Logger;
  /** More modules, for tests. */
  readonly extra?: readonly Type[];
  readonly pages?: PageFolders;
}

const SERVER_TIME_HEADER = 'x-server-time';
const BODY_LIMIT = 256 * 1024;

/** From dist/ and from src/ alike, the front ends are built beside this application. */
const builtPages: PageFolders = {
  h5: fileURLToPath(new URL('../../miniapp/dist/h5', import.meta.url)),
  hall: fileURLToPath(new URL('../../hall/dist', import.meta.url)),
};

/** The whole application, started but not listening: `await app.listen(port, host)` opens it. */
export async function createApp(
  config: Config,
  overrides: AppOverrides = {},
): Promise<NestFastifyApplication> {
  const logger = overrides.logger ?? createLogger(config);
  const adapter = new FastifyAdapter({
    loggerInstance: logger,
    logController: new fastifyPackage.LogController({ disableRequestLogging: true }),
    genReqId: requestIdOf,
    requestIdHeader: false,
    bodyLimit: BODY_LIMIT,
    // An address that can't be decoded never reaches a route, nor the error filter.
    frameworkErrors: (_error: unknown, request: FastifyRequest, reply: FastifyReply) => {
      void reply.status(404).send(errorBody(new AppError('NOT_FOUND'), request.id));
    },
    clientErrorHandler: refuseUnreadable,
    trustProxy: (_address, hop) => hop < config.http.trustedProxies,
    // Longer than the idle time of usual load balancers (60 s), which must be the ones to close first.
    keepAliveTimeout: 65_000,
    connectionTimeout: 0,
    requestTimeout: 30_000,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 128 },
  });
  const clock = overrides.clock ?? new SystemClock();
  const fastify = adapter.getInstance() as unknown as FastifyInstance;
  const routes = recordRoutes(fastify);
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.header(REQUEST_ID_HEADER, request.id);
    if (request.url.startsWith('/api/')) {
      // Screens count minutes by our clock: a phone's own may be wrong.
      void reply.header('cache-control', 'no-store').header(SERVER_TIME_HEADER, clock.now().toISOString());
    }
    withRequest({ id: request.id, ip: request.ip }, done);
  });
  closeConnectionsOnceClosing(fastify);
  logRequests(fastify, logger);

  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.forRoot({ config, clock, logger, extra: overrides.extra }),
    adapter,
    // Webhooks verify the bytes that came, not what was parsed from them.
    { bufferLogs: true, rawBody: true, abortOnError: false, forceCloseConnections: false },
  );
  try {
    await assemble(app, fastify, config, overrides.pages ?? builtPages, routes);
  } catch (error) {
    // Else its connections would keep the process alive.
    await app.close();
    throw error;
  }
  return app;
}

/** A connection whose last answer ends after `close` began would stay open, idle, and keep the process waiting for it. */
function closeConnectionsOnceClosing(fastify: FastifyInstance): void {
  let closing = false;
  fastify.addHook('preClose', (done) => {
    closing = true;
    done();
  });
  fastify.addHook('onSend', (_request, reply, _payload, done) => {
    if (closing) void reply.header('connection', 'close');
    done();
  });
}

async function assemble(
  app: NestFastifyApplication,
  fastify: FastifyInstance,
  config: Config,
  pages: PageFolders,
  routes: readonly ServedRoute[],
): Promise<void> {
  app.useLogger(app.get(NestLogger));
  measureRequests(fastify, app.get(Registry));
  protect(fastify, await securityHeaders(config, pages));
  app.get(SlotAnswers).attach(fastify);
  await servePages(fastify, pages);
  await app.init();
  await fastify.ready();
  app.get(ServedRoutes).fill(routes);
  app.get(RouteCheck).check();
  await app.get(LiveGateway).attach(app.getHttpServer());
}
