import type { ItemSummary } from '@haoban/contracts';
import { useEffect } from 'react';
import { api } from '../../api/api';
import { live } from '../../api/live';
import { useHalls } from '../../hooks/use-halls';
import { useLoad } from '../../hooks/use-load';
import { useSession } from '../../hooks/use-session';
import { whatMatters } from './matter';
import type { Matter } from './matter';

export function useHome() {
  const session = useSession();
  const { halls, hall, choose } = useHalls();
  const citizenId = session.kind === 'signed-in' ? session.citizen.id : undefined;
  const matter = useLoad<Matter>(citizenId, loadMatter);
  const items = useLoad<readonly ItemSummary[]>(hall?.id, async () => {
    const { items: found } = await api.guide.listItems({ hallId: hall?.id, limit: 6 });
    return found;
  });
  const unread = useLoad<number>(
    citizenId,
    async () => (await api.notifications.listInbox({ limit: 1 })).unread,
  );

  const ticketId =
    matter.kind === 'ready' && matter.data.kind === 'ticket' ? matter.data.ticket.id : undefined;
  const { reload } = matter;
  useEffect(() => {
    if (ticketId === undefined) return;
    return live.watch(`ticket:${ticketId}`, () => void reload());
  }, [ticketId, reload]);

  return { session, halls, hall, choose, matter, items, unread: unread.kind === 'ready' ? unread.data : 0 };
}

/** Each list stands for itself: one that fails must not hide a called ticket. */
async function loadMatter(): Promise<Matter> {
  const [tickets, bookings, kept, deliveries, invitations] = await Promise.allSettled([
    api.queue.listMine(),
    api.booking.listMine({ state: 'confirmed' }),
    // A place that the waitlist offers runs out within minutes.
    api.booking.listMine({ state: 'held', limit: 5 }),
    api.delivery.listMine({ limit: 5 }),
    api.ratings.invitations(),
  ]);
  if (tickets.status === 'rejected') throw tickets.reason;
  return whatMatters({
    tickets: tickets.value.items,
    bookings: [bookings, kept].flatMap((each) => (each.status === 'fulfilled' ? each.value.items : [])),
    deliveries: deliveries.status === 'fulfilled' ? deliveries.value.items : [],
    invitations: invitations.status === 'fulfilled' ? invitations.value.items : [],
  });
}
