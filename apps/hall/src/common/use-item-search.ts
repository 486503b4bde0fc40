import type { ItemSummary } from '@haoban/contracts';
import { useEffect, useState } from 'react';
import { client } from '../api/client.js';
import { useStaff } from '../session/use-session.js';
import { toProblem, type Problem } from './problem.js';

const TYPING_MS = 180;
const none: readonly ItemSummary[] = [];

interface Among {
  /** Only what can be booked. */
  readonly bookable?: boolean;
  /** Only what can be done in the same visit as this item. */
  readonly togetherWith?: string | undefined;
  readonly limit?: number;
}

type Answer = { readonly items: readonly ItemSummary[] } | { readonly problem: Problem };

/** Items of the own hall by name or pinyin initials. */
export function useItemSearch({ bookable = false, togetherWith, limit = 20 }: Among) {
  const { hallId } = useStaff();
  const [q, setQ] = useState('');
  const [found, setFound] = useState<{ of: string; answer: Answer }>();
  const [round, setRound] = useState(0);
  const question = JSON.stringify([q.trim(), hallId, bookable, togetherWith, limit, round]);
  useEffect(() => {
    let wanted = true;
    const tell = (answer: Answer) => wanted && setFound({ of: question, answer });
    const text = q.trim();
    const timer = setTimeout(
      () => {
        client.guide
          .listItems({
            ...(text && { q: text }),
            ...(hallId && { hallId }),
            ...(togetherWith && { togetherWith }),
            ...(bookable && { bookable: 'true' }),
            limit,
          })
          .then(({ items }) => tell({ items }))
          .catch((error: unknown) => tell({ problem: toProblem(error) }));
      },
      text ? TYPING_MS : 0,
    );
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [q, hallId, bookable, togetherWith, limit, question]);
  // Enter takes the first of the list: it must never be one of an older question.
  const answer = found?.of === question ? found.answer : undefined;
  return {
    q,
    setQ,
    items: answer && 'items' in answer ? answer.items : none,
    searching: answer === undefined,
    problem: answer && 'problem' in answer ? answer.problem : undefined,
    retry: () => setRound((before) => before + 1),
  };
}
