import type { Citizen } from '@haoban/contracts';
import { sessionStore } from '../state/session';
import type { SessionState } from '../state/session';
import { useStore } from '../state/store';

export function useSession(): SessionState {
  return useStore(sessionStore);
}

export function useCitizen(): Citizen | undefined {
  const session = useSession();
  return session.kind === 'signed-in' ? session.citizen : undefined;
}
