import type { Session, StaffAccount } from '@haoban/contracts';

export interface StaffSessionKept {
  readonly session: Session;
  readonly staff: StaffAccount;
}

/** Lives as long as the tab: desk computers are shared, so nothing may outlast the window that signed in. */
const KEY = 'haoban.hall.session';
const listeners = new Set<() => void>();
let kept: StaffSessionKept | undefined = read();

export const sessionStore = {
  get: (): StaffSessionKept | undefined => kept,
  set(next: StaffSessionKept | undefined): void {
    kept = next;
    if (next) globalThis.sessionStorage?.setItem(KEY, JSON.stringify(next));
    else globalThis.sessionStorage?.removeItem(KEY);
    for (const listener of listeners) listener();
  },
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
};

function read(): StaffSessionKept | undefined {
  const text = globalThis.sessionStorage?.getItem(KEY);
  if (!text) return undefined;
  try {
    return JSON.parse(text) as StaffSessionKept;
  } catch {
    return undefined;
  }
}
