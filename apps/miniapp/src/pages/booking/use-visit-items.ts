import type { Item } from '@haoban/contracts';
import { api } from '../../api/api';
import { useLoad } from '../../hooks/use-load';
import type { Loaded } from '../../hooks/use-load';

/** The guide's words on each item of a visit, the main one first. */
export function useVisitItems(itemIds: readonly string[]): Loaded<readonly Item[]> {
  return useLoad<readonly Item[]>(itemIds.join() || undefined, () =>
    Promise.all(itemIds.map((itemId) => api.guide.getItem({ itemId }))),
  );
}
