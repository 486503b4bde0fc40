import { z } from 'zod';
import { Empty } from './common.js';
import { endpoint } from './endpoint.js';
import { routes } from './routes.js';

export const Liveness = z.object({ status: z.literal('ok'), version: z.string() });
export const Readiness = z.object({
  status: z.enum(['ok', 'unavailable']),
  checks: z.record(z.string(), z.enum(['ok', 'failed'])),
});

export const metaEndpoints = {
  live: endpoint(routes.meta.live, { summary: '进程存活', input: Empty, output: Liveness, errors: [] }),
  ready: endpoint(routes.meta.ready, {
    summary: '可以接单（数据库与缓存可用）',
    input: Empty,
    output: Readiness,
    errors: ['DEPENDENCY_UNAVAILABLE'],
  }),
};
