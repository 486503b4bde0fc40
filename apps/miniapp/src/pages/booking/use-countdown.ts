import { useEffect, useRef, useState } from 'react';
import { serverNow } from '../../api/server-clock';

/** Whole seconds until an instant of the server's clock; 0 from then on, told once by `onEnd`. */
export function useCountdown(until: string | undefined, onEnd: () => void): number {
  const [left, setLeft] = useState(() => secondsUntil(until));
  const latest = useRef(onEnd);
  latest.current = onEnd;
  useEffect(() => {
    if (until === undefined) return;
    let ended = false;
    const look = () => {
      const next = secondsUntil(until);
      setLeft(next);
      if (next > 0 || ended) return;
      ended = true;
      clearInterval(timer);
      latest.current();
    };
    // More often than it shows, so that no second is skipped; it is drawn only when it changes.
    const timer = setInterval(look, 250);
    look();
    return () => clearInterval(timer);
  }, [until]);
  return left;
}

function secondsUntil(until: string | undefined): number {
  if (until === undefined) return 0;
  return Math.max(0, Math.ceil((Date.parse(until) - serverNow().getTime()) / 1_000));
}

/** 272 → '04:32' */
export function minutesAndSeconds(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
}
