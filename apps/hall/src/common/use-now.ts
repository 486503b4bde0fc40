import { useEffect, useState } from 'react';
import { serverNow, watchServerTime } from '../api/server-clock.js';

/** The server's time, anew every `everyMs` and as soon as an answer shows that the computer's own is off. */
export function useNow(everyMs = 1000): Date {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const look = () => setNow(serverNow());
    const timer = setInterval(look, everyMs);
    const stop = watchServerTime(look);
    return () => {
      clearInterval(timer);
      stop();
    };
  }, [everyMs]);
  return now;
}
