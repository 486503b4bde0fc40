import { z } from 'zod';
import { Id, Instant, PageQuery, Empty } from './common.js';
import { endpoint } from './endpoint.js';
import { routes } from './routes.js';

export const TemplateKey = z.enum([
  'booking_confirmed',
  'booking_cancelled',
  'waitlist_offered',
  'booking_moved',
  'booking_reminder',
  'booking_closed',
  'ticket_soon',
  'ticket_called',
  'case_progress',
  'case_closed',
  'delivery_progress',
  'payment_result',
  'rating_invited',
  'review_result',
  'authorisation_changed',
]);
export type TemplateKey = z.infer<typeof TemplateKey>;

export const InboxMessage = z.object({
  id: Id,
  template: TemplateKey,
  title: z.string(),
  body: z.string(),
  /** Page of the mini-program with its query, e.g. `pages/cases/detail/index?id=…`. */
  page: z.string().nullable(),
  createdAt: Instant,
  readAt: Instant.nullable(),
});
export type InboxMessage = z.infer<typeof InboxMessage>;

export const notificationsEndpoints = {
  templates: endpoint(routes.notifications.templates, {
    summary: '订阅消息模板',
    input: Empty,
    output: z.object({
      items: z.array(z.object({ key: TemplateKey, templateId: z.string(), title: z.string() })),
    }),
    errors: [],
  }),
  recordGrants: endpoint(routes.notifications.recordGrants, {
    summary: '记录订阅授权',
    input: z.object({
      results: z
        .array(z.object({ key: TemplateKey, result: z.enum(['accept', 'reject', 'ban', 'filter']) }))
        .max(3),
    }),
    output: z.object({ items: z.array(z.object({ key: TemplateKey, remaining: z.number().int() })) }),
    errors: [],
  }),
  listInbox: endpoint(routes.notifications.listInbox, {
    summary: '消息',
    input: z.object(PageQuery),
    output: z.object({ items: z.array(InboxMessage), nextCursor: Id.nullable(), unread: z.number().int() }),
    errors: [],
  }),
  markRead: endpoint(routes.notifications.markRead, {
    summary: '标为已读',
    /** Without ids: all of them. */
    input: z.object({ ids: z.array(Id).max(100).optional() }),
    output: z.object({ unread: z.number().int() }),
    errors: [],
  }),
};
