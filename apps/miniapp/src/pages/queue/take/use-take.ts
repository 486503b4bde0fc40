import { useRouter } from '@tarojs/taro';
import { useState } from 'react';
import { api } from '../../../api/api';
import { useRequestId } from '../../../api/request-id';
import { replaceBy } from '../../../hooks/navigate';
import { useAction } from '../../../hooks/use-action';
import { useHalls } from '../../../hooks/use-halls';
import { useLoad } from '../../../hooks/use-load';
import { useSession } from '../../../hooks/use-session';
import { useSubscription } from '../../../hooks/use-subscription';

/** With an item in the address its queue is shown and a number can be taken; without one, how full each queue is. */
export function useTake() {
  const params = useRouter().params;
  const session = useSession();
  const { hall } = useHalls();
  const itemId = params.itemId;
  const hallId = params.hallId ?? hall?.id;
  const [q, setQ] = useState('');
  const requestId = useRequestId();
  const subscription = useSubscription(['ticket_soon', 'ticket_called', 'rating_invited']);
  const citizenId = session.kind === 'signed-in' ? session.citizen.id : undefined;

  const item = useLoad(itemId, () => api.guide.getItem({ itemId: itemId ?? '' }));
  const queues = useLoad(hallId, async () => (await api.queue.listQueues({ hallId: hallId ?? '' })).items);
  const mine = useLoad(citizenId, async () => (await api.queue.listMine()).items);
  const found = useLoad(
    itemId === undefined && hallId !== undefined ? `${hallId} ${q}` : undefined,
    async () => {
      const { items } = await api.guide.listItems({ hallId, q: q.trim() || undefined, limit: 30 });
      return items;
    },
  );

  const place = item.kind === 'ready' ? item.data.places.find((each) => each.hallId === hallId) : undefined;
  const queue = queues.kind === 'ready' ? queues.data.find(({ id }) => id === place?.queueId) : undefined;
  const open =
    mine.kind === 'ready' ? mine.data.filter(({ state }) => state !== 'done' && state !== 'left') : [];

  const take = useAction(async () => {
    if (!itemId || !hallId) return;
    await subscription.ask();
    const content = { itemId, hallId };
    const ticket = await api.queue.takeTicket({ requestId: requestId.for(content), ...content });
    requestId.done();
    replaceBy(`pages/queue/ticket/index?id=${ticket.id}`);
  });
  return { session, hall, hallId, itemId, item, place, queue, queues, open, found, q, setQ, take };
}
