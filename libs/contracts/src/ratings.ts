import { z } from 'zod';
import { Empty, Flag, Id, Instant, PageQuery, RequestId, page, text } from './common.js';
import { endpoint } from './endpoint.js';
import { routes } from './routes.js';

/** 5 非常满意 … 1 非常不满意; the last two are negative. */
export const RatingLevel = z.number().int().min(1).max(5);
/** A visit at a window (一次一评) or a case (一事一评). */
export const RatingSubject = z.enum(['visit', 'case']);

export const RatingInvitation = z.object({
  subject: RatingSubject,
  subjectId: Id,
  title: z.string(),
  hallName: z.string(),
  deskLabel: z.string().nullable(),
  itemName: z.string(),
  endedAt: Instant,
  openUntil: Instant,
});
export type RatingInvitation = z.infer<typeof RatingInvitation>;

export const Rating = z.object({
  id: Id,
  subject: RatingSubject,
  subjectId: Id,
  title: z.string(),
  level: RatingLevel,
  levelText: z.string(),
  tags: z.array(z.string()),
  comment: z.string().nullable(),
  anonymous: z.boolean(),
  createdAt: Instant,
});
export type Rating = z.infer<typeof Rating>;

/** An anonymous rating names neither the person nor the visit or case: `subjectId` is then the rating's own id. */
export const HallRating = Rating.extend({
  itemName: z.string(),
  deskLabel: z.string().nullable(),
  citizenName: z.string(),
  negative: z.boolean(),
});
export type HallRating = z.infer<typeof HallRating>;

export const Indicators = z.object({
  /** Levels 5+4+3 over all ratings given; null without any. An unrated visit counts in neither. */
  goodRate: z.number().min(0).max(1).nullable(),
  rated: z.number().int(),
  ratable: z.number().int(),
  participation: z.number().min(0).max(1).nullable(),
  byLevel: z.array(z.object({ level: RatingLevel, count: z.number().int() })),
});
export type Indicators = z.infer<typeof Indicators>;

export const RatingGive = z.object({
  requestId: RequestId,
  subject: RatingSubject,
  subjectId: Id,
  level: RatingLevel,
  tags: z.array(z.string().max(20)).max(8).default([]),
  comment: text(500).optional(),
  anonymous: z.boolean().default(true),
});
export type RatingGive = z.infer<typeof RatingGive>;

export const ratingsEndpoints = {
  options: endpoint(routes.ratings.options, {
    summary: '评价等级与标签',
    input: Empty,
    output: z.object({
      levels: z.array(z.object({ level: RatingLevel, text: z.string(), tags: z.array(z.string()) })),
    }),
    errors: [],
  }),
  invitations: endpoint(routes.ratings.invitations, {
    summary: '待我评价',
    input: Empty,
    output: z.object({ items: z.array(RatingInvitation) }),
    errors: [],
  }),
  rate: endpoint(routes.ratings.rate, {
    summary: '提交评价',
    input: RatingGive,
    output: Rating,
    errors: [
      'RATING_ALREADY_GIVEN',
      'RATING_CLOSED',
      'RATING_NOT_YET',
      'RATING_TAG_INVALID',
      'REQUEST_ID_REUSED',
    ],
  }),
  listMine: endpoint(routes.ratings.listMine, {
    summary: '我的评价',
    input: z.object(PageQuery),
    output: page(Rating),
    errors: [],
  }),
  hallIndicators: endpoint(routes.ratings.hallIndicators, {
    summary: '满意率',
    input: z.object({ hallId: Id }),
    output: Indicators,
    errors: ['HALL_NOT_FOUND'],
  }),
  listOfHall: endpoint(routes.ratings.listOfHall, {
    summary: '本中心的评价',
    input: z.object({ ...PageQuery, negative: Flag.optional() }),
    output: page(HallRating),
    errors: [],
  }),
};
