import { dayOf, type CaseState } from '@haoban/domain';
import { client } from '../api/client.js';
import { serverNow } from '../api/server-clock.js';
import { usePages } from '../common/use-pages.js';

export interface CaseFilter {
  readonly q?: string;
  readonly state?: CaseState;
  readonly today?: boolean;
  /** Grows to ask anew. */
  readonly round?: number;
}

export function useCaseList({ q, state, today, round }: CaseFilter) {
  return usePages(JSON.stringify([q, state, today, round]), (cursor) =>
    client.cases.listOfHall({
      ...(q && { q }),
      ...(state && { state }),
      ...(today && { day: dayOf(serverNow()) }),
      ...(cursor && { cursor }),
    }),
  );
}
