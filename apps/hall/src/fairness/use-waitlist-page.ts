import { dayOf } from '@haoban/domain';
import { useState } from 'react';
import { client } from '../api/client.js';
import { serverNow } from '../api/server-clock.js';
import { useHallQueues } from '../common/use-hall-queues.js';
import { useLoad } from '../common/use-load.js';

export function useWaitlistPage() {
  const [day, setDay] = useState(() => dayOf(serverNow()));
  const [queueId, setQueueId] = useState<string>();
  const [open, setOpen] = useState(true);
  const queues = useHallQueues();
  const list = useLoad(`${day} ${queueId ?? ''} ${open}`, () =>
    client.waitlist.listOfHall({ day, ...(queueId && { queueId }), ...(open && { open: 'true' as const }) }),
  );
  return { day, setDay, queueId, setQueueId, open, setOpen, queues, list };
}
