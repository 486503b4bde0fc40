import { z } from 'zod';
import { Id, Instant, PageQuery, page, text } from './common.js';
import { endpoint } from './endpoint.js';
import { routes } from './routes.js';

export const AuditEntry = z.object({
  id: Id,
  at: Instant,
  actorKind: z.enum(['staff', 'citizen', 'system', 'provider']),
  actorId: z.string().nullable(),
  actorName: z.string().nullable(),
  action: z.string(),
  subjectKind: z.string(),
  subjectId: z.string(),
  ip: z.string().nullable(),
  before: z.unknown().nullable(),
  after: z.unknown().nullable(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

export const supervisionEndpoints = {
  listAudit: endpoint(routes.supervision.listAudit, {
    summary: '操作审计',
    input: z.object({ ...PageQuery, action: text(64).optional(), subjectId: text(64).optional() }),
    output: page(AuditEntry),
    errors: [],
  }),
};
