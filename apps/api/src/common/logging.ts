import { types } from 'node:util';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { pino, type DestinationStream, type LogFn, type Logger } from 'pino';
import { QueryFailedError } from 'typeorm';
import type { Config } from '../config.js';
import { LogLines } from './log-lines.js';
import { hidePersonal, hideQuery } from './masking.js';
import { currentRequest } from './request-context.js';

/** A database error's text and parameters repeat what people typed; only its number and kind go to the log. */
function describeError(error: unknown): unknown {
  if (!types.isNativeError(error)) return hidePersonal(error);
  if (error instanceof QueryFailedError) {
    const driver = error.driverError as { errno?: number; code?: string };
    return { type: 'QueryFailedError', errno: driver.errno, reason: driver.code, stack: stackOf(error) };
  }
  return {
    type: error.name,
    message: error.message,
    stack: stackOf(error),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}

/** Without the first lines, which repeat the message. */
function stackOf(error: Error): string | undefined {
  return error.stack
    ?.split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12)
    .join('\n');
}

export function createLogger(config: Pick<Config, 'logLevel'>, destination?: DestinationStream): Logger {
  const options = {
    ...plainOptions(config.logLevel),
    serializers: { err: describeError, error: describeError, req: describeRequest, res: () => undefined },
    mixin: requestOfLine,
    hooks: { logMethod: dropStartNoise },
    formatters: { log: (line: Record<string, unknown>) => hidePersonal(line) as Record<string, unknown> },
  };
  return pino(options, destination ?? new LogLines());
}

const plainOptions = (level: string) => ({
  level,
  base: { pid: process.pid },
  timestamp: () => `,"time":"${new Date().toISOString()}"`,
});

/** Which request a line was written for. */
function requestOfLine(): { reqId?: string } {
  const request = currentRequest();
  return request ? { reqId: request.id } : {};
}

/** Nest tells of every module and route it starts, which buries what matters. */
const NOISY = new Set(['InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestFactory']);

function dropStartNoise(this: Logger, args: Parameters<LogFn>, method: LogFn): void {
  const [line] = args as [unknown];
  const context = typeof line === 'object' && line !== null && 'context' in line ? line.context : undefined;
  const noise =
    typeof context === 'string' && NOISY.has(context) && line !== null && !('err' in (line as object));
  if (!noise) method.apply(this, args);
}

function describeRequest(request: FastifyRequest) {
  return { method: request.method, url: hideQuery(request.url) };
}

/** One line per request, without headers and bodies. Probes are left out while they succeed. */
export function logRequests(fastify: FastifyInstance, logger: Logger): void {
  // A logger for each request would only add its id, which every line has already.
  fastify.setChildLoggerFactory((shared) => shared);
  // Nothing personal is in these lines, so nothing has to be looked for; they go where all lines go.
  const destination = (logger as unknown as Record<symbol, DestinationStream>)[pino.symbols.streamSym];
  const requests = pino(plainOptions(logger.level), destination);
  fastify.addHook('onResponse', (request, reply, done) => {
    const probe = /^\/(health|metrics)/.test(request.url) && reply.statusCode < 500;
    if (!probe) {
      const { actor } = request;
      requests.info({
        reqId: request.id,
        req: describeRequest(request),
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
        actor: actor?.kind === 'staff' ? `staff:${actor.staffId}` : actor?.kind,
      });
    }
    done();
  });
}
