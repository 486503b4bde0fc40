import type { Item } from '@haoban/contracts';
import { useEffect, useState } from 'react';
import { client } from '../api/client.js';

/** Items change once a month; a desk sees the same dozen all day. */
const known = new Map<string, Promise<Item>>();

function getItem(itemId: string): Promise<Item> {
  const kept = known.get(itemId);
  if (kept) return kept;
  const asked = client.guide.getItem({ itemId });
  known.set(itemId, asked);
  asked.catch(() => known.delete(itemId));
  return asked;
}

/** The service guide of an item; undefined while it is on its way, and where it can't be had. */
export function useItem(itemId: string | undefined): Item | undefined {
  const [item, setItem] = useState<Item>();
  useEffect(() => {
    let wanted = true;
    if (itemId) {
      getItem(itemId)
        .then((found) => wanted && setItem(found))
        .catch(() => undefined);
    }
    return () => void (wanted = false);
  }, [itemId]);
  return item?.id === itemId ? item : undefined;
}
