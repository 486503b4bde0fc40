import { useCallback, useRef, useState } from 'react';
import { toProblem } from '../api/problem';
import type { Problem } from '../api/problem';

export interface Action<A extends unknown[]> {
  readonly busy: boolean;
  readonly problem: Problem | undefined;
  readonly run: (...args: A) => void;
  readonly clear: () => void;
}

/** A button's work: one at a time, its failure kept for the screen. */
export function useAction<A extends unknown[]>(work: (...args: A) => Promise<void>): Action<A> {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const underway = useRef(false);
  const latest = useRef(work);
  latest.current = work;
  const run = useCallback((...args: A) => {
    if (underway.current) return;
    underway.current = true;
    setBusy(true);
    setProblem(undefined);
    latest
      .current(...args)
      .catch((error: unknown) => setProblem(toProblem(error)))
      .finally(() => {
        underway.current = false;
        setBusy(false);
      });
  }, []);
  const clear = useCallback(() => setProblem(undefined), []);
  return { busy, problem, run, clear };
}
