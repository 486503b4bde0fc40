import type { StaffAccount } from '@haoban/contracts';
import { createContext, useContext, useSyncExternalStore } from 'react';
import { sessionStore, type StaffSessionKept } from '../api/session-store.js';

const StaffContext = createContext<StaffAccount | undefined>(undefined);
export const StaffProvider = StaffContext.Provider;

/** Who works here; only below the provider, that is on every page but the sign-in. */
export function useStaff(): StaffAccount {
  const staff = useContext(StaffContext);
  if (!staff) throw new Error('No one is signed in here');
  return staff;
}

export function useSession(): StaffSessionKept | undefined {
  return useSyncExternalStore(sessionStore.subscribe, sessionStore.get);
}
