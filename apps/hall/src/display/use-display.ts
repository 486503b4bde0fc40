import type { Display } from '@haoban/contracts';
import { dayOf, minutesOfDay } from '@haoban/domain';
import { useEffect } from 'react';
import { client } from '../api/client.js';
import { serverNow } from '../api/server-clock.js';
import { useLive } from '../common/use-live.js';
import { useNow } from '../common/use-now.js';
import { callLines } from './announcements.js';
import { tipAt } from './tips.js';
import { useAnnouncer } from './use-announcer.js';

/** More than fit: the style sheet hides what doesn't. */
const LINES = 5;
const RELOAD_MINUTE = 4 * 60;

export function useDisplay(hallId: string) {
  const { data, problem, status } = useLive<Display>(`queue:${hallId}`, () =>
    client.queue.display({ hallId }),
  );
  const now = useNow(1000);
  const { state, voice, enableVoice } = useAnnouncer(data?.calling);
  useAwake();
  useNightlyReload();
  return {
    data,
    problem,
    offline: data !== undefined && status === 'down',
    now,
    lines: data ? callLines(state, data.calling, now, LINES) : [],
    tip: tipAt(now),
    voice,
    enableVoice,
  };
}

/** Keeps a player's screen on, where the browser can. */
function useAwake(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | undefined;
    const ask = () => {
      if (document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
      navigator.wakeLock
        .request('screen')
        .then((given) => (lock = given))
        .catch(() => undefined);
    };
    ask();
    document.addEventListener('visibilitychange', ask);
    return () => {
      document.removeEventListener('visibilitychange', ask);
      void lock?.release();
    };
  }, []);
}

/** A wall screen runs for months: once a night it fetches the present version of itself. */
function useNightlyReload(): void {
  useEffect(() => {
    const started = dayOf(serverNow());
    const timer = setInterval(() => {
      const now = serverNow();
      if (dayOf(now) > started && minutesOfDay(now) >= RELOAD_MINUTE && navigator.onLine) location.reload();
    }, 5 * 60_000);
    return () => clearInterval(timer);
  }, []);
}
