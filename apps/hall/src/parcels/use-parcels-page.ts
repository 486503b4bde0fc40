import type { HallDelivery } from '@haoban/contracts';
import type { DeliveryState } from '@haoban/domain';
import { useState } from 'react';
import { client } from '../api/client.js';
import { usePages } from '../common/use-pages.js';
import { useScan } from './use-scan.js';

export function useParcelsPage() {
  const [state, setState] = useState<DeliveryState | undefined>('ordered');
  const [q, setQ] = useState('');
  const [opened, setOpened] = useState<string>();
  const pages = usePages(JSON.stringify([state, q]), (cursor) =>
    client.delivery.listOfHall({ ...(state && { state }), ...(q && { q }), ...(cursor && { cursor }) }),
  );
  const changed = (parcel: HallDelivery) => pages.replace(parcel);
  const scan = useScan(opened === undefined, changed);
  return { state, setState, q, setQ, opened, setOpened, pages, scan, changed };
}
