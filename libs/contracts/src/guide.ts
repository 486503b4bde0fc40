import { z } from 'zod';
import { Day, Duration, Empty, Fen, Flag, Id, TimeOfDay, text } from './common.js';
import { endpoint } from './endpoint.js';
import { routes } from './routes.js';

export const OpeningPeriod = z.object({ from: TimeOfDay, to: TimeOfDay });

export const Hall = z.object({
  id: Id,
  code: z.string(),
  name: z.string(),
  serves: z.enum(['residents', 'companies']),
  address: z.string(),
  transport: z.string(),
  phone: z.string(),
  facilities: z.array(z.string()),
  latitude: z.number(),
  longitude: z.number(),
  today: z.object({ day: Day, open: z.boolean(), periods: z.array(OpeningPeriod) }),
});
export type Hall = z.infer<typeof Hall>;

export const HallDetail = Hall.extend({
  week: z.array(z.object({ day: Day, periods: z.array(OpeningPeriod), note: z.string().nullable() })),
  notices: z.array(z.object({ title: z.string(), body: z.string() })),
});
export type HallDetail = z.infer<typeof HallDetail>;

export const Department = z.object({
  id: Id,
  name: z.string(),
  shortName: z.string(),
  itemCount: z.number().int(),
});
export type Department = z.infer<typeof Department>;

/** 即办件 is decided on the spot, 承诺件 within the promised time. */
export const ItemKind = z.enum(['instant', 'promised']);

export const ItemSummary = z.object({
  id: Id,
  name: z.string(),
  departmentId: Id,
  departmentName: z.string(),
  kind: ItemKind,
  promised: Duration,
  feeFen: Fen,
  zeroVisit: z.boolean(),
  bookable: z.boolean(),
  courierAllowed: z.boolean(),
  hallIds: z.array(Id),
});
export type ItemSummary = z.infer<typeof ItemSummary>;

export const Material = z.object({
  id: Id,
  name: z.string(),
  originals: z.number().int(),
  copies: z.number().int(),
  form: z.enum(['paper', 'electronic', 'either']),
  required: z.boolean(),
  note: z.string().nullable(),
  hasSample: z.boolean(),
});
export type Material = z.infer<typeof Material>;

export const ItemPlace = z.object({
  hallId: Id,
  hallName: z.string(),
  address: z.string(),
  floor: z.string(),
  zone: z.string(),
  queueId: Id,
  queueName: z.string(),
  slotMinutes: z.number().int(),
  slotsNeeded: z.number().int(),
});

export const Item = ItemSummary.extend({
  code: z.string().length(31),
  statutory: Duration,
  steps: z.enum(['1+1', '2+1', '3+1']),
  audience: z.enum(['person', 'company', 'both']),
  conditions: z.array(z.string()),
  process: z.array(z.object({ name: z.string(), text: z.string() })),
  materials: z.array(Material),
  fees: z.array(z.object({ name: z.string(), fen: Fen, basis: z.string() })),
  legalBasis: z.array(z.object({ law: z.string(), article: z.string().nullable(), text: z.string() })),
  certificateName: z.string().nullable(),
  places: z.array(ItemPlace),
  faq: z.array(z.object({ question: z.string(), answer: z.string() })),
});
export type Item = z.infer<typeof Item>;

export const ItemFilter = z.object({
  /** Chinese part of the name or keywords, or pinyin initials such as `bdczy`. */
  q: text(50).optional(),
  departmentId: Id.optional(),
  hallId: Id.optional(),
  audience: z.enum(['person', 'company']).optional(),
  zeroVisit: Flag.optional(),
  instant: Flag.optional(),
  bookable: Flag.optional(),
  courier: Flag.optional(),
  /** Only items that can share a visit with this one: the same queue of `hallId`, and none that stands alone. */
  togetherWith: Id.optional(),
  offset: z.coerce.number().int().min(0).max(10_000).default(0),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});

export const guideEndpoints = {
  listHalls: endpoint(routes.guide.listHalls, {
    summary: '政务服务中心列表',
    input: Empty,
    output: z.object({ items: z.array(Hall) }),
    errors: [],
  }),
  getHall: endpoint(routes.guide.getHall, {
    summary: '政务服务中心详情与开放时间',
    input: z.object({ hallId: Id }),
    output: HallDetail,
    errors: ['HALL_NOT_FOUND'],
  }),
  listDepartments: endpoint(routes.guide.listDepartments, {
    summary: '部门列表',
    input: z.object({ hallId: Id.optional() }),
    output: z.object({ items: z.array(Department) }),
    errors: [],
  }),
  listItems: endpoint(routes.guide.listItems, {
    summary: '搜索办事事项',
    input: ItemFilter,
    output: z.object({ items: z.array(ItemSummary), total: z.number().int() }),
    errors: [],
  }),
  getItem: endpoint(routes.guide.getItem, {
    summary: '办事指南',
    input: z.object({ itemId: Id }),
    output: Item,
    errors: ['ITEM_NOT_FOUND'],
  }),
  /** The filled-in specimen of a form as an SVG picture in a string, so that the phone needs no second host. */
  getSample: endpoint(routes.guide.getSample, {
    summary: '材料填写样例',
    input: z.object({ materialId: Id }),
    output: z.object({ title: z.string(), svg: z.string() }),
    errors: [],
  }),
};
