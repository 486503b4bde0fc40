import type { ItemSummary } from '@haoban/contracts';
import { useEffect, useState } from 'react';
import { client } from '../api/client.js';
import { toProblem, type Problem } from '../common/problem.js';
import { useStaff } from '../session/use-session.js';

const TYPING_MS = 180;

/** Bookable items of the own hall by name or pinyin initials; with `togetherWith` only what can be done in the same visit. */
export function useItemSearch(togetherWith?: string) {
  const { hallId } = useStaff();
  const [q, setQ] = useState('');
  const [items, setItems] = useState<readonly ItemSummary[]>([]);
  const [problem, setProblem] = useState<Problem>();
  const [round, setRound] = useState(0);
  useEffect(() => {
    let wanted = true;
    const timer = setTimeout(
      () => {
        client.guide
          .listItems({
            ...(q.trim() && { q: q.trim() }),
            ...(hallId && { hallId }),
            ...(togetherWith && { togetherWith }),
            bookable: 'true',
            limit: 20,
          })
          .then((found) => {
            if (!wanted) return;
            setItems(found.items);
            setProblem(undefined);
          })
          .catch((error: unknown) => wanted && setProblem(toProblem(error)));
      },
      q ? TYPING_MS : 0,
    );
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [q, hallId, togetherWith, round]);
  return { q, setQ, items, problem, retry: () => setRound((before) => before + 1) };
}
