import type { QueueStatus } from '@haoban/contracts';
import { client } from '../api/client.js';
import { useStaff } from '../session/use-session.js';
import { useLoad } from './use-load.js';

/** The queues of the signed-in person's hall; none until they are there. */
export function useHallQueues(): readonly QueueStatus[] {
  const { hallId } = useStaff();
  const { state } = useLoad(hallId ?? undefined, () => client.queue.listQueues({ hallId: hallId ?? '' }));
  return state.status === 'ready' ? state.data.items : [];
}
