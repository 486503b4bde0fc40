import { useEffect, useRef } from 'react';

/**
 * The last word of a browser's window that is closed or reloaded, when no answer can be waited for any more.
 * @param word the path of an act and the token to do it with; undefined where nothing is left to say
 */
export function useParting(word: () => { path: string; token: string | undefined } | undefined): void {
  const latest = useRef(word);
  latest.current = word;
  useEffect(() => {
    const say = () => {
      const last = latest.current();
      if (!last?.token) return;
      void fetch(last.path, {
        method: 'POST',
        keepalive: true,
        headers: { authorization: `Bearer ${last.token}`, 'content-type': 'application/json' },
        body: '{}',
      }).catch(() => undefined);
    };
    window.addEventListener('pagehide', say);
    return () => window.removeEventListener('pagehide', say);
  }, []);
}
