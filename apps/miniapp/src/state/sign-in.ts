import { api } from '../api/api';
import { toProblem } from '../api/problem';
import type { Problem } from '../api/problem';
import { login } from '../platform/login';
import { forgetSession, keepCitizen, keepSession, refreshToken, sessionStore } from './session';
import { changePreferences, preferencesStore } from './preferences';

/** Grows with each wording of pages/account/privacy. */
export const PRIVACY_VERSION = '2026-12';

export type SignIn = { kind: 'done' } | { kind: 'cancelled' } | { kind: 'failed'; problem: Problem };

/** Signs in and records that the policy was agreed to; only called where the person ticked it. */
export async function signIn(): Promise<SignIn> {
  const outcome = await login();
  if (outcome.kind === 'cancelled') return outcome;
  if (outcome.kind === 'unavailable') {
    return { kind: 'failed', problem: { text: outcome.text, signIn: false } };
  }
  try {
    const answer = await api.identity.wechatLogin({ code: outcome.code });
    await keepSession(answer);
    if (answer.citizen.consentVersion !== PRIVACY_VERSION) {
      await keepCitizen(await api.identity.acceptPrivacy({ version: PRIVACY_VERSION }));
    }
    // Elder mode follows the person to a new phone; it is never taken away from someone who just chose it.
    if (answer.citizen.elderMode && !preferencesStore.get().elder) await changePreferences({ elder: true });
    return { kind: 'done' };
  } catch (error) {
    return { kind: 'failed', problem: toProblem(error) };
  }
}

export async function signOut(): Promise<void> {
  const token = refreshToken();
  // The session ends on the server if it can be reached; on this phone it ends in any case.
  if (token !== undefined) await api.identity.logout({ refreshToken: token }).catch(() => undefined);
  await forgetSession();
}

export async function setElderMode(elder: boolean): Promise<void> {
  await changePreferences({ elder });
  if (sessionStore.get().kind !== 'signed-in') return;
  await api.identity
    .updatePreferences({ elderMode: elder })
    .then(keepCitizen)
    .catch(() => undefined);
}
