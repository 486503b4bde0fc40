import { useEffect, useRef, useState } from 'react';
import { toProblem, type Problem } from './problem.js';

export interface Answer<T> {
  /** The latest answer; it stays while the next one is worked out. */
  readonly data: T | undefined;
  readonly problem: Problem | undefined;
  /** What is shown belongs to an older question. */
  readonly asking: boolean;
  readonly retry: () => void;
}

/**
 * Asks again a moment after the question has last changed, as for a preview beside a form. Without a question nothing is asked, and the
 * last answer stays. An answer to an older question is dropped.
 */
export function useAnswer<T>(question: string | undefined, load: () => Promise<T>, delayMs = 350): Answer<T> {
  const [shown, setShown] = useState<{ data?: T; problem?: Problem; to?: string }>({});
  const [round, setRound] = useState(0);
  const latest = useRef(load);
  latest.current = load;

  useEffect(() => {
    if (question === undefined) return undefined;
    let wanted = true;
    const ask = () => {
      latest
        .current()
        .then((data) => wanted && setShown({ data, to: question }))
        .catch((error: unknown) => {
          if (wanted) setShown(({ data }) => ({ data, problem: toProblem(error), to: question }));
        });
    };
    const timer = setTimeout(ask, delayMs);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [question, round, delayMs]);

  return {
    data: shown.data,
    problem: shown.to === question ? shown.problem : undefined,
    asking: question !== undefined && shown.to !== question,
    retry: () => {
      setShown(({ data }) => ({ data }));
      setRound((before) => before + 1);
    },
  };
}
