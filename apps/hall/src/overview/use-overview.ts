import type { Display, Indicators, QueueStatus } from '@haoban/contracts';
import { useEffect, useState } from 'react';
import { client } from '../api/client.js';
import { serverNow } from '../api/server-clock.js';
import { useLive } from '../common/use-live.js';
import { useLoad } from '../common/use-load.js';
import { useStaff } from '../session/use-session.js';
import { addPoint, type Point } from './trend.js';

export function useOverview() {
  const { hallId } = useStaff();
  const id = hallId ?? '';
  const hall = useLive<Display>(hallId ? `queue:${id}` : undefined, () =>
    client.queue.display({ hallId: id }),
  );
  const indicators = useLoad<Indicators>(hallId ?? undefined, () =>
    client.ratings.hallIndicators({ hallId: id }),
  );
  const desks = useLoad(hallId ?? undefined, () => client.queue.listDesks());
  const [points, setPoints] = useState<readonly Point[]>([]);

  const { data } = hall;
  useEffect(() => {
    if (data)
      setPoints((before) =>
        addPoint(before, { at: serverNow().getTime(), waiting: totalWaiting(data.queues) }),
      );
  }, [data]);

  // Neither has a topic of its own; a manager looks at them for minutes, not for seconds.
  const { reload } = indicators;
  const { reload: reloadDesks } = desks;
  useEffect(() => {
    const timer = setInterval(() => {
      reload();
      reloadDesks();
    }, 20_000);
    return () => clearInterval(timer);
  }, [reload, reloadDesks]);
  return { hall, indicators, desks, points };
}

export function totalWaiting(queues: readonly Pick<QueueStatus, 'waiting'>[]): number {
  return queues.reduce((sum, { waiting }) => sum + waiting, 0);
}
