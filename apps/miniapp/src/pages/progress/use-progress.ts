import type { Booking, CaseSummary, Delivery } from '@haoban/contracts';
import { useState } from 'react';
import { api } from '../../api/api';
import { useList } from '../../hooks/use-list';
import { useSession } from '../../hooks/use-session';

export const shelves = ['cases', 'bookings', 'deliveries'] as const;
export type Shelf = (typeof shelves)[number];

export function useProgress() {
  const session = useSession();
  const [shelf, setShelf] = useState<Shelf>('cases');
  const citizenId = session.kind === 'signed-in' ? session.citizen.id : undefined;
  const only = (name: Shelf) => (shelf === name ? citizenId : undefined);
  const cases = useList<CaseSummary>(only('cases'), (cursor, limit) => api.cases.listMine({ cursor, limit }));
  const bookings = useList<Booking>(only('bookings'), (cursor, limit) =>
    api.booking.listMine({ cursor, limit }),
  );
  const deliveries = useList<Delivery>(only('deliveries'), (cursor, limit) =>
    api.delivery.listMine({ cursor, limit }),
  );
  return { session, shelf, setShelf, cases, bookings, deliveries };
}
