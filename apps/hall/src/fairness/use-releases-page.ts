import type { SlotReturn } from '@haoban/contracts';
import { dayOf } from '@haoban/domain';
import { useState } from 'react';
import { client } from '../api/client.js';
import { serverNow } from '../api/server-clock.js';
import { useAct } from '../common/use-act.js';
import { useHallQueues } from '../common/use-hall-queues.js';
import { useLoad } from '../common/use-load.js';

export function useReleasesPage() {
  const [day, setDay] = useState(() => dayOf(serverNow()));
  const [queueId, setQueueId] = useState<string>();
  const queues = useHallQueues();
  const list = useLoad(`${day} ${queueId ?? ''}`, () =>
    client.waitlist.releases({ day, ...(queueId && { queueId }) }),
  );
  const act = useAct<SlotReturn>();
  const reopen = (reason: string) =>
    act.run(async () => {
      if (!act.asking) return;
      await client.waitlist.reopenNow({ returnId: act.asking.id, reason });
      list.reload();
    });
  return { day, setDay, queueId, setQueueId, queues, list, act, reopen };
}
