import Taro, { useDidShow, usePullDownRefresh } from '@tarojs/taro';
import { useCallback, useEffect, useRef, useState } from 'react';
import { toProblem } from '../api/problem';
import type { Problem } from '../api/problem';

export type Loadable<T> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'error'; readonly problem: Problem }
  | { readonly kind: 'ready'; readonly data: T };

export type Loaded<T> = Loadable<T> & {
  /** Asks again; what is shown stays until the answer is there. */
  readonly reload: () => Promise<void>;
  /** Replaces what is shown by what an action answered. */
  readonly replace: (data: T) => void;
};

/**
 * What a page shows: asked for when it opens and when `key` changes, again quietly when the person comes back to it, and by
 * pulling down. `key` undefined: nothing to ask for yet. A failed quiet reload leaves the old content; what failed at first is asked for
 * again, too: the person may have been away to mend it.
 */
export function useLoad<T>(key: string | undefined, load: () => Promise<T>): Loaded<T> {
  const [state, setState] = useState<Loadable<T>>({ kind: 'loading' });
  const latest = useRef(load);
  latest.current = load;
  const turn = useRef(0);
  const hasData = useRef(false);
  const hasFailed = useRef(false);

  const run = useCallback(async (quiet: boolean) => {
    const mine = ++turn.current;
    if (!quiet) setState((now) => (now.kind === 'ready' ? now : { kind: 'loading' }));
    try {
      const data = await latest.current();
      if (mine !== turn.current) return;
      hasData.current = true;
      hasFailed.current = false;
      setState({ kind: 'ready', data });
    } catch (error) {
      if (mine !== turn.current || (quiet && hasData.current)) return;
      hasFailed.current = true;
      setState({ kind: 'error', problem: toProblem(error) });
    }
  }, []);

  useEffect(() => {
    hasFailed.current = false;
    if (key === undefined) return;
    hasData.current = false;
    setState({ kind: 'loading' });
    void run(false);
    return () => {
      // An answer that comes after this belongs to another question.
      turn.current += 1;
    };
  }, [key, run]);

  useDidShow(() => {
    if (hasData.current || hasFailed.current) void run(true);
  });
  usePullDownRefresh(() => {
    const done = key === undefined ? Promise.resolve() : run(true);
    void done.finally(() => Taro.stopPullDownRefresh());
  });

  const reload = useCallback(() => run(false), [run]);
  const replace = useCallback((data: T) => {
    turn.current += 1;
    hasData.current = true;
    setState({ kind: 'ready', data });
  }, []);
  return { ...state, reload, replace };
}
