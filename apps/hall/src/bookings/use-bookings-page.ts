import { useState } from 'react';
import { client } from '../api/client.js';
import { useLoad } from '../common/use-load.js';
import { useStaff } from '../session/use-session.js';

export function useBookingsPage() {
  const { hallId } = useStaff();
  const [q, setQ] = useState('');
  const [queueId, setQueueId] = useState<string>();
  const { state } = useLoad(hallId ?? undefined, () => client.queue.listQueues({ hallId: hallId ?? '' }));
  const queues = state.status === 'ready' ? state.data.items : [];
  return { q, setQ, queueId, setQueueId, queues };
}
