import { useCallback, useEffect, useRef, useState } from 'react';
import { toProblem, type Problem } from './problem.js';

export type Load<T> =
  | { readonly status: 'loading' }
  | { readonly status: 'error'; readonly problem: Problem }
  | { readonly status: 'ready'; readonly data: T };

export interface Loading<T> {
  readonly state: Load<T>;
  /** Asks again and keeps what is shown until the answer is here. */
  readonly reload: () => void;
  readonly replace: (change: (data: T) => T) => void;
}

/** Loads when `key` changes; an answer to an older question is dropped. Undefined loads nothing. */
export function useLoad<T>(key: string | undefined, load: () => Promise<T>): Loading<T> {
  const [state, setState] = useState<Load<T>>({ status: 'loading' });
  const latest = useRef(load);
  latest.current = load;
  const question = useRef(0);

  const ask = useCallback(() => {
    const mine = ++question.current;
    latest
      .current()
      .then((data) => mine === question.current && setState({ status: 'ready', data }))
      .catch((error: unknown) => {
        if (mine === question.current) setState({ status: 'error', problem: toProblem(error) });
      });
  }, []);

  useEffect(() => {
    setState({ status: 'loading' });
    if (key !== undefined) ask();
    return () => void question.current++;
  }, [key, ask]);

  const replace = useCallback(
    (change: (data: T) => T) =>
      setState((before) =>
        before.status === 'ready' ? { status: 'ready', data: change(before.data) } : before,
      ),
    [],
  );
  return { state, reload: ask, replace };
}
