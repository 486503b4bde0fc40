import type { Endpoint } from '@haoban/contracts';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AppError } from './app-error.js';

// Sent to people as it is, so in the language they read.
z.config(z.locales.zhCN());

/** One thing to correct: where (`address.city`, empty for the whole input) and what to do, in Chinese. */
export interface FieldProblem {
  readonly path: string;
  readonly message: string;
}

type Request = Pick<FastifyRequest, 'params' | 'query' | 'body'>;

/**
 * Merges query or body with the path's parameters, which win, and validates.
 * @throws AppError VALIDATION_FAILED with `FieldProblem[]` as details
 */
export function parseInput(endpoint: Endpoint, request: Request): unknown {
  const rest = endpoint.method === 'GET' || endpoint.method === 'DELETE' ? request.query : request.body;
  if (rest !== undefined && rest !== null && (typeof rest !== 'object' || Array.isArray(rest))) {
    throw new AppError('VALIDATION_FAILED', [{ path: '', message: '需要一个 JSON 对象' }]);
  }
  const result = endpoint.input.safeParse({ ...rest, ...(request.params as object) });
  if (result.success) return result.data;
  throw new AppError('VALIDATION_FAILED', fieldProblems(result.error));
}

export function fieldProblems(error: z.ZodError): FieldProblem[] {
  return error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }));
}
