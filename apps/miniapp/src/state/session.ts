import type { Citizen, CitizenSession, Session } from '@haoban/contracts';
import { storage } from '../platform/storage';
import { createStore } from './store';

/** `unknown` until the storage was read: screens show a skeleton, not "please sign in". */
export type SessionState =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'signed-in'; readonly citizen: Citizen };

const KEY = 'session';
interface Kept {
  readonly session: Session;
  readonly citizen: Citizen;
}

export const sessionStore = createStore<SessionState>({ kind: 'unknown' });
let tokens: Session | undefined;

export function accessToken(): string | undefined {
  return tokens?.accessToken;
}

export function refreshToken(): string | undefined {
  return tokens?.refreshToken;
}

export function accessExpiresAt(): string | undefined {
  return tokens?.accessExpiresAt;
}

/** Takes over a session that was kept since this one was read. @returns whether there was one */
export async function adoptKept(): Promise<boolean> {
  const kept = await storage.get<Kept>(KEY);
  if (!kept || !tokens || kept.session.accessExpiresAt <= tokens.accessExpiresAt) return false;
  tokens = kept.session;
  return true;
}

export async function restoreSession(): Promise<void> {
  const kept = await storage.get<Kept>(KEY);
  // A sign-in may have been quicker than the storage.
  if (sessionStore.get().kind !== 'unknown') return;
  tokens = kept?.session;
  sessionStore.set(kept?.citizen ? { kind: 'signed-in', citizen: kept.citizen } : { kind: 'signed-out' });
}

export async function keepSession({ session, citizen }: CitizenSession): Promise<void> {
  tokens = session;
  sessionStore.set({ kind: 'signed-in', citizen });
  await storage.set(KEY, { session, citizen } satisfies Kept);
}

/** An answer that comes after the person has signed out must not sign them in again. */
export async function keepTokens(session: Session): Promise<void> {
  const state = sessionStore.get();
  if (state.kind !== 'signed-in') return;
  tokens = session;
  await storage.set(KEY, { session, citizen: state.citizen } satisfies Kept);
}

/** The same person, as the server knows them now; likewise. */
export async function keepCitizen(citizen: Citizen): Promise<void> {
  const state = sessionStore.get();
  if (state.kind !== 'signed-in' || state.citizen.id !== citizen.id) return;
  sessionStore.set({ kind: 'signed-in', citizen });
  if (tokens) await storage.set(KEY, { session: tokens, citizen } satisfies Kept);
}

export async function forgetSession(): Promise<void> {
  tokens = undefined;
  sessionStore.set({ kind: 'signed-out' });
  await storage.remove(KEY);
}
