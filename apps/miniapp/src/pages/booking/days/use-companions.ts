import { useEffect, useState } from 'react';
import { api } from '../../../api/api';
import { useLoad } from '../../../hooks/use-load';

/** A person types a word in bursts; each burst is asked for once. */
const TYPING_PAUSE_MS = 300;

/** The items that can be done in the same visit. */
export function useCompanions(at: { itemId: string; hallId: string; asked: boolean }) {
  const { itemId, hallId, asked } = at;
  const [q, setQ] = useState('');
  const [settled, setSettled] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSettled(q.trim()), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [q]);
  const found = useLoad(asked ? `${itemId} ${hallId} ${settled}` : undefined, () =>
    api.guide.listItems({
      togetherWith: itemId,
      hallId,
      bookable: 'true',
      limit: 20,
      ...(settled && { q: settled }),
    }),
  );
  return { q, setQ, found };
}
