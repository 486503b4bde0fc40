/**
 * 好差评 (国办发〔2019〕51号, GB/T 39734-2020): five levels, one rating per visit (一次一评) or case (一事一评), the two lowest are 差评 and
 * must be followed up, voluntary, and open for seven days. Silence is no rating: who did not rate never counts as satisfied, so
 * every published rate is over ratings given, and the participation stands beside it.
 */
import type { Decision } from './transitions.js';
import { permit, refuse } from './transitions.js';
import { dayMinutes, minuteMs } from './time.js';

export const ratingLevels = [1, 2, 3, 4, 5] as const;
export type RatingLevel = (typeof ratingLevels)[number];

export const ratingNames = [
  'very_dissatisfied',
  'dissatisfied',
  'fairly_satisfied',
  'satisfied',
  'very_satisfied',
] as const;
export type RatingName = (typeof ratingNames)[number];

export const ratingTexts = ['非常不满意', '不满意', '基本满意', '满意', '非常满意'] as const;

/** The official word of a level: 1 非常不满意 … 5 非常满意. */
export function ratingText(level: RatingLevel): string {
  return ratingTexts[level - 1] ?? '';
}

export function ratingName(level: RatingLevel): RatingName {
  return ratingNames[level - 1] ?? 'very_dissatisfied';
}

/** 差评: the two lowest levels. */
export function isNegative(level: RatingLevel): boolean {
  return level <= 2;
}

const goodTags = ['服务热情', '一次办好', '高效快捷', '指引清楚', '环境舒适', '材料精简'] as const;
const fairTags = ['等候较久', '流程可简化', '指引可改进', '材料较多', '态度一般'] as const;
const badTags = [
  '态度生硬',
  '等候太久',
  '推诿扯皮',
  '未一次告知',
  '超时办理',
  '重复提交材料',
  '违规收费',
  '环境较差',
] as const;

/** The tags a person may pick at a level; which list shows depends on the level alone. */
export const ratingTags: Readonly<Record<RatingLevel, readonly string[]>> = {
  1: badTags,
  2: badTags,
  3: fairTags,
  4: goodTags,
  5: goodTags,
};

export const ratingWindowDays = 7;

/** The last instant at which a service that ended at `endedAt` can be rated: seven times 24 hours later, inclusive. */
export function ratingClosesAt(endedAt: Date): Date {
  return new Date(endedAt.getTime() + ratingWindowDays * dayMinutes * minuteMs);
}

export interface RatingFacts {
  /** When the visit ended or the case was closed; undefined while it lasts. */
  readonly endedAt: Date | undefined;
  readonly alreadyRated: boolean;
  /** Whether the rater is the person served (or authorised by that person). */
  readonly own: boolean;
}

export interface RatingAnswer {
  readonly level: RatingLevel;
  readonly tags: readonly string[];
}

/**
 * Whether a rating may be given at `now`. Refuses, in this order, with RATING_NOT_YOURS, RATING_NOT_YET, RATING_ALREADY_GIVEN,
 * RATING_CLOSED or (with an answer) RATING_TAG_INVALID.
 */
export function mayRate(facts: RatingFacts, now: Date, answer?: RatingAnswer): Decision<'rated'> {
  if (!facts.own) return refuse('RATING_NOT_YOURS');
  if (facts.endedAt === undefined || facts.endedAt.getTime() > now.getTime()) return refuse('RATING_NOT_YET');
  if (facts.alreadyRated) return refuse('RATING_ALREADY_GIVEN');
  if (now.getTime() > ratingClosesAt(facts.endedAt).getTime()) return refuse('RATING_CLOSED');
  if (answer !== undefined) {
    const distinct = new Set(answer.tags).size === answer.tags.length;
    const allowed = ratingTags[answer.level];
    if (!distinct || !answer.tags.every((tag) => allowed.includes(tag))) return refuse('RATING_TAG_INVALID');
  }
  return permit('rated');
}

export interface RatingIndicators {
  readonly served: number;
  readonly rated: number;
  readonly negative: number;
  /** 好评率: levels 3–5 over ratings given; undefined where nobody rated. */
  readonly goodRate: number | undefined;
  /** 参评率: ratings given over services ended; undefined where nothing was. */
  readonly participationRate: number | undefined;
  readonly averageLevel: number | undefined;
}

/** The published figures: `levels` of the ratings given, `served` visits or cases that could be rated. */
export function ratingIndicators(levels: readonly RatingLevel[], served: number): RatingIndicators {
  const rated = levels.length;
  const negative = levels.filter(isNegative).length;
  const share = (part: number, whole: number) => (whole > 0 ? part / whole : undefined);
  return {
    served,
    rated,
    negative,
    goodRate: share(rated - negative, rated),
    participationRate: share(rated, served),
    averageLevel: share(
      levels.reduce((sum, level) => sum + level, 0),
      rated,
    ),
  };
}
