import { dayOf } from '@haoban/domain';
import { useState } from 'react';
import { client } from '../api/client.js';
import { serverNow } from '../api/server-clock.js';
import { useLoad } from '../common/use-load.js';
import { useStaff } from '../session/use-session.js';
import { rangeFault, rangeOf, type Range, type RangeName } from './use-model.js';

export function useUsePage() {
  const { hallId } = useStaff();
  const today = dayOf(serverNow());
  const [name, setName] = useState<RangeName>('around');
  const [own, setOwn] = useState<Range>(() => rangeOf('around', today));
  const [queueId, setQueueId] = useState<string>();
  const queues = useLoad(hallId ?? undefined, () => client.queue.listQueues({ hallId: hallId ?? '' }));
  const range = name === 'own' ? own : rangeOf(name, today);
  const fault = rangeFault(range);
  const use = useLoad(fault ? undefined : JSON.stringify([range, queueId]), () =>
    client.calendar.use({ ...range, ...(queueId && { queueId }) }),
  );
  return {
    today,
    name,
    setName: (next: RangeName) => {
      // One's own range starts from the one that was on the screen.
      if (next === 'own') setOwn(range);
      setName(next);
    },
    own,
    setOwn,
    fault,
    queueId,
    setQueueId,
    queues: queues.state.status === 'ready' ? queues.state.data.items : [],
    use,
  };
}
