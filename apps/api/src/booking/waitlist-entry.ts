import type { EntityManager } from 'typeorm';
import type { VisitWish } from './visits.service.js';
import { WaitlistEntryEntity } from './waitlist.entity.js';

/** Holds the entry's row until the end of the transaction; after its citizen's, before any slot's. */
export function lockEntry(em: EntityManager, id: string): Promise<WaitlistEntryEntity | null> {
  return em.findOne(WaitlistEntryEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
}

export function wishOf({ items, persons }: Pick<WaitlistEntryEntity, 'items' | 'persons'>): VisitWish {
  const [first, ...also] = items;
  if (!first) throw new RangeError('A waitlist entry without an item');
  return { ...first, also, persons };
}
