import { storage } from '../platform/storage';
import { createStore } from './store';

export interface Preferences {
  readonly elder: boolean;
  /** The hall that the person looks at; undefined before one was chosen. */
  readonly hallId: string | undefined;
}

const KEY = 'preferences';

export const preferencesStore = createStore<Preferences>({ elder: false, hallId: undefined });

export async function restorePreferences(): Promise<void> {
  const kept = await storage.get<Partial<Preferences>>(KEY);
  preferencesStore.set({ elder: kept?.elder === true, hallId: kept?.hallId });
}

export async function changePreferences(change: Partial<Preferences>): Promise<void> {
  const next = { ...preferencesStore.get(), ...change };
  preferencesStore.set(next);
  await storage.set(KEY, next);
}
