import type { ItemSummary } from '@haoban/contracts';
import { useEffect, useState } from 'react';
import { client } from '../api/client.js';
import { toProblem, type Problem } from '../common/problem.js';
import { useStaff } from '../session/use-session.js';

const TYPING_MS = 180;
const none: readonly ItemSummary[] = [];

/** Bookable items of the own hall by name or pinyin initials; with `togetherWith` only what can be done in the same visit. */
export function useItemSearch(togetherWith?: string) {
  const { hallId } = useStaff();
  const [q, setQ] = useState('');
  const [found, setFound] = useState<{ of: string; items: readonly ItemSummary[] }>();
  const [problem, setProblem] = useState<Problem>();
  const [round, setRound] = useState(0);
  const question = JSON.stringify([q, togetherWith]);
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
          .then(({ items }) => {
            if (!wanted) return;
            setFound({ of: question, items });
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
  }, [q, hallId, togetherWith, round, question]);
  // Enter takes the first of the list: it must never be one of an older question.
  const current = found?.of === question;
  return {
    q,
    setQ,
    items: current ? found.items : none,
    searching: !current && !problem,
    problem,
    retry: () => setRound((before) => before + 1),
  };
}
