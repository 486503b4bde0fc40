import { useCallback, useEffect, useRef, useState } from 'react';
import type { Load } from './use-load.js';
import { toProblem } from './problem.js';

export interface Page<T> {
  readonly items: T[];
  readonly nextCursor: string | null;
}

export interface Pages<T> {
  readonly state: Load<Page<T>>;
  readonly loadingMore: boolean;
  readonly more: () => void;
  readonly reload: () => void;
  readonly replace: (item: T) => void;
}

/** A list that grows by its cursor. It starts anew when `key` changes; `load` gets undefined for the first page. */
export function usePages<T extends { id: string }>(
  key: string,
  load: (cursor: string | undefined) => Promise<Page<T>>,
): Pages<T> {
  const [state, setState] = useState<Load<Page<T>>>({ status: 'loading' });
  const [loadingMore, setLoadingMore] = useState(false);
  const latest = useRef(load);
  latest.current = load;
  const question = useRef(0);

  const ask = useCallback((cursor: string | undefined, before: readonly T[]) => {
    const mine = ++question.current;
    setLoadingMore(cursor !== undefined);
    latest
      .current(cursor)
      .then((page) => {
        if (mine !== question.current) return;
        setState({ status: 'ready', data: { ...page, items: [...before, ...page.items] } });
      })
      .catch((error: unknown) => {
        if (mine === question.current) setState({ status: 'error', problem: toProblem(error) });
      })
      .finally(() => mine === question.current && setLoadingMore(false));
  }, []);

  useEffect(() => {
    setState({ status: 'loading' });
    ask(undefined, []);
    return () => void question.current++;
  }, [key, ask]);

  const more = useCallback(() => {
    if (state.status === 'ready' && state.data.nextCursor) ask(state.data.nextCursor, state.data.items);
  }, [state, ask]);
  const reload = useCallback(() => ask(undefined, []), [ask]);
  const replace = useCallback((item: T) => {
    setState((before) =>
      before.status === 'ready'
        ? {
            ...before,
            data: {
              ...before.data,
              items: before.data.items.map((old) => (old.id === item.id ? item : old)),
            },
          }
        : before,
    );
  }, []);
  return { state, loadingMore, more, reload, replace };
}
