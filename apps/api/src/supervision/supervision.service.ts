import type { endpoints } from '@haoban/contracts';
import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.service.js';
import type { Inputs, Outputs } from '../common/route.js';
import type { AuditEntity } from '../audit/audit.entity.js';

@Injectable()
export class SupervisionService {
  constructor(private readonly audit: Audit) {}

  async listAudit(
    input: Inputs<typeof endpoints.supervision.listAudit>,
  ): Promise<Outputs<typeof endpoints.supervision.listAudit>> {
    const rows = await this.audit.list({ ...input, limit: input.limit + 1 });
    const items = rows.slice(0, input.limit).map(toAuditEntry);
    return { items, nextCursor: rows.length > input.limit ? (items.at(-1)?.id ?? null) : null };
  }
}

function toAuditEntry({ at, requestId: _requestId, ...rest }: AuditEntity) {
  return { ...rest, at: at.toISOString() };
}
