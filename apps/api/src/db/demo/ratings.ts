import { ratingTags, ratingText } from '@haoban/domain';
import type { DemoRatingLevel } from './types.js';

/** Best first, as a phone shows them. Words and tags are the domain's, which also checks what a rating may carry. */
export const ratingLevels: readonly DemoRatingLevel[] = ([5, 4, 3, 2, 1] as const).map((level) => ({
  level,
  name: ratingText(level),
  tags: ratingTags[level],
}));
