import { useEffect, useState } from 'react';
import { storage } from '../../platform/storage';

/** What the person has ticked as packed for a booking. Kept on the phone only: it is nobody else's business. */
export function usePacked(bookingId: string | undefined) {
  const [packed, setPacked] = useState<readonly string[]>([]);
  const key = bookingId && `packed:${bookingId}`;
  useEffect(() => {
    let current = true;
    setPacked([]);
    if (key) void storage.get<string[]>(key).then((kept) => void (current && kept && setPacked(kept)));
    return () => void (current = false);
  }, [key]);
  return {
    packed,
    pack: (id: string, on: boolean) =>
      setPacked((now) => {
        const next = on ? [...now, id] : now.filter((each) => each !== id);
        if (key) void storage.set(key, next);
        return next;
      }),
  };
}
