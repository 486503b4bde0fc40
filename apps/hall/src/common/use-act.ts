import { useState } from 'react';
import { toProblem, type Problem } from './problem.js';

/** One act at a time on a chosen thing: it is asked about, done, and closed again; a failure stays with the question. */
export function useAct<T>() {
  const [asking, setAsking] = useState<T>();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const ask = (subject: T | undefined) => {
    setProblem(undefined);
    setAsking(subject);
  };
  const run = async (work: () => Promise<unknown>): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setProblem(undefined);
    try {
      await work();
      setAsking(undefined);
    } catch (error) {
      setProblem(toProblem(error));
    } finally {
      setBusy(false);
    }
  };
  return { asking, ask, busy, problem, run };
}
