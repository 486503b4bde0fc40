import { dayOf } from '@haoban/domain';
import { useRef, useState } from 'react';
import { client } from '../api/client.js';
import { serverNow } from '../api/server-clock.js';
import { useHallQueues } from '../common/use-hall-queues.js';
import { useLoad } from '../common/use-load.js';

export function useWaitlistPage() {
  /** Undefined until one is chosen: then the server says on which day somebody waits. */
  const [chosen, setDay] = useState<string>();
  const [queueId, setQueueId] = useState<string>();
  const [open, setOpen] = useState(true);
  const queues = useHallQueues();
  const list = useLoad(`${chosen ?? ''} ${queueId ?? ''} ${open}`, () =>
    client.waitlist.listOfHall({
      ...(chosen && { day: chosen }),
      ...(queueId && { queueId }),
      ...(open && { open: 'true' as const }),
    }),
  );
  const found = useRef<string>(undefined);
  if (list.state.status === 'ready') found.current = list.state.data.day;
  const day = chosen ?? found.current ?? dayOf(serverNow());
  return { day, setDay, queueId, setQueueId, open, setOpen, queues, list };
}
