import { types } from 'node:util';
import type { ErrorCode } from '@haoban/domain';
import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { QueryFailedError } from 'typeorm';
import { ZodError } from 'zod';
import { databaseErrorCode } from '../db/database-error.js';
import { AppError } from './app-error.js';
import { ServedRoutes } from './served-routes.js';

/** What every failure looks like on the wire. */
export interface ErrorBody {
  readonly code: ErrorCode;
  readonly message: string;
  readonly requestId: string;
  readonly details?: unknown;
}

const byStatus: Partial<Record<number, ErrorCode>> = {
  400: 'VALIDATION_FAILED',
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  409: 'CONFLICT',
  413: 'PAYLOAD_TOO_LARGE',
  414: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  429: 'RATE_LIMITED',
  503: 'BUSY',
};

/** Lost connections to the database or Redis: the client may try again. */
const UNREACHABLE = /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|PROTOCOL_CONNECTION_LOST|ER_CON_COUNT_ERROR)$/;

/** Every failure becomes a code of the catalogue; what is not known shows only its request id and goes to the log. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger('Error');

  constructor(private readonly routes: ServedRoutes) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const known = this.otherMethod(request, reply) ?? toAppError(error);
    if (known.code === 'INTERNAL' || known.code === 'DEPENDENCY_UNAVAILABLE') {
      this.logger.error({ err: error, requestId: request.id, errorCode: known.code });
    }
    if (reply.sent || reply.raw.headersSent) return;
    const retryAfter = retryAfterSeconds(known);
    if (retryAfter !== undefined) void reply.header('retry-after', retryAfter);
    void reply
      .status(known.status)
      .type('application/json; charset=utf-8')
      .send(errorBody(known, request.id));
  }

  /** An address that exists, asked with a method that it doesn't know. */
  private otherMethod(request: FastifyRequest, reply: FastifyReply): AppError | undefined {
    if (!request.is404) return undefined;
    const methods = this.routes.methodsAt(request.url.split('?', 1)[0] ?? '');
    if (methods.length === 0) return undefined;
    void reply.header('allow', methods.join(', '));
    return new AppError('METHOD_NOT_ALLOWED');
  }
}

export function errorBody(error: AppError, requestId: string): ErrorBody {
  const { code, details, text } = error;
  return { code, message: text, requestId, ...(details ? { details } : {}) };
}

function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  // Input is checked by `@Input()`; a ZodError from deeper is a fault of ours.
  if (error instanceof ZodError) return new AppError('INTERNAL', undefined, { cause: error });
  if (error instanceof QueryFailedError) return new AppError(databaseErrorCode(error) ?? 'INTERNAL');
  if (error instanceof HttpException) return new AppError(byStatus[error.getStatus()] ?? 'INTERNAL');
  if (!types.isNativeError(error)) return new AppError('INTERNAL');
  if ('code' in error && UNREACHABLE.test(String(error.code))) return new AppError('DEPENDENCY_UNAVAILABLE');
  const status = 'statusCode' in error ? Number(error.statusCode) : 500;
  return new AppError(byStatus[status] ?? (status >= 400 && status < 500 ? 'VALIDATION_FAILED' : 'INTERNAL'));
}

function retryAfterSeconds(error: AppError): number | undefined {
  const { details } = error;
  if (details && 'retryAfterSeconds' in details) return Number(details.retryAfterSeconds);
  return error.code === 'BUSY' || error.code === 'DEPENDENCY_UNAVAILABLE' ? 2 : undefined;
}
