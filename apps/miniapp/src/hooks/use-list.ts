import { useReachBottom } from '@tarojs/taro';
import { useState } from 'react';
import { useLoad } from './use-load';
import { toProblem } from '../api/problem';
import type { Problem } from '../api/problem';

interface Part<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

/** A list that grows while it is scrolled. A quiet reload asks for as much as is shown, so that the place is kept. */
export function useList<T>(
  key: string | undefined,
  load: (cursor: string | undefined, limit: number) => Promise<Part<T>>,
) {
  const [shown, setShown] = useState(20);
  const list = useLoad(key, () => load(undefined, Math.min(shown, 100)));
  const [more, setMore] = useState<{ busy: boolean; problem?: Problem }>({ busy: false });
  useReachBottom(() => {
    if (list.kind !== 'ready' || list.data.nextCursor === null || more.busy) return;
    const { items, nextCursor } = list.data;
    setMore({ busy: true });
    load(nextCursor, 20)
      .then((next) => {
        list.replace({ items: [...items, ...next.items], nextCursor: next.nextCursor });
        setShown(items.length + next.items.length);
        setMore({ busy: false });
      })
      .catch((error: unknown) => setMore({ busy: false, problem: toProblem(error) }));
  });
  return { ...list, more };
}
