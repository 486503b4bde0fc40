import { isNegative, ratingText, type RatingLevel } from '@haoban/domain';
import type { HallRating, Indicators, Rating, RatingInvitation } from '@haoban/contracts';
import type { RatingEntity, RatingInvitationEntity } from './rating.entity.js';

export function toInvitation(row: RatingInvitationEntity, hallName: string): RatingInvitation {
  return {
    subject: row.subject,
    subjectId: row.subjectId,
    title: row.title,
    hallName,
    deskLabel: row.deskLabel,
    itemName: row.itemName,
    endedAt: row.endedAt.toISOString(),
    openUntil: row.openUntil.toISOString(),
  };
}

export function toRating(row: RatingEntity): Rating {
  return {
    id: row.id,
    subject: row.subject,
    subjectId: row.subjectId,
    title: row.title,
    level: row.level,
    levelText: ratingText(row.level as RatingLevel),
    tags: row.tags,
    comment: row.comment,
    anonymous: Boolean(row.anonymous),
    createdAt: row.createdAt.toISOString(),
  };
}

/** Ticket label and case number lead to the person as surely as the name, so an anonymous rating shows neither. */
export function toHallRating(row: RatingEntity, citizenName: string): HallRating {
  const rating = toRating(row);
  return {
    ...rating,
    ...(rating.anonymous ? { subjectId: row.id, title: row.itemName } : {}),
    itemName: row.itemName,
    deskLabel: row.deskLabel,
    citizenName: rating.anonymous ? '匿名' : citizenName,
    negative: isNegative(row.level as RatingLevel),
  };
}

/**
 * The published figures over ratings given: whoever did not rate counts in neither, and the participation stands beside it.
 * @param counts ratings by level, levels without any may be missing
 */
export function toIndicators(counts: ReadonlyMap<number, number>, ratable: number): Indicators {
  const levels = [5, 4, 3, 2, 1] as const;
  const byLevel = levels.map((level) => ({ level, count: counts.get(level) ?? 0 }));
  const sum = (of: typeof byLevel) => of.reduce((total, { count }) => total + count, 0);
  const rated = sum(byLevel);
  const good = sum(byLevel.filter(({ level }) => !isNegative(level)));
  return {
    goodRate: rated > 0 ? good / rated : null,
    rated,
    ratable,
    participation: ratable > 0 ? Math.min(1, rated / ratable) : null,
    byLevel,
  };
}
