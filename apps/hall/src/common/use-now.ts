import { useEffect, useState } from 'react';
import { serverNow } from '../api/server-clock.js';

/** The server's time, anew every `everyMs`. */
export function useNow(everyMs = 1000): Date {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
