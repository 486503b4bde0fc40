import { useState } from 'react';
import { useLocation, useNavigate } from 'react-router-dom';
import { client } from '../api/client.js';
import { sessionStore } from '../api/session-store.js';
import { toProblem, type Problem } from '../common/problem.js';
import { startPageOf } from './pages.js';

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

export function useSignIn() {
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const navigate = useNavigate();
  const { state } = useLocation() as { state: { from?: string } | null };

  const signIn = async (credentials: Credentials) => {
    setBusy(true);
    setProblem(undefined);
    try {
      const kept = await client.identity.staffLogin(credentials);
      sessionStore.set(kept);
      // A page of another role leads to the own start page by itself.
      void navigate(state?.from && state.from !== '/' ? state.from : startPageOf(kept.staff), {
        replace: true,
      });
    } catch (error) {
      setProblem(toProblem(error));
    } finally {
      setBusy(false);
    }
  };
  return { signIn, busy, problem };
}
