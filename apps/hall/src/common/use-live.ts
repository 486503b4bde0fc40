import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { live, type LiveStatus } from '../api/live.js';
import { toProblem, type Problem } from './problem.js';

export interface Versioned {
  readonly version: number;
}

export interface Live<T> {
  readonly data: T | undefined;
  /** Why there is nothing, or nothing new. */
  readonly problem: Problem | undefined;
  readonly status: LiveStatus;
  /** Takes in what an action answered; an older state than the one shown is dropped. */
  readonly apply: (data: T) => void;
  readonly refresh: () => void;
}

const POLL_DOWN_MS = 4_000;
/** Also with a good line: a hint that got lost on the way costs a minute, not a morning. */
const POLL_OPEN_MS = 60_000;

/** The newer of two states; equal versions take what came last, for waits move with the clock alone. */
export function newer<T extends Versioned>(shown: T | undefined, come: T): T {
  return shown !== undefined && come.version < shown.version ? shown : come;
}

/** A watched state: asked for once, then by WebSocket, and by polling while that is down. */
export function useLive<T extends Versioned>(topic: string | undefined, load: () => Promise<T>): Live<T> {
  const [shown, setShown] = useState<{ topic: string | undefined; data: T }>();
  const [problem, setProblem] = useState<Problem>();
  const status = useLiveStatus();
  const latest = useRef(load);
  latest.current = load;

  const apply = useCallback(
    (come: T) => {
      setProblem(undefined);
      setShown((before) => ({
        topic,
        data: newer(before?.topic === topic ? before?.data : undefined, come),
      }));
    },
    [topic],
  );
  const refresh = useCallback(() => {
    latest
      .current()
      .then(apply)
      .catch((error: unknown) => setProblem(toProblem(error)));
  }, [apply]);

  useEffect(() => {
    if (topic === undefined) return undefined;
    refresh();
    return live().subscribe(topic, (data) => apply(data as T));
  }, [topic, apply, refresh]);

  useEffect(() => {
    if (topic === undefined) return undefined;
    const timer = setInterval(refresh, status === 'open' ? POLL_OPEN_MS : POLL_DOWN_MS);
    return () => clearInterval(timer);
  }, [topic, status, refresh]);

  return { data: shown?.topic === topic ? shown?.data : undefined, problem, status, apply, refresh };
}

export function useLiveStatus(): LiveStatus {
  return useSyncExternalStore(live().onStatus, live().getStatus);
}
