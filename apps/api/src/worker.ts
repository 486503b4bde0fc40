import { createServer } from 'node:http';
import { NestFactory } from '@nestjs/core';
import { Logger as NestLogger } from 'nestjs-pino';
import { Registry } from 'prom-client';
import { AppModule } from './app.module.js';
import { SystemClock } from './common/clock.js';
import { createLogger } from './common/logging.js';
import { loadConfigOrExit } from './config.js';
import { HealthService } from './meta/health.service.js';
import { JobRunner } from './outbox/job-runner.js';
import { stopOnSignals } from './shutdown.js';

const config = loadConfigOrExit();
const logger = createLogger(config);
try {
  const app = await NestFactory.createApplicationContext(
    AppModule.forRoot({ config, clock: new SystemClock(), logger }),
    { bufferLogs: true, abortOnError: false },
  );
  app.useLogger(app.get(NestLogger));
  stopOnSignals(app, logger);
  await app.get(JobRunner).start();
  if (config.worker.port !== undefined)
    serveProbes(config.worker.port, app.get(HealthService), app.get(Registry));
  logger.info({ msg: 'Working', mode: config.mode });
} catch (error) {
  logger.fatal({ err: error, msg: 'The worker could not start' });
  process.exit(1);
}

/** /health/live, /health/ready and /metrics for the platform that runs the worker; nothing else, so no framework. */
function serveProbes(port: number, health: HealthService, registry: Registry): void {
  const pages: Record<string, () => Promise<string>> = {
    '/health/live': async () => JSON.stringify(health.live()),
    '/health/ready': async () => JSON.stringify(await health.ready()),
    '/metrics': () => registry.metrics(),
  };
  const server = createServer((request, response) => {
    const page = pages[request.url ?? ''];
    if (!page) return response.writeHead(404).end();
    page().then(
      (text) => response.writeHead(200).end(text),
      () => response.writeHead(503).end(),
    );
  });
  server.listen(port, config.http.host).unref();
}
