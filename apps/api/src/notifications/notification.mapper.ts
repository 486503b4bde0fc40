import type { InboxMessage } from '@haoban/contracts';
import type { InboxMessageEntity } from './notification.entity.js';

export function toInboxMessage(row: InboxMessageEntity): InboxMessage {
  return {
    id: row.id,
    template: row.template,
    title: row.title,
    body: row.body,
    page: row.page,
    createdAt: row.createdAt.toISOString(),
    readAt: row.readAt?.toISOString() ?? null,
  };
}
