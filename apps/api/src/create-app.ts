import { fileURLToPath } from 'node:url';
import helmet from '@fastify/helmet';
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
import { inlineScriptHashes, servePages, type PageFolders } from './meta/pages.js';
import { RouteCheck } from './meta/route-check.js';

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
  logRequests(fastify);

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
  await protect(app, config, pages);
  await servePages(fastify, pages);
  await app.init();
  await fastify.ready();
  app.get(ServedRoutes).fill(routes);
  app.get(RouteCheck).check();
  await app.get(LiveGateway).attach(app.getHttpServer());
}

async function protect(app: NestFastifyApplication, config: Config, pages: PageFolders): Promise<void> {
  const secure = config.http.publicUrl.startsWith('https:');
  const sockets =
    config.mode === 'production' ? [config.http.publicUrl.replace(/^http/, 'ws')] : ['ws:', 'wss:'];
  // In a demo the browser plays the phone: it asks the simulators for what WeChat would do.
  const simulators =
    config.mode === 'demo'
      ? [config.wechat.baseUrl, config.wechatpay.baseUrl, config.ems.baseUrl].map(
          (each) => new URL(each).origin,
        )
      : [];
  await app.register(helmet, {
    // Served over plain http on a developer's machine, these two would send the browser to https.
    hsts: secure && { maxAge: 180 * 24 * 3600 },
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'self'"],
        'script-src': ["'self'", ...inlineScriptHashes(pages)],
        'style-src': ["'self'", "'unsafe-inline'"],
        'img-src': ["'self'", 'data:', 'blob:'],
        'font-src': ["'self'", 'data:'],
        // Older browsers don't count the WebSocket as 'self'. A demo may be reached by another name than PUBLIC_URL.
        'connect-src': ["'self'", ...sockets, ...simulators],
        'frame-src': ["'self'", ...simulators],
        'object-src': ["'none'"],
        'base-uri': ["'self'"],
        'form-action': ["'self'"],
        'frame-ancestors': ["'self'"],
        ...(secure ? { 'upgrade-insecure-requests': [] } : {}),
      },
    },
  });
}
