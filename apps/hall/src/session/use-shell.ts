import { useState } from 'react';
import { client } from '../api/client.js';
import { sessionStore } from '../api/session-store.js';

export function useShell() {
  const [changingPassword, setChangingPassword] = useState(false);

  const signOut = async () => {
    const kept = sessionStore.get();
    // Here at once, whatever the network says; the server forgets the session when it hears of it.
    sessionStore.set(undefined);
    if (!kept) return;
    await client.identity.logout({ refreshToken: kept.session.refreshToken }).catch(() => undefined);
  };
  return { signOut, changingPassword, setChangingPassword };
}
