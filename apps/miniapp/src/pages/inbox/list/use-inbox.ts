import type { InboxMessage } from '@haoban/contracts';
import { api } from '../../../api/api';
import { open } from '../../../hooks/navigate';
import { useAction } from '../../../hooks/use-action';
import { useList } from '../../../hooks/use-list';
import { useCitizen } from '../../../hooks/use-session';

export function useInbox() {
  const citizen = useCitizen();
  const messages = useList(citizen?.id, (cursor, limit) => api.notifications.listInbox({ cursor, limit }));
  const readAll = useAction(async () => {
    await api.notifications.markRead({});
    await messages.reload();
  });
  const read = (message: InboxMessage) => {
    // Reading goes on whether or not the mark was taken.
    if (!message.readAt) {
      void api.notifications.markRead({ ids: [message.id] }).then(messages.reload, () => undefined);
    }
    if (message.page) open(message.page);
  };
  const unread = messages.kind === 'ready' && messages.data.items.some(({ readAt }) => !readAt);
  return { citizen, messages, unread, readAll, read };
}
