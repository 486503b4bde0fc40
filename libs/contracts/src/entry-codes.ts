import { z } from 'zod';
import { Id, text } from './common.js';
import { endpoint } from './endpoint.js';
import { routes } from './routes.js';

/** What a code on the wall is for: one item at the hall, the hall as a whole, or one window. */
export const EntryKind = z.enum(['item', 'hall', 'window']);
export type EntryKind = z.infer<typeof EntryKind>;

/** A code with everything that its poster says. */
export const EntryCode = z.object({
  kind: EntryKind,
  targetId: Id,
  /** What the mini-program code carries. */
  scene: z.string(),
  /** The mini-program's page that it opens, without a leading slash. */
  page: z.string(),
  hallName: z.string(),
  /** The item, the hall or the window, in large type. */
  title: z.string(),
  /** Where it is or what is done there; null where the title says it all. */
  subtitle: z.string().nullable(),
  address: z.string(),
  phone: z.string(),
  /** The weekly hours, one line for days alike. */
  hours: z.array(z.string()),
  /** The picture from WeChat. */
  image: z.object({ contentType: z.string(), base64: z.string() }),
});
export type EntryCode = z.infer<typeof EntryCode>;

export const EntryItem = z.object({ id: Id, name: z.string(), bookable: z.boolean() });
export type EntryItem = z.infer<typeof EntryItem>;

/** Where a code leads. */
export const EntryTarget = z.object({
  kind: EntryKind,
  hallId: Id,
  hallName: z.string(),
  hallPhone: z.string(),
  /** Of an item's code; null where the hall no longer offers it. */
  item: EntryItem.nullable(),
  /** Of a window's code. */
  deskLabel: z.string().nullable(),
  queueNames: z.array(z.string()),
  /** What is done at the window, most asked for first. */
  items: z.array(EntryItem),
});
export type EntryTarget = z.infer<typeof EntryTarget>;

export const entryCodesEndpoints = {
  issue: endpoint(routes.entryCodes.issue, {
    summary: '取某事项、大厅或窗口的预约码',
    input: z.object({
      kind: EntryKind,
      /** The item, the manager's own hall, or a window of it. */
      targetId: Id,
    }),
    output: EntryCode,
    errors: [
      'HALL_NOT_FOUND',
      'ITEM_NOT_FOUND',
      'ITEM_NOT_OFFERED',
      'ENTRY_CODE_UNAVAILABLE',
      'ENTRY_CODE_REFUSED',
    ],
  }),
  resolve: endpoint(routes.entryCodes.resolve, {
    summary: '扫码后要去的地方',
    input: z.object({ scene: text(64) }),
    output: EntryTarget,
    errors: ['ENTRY_CODE_UNKNOWN'],
  }),
};
