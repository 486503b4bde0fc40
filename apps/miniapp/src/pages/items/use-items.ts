import { useEffect, useState } from 'react';
import { api } from '../../api/api';
import { useHalls } from '../../hooks/use-halls';
import { useList } from '../../hooks/use-list';
import { useLoad } from '../../hooks/use-load';
import { itemsFilterStore } from '../../state/items-filter';
import type { ItemsFilter } from '../../state/items-filter';
import { useStore } from '../../state/store';

/** A person types a word in bursts; each burst is asked for once. */
const TYPING_PAUSE_MS = 300;

export function useItems() {
  const filter = useStore(itemsFilterStore);
  const { hall } = useHalls();
  const hallId = hall?.id;
  const settled = useSettled(filter, TYPING_PAUSE_MS);
  const list = useList(hallId && JSON.stringify({ ...settled, hallId }), async (cursor, limit) => {
    const offset = Number(cursor ?? 0);
    const { items, total } = await api.guide.listItems({ ...question(settled), hallId, offset, limit });
    const end = offset + items.length;
    return { items, nextCursor: end < total && items.length > 0 ? String(end) : null };
  });
  const departments = useLoad(hallId, async () => (await api.guide.listDepartments({ hallId })).items);
  return {
    filter,
    hall,
    list,
    departments,
    change: (part: Partial<ItemsFilter>) => itemsFilterStore.set({ ...itemsFilterStore.get(), ...part }),
  };
}

function question({ q, departmentId, ...flags }: ItemsFilter) {
  const on = (flag: boolean) => (flag ? ('true' as const) : undefined);
  return {
    q: q.trim() || undefined,
    departmentId,
    zeroVisit: on(flags.zeroVisit),
    instant: on(flags.instant),
    bookable: on(flags.bookable),
    courier: on(flags.courier),
  };
}

function useSettled<T>(value: T, pauseMs: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pauseMs);
    return () => clearTimeout(timer);
  }, [value, pauseMs]);
  return settled;
}
