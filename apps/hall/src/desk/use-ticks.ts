import { useSyncExternalStore } from 'react';

/** Which papers are on the table, by ticket: ticked at the desk, sent when the case is opened. Gone with the page. */
const ticks = new Map<string, ReadonlySet<string>>();
const listeners = new Set<() => void>();
const none: ReadonlySet<string> = new Set();

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

export function useTicks(ticketId: string) {
  const ticked = useSyncExternalStore(subscribe, () => ticks.get(ticketId) ?? none);
  const toggle = (materialId: string) => {
    const next = new Set(ticks.get(ticketId));
    if (!next.delete(materialId)) next.add(materialId);
    ticks.set(ticketId, next);
    for (const listener of listeners) listener();
  };
  const tickAll = (materialIds: readonly string[]) => {
    ticks.set(ticketId, new Set(materialIds));
    for (const listener of listeners) listener();
  };
  return { ticked, toggle, tickAll };
}
